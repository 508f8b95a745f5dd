//! Stage 1: the canonical request.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;
use core::time::Duration;
use core::{fmt, mem};

use zeroize::Zeroize as _;

use crate::decimal::Decimal;
use crate::parameters::{CONTENT_SHA256, Header};
use crate::sigv4::canonical_headers::CanonicalHeaders;
use crate::sigv4::canonical_query::{CanonicalQuery, signer_parameter, write_caller_query};
use crate::sigv4::canonical_uri::canonical_uri;
use crate::sigv4::hash::sha256;
use crate::sigv4::payload::{authorized_content_sha256, payload_line, presigned_content_sha256};
use crate::sigv4::{Expires, Payload, Request, Service, SigningContext, Target};
use crate::{Error, Method};

/// A request in the one form that both sides compute, so that both get the same hash.
///
/// It lies over the URL that it belongs to: the canonical query is the query of the URL, byte for byte, so what is
/// signed is what is sent.
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
    /// The URL without its signature, and behind it the text.
    buffer: String,
    url_end: usize,
    /// The third line in the buffer.
    query: Range<usize>,
    /// The last line but one.
    names: Range<usize>,
    /// Whether the canonical URI is not the path of the URL.
    has_own_uri: bool,
    /// Whether there is anything in the text that must not stay in memory.
    has_secret: bool,
}

impl CanonicalRequest {
    /// For a signature in the query.
    ///
    /// # Errors
    /// The request, the expiry or the credentials are not valid: as
    /// [`Signer::presign_at`](crate::sigv4::Signer::presign_at), with the limit of AWS for the expiry.
    pub fn presigned(request: &Request<'_>, context: &SigningContext<'_>, expires: Duration) -> Result<Self, Error> {
        let expires = Expires::new(expires, Expires::AWS_MAX)?;
        Self::for_query(request.target()?, context, expires, &mut String::new())
    }

    /// For a signature in the `Authorization` header.
    ///
    /// # Errors
    /// The request is not valid: as [`Signer::authorize_at`](crate::sigv4::Signer::authorize_at).
    pub fn authorized(request: &Request<'_>, context: &SigningContext<'_>) -> Result<Self, Error> {
        Ok(Self::for_header(request.target()?, context)?.0)
    }

    /// Takes the buffer, to append to it, unless there is an error.
    #[inline]
    pub(super) fn for_query(
        target: Target<'_>,
        context: &SigningContext<'_>,
        expires: Expires,
        buffer: &mut String,
    ) -> Result<Self, Error> {
        let service = context.service();
        let payload = check(&target, context, service.default_presigned_payload())?;
        let content_sha256 = presigned_content_sha256(&target, service);
        let host = ("host", target.endpoint.authority());
        let signer = match &content_sha256 {
            None => &[host][..],
            Some(value) => &[host, (CONTENT_SHA256, &**value)],
        };
        let headers = CanonicalHeaders { signer, caller: target.parameters.headers() };

        let mut buffer = mem::take(buffer);
        let has_secret = target.parameters.has_secret();
        if buffer.capacity() == 0 || has_secret {
            buffer.reserve(room(&target, context, has_secret));
        }
        let path = write_url_to_path(&target, &mut buffer);
        let query_start = buffer.len();
        let mut query = CanonicalQuery::new(&mut buffer, &context.second().query, target.parameters.query());
        query.signer(signer_parameter!("X-Amz-Expires")).push_str(&Decimal::new(expires.seconds()));
        if let Some(token) = context.signed_encoded_session_token() {
            query.signer(service.session_token_query()).push_str(token);
        }
        headers.write_encoded_names(query.signer(signer_parameter!("X-Amz-SignedHeaders")));
        query.finish();

        let query = query_start + '?'.len_utf8()..buffer.len();
        Ok(Self::behind_url(buffer, path, query, &target, service, headers, &payload))
    }

