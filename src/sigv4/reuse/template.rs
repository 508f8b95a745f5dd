//! A request that has been written, and is written again with other texts in some places.

use alloc::string::String;
use core::ops::Range;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::sigv4::CanonicalRequest;

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
    /// It has taken the canonical request up to the hole.
    hash: Sha256,
    /// What follows the hole in the canonical request.
    rest: Zeroizing<String>,
    /// How much of `rest` belongs to the URL, too.
    query_end: usize,
}

impl Template {
    /// Makes a hole in the query.
    pub(super) fn with_hole_in_query(canonical_request: CanonicalRequest, hole: Range<usize>) -> Option<Self> {
        let text = canonical_request.as_str();
        let (before, rest) = (text.get(..hole.start)?, text.get(hole.end..)?);
        let hash = Sha256::new().chain_update(before);
        let mut rest_of_request = Zeroizing::new(String::with_capacity(rest.len() + MOST_GROWTH));
        rest_of_request.push_str(rest);
        let query_end = canonical_request.query().end - hole.end;
        let mut url = Zeroizing::new(canonical_request.into_url());
        let hole_start = url.len() - query_end - hole.len();
        url.truncate(hole_start);
        Some(Self { url, hash, rest: rest_of_request, query_end })
    }

    /// Makes a hole of everything before the query.
    pub(super) fn with_hole_before_query(canonical_request: &CanonicalRequest) -> Self {
        let query = canonical_request.query();
        let text = canonical_request.as_str().get(query.start..).unwrap_or_default();
        let mut rest = Zeroizing::new(String::with_capacity(text.len() + MOST_GROWTH));
        rest.push_str(text);
        Self { url: Zeroizing::default(), hash: Sha256::new(), rest, query_end: query.len() }
    }

    /// What follows the hole in the canonical request.
    pub(super) fn rest(&self) -> &str {
        &self.rest
    }

    /// Writes something else behind the hole.
    #[inline]
    pub(super) fn replace(&mut self, place: &mut Range<usize>, text: &str) {
        if self.rest.get(place.clone()) != Some(text) {
            self.rest.replace_range(place.clone(), text);
            place.end = place.start + text.len();
        }
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request. What is to fill the hole is
    /// appended to the URL, and hashed, by `fill`.
    #[inline]
    pub(super) fn write(&self, url: &mut String, fill: impl FnOnce(&mut String, &mut Sha256)) -> [u8; 32] {
        // With room for the hole and the signature, so that growing leaves no copies behind.
        url.reserve(self.url.len() + self.rest.len() + MOST_GROWTH);
        url.push_str(&self.url);
        let mut hash = self.hash.clone();
        fill(url, &mut hash);
        let rest_start = url.len();
        url.push_str(&self.rest);
        hash.update(url.get(rest_start..).unwrap_or_default());
        url.truncate(rest_start + self.query_end);
        hash.finalize().into()
    }
}
