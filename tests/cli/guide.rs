//! `docs/setup.md` is true.

#![cfg(unix)]

use crate::support::shell;

const GUIDE: &str = include_str!("../../docs/setup.md");

/// Language and text of each block of code.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let mut blocks = Vec::new();
    let mut rest = GUIDE;
    while let Some((_, start)) = rest.split_once("\n```") {
        let (language, text) = start.split_once('\n').expect("a line");
        let (text, behind) = text.split_once("\n```\n").expect("an end");
        blocks.push((language, text));
        // The line feed in front of the next block.
        rest = &start[start.len() - behind.len() - 1..];
    }
    blocks
}

#[test]
fn commands_work_and_documents_are_what_they_print() {
    let (mut commands, mut documents) = (0, 0);
    let mut printed = String::new();
    for (language, text) in blocks() {
        if language == "sh" {
            for command in shell::commands(text) {
                printed = shell::run(&command).ok();
                assert_ne!(printed, "", "{command}");
                commands += 1;
            }
        } else {
            assert_eq!(format!("{text}\n"), printed);
            documents += 1;
        }
    }
    assert_eq!((commands, documents), (12, 4));
}
