//! Stage 1: the canonical request.

use alloc::string::String;
use core::fmt;
use core::time::Duration;

use zeroize::Zeroize as _;

use crate::Error;
use crate::sigv4::canonical_text::CanonicalText;
use crate::sigv4::{Expires, Request, SigningContext, Target};

/// A request in the one form that both sides compute, so that both get the same hash.
///
/// The query of the URL that it belongs to is a copy of its third line, so what is signed is what is sent.
///
/// ```
/// use std::time::Duration;
/// use presign::sigv4::{CanonicalRequest, Request, Service, SigningContext, SigningKey, StringToSign};
/// use presign::{Credentials, Method, Region};
///
/// // The example of the S3 documentation, stage by stage.
/// let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// let (region, service) = (Region::new("us-east-1")?, Service::s3());
/// let context = SigningContext::new(&credentials, &region, &service, "20130524T000000Z".parse()?);
/// let request = Request::new(Method::Get, "https://examplebucket.s3.amazonaws.com")?.path("/test.txt");
///
/// let canonical = CanonicalRequest::presigned(&request, &context, Duration::from_secs(86_400))?;
/// assert!(canonical.to_string().ends_with("\nhost:examplebucket.s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD"));
/// let string_to_sign = StringToSign::new(&context, canonical.sha256());
/// let signature = SigningKey::derive(&credentials, &context.scope()).sign(&string_to_sign);
/// assert_eq!(signature.to_hex(), "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
///
/// let url = format!("{}&X-Amz-Signature={}", canonical.url(), signature.to_hex());
/// assert!(url.starts_with("https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"));
/// # Ok::<(), presign::Error>(())
/// ```
pub struct CanonicalRequest {
    text: String,
    parts: CanonicalText,
    url: String,
}

impl CanonicalRequest {
    /// For a signature in the query.
    ///
    /// # Errors
    /// The request, the expiry or the credentials are not valid: as
    /// [`Signer::presign_at`](crate::sigv4::Signer::presign_at), with the limit of AWS for the expiry.
    pub fn presigned(request: &Request<'_>, context: &SigningContext<'_>, expires: Duration) -> Result<Self, Error> {
        Self::for_query(request.target()?, context, Expires::new(expires, Expires::AWS_MAX)?)
    }

    /// For a signature in the `Authorization` header.
    ///
    /// # Errors
    /// The request is not valid: as [`Signer::authorize_at`](crate::sigv4::Signer::authorize_at).
    pub fn authorized(request: &Request<'_>, context: &SigningContext<'_>) -> Result<Self, Error> {
        Self::for_header(request.target()?, context)
    }

    pub(super) fn for_query(target: Target<'_>, context: &SigningContext<'_>, expires: Expires) -> Result<Self, Error> {
        let (mut text, mut url) = (String::new(), String::new());
        let parts = CanonicalText::write_for_query(&target, context, expires, &mut text)?;
        parts.write_url(&target, &text, &mut url);
        Ok(Self { text, parts, url })
    }

    pub(super) fn for_header(target: Target<'_>, context: &SigningContext<'_>) -> Result<Self, Error> {
        let (mut text, mut url) = (String::new(), String::new());
        let parts = CanonicalText::write_for_header(&target, context, &mut text)?;
        parts.write_url(&target, &text, &mut url);
        Ok(Self { text, parts, url })
    }

    /// The hash that goes into the string to sign.
    #[must_use]
    pub const fn sha256(&self) -> [u8; 32] {
        self.parts.sha256
    }

    /// The URL without the signature.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The names of the signed headers, separated by semicolons.
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        self.text.rsplit('\n').nth(1).unwrap_or_default()
    }

    /// The text, with its line feeds.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The third line, and what follows it.
    pub(super) fn query_and_rest(&self) -> (&str, &str) {
        let query = self.parts.query.clone();
        let part = |range| self.text.get(range).unwrap_or_default();
        (part(query.clone()), part(query.end..self.text.len()))
    }

    /// The last line.
    pub(super) fn payload(&self) -> &str {
        self.text.rsplit('\n').next().unwrap_or_default()
    }
}

/// The text may hold a session token, or a key of SSE-C.
impl Drop for CanonicalRequest {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// The text, with its line feeds. It holds the session token, if there is a signed one: do not log it.
impl fmt::Display for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalRequest")
            .field("method", &self.text.lines().next().unwrap_or_default())
            .finish_non_exhaustive()
    }
}
