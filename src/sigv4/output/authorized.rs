//! A request signed by a header.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::Method;

/// A request that carries its signature in the `Authorization` header. Its headers are a bearer token for some minutes,
/// so `Debug` shows their names only.
#[derive(Clone)]
pub struct AuthorizedRequest {
    method: Method,
    url: String,
    /// One of them may be the session token.
    headers: Vec<(String, Zeroizing<String>)>,
}

impl AuthorizedRequest {
    pub(in crate::sigv4) fn new(method: Method, url: String, headers: Vec<(String, String)>) -> Self {
        let headers = headers.into_iter().map(|(name, value)| (name, Zeroizing::new(value))).collect();
        Self { method, url, headers }
    }

    /// Returns the method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Returns the URL, to be sent as it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the headers that the client must send, except `Host`: the request's own, `x-amz-date`, `authorization`, and
    /// where they apply `x-amz-content-sha256` and the session token.
    #[must_use]
    pub fn headers(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for AuthorizedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("AuthorizedRequest")
            .field("method", &self.method)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}
