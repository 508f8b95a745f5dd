//! A request that has been written, and is written again with other texts in some places.

use alloc::string::String;
use core::ops::Range;

use zeroize::Zeroizing;

use crate::sigv4::CanonicalRequest;
use crate::sigv4::hash::StartedSha256;

/// How much longer a text may become without growing: growing would leave a copy of a secret behind.
const MOST_GROWTH: usize = 128;

/// The texts of a canonical request around a hole, which is filled anew for each URL, and the URL up to the hole. Both the
/// URL and the canonical request go on with the same query.
///
/// What is put into the hole, or in the place of something else, has to be canonical, and must not change the order of
/// parameters. There is no second implementation of the rules: the texts are those of a request that was written line by
/// line.
pub(super) struct Template {
    url: Zeroizing<String>,
    /// The hash of all whole blocks of the canonical request up to the hole.
    hash: StartedSha256,
    /// How much of `url` is not in `hash`.
    unhashed: usize,
    /// What follows the hole in the canonical request.
    rest: Zeroizing<String>,
    /// How much of `rest` belongs to the URL, too.
    query_end: usize,
}

impl Template {
    /// Makes a hole in a canonical request. It is either in the query, at least a block behind its start, because there the
    /// canonical request goes on as the URL does; or it starts with the request, and what fills it is the start of the URL,
    /// too.
    pub(super) fn new(canonical_request: CanonicalRequest, hole: Range<usize>) -> Option<Self> {
        let text = canonical_request.as_str();
        let query = canonical_request.query();
        let (hash, unhashed) = StartedSha256::new(text.get(..hole.start)?);
        if hole.start > 0 && query.start + unhashed > hole.start {
            return None;
        }
        let mut rest = Zeroizing::new(String::with_capacity(text.len() - hole.end + MOST_GROWTH));
        rest.push_str(text.get(hole.end..)?);
        let query_end = query.end - hole.end;
        let mut url = Zeroizing::new(canonical_request.into_url());
        let hole_start = if hole.start == 0 { 0 } else { url.len() - query_end - hole.len() };
        url.truncate(hole_start);
        Some(Self { url, hash, unhashed, rest, query_end })
    }

    /// What follows the hole in the canonical request.
    pub(super) fn rest(&self) -> &str {
        &self.rest
    }

    /// Writes something else behind the hole.
    #[inline]
    pub(super) fn replace(&mut self, place: &mut Range<usize>, text: &str) {
        if self.rest.get(place.clone()) != Some(text) {
            // Faster than `replace_range`.
            drop(self.rest.drain(place.clone()));
            self.rest.insert_str(place.start, text);
            place.end = place.start + text.len();
        }
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request. What fills the hole is appended
    /// by `fill`, with at most so many bytes. It takes how much of what is there has not been hashed, and returns where that
    /// starts.
    #[inline]
    pub(super) fn write(
        &self,
        url: &mut String,
        hole_bytes: usize,
        fill: impl FnOnce(&mut String, usize) -> usize,
    ) -> [u8; 32] {
        // At once, and with room for the signature, so that growing leaves no copies behind.
        url.reserve(self.url.len() + hole_bytes + self.rest.len() + MOST_GROWTH);
        url.push_str(&self.url);
        let unhashed_start = fill(url, self.unhashed);
        let url_end = url.len() + self.query_end;
        url.push_str(&self.rest);
        let sha256 = self.hash.finish(url.get(unhashed_start..).unwrap_or_default());
        url.truncate(url_end);
        sha256
    }
}
