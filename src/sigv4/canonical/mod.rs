//! Stage 1: the canonical request.
//!
//! Each line has a file of its own, and all are written from borrowed parts, by [`CanonicalParts::write`]: what a client will
//! send, or what a server received.

mod headers;
mod payload;
mod query;
#[cfg(feature = "verify")]
mod received;
mod uri;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::mem;
use core::ops::Range;
use core::time::Duration;

use zeroize::{Zeroize as _, Zeroizing};

use crate::Error;
use crate::sigv4::hash::sha256;
use crate::sigv4::request::{CONTENT_SHA256, Header};
use crate::sigv4::{Expires, Request, SigningContext, Target};
use crate::timestamp::AmzDate;

pub(super) use payload::presigned_content_sha256;
pub(super) use query::QueryStart;
#[cfg(feature = "verify")]
pub(crate) use received::ReceivedParts;
pub(crate) use uri::{Path, has_dot_segment};

use headers::CanonicalHeaders;
use payload::{SignatureIn, authorized_content_sha256, payload_line};
use query::{CanonicalQuery, SignerParameters};
use uri::CanonicalUri;

/// What a canonical request is made of.
pub(super) struct CanonicalParts<'r> {
    method: &'r str,
    uri: CanonicalUri<'r>,
    query: CanonicalQuery<'r>,
    headers: &'r CanonicalHeaders<'r>,
    payload: &'r str,
}

impl CanonicalParts<'_> {
    /// Writes the lines as the specification has them, and returns where the query is.
    ///
    /// Source: [Create a canonical request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request).
    #[inline]
    fn write(&self, out: &mut String) -> Range<usize> {
        write_method_and_uri(self.method, self.uri, out);
        // CanonicalQueryString
        let query_start = out.len();
        self.query.write(out);
        let query_end = out.len();
        out.push('\n');
        // CanonicalHeaders
        self.headers.write_lines(out);
        out.push('\n');
        // SignedHeaders
        self.headers.write_names(out);
        out.push('\n');
        // HashedPayload
        out.push_str(self.payload);
        query_start..query_end
    }
}

/// Writes the first two lines.
#[inline]
fn write_method_and_uri(method: &str, uri: CanonicalUri<'_>, out: &mut String) {
    // HTTPMethod
    out.push_str(method);
    out.push('\n');
    // CanonicalURI
    uri.write(out);
    out.push('\n');
}

/// A request in canonical form, which client and server compute alike, so that both get the same hash.
///
/// The query of the URL that it becomes is its third line, so what is signed is what is sent.
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
/// let string_to_sign = StringToSign::new(context.scope(), canonical.sha256());
/// let signature = SigningKey::derive(&credentials, &context.scope()).sign(&string_to_sign);
/// assert_eq!(signature.to_hex(), "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
///
/// let url = format!("{}&X-Amz-Signature={}", canonical.into_url(), signature.to_hex());
/// assert!(url.starts_with("https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"));
/// # Ok::<(), presign::Error>(())
/// ```
pub struct CanonicalRequest {
    /// What was in the buffer before, the origin of the URL, and the canonical request.
    /// It may hold a session token, or a key of SSE-C.
    buffer: Zeroizing<String>,
    start: usize,
    uri_start: usize,
    query: Range<usize>,
    /// The path of the URL, if the canonical URI is another one.
    url_path: Option<String>,
    /// Whether something behind the query must not stay in memory.
    has_secret_header: bool,
}

impl CanonicalRequest {
    /// Returns the canonical request for a signature in the query.
    ///
    /// # Errors
    /// The request, the expiry or the credentials are not valid: as
    /// [`Signer::presign_at`](crate::sigv4::Signer::presign_at), with the limit of AWS for the expiry.
    pub fn presigned(request: &Request<'_>, context: &SigningContext<'_>, expires: Duration) -> Result<Self, Error> {
        let target = request.target()?;
        let expires = Expires::new(expires, Expires::AWS_MAX)?;
        context.check_credentials()?;
        let start = QueryStart::new(context.credentials().access_key_id(), &context.scope());
        Self::for_query(&target, context, &start, expires, &mut String::new())
    }

