//! One request with many numbers: the parts of an upload.

use alloc::string::String;

use sha2::{Digest as _, Sha256};

use crate::decimal;
use crate::sigv4::CanonicalRequest;

/// The block size of SHA-256.
const BLOCK: usize = 64;

/// The texts of a request around the number in its query and the number in one of its headers, so that it can be signed
/// again with others. Digits need no encoding and a number changes no order, so the text with other numbers is canonical
/// too.
pub(crate) struct NumberedRequest {
    /// The URL up to the first number.
    url: String,
    /// From there to the end of the URL.
    rest_of_url: String,
    /// What stands behind the URL in the canonical request, up to the second number, and behind it.
    lines: [String; 2],
    /// The hash of all whole blocks up to the first number.
    hash: Sha256,
    /// How much of `url` is not in `hash`.
    unhashed: usize,
}

impl NumberedRequest {
    /// None if the canonical request has no such parameter or no such header.
    pub(super) fn new(canonical: &CanonicalRequest<'_>, parameter: &str, header: &str) -> Option<Self> {
        let (url, behind) = (canonical.url(), canonical.behind_url());
        let number_at = |text: &str, before: [&str; 3]| {
            let before = before.concat();
            text.find(&before).map(|start| start + before.len())
        };
        let (start, rest) = url.split_at_checked(number_at(url, ["&", parameter, "="])?)?;
        let (line, lines) = behind.split_at_checked(number_at(behind, ["\n", header, ":"])?)?;
        let without_digits = |text: &str| String::from(text.trim_start_matches(|c: char| c.is_ascii_digit()));

        let [method, _, uri, _, query_on] = canonical.pieces();
        let query = query_on.get(..query_on.len() - behind.len() - rest.len())?;
        let unhashed = (method.len() + uri.len() + "\n\n".len() + query.len()) % BLOCK;
        let hashed_query = query.get(..query.len().checked_sub(unhashed)?)?;
        let mut hash = Sha256::new();
        for piece in [method, "\n", uri, "\n", hashed_query] {
            hash.update(piece);
        }
        Some(Self {
            url: start.into(),
            rest_of_url: without_digits(rest),
            lines: [line.into(), without_digits(lines)],
            hash,
            unhashed,
        })
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request.
    pub(super) fn write(&self, parameter: u64, header: u64, url: &mut String) -> [u8; 32] {
        url.push_str(&self.url);
        let unhashed = url.len() - self.unhashed;
        decimal::put(parameter, url);
        url.push_str(&self.rest_of_url);
        let end = url.len();
        let [line, lines] = &self.lines;
        url.push_str(line);
        decimal::put(header, url);
        url.push_str(lines);
        let hash = self.hash.clone().chain_update(url.get(unhashed..).unwrap_or_default());
        url.truncate(end);
        hash.finalize().into()
    }
}
