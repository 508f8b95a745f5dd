//! Strings in prose: pasted by hand, in a log, or in the message of an AWS service.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

/// The two strings of a server, as far as a text has them.
#[derive(Default)]
pub(super) struct Strings {
    pub(super) canonical_request: Option<Zeroizing<String>>,
    pub(super) string_to_sign: Option<Zeroizing<String>>,
    /// Where the prose before them ends.
    pub(super) prose_end: usize,
}

/// Finds the strings in the message of an AWS service, which has them in apostrophes, or in any other text.
pub(super) fn strings(text: &str) -> Strings {
    in_apostrophes(text).unwrap_or_else(|| by_form(text))
}

/// "The Canonical String for this request should have been '…' The String-to-Sign should have been '…'".
///
/// A canonical request may have apostrophes in a header line, so each string ends with the last one before what follows it.
fn in_apostrophes(text: &str) -> Option<Strings> {
    let canonical_at = text.find("Canonical String")?;
    let to_sign_at = text.rfind("String-to-Sign").filter(|at| *at > canonical_at);
    let between = |start: usize, end: usize| -> Option<Zeroizing<String>> {
        let part = text.get(start..end)?;
        let (first, last) = (part.find('\'')?, part.rfind('\'')?);
        let quoted = part.get(first + 1..last)?;
        Some(Zeroizing::new(with_line_feeds(quoted.trim()).into_owned()))
    };
    Some(Strings {
        canonical_request: between(canonical_at, to_sign_at.unwrap_or(text.len())),
        string_to_sign: to_sign_at.and_then(|at| between(at, text.len())),
        prose_end: text.get(..canonical_at)?.trim_end().trim_end_matches("The").len(),
    })
}

/// Logs write line feeds as `\n`.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') && text.contains("\\n") { text.replace("\\n", "\n").into() } else { text.into() }
}

/// Recognizes the strings by their lines, whatever is before and after them. Indentation is not part of them.
fn by_form(text: &str) -> Strings {
    let mut strings = Strings { prose_end: text.len(), ..Strings::default() };
    let text = with_line_feeds(text);
    let lines: Vec<&str> = text.lines().map(|line| line.trim().trim_matches(['\'', '"', '`', ','])).collect();
    let mut rest = lines.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let algorithm = first.find("AWS4-").and_then(|start| first.get(start..)).filter(|name| !name.contains(' '));
        if let (None, Some(algorithm)) = (&strings.string_to_sign, algorithm) {
            strings.string_to_sign = string_to_sign(algorithm, after);
        } else if strings.canonical_request.is_none() && is_method(first) {
            strings.canonical_request = canonical_request(rest);
        }
        rest = after;
    }
    if strings.string_to_sign.is_some() || strings.canonical_request.is_some() {
        // Parameters in the strings are not what prose says.
        strings.prose_end = 0;
    }
    strings
}

fn is_method(line: &str) -> bool {
    matches!(line, "GET" | "HEAD" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "PATCH")
}

/// Algorithm, time, scope, hash.
fn string_to_sign(algorithm: &str, lines: &[&str]) -> Option<Zeroizing<String>> {
    let [time, scope, hash, ..] = lines else { return None };
    let is_one = time.ends_with('Z') && scope.ends_with("/aws4_request") && hash.len() == 64;
    is_one.then(|| Zeroizing::new([algorithm, time, scope, hash].join("\n")))
}

/// Method, path, query, header lines, an empty line, signed headers, payload hash.
fn canonical_request(lines: &[&str]) -> Option<Zeroizing<String>> {
    // No request has more header lines, so that a text of nothing but methods takes no square of its length.
    const MOST_LINES: usize = 200;
    if !lines.get(1)?.starts_with('/') {
        return None;
    }
    let header_lines = lines.iter().skip(3).take(MOST_LINES);
    let header_count = header_lines.take_while(|line| !line.is_empty()).count();
    let all = lines.get(..3 + header_count + 3)?;
    let [.., empty, signed_headers, payload] = all else { return None };
    let is_one = empty.is_empty() && !signed_headers.is_empty() && !payload.is_empty();
    is_one.then(|| Zeroizing::new(all.join("\n")))
}

/// Decodes a hex dump such as `41 57 53`. Anything else in it is not a dump.
pub(super) fn from_hex(dump: &str) -> Option<Zeroizing<String>> {
    let digits: Zeroizing<String> = Zeroizing::new(dump.split_ascii_whitespace().collect());
    let bytes = Zeroizing::new(hex::decode(digits.as_bytes()).ok()?);
    Some(Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())).filter(|text| !text.is_empty())
}

/// Returns the code of an error that prose mentions, such as `An error occurred (SignatureDoesNotMatch)`.
pub(super) fn code(text: &str) -> Option<String> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.find(|word| CODES.contains(word)).map(str::to_owned)
}

/// Codes that this module knows and that do not occur in prose.
const CODES: &[&str] = &[
    "AccessDenied",
    "AuthorizationHeaderMalformed",
    "AuthorizationQueryParametersError",
    "BadDigest",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidAccessKeyId",
    "InvalidArgument",
    "InvalidClientTokenId",
    "InvalidPolicyDocument",
    "InvalidRequest",
    "InvalidSignatureException",
    "InvalidToken",
    "NoSuchBucket",
    "NoSuchKey",
    "NoSuchUpload",
    "PermanentRedirect",
    "RequestExpired",
    "RequestNotReadyYet",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "UnauthorizedAccess",
    "UnrecognizedClientException",
    "XAmzContentSHA256Mismatch",
];
