//! The texts behind a signature.

use alloc::string::{String, ToString};
use core::fmt;

use zeroize::Zeroizing;

use crate::sigv4::{CanonicalRequest, StringToSign};

/// The two texts that a server computes, too, before it responds with `SignatureDoesNotMatch`.
///
/// S3 returns its own as `<CanonicalRequest>` and `<StringToSign>` in the body of that response: the first line that
/// differs is the cause. The canonical request holds the session token, if there is one, so `Debug` shows neither text.
#[derive(Clone)]
pub struct Explanation {
    /// It may hold the session token, or a key of SSE-C.
    canonical_request: Zeroizing<String>,
    string_to_sign: String,
}

impl Explanation {
    pub(in crate::sigv4) fn new(canonical_request: &CanonicalRequest, string_to_sign: &StringToSign<'_>) -> Self {
        let canonical_request = Zeroizing::new(String::from(canonical_request.as_str()));
        Self { canonical_request, string_to_sign: string_to_sign.to_string() }
    }

    /// Returns the canonical request: method, path, query, headers, signed headers, payload hash.
    #[must_use]
    pub fn canonical_request(&self) -> &str {
        &self.canonical_request
    }

    /// Returns the string to sign: algorithm, time, credential scope, hash of the canonical request.
    #[must_use]
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation").finish_non_exhaustive()
    }
}
