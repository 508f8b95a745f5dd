//! One request with many numbers: the parts of an upload.

use alloc::string::String;

use crate::decimal::Decimal;
use crate::sigv4::CanonicalRequest;
use crate::sigv4::hash::StartedSha256;

/// The texts of a request around the number in its query and the number in one of its headers, so that it can be signed
/// again with others. Digits need no encoding and a number changes no order, so the text with other numbers is canonical
/// too.
pub(crate) struct NumberedRequest {
    /// The URL up to the first number.
    url: String,
    /// From there to the end of the URL.
    rest_of_url: String,
    /// What follows the query in the canonical request, up to the second number, and behind it.
    lines: [String; 2],
    /// The hash of all whole blocks of the canonical request up to the first number.
    hash: StartedSha256,
    /// How much of `url` is not in `hash`.
    unhashed: usize,
}

impl NumberedRequest {
    /// None if the canonical request has no such parameter or no such header.
    pub(super) fn new(canonical: &CanonicalRequest, parameter: &str, header: &str) -> Option<Self> {
        let split_at_number = |text: &'_ str, before: [&str; 3]| {
            let before = before.concat();
            let start = text.find(&before)? + before.len();
            let (start, rest) = text.split_at_checked(start)?;
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            Some((String::from(start), String::from(rest)))
        };
        let (query, behind_query) = canonical.query_and_rest();
        let (url, rest_of_url) = split_at_number(canonical.url(), ["&", parameter, "="])?;
        let (line, lines) = split_at_number(behind_query, ["\n", header, ":"])?;

        // The query up to the number ends as the URL does, so what is not in a whole block is taken from there.
        let (query_start, _) = split_at_number(query, ["&", parameter, "="])?;
        let before_query = canonical.as_str().len() - query.len() - behind_query.len();
        let (hash, unhashed) = StartedSha256::new(canonical.as_str().get(..before_query + query_start.len())?);
        let unhashed = unhashed.len();
        (unhashed <= query_start.len()).then_some(Self { url, rest_of_url, lines: [line, lines], hash, unhashed })
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request.
    #[inline]
    pub(super) fn write(&self, (parameter, header): (u64, u64), url: &mut String) -> [u8; 32] {
        url.push_str(&self.url);
        let unhashed = url.len() - self.unhashed;
        Decimal::new(parameter).write(url);
        url.push_str(&self.rest_of_url);
        let end = url.len();
        let [line, lines] = &self.lines;
        url.push_str(line);
        Decimal::new(header).write(url);
        url.push_str(lines);
        let sha256 = self.hash.finish(url.get(unhashed..).unwrap_or_default());
        url.truncate(end);
        sha256
    }
}
