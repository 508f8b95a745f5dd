//! One request with many numbers: the parts of an upload.

use alloc::string::String;
use core::ops::Range;

use crate::decimal::Decimal;
use crate::sigv4::CanonicalRequest;
use crate::sigv4::hash::StartedSha256;

/// The texts of a request around the number in its query and the number in one of its headers, so that it can be signed
/// again with others. Digits need no encoding and a number changes no order, so the text with other numbers is canonical
/// too.
pub(crate) struct NumberedRequest {
    /// The URL up to the first number.
    url: String,
    /// The hash of all whole blocks of the canonical request up to the first number.
    hash: StartedSha256,
    /// How much of `url` is not in `hash`.
    unhashed: usize,
    /// What follows the first number in the canonical request.
    rest: String,
    /// How much of `rest` belongs to the URL, too.
    rest_of_url: usize,
    /// The second number, and where it is in `rest`.
    header: u64,
    digits: Range<usize>,
}

impl NumberedRequest {
    /// None if the canonical request has no such parameter or no such header.
    pub(super) fn new(canonical: &CanonicalRequest, parameter: &str, header: &str) -> Option<Self> {
        let number_after = |text: &str, before: [&str; 3]| {
            let before = before.concat();
            let start = text.find(&before)? + before.len();
            let length = text.get(start..)?.find(|c: char| !c.is_ascii_digit());
            Some(start..start + length.unwrap_or(text.len() - start))
        };
        let in_query = |text| number_after(text, ["&", parameter, "="]);
        let (query, behind_query) = canonical.query_and_rest();
        let before_query = canonical.as_str().len() - query.len() - behind_query.len();
        let number = in_query(query)?;
        let (started, rest) = (before_query + number.start, before_query + number.end);

        // The query up to the number ends as the URL does, so what is not in a whole block is taken from there.
        let (hash, unhashed) = StartedSha256::new(canonical.as_str().get(..started)?);
        let unhashed = unhashed.len();
        let rest = canonical.as_str().get(rest..)?;
        let digits = number_after(rest, ["\n", header, ":"])?;
        (unhashed <= number.start).then_some(Self {
            url: canonical.url().get(..in_query(canonical.url())?.start)?.into(),
            hash,
            unhashed,
            rest: rest.into(),
            rest_of_url: query.len() - number.end,
            header: rest.get(digits.clone())?.parse().ok()?,
            digits,
        })
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request.
    #[inline]
    pub(super) fn write(&mut self, (parameter, header): (u64, u64), url: &mut String) -> [u8; 32] {
        if header != self.header {
            let digits = Decimal::new(header);
            self.rest.replace_range(self.digits.clone(), &digits);
            self.digits.end = self.digits.start + digits.len();
            self.header = header;
        }
        // At once, with room for the numbers and the signature, so that growing leaves no copies behind.
        url.reserve(self.url.len() + self.rest.len() + 128);
        url.push_str(&self.url);
        let unhashed = url.len() - self.unhashed;
        Decimal::new(parameter).write(url);
        let end = url.len() + self.rest_of_url;
        url.push_str(&self.rest);
        let sha256 = self.hash.finish(url.get(unhashed..).unwrap_or_default());
        url.truncate(end);
        sha256
    }
}