    /// Returns the canonical request for a signature in the `Authorization` header.
    ///
    /// # Errors
    /// The request is not valid: as [`Signer::authorize_at`](crate::sigv4::Signer::authorize_at).
    pub fn authorized(request: &Request<'_>, context: &SigningContext<'_>) -> Result<Self, Error> {
        Self::for_header(&request.target()?, context)
    }

    /// For a signature in the query. It is written to the end of the buffer that the URL will be in, so that nothing of it
    /// stays anywhere else. After an error, the buffer is as it was.
    #[inline]
    pub(super) fn for_query(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        start: &QueryStart,
        expires: Expires,
        buffer: &mut String,
    ) -> Result<Self, Error> {
        let service = context.service();
        target.check(service)?;
        let payload = payload_line(target, service, SignatureIn::Query)?;
        let content_sha256 = presigned_content_sha256(target, service);
        let host = || Header::of_signer("host", target.endpoint.authority());
        let signer_headers = match &content_sha256 {
            None => &[host()][..],
            Some(value) => &[host(), Header::of_signer(CONTENT_SHA256, value)],
        };
        let headers = CanonicalHeaders::new(signer_headers, target.parameters.headers());
        let token = context.credentials().encoded_session_token().filter(|_| service.signs_session_token());
        let signer = SignerParameters {
            start,
            expires,
            region_set: context.region_set(),
            session_token: token.map(|token| (service.session_token_query(), token)),
            signed_headers: &headers,
        };
        let query = CanonicalQuery::Outgoing { signer: Some(signer), others: target.parameters.query() };
        let token_bytes = context.credentials().encoded_session_token().map_or(0, str::len);
        let has_secret = token_bytes != 0 || target.parameters.has_secret();
        // With room for a signature, and for a session token behind it.
        buffer.reserve(target.room(has_secret) + start.as_str().len() + token_bytes + 100);
        let (uri, has_secret_header) = (CanonicalUri::new(target.path, service), target.parameters.has_secret());
        let method = target.method.as_str();
        let parts = CanonicalParts { method, uri, query, headers: &headers, payload: &payload };
        Ok(Self::write(target, &parts, has_secret_header, mem::take(buffer)))
    }

    /// For a signature in the `Authorization` header.
    pub(super) fn for_header(target: &Target<'_>, context: &SigningContext<'_>) -> Result<Self, Error> {
        let service = context.service();
        context.check_credentials()?;
        target.check(service)?;
        let payload = payload_line(target, service, SignatureIn::Header)?;
        let amz_date = context.amz_date();
        let signer_headers = authorization_headers(target, context, &amz_date, &payload);
        let headers = CanonicalHeaders::new(&signer_headers, target.parameters.headers());
        let query = CanonicalQuery::Outgoing { signer: None, others: target.parameters.query() };
        let mut buffer = String::new();
        let token_bytes = context.credentials().session_token().map_or(0, str::len);
        buffer.reserve(target.room(true) + token_bytes);
        let has_secret_header = token_bytes != 0 || target.parameters.has_secret();
        let uri = CanonicalUri::new(target.path, service);
        let method = target.method.as_str();
        let parts = CanonicalParts { method, uri, query, headers: &headers, payload: &payload };
        Ok(Self::write(target, &parts, has_secret_header, buffer))
    }

    /// Writes the origin of the URL and the canonical request, whose parts are right.
    #[inline]
    fn write(target: &Target<'_>, parts: &CanonicalParts<'_>, has_secret_header: bool, mut buffer: String) -> Self {
        buffer.push_str(target.endpoint.url_base());
        let start = buffer.len();
        let query = parts.write(&mut buffer);
        let url_path = (!parts.uri.is_path_of_url()).then(|| target.path.to_text());
        let uri_start = start + parts.method.len() + "\n".len();
        Self { buffer: Zeroizing::new(buffer), start, uri_start, query, url_path, has_secret_header }
    }

