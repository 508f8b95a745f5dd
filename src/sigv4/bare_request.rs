//! Requests with nothing but a method and a path: many objects of one bucket.

use alloc::string::String;

use crate::sigv4::canonical_text::write_method;
use crate::sigv4::hash::sha256;
use crate::sigv4::{CanonicalRequest, Target};

/// What follows the path in the canonical request, for requests of one instant that have no parameters and no headers of
/// their own: it is the same for all of them.
pub(super) struct BareRequest {
    /// The query.
    query: String,
    /// From the line feed behind the query on.
    rest: String,
}

impl BareRequest {
    /// None if the canonical URI is not the path of the URL.
    pub(super) fn new(canonical: &CanonicalRequest) -> Option<Self> {
        let (query, rest) = canonical.query_and_rest();
        (!canonical.has_own_uri()).then(|| Self { query: query.into(), rest: rest.into() })
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request.
    #[inline]
    pub(super) fn write(&self, target: &Target<'_>, url: &mut String) -> [u8; 32] {
        url.push_str(target.endpoint.origin());
        let path_start = url.len();
        target.path.write(url);
        let path = path_start..url.len();
        url.push('?');
        url.push_str(&self.query);
        let url_end = url.len();
        write_method(target.method, url);
        url.extend_from_within(path);
        url.push('\n');
        url.push_str(&self.query);
        url.push_str(&self.rest);
        let sha256 = sha256(url.get(url_end..).unwrap_or_default());
        url.truncate(url_end);
        sha256
    }
}
