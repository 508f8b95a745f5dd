//! Rust files as far as the tests of the layers read them: words, strings and punctuation, without comments and without what
//! is compiled only for tests.

use std::fs;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Word(String),
    /// The text of a literal, with its escapes.
    Text(String),
    /// `::`, or one character.
    Mark(&'static str),
    Other(char),
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        match self {
            Self::Word(word) => word == text,
            Self::Mark(mark) => *mark == text,
            Self::Other(character) => text.chars().eq([*character]),
            Self::Text(_) => false,
        }
    }

    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

pub struct SourceFile {
    /// Below `src`, such as `s3/mod.rs`.
    pub path: String,
    pub tokens: Vec<Token>,
}

impl SourceFile {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), tokens: without_tests(&tokens(text)) }
    }
}

/// All files of the library.
pub fn source_files() -> Vec<SourceFile> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<_> = rust_files(&src)
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
            SourceFile::new(&path, &fs::read_to_string(&file).expect("readable"))
        })
        .collect();
    files.sort_by(|left, right| left.path.cmp(&right.path));
    assert!(files.len() > 20, "only {} files found", files.len());
    files
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path());
    entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

fn tokens(mut rest: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let is_in_word = |character: char| character.is_alphanumeric() || character == '_';
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").expect("an end") + 2,
            '"' => text(rest, &mut tokens),
            'r' if is_raw_text(rest) => raw_text(rest, &mut tokens),
            '\'' => character(rest),
            ':' if rest.starts_with("::") => {
                tokens.push(Token::Mark("::"));
                2
            }
            _ if is_in_word(first) => {
                let length = rest.find(|character| !is_in_word(character)).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..length].to_owned()));
                length
            }
            _ => {
                if !first.is_whitespace() {
                    tokens.push(Token::Other(first));
                }
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    tokens
}

fn text(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let mut is_escaped = true;
    let end = rest.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    let end = end.expect("an end");
    tokens.push(Token::Text(rest[1..end].to_owned()));
    end + 1
}

fn is_raw_text(rest: &str) -> bool {
    rest[1..].trim_start_matches('#').starts_with('"') && !rest[1..].starts_with("#[")
}

fn raw_text(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let hashes = rest[1..].len() - rest[1..].trim_start_matches('#').len();
    let (start, end) = (hashes + 2, ["\"", &"#".repeat(hashes)].concat());
    let length = rest[start..].find(&end).expect("an end");
    tokens.push(Token::Text(rest[start..start + length].to_owned()));
    start + length + end.len()
}

/// A character, or a lifetime, which has no second quotation mark.
fn character(rest: &str) -> usize {
    let mut characters = rest[1..].char_indices();
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), Some((at, _))) => rest[at + 2..].find('\'').expect("an end") + at + 3,
        (Some(_), Some((at, '\''))) => at + 2,
        _ => 1,
    }
}

/// Without each item that has the attribute `#[cfg(test)]`.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let attribute = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some(token) = rest.first() {
        if rest.len() > attribute.len() && rest.iter().zip(attribute).all(|(token, text)| token.is(text)) {
            rest = &rest[attribute.len()..];
            rest = &rest[length_of_item(rest)..];
        } else {
            kept.push(token.clone());
            rest = &rest[1..];
        }
    }
    kept
}

/// Up to the end of its block, or its semicolon.
fn length_of_item(tokens: &[Token]) -> usize {
    let mut depth = 0;
    for (position, token) in tokens.iter().enumerate() {
        match token {
            Token::Other('{') => depth += 1,
            Token::Other('}') if depth == 1 => return position + 1,
            Token::Other('}') => depth -= 1,
            Token::Other(';') if depth == 0 => return position + 1,
            _ => {}
        }
    }
    tokens.len()
}
