//! Stage 1: the canonical request.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Range;
use core::time::Duration;
use core::{fmt, mem};

use sha2::{Digest, Sha256};
use zeroize::Zeroize as _;

use crate::parameters::{CONTENT_SHA256, Header};
use crate::sigv4::canonical_headers::CanonicalHeaders;
use crate::sigv4::canonical_query::CanonicalQuery;
use crate::sigv4::canonical_uri::canonical_uri;
use crate::sigv4::payload::{authorized_content_sha256, payload_line, presigned_content_sha256};
use crate::sigv4::{ALGORITHM, Expires, Payload, Request, Service, SigningContext, Target};
use crate::{Error, Method, decimal};

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
pub struct CanonicalRequest<'r> {
    method: Method,
    /// The URL without its signature, and behind it what follows the query in the canonical request, so that most of the
    /// text lies in one piece.
    buffer: String,
    path: Range<usize>,
    url_end: usize,
    /// Whether there is anything behind the URL that must not stay in memory.
    has_secret: bool,
    /// The canonical URI, if it is not the path of the URL.
    uri: Option<String>,
    headers: CanonicalHeaders<'r>,
}

impl<'r> CanonicalRequest<'r> {
    /// For a signature in the query.
    ///
    /// # Errors
    /// The request, the expiry or the credentials are not valid: as
    /// [`Signer::presign_at`](crate::sigv4::Signer::presign_at), with the limit of AWS for the expiry.
    pub fn presigned(request: &'r Request<'_>, context: &SigningContext<'_>, expires: Duration) -> Result<Self, Error> {
        let expires = Expires::new(expires, Expires::AWS_MAX)?;
        Self::for_query(request.target()?, context, expires, &mut String::new())
    }

    /// For a signature in the `Authorization` header.
    ///
    /// # Errors
    /// The request is not valid: as [`Signer::authorize_at`](crate::sigv4::Signer::authorize_at).
    pub fn authorized(request: &'r Request<'_>, context: &'r SigningContext<'_>) -> Result<Self, Error> {
        Self::for_header(request.target()?, context)
    }

    /// Takes the buffer, to append to it, unless there is an error.
    #[inline]
    pub(super) fn for_query(
        target: Target<'r>,
        context: &SigningContext<'_>,
        expires: Expires,
        buffer: &mut String,
    ) -> Result<Self, Error> {
        let service = context.service();
        let payload = check(&target, context, service.default_presigned_payload())?;
        let headers = CanonicalHeaders {
            signer: [
                Some(("host", Cow::Borrowed(target.endpoint.authority()))),
                presigned_content_sha256(&target, service).map(|value| (CONTENT_SHA256, value)),
                None,
                None,
            ],
            caller: target.parameters,
        };

        let mut buffer = mem::take(buffer);
        let has_secret = target.parameters.has_secret();
        if buffer.capacity() == 0 || has_secret {
            buffer.reserve(room(&target, context, has_secret));
        }
        let path = write_url_to_path(&target, &mut buffer);
        let mut query = CanonicalQuery::new(&mut buffer, target.parameters.query());
        query.signer("X-Amz-Algorithm").push_str(ALGORITHM);
        query.signer("X-Amz-Credential").push_str(&context.texts().encoded_credential);
        query.signer("X-Amz-Date").push_str(context.amz_date().as_str());
        decimal::put(expires.seconds(), query.signer("X-Amz-Expires"));
        if let Some(token) = context.signed_encoded_session_token() {
            query.signer(service.session_token_query()).push_str(token);
        }
        headers.write_encoded_names(query.signer("X-Amz-SignedHeaders"));
        query.finish();

        let mut canonical = Self::over(buffer, path, &target, service, headers, &payload);
        canonical.has_secret = has_secret;
        Ok(canonical)
    }