    /// Returns the headers that the signer adds, too.
    pub(super) fn for_header(
        target: Target<'_>,
        context: &SigningContext<'_>,
    ) -> Result<(Self, Vec<(&'static str, String)>), Error> {
        let service = context.service();
        let payload = check(&target, context, Payload::Empty)?;
        let content_sha256 = authorized_content_sha256(&target, service, &payload);
        let signer = [
            Some(("host", target.endpoint.authority())),
            content_sha256.map(|value| (CONTENT_SHA256, value)),
            Some(("x-amz-date", context.amz_date().as_str())),
            context.signed_session_token().map(|token| (service.session_token_header(), token)),
        ];
        let signer: Vec<_> = signer.into_iter().flatten().collect();
        let headers = CanonicalHeaders { signer: &signer, caller: target.parameters.headers() };

        let mut buffer = String::new();
        let path = write_url_to_path(&target, &mut buffer);
        write_caller_query(&mut buffer, target.parameters.query());
        let query = (path.end + '?'.len_utf8()).min(buffer.len())..buffer.len();
        let canonical = Self::behind_url(buffer, path, query, &target, service, headers, &payload);
        Ok((canonical, signer.into_iter().map(|(name, value)| (name, value.into())).collect()))
    }

    /// Writes the text behind a URL that is complete but for the signature.
    #[inline]
    fn behind_url(
        mut buffer: String,
        path: Range<usize>,
        query: Range<usize>,
        target: &Target<'_>,
        service: &Service,
        headers: CanonicalHeaders<'_>,
        payload: &str,
    ) -> Self {
        let url_end = buffer.len();
        let uri = canonical_uri(buffer.get(path.clone()).unwrap_or_default(), service);
        write_canonical_start(target.method, &mut buffer);
        match &uri {
            Some(uri) => buffer.push_str(uri),
            None => buffer.extend_from_within(path),
        }
        buffer.push('\n');
        let query_start = buffer.len();
        buffer.extend_from_within(query);
        let query = query_start..buffer.len();
        buffer.push('\n');
        headers.write_lines(&mut buffer);
        buffer.push('\n');
        let names_start = buffer.len();
        headers.write_names(&mut buffer);
        let names = names_start..buffer.len();
        buffer.push('\n');
        buffer.push_str(payload);
        let has_secret = target.parameters.has_secret();
        Self { buffer, url_end, query, names, has_own_uri: uri.is_some(), has_secret }
    }

    /// The hash that goes into the string to sign.
    #[must_use]
    #[inline]
    pub fn sha256(&self) -> [u8; 32] {
        sha256(self.as_str())
    }

    /// The URL without the signature.
    #[must_use]
    pub fn url(&self) -> &str {
        self.buffer.get(..self.url_end).unwrap_or_default()
    }

    /// The text, with its line feeds.
    #[inline]
    pub(super) fn as_str(&self) -> &str {
        self.buffer.get(self.url_end..).unwrap_or_default()
    }

    /// Whether the canonical URI is not the path of the URL.
    pub(super) const fn has_own_uri(&self) -> bool {
        self.has_own_uri
    }

    /// The third line, and what follows it.
    pub(super) fn query_and_rest(&self) -> (&str, &str) {
        let part = |range| self.buffer.get(range).unwrap_or_default();
        (part(self.query.clone()), part(self.query.end..self.buffer.len()))
    }

    /// The URL in the buffer that it was written to.
    #[inline]
    pub(super) fn into_url(mut self) -> String {
        self.wipe();
        self.buffer.truncate(self.url_end);
        mem::take(&mut self.buffer)
    }

    fn wipe(&mut self) {
        if self.has_secret
            && let Some(rest) = self.buffer.get_mut(self.url_end..)
        {
            rest.zeroize();
        }
    }

    /// The names of the signed headers, separated by semicolons.
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        self.buffer.get(self.names.clone()).unwrap_or_default()
    }
}

impl Drop for CanonicalRequest {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// The text, with its line feeds. It holds the session token, if there is a signed one: do not log it.
impl fmt::Display for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalRequest").field("method", &self.as_str().lines().next()).finish_non_exhaustive()
    }
}

/// Everything that can be wrong with a request; after it, writing cannot fail.
#[inline]
fn check<'r>(
    target: &Target<'r>,
    context: &SigningContext<'_>,
    default_payload: Payload,
) -> Result<Cow<'r, str>, Error> {
    context.check_credentials()?;
    target.parameters.check()?;
    if !context.service().encodes_path_twice() {
        // The path is signed as it is sent, so it has to be in the form that the server will compute.
        target.path.check_canonical()?;
    }
    payload_line(target, default_payload)
}

/// How many bytes the URL and the text behind it will take, so that a new buffer has to grow once. An estimate, but for
/// secrets, of which growing would leave a copy behind: then it is enough for any text.
fn room(target: &Target<'_>, context: &SigningContext<'_>, has_secret: bool) -> usize {
    let path = target.path.base.len() + target.path.encoded.len() + target.path.raw.len();
    let query = target.parameters.query().iter().map(|parameter| parameter.name.len() + parameter.value.len() + 2);
    let header =
        |header: &Header<'_>| 3 * (header.name.pieces().map(str::len).iter().sum::<usize>() + 3) + header.value.len();
    let token = context.day().encoded_session_token.as_ref().map_or(0, |token| token.len());
    let in_both = target.endpoint.origin().len() + path + query.sum::<usize>() + context.second().query.len() + token;
    let all = 2 * in_both + target.parameters.headers().iter().map(header).sum::<usize>() + 400;
    if has_secret { 3 * all } else { all }
}

/// Writes scheme, host and path, and returns where the path lies.
#[inline]
pub(super) fn write_url_to_path(target: &Target<'_>, url: &mut String) -> Range<usize> {
    url.push_str(target.endpoint.origin());
    let start = url.len();
    target.path.write(url);
    start..url.len()
}

/// Writes the first line.
#[inline]
pub(super) fn write_canonical_start(method: Method, out: &mut String) {
    out.push_str(method.as_str());
    out.push('\n');
}
