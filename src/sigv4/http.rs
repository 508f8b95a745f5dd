//! Requests signed by a header as those of the crate `http`.

use http::HeaderMap;

use crate::Error;
use crate::http::{header_map, request};
use crate::sigv4::AuthorizedRequest;

impl AuthorizedRequest {
    /// Returns the request as an [`http::Request`] with this body, for HTTP clients in Rust.
    ///
    /// [`PresignedRequest::to_http`](crate::PresignedRequest::to_http) lists how clients send it. The signature, the
    /// session token and keys of SSE-C are [marked as sensitive](http::HeaderValue::set_sensitive).
    ///
    /// # Errors
    /// - [`Error::UrlRewritten`] if an [`http::Uri`] cannot hold the URL as it is: URLs above 64 KiB
    /// - [`Error::HeadersTooLarge`] if an [`http::HeaderMap`] cannot hold the headers
    ///
    /// ```
    /// # use presign::sigv4::{Request, Service, Signer};
    /// # use presign::{Credentials, Method, Region};
    /// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
    /// # let signer = Signer::new(credentials, Region::new("us-east-1")?, Service::new("sts")?);
    /// let request = Request::new(Method::Get, "https://sts.us-east-1.amazonaws.com")?.query("Action", "GetCallerIdentity");
    /// let request = signer.authorize(&request)?.to_http(())?;
    /// assert!(request.headers()["authorization"].is_sensitive());
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn to_http<B>(&self, body: B) -> Result<http::Request<B>, Error> {
        request(self.method(), self.url(), self.headers(), body)
    }

    /// Returns the [`headers`](Self::headers) that the client must send, for clients that take the URL as a string.
    ///
    /// The signature, the session token and keys of SSE-C are [marked as sensitive](http::HeaderValue::set_sensitive).
    ///
    /// # Errors
    /// [`Error::HeadersTooLarge`] if a [`HeaderMap`] cannot hold the headers
    pub fn header_map(&self) -> Result<HeaderMap, Error> {
        header_map(self.headers())
    }
}

/// As [`to_http`](AuthorizedRequest::to_http) with an empty body.
impl<B: Default> TryFrom<&AuthorizedRequest> for http::Request<B> {
    type Error = Error;

    fn try_from(signed: &AuthorizedRequest) -> Result<Self, Error> {
        signed.to_http(B::default())
    }
}

/// As [`to_http`](AuthorizedRequest::to_http) with an empty body.
impl<B: Default> TryFrom<AuthorizedRequest> for http::Request<B> {
    type Error = Error;

    fn try_from(signed: AuthorizedRequest) -> Result<Self, Error> {
        signed.to_http(B::default())
    }
}
