//! Signed requests and methods as those of the crate `http`, which most HTTP clients take.

use alloc::string::ToString as _;

use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::sigv4::output::{AuthorizedRequest, PresignedRequest};
use crate::{Error, Method};

impl PresignedRequest {
    /// Returns the request as an [`http::Request`] with this body, for HTTP clients in Rust.
    ///
    /// The URL is exactly the one that was signed, and all [`headers`](Self::headers) are set.
    ///
    /// | client | sends it as |
    /// |---|---|
    /// | [ureq](https://docs.rs/ureq) 3 | `agent.run(put.to_http(file)?)?` |
    /// | [reqwest](https://docs.rs/reqwest) | `client.execute(put.to_http(file)?.try_into()?).await?` |
    /// | [hyper-util](https://docs.rs/hyper-util) | `client.request(put.to_http(Full::from(file))?).await?` |
    ///
    /// Configure the client not to follow redirects: the signature is not valid for another host. `Debug` of the result
    /// shows the URL, which is a secret.
    ///
    /// # Errors
    /// - [`Error::UrlRewritten`] if an [`http::Uri`] cannot hold the URL as it is: URLs above 64 KiB
    /// - [`Error::HeadersTooLarge`] if an [`http::HeaderMap`] cannot hold the headers
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::PutObject};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let put = presigner.presign(PutObject::new("a.txt").content_type("text/plain"), Duration::from_secs(60))?;
    /// let request = put.to_http("Hello")?;
    /// assert_eq!(request.method(), http::Method::PUT);
    /// assert_eq!(request.uri().to_string(), put.url());
    /// assert_eq!(request.headers()["content-type"], "text/plain");
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn to_http<B>(&self, body: B) -> Result<http::Request<B>, Error> {
        request(self.method(), self.url(), self.headers(), body)
    }

    /// Returns the [`headers`](Self::headers) that the client must send, for clients that take the URL as a string.
    ///
    /// The values that are keys of SSE-C are [marked as sensitive](HeaderValue::set_sensitive).
    ///
    /// # Errors
    /// [`Error::HeadersTooLarge`] if a [`HeaderMap`] cannot hold the headers
    pub fn header_map(&self) -> Result<HeaderMap, Error> {
        header_map(self.headers())
    }
}

/// As [`to_http`](PresignedRequest::to_http) with an empty body.
impl<B: Default> TryFrom<&PresignedRequest> for http::Request<B> {
    type Error = Error;

    fn try_from(signed: &PresignedRequest) -> Result<Self, Error> {
        signed.to_http(B::default())
    }
}

/// As [`to_http`](PresignedRequest::to_http) with an empty body.
impl<B: Default> TryFrom<PresignedRequest> for http::Request<B> {
    type Error = Error;

    fn try_from(signed: PresignedRequest) -> Result<Self, Error> {
        signed.to_http(B::default())
    }
}

impl AuthorizedRequest {
    /// Returns the request as an [`http::Request`] with this body, for HTTP clients in Rust.
    ///
    /// [`PresignedRequest::to_http`] lists how clients send it. The signature, the
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

fn request<'h, B>(
    method: Method,
    url: &str,
    headers: impl ExactSizeIterator<Item = (&'h str, &'h str)>,
    body: B,
) -> Result<http::Request<B>, Error> {
    let mut request = http::Request::new(body);
    *request.method_mut() = method.into();
    *request.uri_mut() = uri(url)?;
    *request.headers_mut() = header_map(headers)?;
    Ok(request)
}

fn uri(url: &str) -> Result<Uri, Error> {
    let uri = Uri::try_from(url).map_err(|_| Error::UrlRewritten)?;
    // As strings: `Uri` itself ignores the letter case of the host.
    let written = uri.to_string();
    if written == url { Ok(uri) } else { Err(Error::UrlRewritten) }
}

fn header_map<'h>(headers: impl ExactSizeIterator<Item = (&'h str, &'h str)>) -> Result<HeaderMap, Error> {
    let mut map = HeaderMap::try_with_capacity(headers.len()).map_err(|_| Error::HeadersTooLarge)?;
    for (name, value) in headers {
        // Names and values are valid ones: only lengths can be beyond what the types hold.
        let header = HeaderName::try_from(name).map_err(|_| Error::HeadersTooLarge)?;
        let mut value = HeaderValue::try_from(value).map_err(|_| Error::HeadersTooLarge)?;
        value.set_sensitive(is_sensitive(name));
        map.try_insert(header, value).map_err(|_| Error::HeadersTooLarge)?;
    }
    Ok(map)
}

/// Whether the value of a header of this name, in lower case, must not be logged or compressed: a signature, a session
/// token, or a key of SSE-C.
fn is_sensitive(name: &str) -> bool {
    matches!(name, "authorization" | "x-amz-security-token" | "x-amz-s3session-token")
        || name.ends_with("-customer-key")
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Head => Self::HEAD,
            Method::Put => Self::PUT,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
            Method::Patch => Self::PATCH,
            Method::Options => Self::OPTIONS,
        }
    }
}

impl TryFrom<&http::Method> for Method {
    type Error = Error;

    /// # Errors
    /// [`Error::UnknownName`] for other methods, such as `CONNECT`
    fn try_from(method: &http::Method) -> Result<Self, Error> {
        method.as_str().parse()
    }
}

impl TryFrom<http::Method> for Method {
    type Error = Error;

    /// # Errors
    /// [`Error::UnknownName`] for other methods, such as `CONNECT`
    fn try_from(method: http::Method) -> Result<Self, Error> {
        Self::try_from(&method)
    }
}
