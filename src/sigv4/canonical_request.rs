//! Stage 1: the canonical request.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::ops::Range;
use core::time::Duration;

use sha2::{Digest, Sha256};

use crate::decimal::Decimal;
use crate::encode::QueryEncoded;
use crate::parameters::CONTENT_SHA256;
use crate::sigv4::canonical_headers::CanonicalHeaders;
use crate::sigv4::canonical_query::CanonicalQuery;
use crate::sigv4::canonical_uri::canonical_uri;
use crate::sigv4::payload::{authorized_content_sha256, payload_line, presigned_content_sha256};
use crate::sigv4::value::Value;
use crate::sigv4::{ALGORITHM, Expires, Payload, Request, SigningContext, Target};
use crate::sink::{Buffered, FormatterSink, Sink};
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
/// let mut url = String::new();
/// let canonical = CanonicalRequest::presigned(&request, &context, Duration::from_secs(86_400), &mut url)?;
/// assert!(canonical.to_string().ends_with("\nhost:examplebucket.s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD"));
/// let string_to_sign = StringToSign::new(&context, canonical.sha256());
/// let signature = SigningKey::derive(&credentials, &context.scope()).sign(&string_to_sign);
/// assert_eq!(signature.to_hex(), "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
///
/// url += "&X-Amz-Signature=";
/// url += &signature.to_hex();
/// assert!(url.starts_with("https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"));
/// # Ok::<(), presign::Error>(())
/// ```
pub struct CanonicalRequest<'r> {
    method: Method,
    uri: Cow<'r, str>,
    query: &'r str,
    headers: CanonicalHeaders<'r>,
    payload: Value<'r>,
}

impl<'r> CanonicalRequest<'r> {
    /// For a signature in the query. Appends to `url` the URL of the request with everything but the signature.
    ///
    /// # Errors
    /// The request, the expiry or the credentials are not valid: as
    /// [`Signer::presign_at`](crate::sigv4::Signer::presign_at), with the limit of AWS for the expiry.
    pub fn presigned(
        request: &'r Request<'_>,
        context: &SigningContext<'_>,
        expires: Duration,
        url: &'r mut String,
    ) -> Result<Self, Error> {
        Self::for_query(request.target()?, context, Expires::new(expires, Expires::AWS_MAX)?, url)
    }

    /// For a signature in the `Authorization` header. Appends to `url` the URL of the request.
    ///
    /// # Errors
    /// The request is not valid: as [`Signer::authorize_at`](crate::sigv4::Signer::authorize_at).
    pub fn authorized(
        request: &'r Request<'_>,
        context: &'r SigningContext<'_>,
        url: &'r mut String,
    ) -> Result<Self, Error> {
        Self::for_header(request.target()?, context, url)
    }

    pub(super) fn for_query(
        target: Target<'r>,
        context: &SigningContext<'_>,
        expires: Expires,
        url: &'r mut String,
    ) -> Result<Self, Error> {
        let service = context.service();
        let payload = check(&target, context, service.default_presigned_payload())?;
        let headers = CanonicalHeaders {
            signer: [
                Some(("host", Value::Text(target.endpoint.authority()))),
                presigned_content_sha256(&target, service).map(|value| (CONTENT_SHA256, value)),
                None,
                None,
            ],
            caller: target.parameters.headers(),
        };

        let path = write_url_to_path(&target, url);
        let mut query = CanonicalQuery::new(url, target.parameters.query());
        query.signer("X-Amz-Algorithm", |value| value.put(ALGORITHM));
        query.signer("X-Amz-Credential", |value| value.put(&context.texts().encoded_credential));
        query.signer("X-Amz-Date", |value| value.put(context.amz_date().as_str()));
        query.signer("X-Amz-Expires", |value| value.put(Decimal::new(expires.seconds()).as_str()));
        if let Some(token) = context.signed_encoded_session_token() {
            query.signer(service.session_token_query(), |value| value.put(token));
        }
        query.signer("X-Amz-SignedHeaders", |value| headers.write_names(&mut QueryEncoded(value)));
        query.finish();

        Ok(Self::over(url, path, &target, context, headers, payload))
    }

    pub(super) fn for_header(
        target: Target<'r>,
        context: &'r SigningContext<'_>,
        url: &'r mut String,
    ) -> Result<Self, Error> {
        let service = context.service();
        let payload = check(&target, context, Payload::Empty)?;
        let headers = CanonicalHeaders {
            signer: [
                Some(("host", Value::Text(target.endpoint.authority()))),
                authorized_content_sha256(&target, service, payload).map(|value| (CONTENT_SHA256, value)),
                Some(("x-amz-date", Value::Text(context.amz_date().as_str()))),
                context.signed_session_token().map(|token| (service.session_token_header(), Value::Text(token))),
            ],
            caller: target.parameters.headers(),
        };

        let path = write_url_to_path(&target, url);
        CanonicalQuery::new(url, target.parameters.query()).finish();

        Ok(Self::over(url, path, &target, context, headers, payload))
    }

    /// The canonical request over a URL that is complete but for the signature.
    fn over(
        url: &'r str,
        path: Range<usize>,
        target: &Target<'r>,
        context: &SigningContext<'_>,
        headers: CanonicalHeaders<'r>,
        payload: Value<'r>,
    ) -> Self {
        // A `?` lies between the two; without a query, nothing does.
        let query = url.get(path.end + 1..).unwrap_or_default();
        let wire_path = url.get(path).unwrap_or_default();
        Self { method: target.method, uri: canonical_uri(wire_path, context.service()), query, headers, payload }
    }

    /// The hash that goes into the string to sign.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        Buffered::<_, 256>::write(&mut hash, |sink| self.write(sink));
        hash.finalize().into()
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
        self.headers.signer.iter().flatten().map(|(name, value)| (*name, value.as_str()))
    }

    fn write(&self, sink: &mut impl Sink) {
        sink.put(self.method.as_str());
        sink.put("\n");
        sink.put(&self.uri);
        sink.put("\n");
        sink.put(self.query);
        sink.put("\n");
        self.headers.write_lines(sink);
        sink.put("\n");
        self.headers.write_names(sink);
        sink.put("\n");
        sink.put(self.payload.as_str());
    }
}

/// The text, with its line feeds. It holds the session token, if there is a signed one: do not log it.
impl fmt::Display for CanonicalRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        FormatterSink::display(f, |sink| self.write(sink))
    }
}

impl fmt::Debug for CanonicalRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalRequest").field("method", &self.method).field("uri", &self.uri).finish_non_exhaustive()
    }
}

/// Everything that can be wrong with a request; after it, writing cannot fail.
fn check<'r>(target: &Target<'r>, context: &SigningContext<'_>, default_payload: Payload) -> Result<Value<'r>, Error> {
    context.check_credentials()?;
    target.parameters.check()?;
    if !context.service().encodes_path_twice() {
        // The path is signed as it is sent, so it has to be in the form that the server will compute.
        target.path.check_canonical()?;
    }
    payload_line(target, default_payload)
}

/// Writes scheme, host and path, and returns where the path lies.
fn write_url_to_path(target: &Target<'_>, url: &mut String) -> Range<usize> {
    url.put(target.endpoint.scheme());
    url.put("://");
    url.put(target.endpoint.authority());
    let start = url.len();
    target.path.write(url);
    start..url.len()
}
