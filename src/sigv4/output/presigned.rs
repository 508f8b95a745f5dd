//! The result: a URL, and what the client has to send with it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::sigv4::output::SignedParts;
use crate::sigv4::output::forbidden_header::is_forbidden;
use crate::{Method, Timestamp};

/// A signed request, ready for any HTTP client.
///
/// Whoever has the URL can use it until [`expires_at`](Self::expires_at), so treat it like a password: `Debug` leaves
/// out the query, and there is no `Display`. With the feature `serde`, one program can sign it and another one send it:
/// it serializes to `{method, url, headers, fields, forbidden_headers, expires_at}`, and is read from it as an equal value.
///
/// The URL contains the session token of temporary credentials. The request is yours, and is not wiped from memory:
/// [`into_url`](Self::into_url) and [`into_parts`](Self::into_parts) return the only copy.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner, s3::PutObject};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// let put = presigner.presign(PutObject::new("a.png").content_type("image/png"), Duration::from_secs(900))?;
/// assert_eq!(put.method().as_str(), "PUT");
/// assert_eq!(put.headers().collect::<Vec<_>>(), [("content-type", "image/png")]);
/// assert!(!format!("{put:?}").contains("X-Amz"));
/// # Ok::<(), presign::Error>(())
/// ```
#[doc(alias("presigned_url", "signed_url"))]
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedRequest {
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    expires_at: Timestamp,
}

impl PresignedRequest {
    pub(crate) const fn new(
        method: Method,
        url: String,
        headers: Vec<(String, String)>,
        expires_at: Timestamp,
    ) -> Self {
        Self { method, url, headers, expires_at }
    }

    /// The method that the client has to use; the URL is good for no other.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The URL. Send it as it is: what changes it breaks the signature.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL, without a copy.
    #[must_use]
    pub fn into_url(self) -> String {
        self.url
    }

    /// Returns everything that the client must know, without a copy.
    #[must_use]
    pub fn into_parts(self) -> SignedParts {
        let Self { method, url, headers, expires_at } = self;
        SignedParts { method, url, headers, fields: Vec::new(), expires_at }
    }

    /// The headers that the client has to send, with these values, besides `Host`, which clients set themselves. Names
    /// are in lower case.
    ///
    /// The client may send other headers, with two exceptions: S3 refuses a header that starts with `x-amz-` and was not
    /// signed (403, "There were headers present in the request which were not signed"), and an `Authorization` header, such
    /// as the bearer token that a client adds to each request or keeps when it follows a redirect (400, "Only one auth
    /// mechanism allowed").
    #[must_use]
    pub fn headers(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the names of those [`headers`](Self::headers) that a script in a browser cannot set, such as
    /// `content-length`: the browser itself sends them.
    ///
    /// A client in a browser leaves them out. `fetch` and `XMLHttpRequest` ignore them, but other libraries refuse a
    /// request that has one.
    ///
    /// Source: [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::PutObject};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let put = PutObject::new("a.png").content_type("image/png").content_length(48_213);
    /// let put = presigner.presign(put, Duration::from_secs(900))?;
    /// assert_eq!(put.forbidden_headers().collect::<Vec<_>>(), ["content-length"]);
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn forbidden_headers(&self) -> impl Iterator<Item = &str> + Clone {
        self.headers().map(|(name, _)| name).filter(|name| is_forbidden(name))
    }

    /// When the URL stops working: when it expires, or when its credentials do, whichever is
    /// first.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// The URL as a [`url::Url`].
    ///
    /// # Errors
    /// [`Error::UrlRewritten`](crate::Error::UrlRewritten) if the parser would change the URL (it resolves `.` and `..`
    /// segments) or refuses it (a host with `xn--` that is no Punycode).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Error, Presigner, s3::GetObject};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let get = presigner.presign(GetObject::new("a b.png"), Duration::from_secs(900))?;
    /// assert_eq!(get.to_url()?.path(), "/a%20b.png");
    ///
    /// let dots = presigner.presign(GetObject::new("../b").allow_dot_segments(), Duration::from_secs(900))?;
    /// assert_eq!(dots.to_url(), Err(Error::UrlRewritten));
    /// # Ok::<(), Error>(())
    /// ```
    #[cfg(feature = "url")]
    pub fn to_url(&self) -> Result<url::Url, crate::Error> {
        match url::Url::parse(&self.url) {
            Ok(parsed) if parsed.as_str() == self.url => Ok(parsed),
            _ => Err(crate::Error::UrlRewritten),
        }
    }
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("PresignedRequest")
            .field("method", &self.method)
            .field("url", &self.url.split('?').next())
            .field("headers", &names)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
