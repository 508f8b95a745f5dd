//! Stage 5: the signature in the request.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::time::Duration;

#[cfg(feature = "std")]
use crate::sigv4::key_cache::KeyCache;
use crate::sigv4::{
    ALGORITHM, AuthorizedRequest, CanonicalRequest, Expires, Explanation, Request, Service, Signature, SigningContext,
    SigningKey, StringToSign, Target,
};
use crate::sink::Sink;
use crate::{Credentials, Error, PresignedRequest, Region, Timestamp, encode};

/// Signs requests to one service in one region with one set of credentials.
///
/// Clones are cheap and share the signing key, which is derived once a day (with the feature `std`; without it, every
/// signature derives its own). An example is in the [module's documentation](crate::sigv4).
#[derive(Clone, Debug)]
pub struct Signer {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    credentials: Credentials,
    region: Region,
    service: Service,
    #[cfg(feature = "std")]
    key_cache: KeyCache,
}

impl Signer {
    /// A signer. Everything that could be wrong was checked when the parts were made.
    #[must_use]
    pub fn new(credentials: Credentials, region: Region, service: Service) -> Self {
        let shared = Shared {
            credentials,
            region,
            service,
            #[cfg(feature = "std")]
            key_cache: KeyCache::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// A signer for the same region and service, with its own signing key.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self::new(credentials, self.shared.region.clone(), self.shared.service.clone())
    }

    /// Signs in the query: the result is a URL that works until it expires.
    ///
    /// # Errors
    /// - [`Error::ExpiresTooShort`] below one second, [`Error::ExpiresTooLong`] above seven days (604,800 s); a
    ///   fraction of a second is cut off
    /// - [`Error::CredentialsExpired`] if the credentials end at `now` or before
    /// - [`Error::TimeOutOfRange`] if the URL would end after the year 9999
    /// - [`Error::InvalidPath`], [`Error::DotSegment`] for the path
    /// - [`Error::ReservedHeader`], [`Error::HopByHopHeader`], [`Error::HeaderName`], [`Error::HeaderValue`],
    ///   [`Error::ContentSha256`], [`Error::PayloadMismatch`] for a header
    /// - [`Error::ReservedQueryParameter`], [`Error::Empty`] for a query parameter
    pub fn presign_at(
        &self,
        request: &Request<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<PresignedRequest, Error> {
        let mut url = String::new();
        let expires_at = self.presign_target(&mut url, request.target()?, expires, now)?;
        Ok(PresignedRequest::new(request.method(), url, request.parameters(), expires_at))
    }

    /// [`presign_at`](Self::presign_at) with the system's clock.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at).
    #[cfg(feature = "std")]
    pub fn presign(&self, request: &Request<'_>, expires: Duration) -> Result<PresignedRequest, Error> {
        self.presign_at(request, expires, Timestamp::now()?)
    }

    /// Signs in the `Authorization` header, for a client that sends the request itself, at once: AWS refuses it when
    /// its clock differs by more than 15 minutes. The body is empty unless [`Request::payload`] says otherwise.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at), without those for the expiry.
    pub fn authorize_at(&self, request: &Request<'_>, now: Timestamp) -> Result<AuthorizedRequest, Error> {
        let context = self.context(now);
        let mut url = String::new();
        let canonical = CanonicalRequest::for_header(request.target()?, &context, &mut url)?;
        let signature = self.sign(&context, &canonical);

        let mut authorization = String::from(ALGORITHM);
        authorization.push_str(" Credential=");
        context.write_credential(&mut authorization);
        authorization.push_str(", SignedHeaders=");
        authorization.push_str(&canonical.signed_headers());
        authorization.push_str(", Signature=");
        signature.write_hex(&mut authorization);

        let mut headers: Vec<_> = request.parameters().wire_headers().map(owned).collect();
        headers.extend(canonical.signer_headers().filter(|(name, _)| *name != "host").map(owned));
        if let Some(token) = context.unsigned_session_token() {
            headers.push(owned((context.service().session_token_header(), token)));
        }
        headers.push((String::from("authorization"), authorization));
        Ok(AuthorizedRequest::new(request.method(), url, headers))
    }

    /// The texts behind [`presign_at`](Self::presign_at).
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at).
    pub fn explain_at(&self, request: &Request<'_>, expires: Duration, now: Timestamp) -> Result<Explanation, Error> {
        self.explain_target(request.target()?, expires, now)
    }

    pub(crate) fn explain_target(
        &self,
        target: Target<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<Explanation, Error> {
        let context = self.context(now);
        let mut url = String::new();
        let canonical = CanonicalRequest::for_query(target, &context, Expires::try_from(expires)?, &mut url)?;
        Ok(Explanation::new(&canonical, &StringToSign::new(&context, canonical.sha256())))
    }

    /// Appends the signed URL to `url` and returns the instant from which it is worth nothing. After an error, `url` is
    /// as it was.
    pub(crate) fn presign_target(
        &self,
        url: &mut String,
        target: Target<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<Timestamp, Error> {
        let expires = Expires::try_from(expires)?;
        let expires_at = self.end_of_life(now.checked_add_seconds(expires.seconds())?);
        let context = self.context(now);
        let canonical = CanonicalRequest::for_query(target, &context, expires, url)?;
        let signature = self.sign(&context, &canonical);

        url.put("&X-Amz-Signature=");
        signature.write_hex(url);
        if let Some(token) = context.unsigned_session_token() {
            url.put("&");
            url.put(context.service().session_token_parameter());
            url.put("=");
            encode::query(token, url);
        }
        Ok(expires_at)
    }

    fn context(&self, now: Timestamp) -> SigningContext<'_> {
        SigningContext::new(&self.shared.credentials, &self.shared.region, &self.shared.service, now)
    }

    fn sign(&self, context: &SigningContext<'_>, canonical: &CanonicalRequest<'_>) -> Signature {
        self.signing_key(context).sign(&StringToSign::new(context, canonical.sha256()))
    }

    fn signing_key(&self, context: &SigningContext<'_>) -> SigningKey {
        let derive = || SigningKey::derive(self.shared.credentials.secret_access_key(), &context.scope());
        #[cfg(feature = "std")]
        return self.shared.key_cache.get_or_derive(context.timestamp().day(), derive);
        #[cfg(not(feature = "std"))]
        return derive();
    }

    /// No URL outlives its credentials.
    fn end_of_life(&self, end_of_url: Timestamp) -> Timestamp {
        self.shared.credentials.expires_at().map_or(end_of_url, |end| end.min(end_of_url))
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (String::from(name), String::from(value))
}
