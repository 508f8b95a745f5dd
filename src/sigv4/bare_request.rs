//! Requests with nothing but a method and a path: many objects of one bucket.

use alloc::string::String;

use sha2::{Digest as _, Sha256};

use crate::sigv4::canonical_request::write_url_to_path;
use crate::sigv4::{CanonicalRequest, Target};

/// What follows the path in the canonical request and in the URL, for requests of one instant that have no parameters
/// and no headers of their own: it is the same for all of them.
pub(crate) struct BareRequest {
    /// From the query on.
    rest: String,
    /// The length of the query.
    query: usize,
}

impl BareRequest {
    /// None if the canonical URI is not the path of the URL.
    pub(super) fn new(canonical: &CanonicalRequest<'_>) -> Option<Self> {
        let [.., rest] = canonical.pieces();
        let query = rest.len() - canonical.behind_url().len();
        (!canonical.has_own_uri()).then(|| Self { rest: rest.into(), query })
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request.
    #[inline]
    pub(super) fn write(&self, target: &Target<'_>, url: &mut String) -> [u8; 32] {
        let path = write_url_to_path(target, url);
        url.push('?');
        let query = url.len();
        url.push_str(&self.rest);
        let mut hash = Sha256::new();
        hash.update(target.method.as_str());
        hash.update("\n");
        hash.update(url.get(path).unwrap_or_default());
        hash.update("\n");
        hash.update(url.get(query..).unwrap_or_default());
        url.truncate(query + self.query);
        hash.finalize().into()
    }
}