    pub(super) fn for_header(target: Target<'r>, context: &'r SigningContext<'_>) -> Result<Self, Error> {
        let service = context.service();
        let payload = check(&target, context, Payload::Empty)?;
        let headers = CanonicalHeaders {
            signer: [
                Some(("host", Cow::Borrowed(target.endpoint.authority()))),
                authorized_content_sha256(&target, service, &payload).map(|value| (CONTENT_SHA256, value)),
                Some(("x-amz-date", Cow::Borrowed(context.amz_date().as_str()))),
                context.signed_session_token().map(|token| (service.session_token_header(), Cow::Borrowed(token))),
            ],
            caller: target.parameters,
        };

        let mut buffer = String::new();
        let path = write_url_to_path(&target, &mut buffer);
        CanonicalQuery::new(&mut buffer, target.parameters.query()).finish();

        Ok(Self::over(buffer, path, &target, service, headers, &payload))
    }

    /// Writes what follows the query behind a URL that is complete but for the signature.
    #[inline]
    fn over(
        mut buffer: String,
        path: Range<usize>,
        target: &Target<'r>,
        service: &Service,
        headers: CanonicalHeaders<'r>,
        payload: &str,
    ) -> Self {
        let url_end = buffer.len();
        buffer.push('\n');
        headers.write_lines(&mut buffer);
        buffer.push('\n');
        headers.write_names(&mut buffer);
        buffer.push('\n');
        buffer.push_str(payload);
        let uri = canonical_uri(buffer.get(path.clone()).unwrap_or_default(), service);
        Self { method: target.method, buffer, path, url_end, has_secret: false, uri, headers }
    }

    /// The hash that goes into the string to sign.
    #[must_use]
    #[inline]
    pub fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        self.pieces().iter().for_each(|piece| hash.update(piece));
        hash.finalize().into()
    }

    /// The URL without the signature.
    #[must_use]
    pub fn url(&self) -> &str {
        self.buffer.get(..self.url_end).unwrap_or_default()
    }

    /// Whether the canonical URI is not the path of the URL.
    pub(super) const fn has_own_uri(&self) -> bool {
        self.uri.is_some()
    }

    /// What stands behind the query.
    pub(super) fn behind_url(&self) -> &str {
        self.buffer.get(self.url_end..).unwrap_or_default()
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
    pub fn signed_headers(&self) -> String {
        let mut names = String::new();
        self.headers.write_names(&mut names);
        names
    }

    /// The signer's own headers, for the `Authorization` form.
    pub(super) fn signer_headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers.signer.iter().flatten().map(|(name, value)| (*name, &**value))
    }

    /// The text: method, canonical URI, and everything from the query on.
    #[inline]
    pub(super) fn pieces(&self) -> [&str; 5] {
        let path = self.buffer.get(self.path.clone()).unwrap_or_default();
        // A `?` lies between path and query; without a query, nothing does.
        let has_query = self.path.end < self.url_end;
        let rest = self.buffer.get(self.path.end + usize::from(has_query)..).unwrap_or_default();
        [self.method.as_str(), "\n", self.uri.as_deref().unwrap_or(path), "\n", rest]
    }
}

impl Drop for CanonicalRequest<'_> {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// The text, with its line feeds. It holds the session token, if there is a signed one: do not log it.
impl fmt::Display for CanonicalRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().iter().try_for_each(|piece| f.write_str(piece))
    }
}

impl fmt::Debug for CanonicalRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalRequest").field("method", &self.method).finish_non_exhaustive()
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

/// How many bytes the URL and what is written behind it for a while will take, so that a new buffer has to grow once. An
/// estimate, but for secrets, of which growing would leave a copy behind: then it is enough for any text.
fn room(target: &Target<'_>, context: &SigningContext<'_>, has_secret: bool) -> usize {
    let path = target.path.base.len() + target.path.encoded.len() + target.path.raw.len();
    let query = target.parameters.query().map(|parameter| parameter.name.len() + parameter.value.len() + 2);
    let header =
        |header: &Header<'_>| 2 * header.name.pieces().map(str::len).iter().sum::<usize>() + header.value.len();
    let headers = target.parameters.headers().map(|line| header(line) + 8);
    let texts = context.texts();
    let token = texts.encoded_session_token.as_ref().map_or(0, |token| token.len());
    let all = 2 * target.endpoint.origin().len()
        + path
        + query.sum::<usize>()
        + headers.sum::<usize>()
        + texts.encoded_credential.len()
        + token
        + 300;
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