    /// For a request whose canonical URI is the path of the URL, and of which everything from the query on is written already, in
    /// two pieces.
    #[cfg(feature = "std")]
    #[inline]
    pub(super) fn from_written(
        target: &Target<'_>,
        [start_of_rest, end]: [&str; 2],
        query_bytes: usize,
        buffer: &mut String,
    ) -> Self {
        let url_base = target.endpoint.url_base();
        // With room for a signature.
        buffer.reserve(url_base.len() + target.path.len() + start_of_rest.len() + end.len() + 128);
        let mut buffer = mem::take(buffer);
        buffer.push_str(url_base);
        let start = buffer.len();
        let method = target.method.as_str();
        write_method_and_uri(method, CanonicalUri::PathOfUrl(target.path), &mut buffer);
        let query = buffer.len()..buffer.len() + query_bytes;
        buffer.push_str(start_of_rest);
        buffer.push_str(end);
        let uri_start = start + method.len() + "\n".len();
        Self { buffer: Zeroizing::new(buffer), start, uri_start, query, url_path: None, has_secret_header: false }
    }

    /// Returns the hash that goes into the string to sign.
    #[must_use]
    #[inline]
    pub fn sha256(&self) -> [u8; 32] {
        sha256(self.as_str())
    }

    /// Turns the canonical request into the URL without a signature.
    #[must_use]
    #[inline]
    pub fn into_url(mut self) -> String {
        let mut url = mem::take(&mut *self.buffer);
        let Self { start, uri_start, query, .. } = &self;
        if self.has_secret_header
            && let Some(headers) = url.get_mut(query.end..)
        {
            headers.zeroize();
        }
        url.truncate(query.end);
        // In the place of the line feed.
        let path_end = query.start - "\n".len();
        url.remove(path_end);
        if !query.is_empty() {
            url.insert(path_end, '?');
        }
        match &self.url_path {
            None => drop(url.drain(start..uri_start)),
            Some(path) => url.replace_range(start..&path_end, path),
        }
        url
    }

    /// Returns the names of the signed headers, separated by semicolons.
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        self.as_str().rsplit('\n').nth(1).unwrap_or_default()
    }

    /// Returns the last line.
    pub(super) fn payload(&self) -> &str {
        self.as_str().rsplit('\n').next().unwrap_or_default()
    }

    /// Returns the text, with its line feeds.
    #[inline]
    pub(super) fn as_str(&self) -> &str {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Returns where in the text the query is.
    #[cfg(feature = "std")]
    pub(super) fn query_in_text(&self) -> Range<usize> {
        self.query.start - self.start..self.query.end - self.start
    }
}

/// Returns the headers that the signer adds for a signature in the `Authorization` header.
pub(super) fn authorization_headers<'r>(
    target: &'r Target<'_>,
    context: &'r SigningContext<'_>,
    amz_date: &'r AmzDate,
    payload: &'r str,
) -> Vec<Header<'r>> {
    let service = context.service();
    let token = context.credentials().session_token().filter(|_| service.signs_session_token());
    let headers = [
        Some(("host", target.endpoint.authority())),
        authorized_content_sha256(target, service, payload).map(|value| (CONTENT_SHA256, value)),
        Some(("x-amz-date", amz_date.as_str())),
        context.region_set().map(|set| ("x-amz-region-set", set)),
        token.map(|token| (service.session_token_header(), token)),
    ];
    headers.into_iter().flatten().map(|(name, value)| Header::of_signer(name, value)).collect()
}

/// The text, with its line feeds. It holds the session token, if there is a signed one: do not log it.
impl fmt::Display for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalRequest")
            .field("method", &self.as_str().lines().next().unwrap_or_default())
            .finish_non_exhaustive()
    }
}
