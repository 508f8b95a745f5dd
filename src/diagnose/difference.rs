//! The first line that differs, with both sides, and without secrets.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::String;
use core::fmt;

/// A line of the canonical request or of the string to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Line {
    /// The method.
    Method,
    /// The path.
    Path,
    /// The parameter of the query with this name.
    Parameter(String),
    /// The header with this name.
    Header(String),
    /// The names of the signed headers.
    SignedHeaders,
    /// The payload hash.
    Payload,
    /// The time of the string to sign.
    Time,
    /// The credential scope of the string to sign, or only its region.
    Scope,
}

/// `the header content-type`
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method => f.write_str("the method"),
            Self::Path => f.write_str("the path"),
            Self::Parameter(name) => write!(f, "the query parameter {name}"),
            Self::Header(name) => write!(f, "the header {name}"),
            Self::SignedHeaders => f.write_str("the signed headers"),
            Self::Payload => f.write_str("the payload hash"),
            Self::Time => f.write_str("the time"),
            Self::Scope => f.write_str("the credential scope"),
        }
    }
}

/// A line that is not the same on both sides.
///
/// Signatures, session tokens, keys of SSE-C, cookies and `Authorization` headers are replaced by their length and by the
/// place where they differ. Control characters are escaped. So a difference can be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    line: Line,
    signed: Option<String>,
    received: Option<String>,
}

impl Difference {
    pub(super) fn new(line: Line, signed: Option<&str>, received: Option<&str>) -> Self {
        let same = match (signed, received) {
            (Some(signed), Some(received)) => Some(same_characters(signed, received)),
            _ => None,
        };
        let line = match line {
            Line::Parameter(name) => Line::Parameter(shown("", &name, None)),
            Line::Header(name) => Line::Header(shown("", &name, None)),
            line => line,
        };
        let name = match &line {
            Line::Parameter(name) | Line::Header(name) => name.as_str(),
            _ => "",
        };
        let side = |text: Option<&str>| text.map(|text| shown(name, text, same));
        Self { signed: side(signed), received: side(received), line }
    }

    /// Says that the store did not receive the line.
    pub(super) fn set_not_received(&mut self) {
        self.received = None;
    }

    /// Returns which line differs.
    #[must_use]
    pub const fn line(&self) -> &Line {
        &self.line
    }

    /// Returns the side that was signed, or nothing if the line was not signed.
    #[must_use]
    pub fn signed(&self) -> Option<&str> {
        self.signed.as_deref()
    }

    /// Returns the side that the store received, or nothing if it did not receive the line or does not return its value.
    #[must_use]
    pub fn received(&self) -> Option<&str> {
        self.received.as_deref()
    }
}

/// `the host header: signed "a", received "b"`
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (None, None) = (&self.signed, &self.received) {
            return write!(f, "{} was sent, and it was not signed", self.line);
        }
        write!(f, "{} differs: ", self.line)?;
        match &self.signed {
            Some(signed) => write!(f, "signed `{signed}`, ")?,
            None => f.write_str("not signed, ")?,
        }
        match &self.received {
            Some(received) => write!(f, "received `{received}`"),
            None => f.write_str("not received"),
        }
    }
}

fn same_characters(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count()
}

/// Parts of the names of parameters and headers whose values are not shown, in lower case.
const SECRET_NAMES: &[&str] =
    &["signature", "token", "customer-key", "authorization", "cookie", "secret", "password", "api-key", "apikey"];

/// Names after which nothing of a text is shown, wherever they are in it: a client may have encoded a whole query again, or may
/// have made a path of it.
const SECRETS_IN_TEXT: &[&str] = &[
    "amz-signature",
    "amz-security-token",
    "s3session-token",
    "customer-key",
    "signature=",
    "signature%3d",
    "authorization:",
    "cookie:",
];

/// The text without secrets and control characters.
fn shown(name: &str, text: &str, same: Option<usize>) -> String {
    let redacted = |text: &str| {
        let different = same.map(|same| format!(", different after {same}")).unwrap_or_default();
        format!("[redacted: {} characters{different}]", text.chars().count())
    };
    if is_list_of_names(name, text) {
        return text.to_owned();
    }
    let name = name.to_ascii_lowercase();
    if SECRET_NAMES.iter().any(|secret| name.contains(secret)) && !text.is_empty() {
        return redacted(text);
    }
    let lower = text.to_ascii_lowercase();
    let ends = SECRETS_IN_TEXT.iter().filter_map(|secret| Some(lower.find(secret)? + secret.len()));
    let kept_until = ends.min().unwrap_or(text.len());
    let (kept, secret) = text.split_at_checked(kept_until).unwrap_or_default();
    let mut shown = String::with_capacity(kept.len());
    for character in kept.chars() {
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    if !secret.is_empty() {
        shown.push_str(&redacted(secret));
    }
    shown
}

/// Names of signed headers, among which is that of a secret. Secrets have capital letters
/// or many digits.
fn is_list_of_names(name: &str, text: &str) -> bool {
    matches!(name, "" | "X-Amz-SignedHeaders")
        && text.split(';').flat_map(|name| name.split("%3B")).all(|name| {
            let characters =
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            characters && name.len() <= 64 && name.bytes().filter(u8::is_ascii_digit).count() <= 4
        })
}
