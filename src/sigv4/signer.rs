//! Stage 5: the signature in the request.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::time::Duration;

use crate::credentials_provider::{CredentialsSource, ProvideCredentials};
#[cfg(feature = "sigv4a")]
use crate::sigv4::RegionSet;
use crate::sigv4::canonical::{QueryStart, authorization_headers, presigned_content_sha256};
use crate::sigv4::expiry::Validity;
use crate::sigv4::identity::IdentitySource;
use crate::sigv4::key_of_algorithm::KeyOfAlgorithm;
use crate::sigv4::output::PresignedRequest;
use crate::sigv4::request::CONTENT_SHA256;
#[cfg(feature = "std")]
use crate::sigv4::reuse;
use crate::sigv4::{
    AuthorizedRequest, CanonicalRequest, Expires, ExpiryRules, Explanation, Request, Service, Signature,
    SigningContext, SigningRegion, StringToSign, Target,
};
use crate::{Credentials, Error, Region, Timestamp};

/// Signs requests to one service in one region with one set of credentials.
///
/// Clones are cheap and share the signing key, which is derived once a day (with the feature `std`; without it, every
/// signature derives its own). An example is in the [module's documentation](crate::sigv4).
#[doc(alias = "SignatureV4")]
#[derive(Clone, Debug)]
pub struct Signer {
    identities: Arc<IdentitySource>,
    expiry_rules: ExpiryRules,
}

impl Signer {
    /// Creates a signer for one region and service. Everything that could be wrong was checked when the arguments were made.
    #[must_use]
    pub fn new(credentials: Credentials, region: Region, service: Service) -> Self {
        Self::from_source(CredentialsSource::Fixed(credentials), region.into(), service)
    }

    /// Creates a signer of SigV4A, whose signatures are valid in a set of regions.
    ///
    /// Multi-Region Access Points of Amazon S3 take only these. A URL takes some hundred times as long to sign.
    ///
    /// ```
    /// use std::time::Duration;
    /// use presign::sigv4::{RegionSet, Request, Service, Signer};
    /// use presign::{Credentials, Method};
    ///
    /// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
    /// let signer = Signer::sigv4a(credentials, RegionSet::new("*")?, Service::s3());
    /// let request = Request::new(Method::Get, "https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com")?.path("/a.png");
    /// let signed = signer.presign(&request, Duration::from_secs(60))?;
    /// assert!(signed.url().contains("?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&"));
    /// assert!(signed.url().contains("&X-Amz-Region-Set=%2A&"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[cfg(feature = "sigv4a")]
    #[must_use]
    pub fn sigv4a(credentials: Credentials, regions: RegionSet, service: Service) -> Self {
        Self::from_source(CredentialsSource::Fixed(credentials), regions.into(), service)
    }

    /// Creates a signer of SigV4A that gets its credentials from a provider, anew for each signature.
    #[cfg(feature = "sigv4a")]
    #[must_use]
    pub fn sigv4a_from_provider(
        provider: impl ProvideCredentials + 'static,
        regions: RegionSet,
        service: Service,
    ) -> Self {
        Self::from_source(CredentialsSource::Provider(Arc::new(provider)), regions.into(), service)
    }

    /// Creates a signer that gets its credentials from a provider, anew for each signature.
    #[must_use]
    pub fn from_provider(provider: impl ProvideCredentials + 'static, region: Region, service: Service) -> Self {
        Self::from_source(CredentialsSource::Provider(Arc::new(provider)), region.into(), service)
    }

    pub(crate) fn from_source(credentials: CredentialsSource, region: SigningRegion, service: Service) -> Self {
        let identities = Arc::new(IdentitySource::new(credentials, region, service));
        Self { identities, expiry_rules: ExpiryRules::AWS }
    }

    /// Returns a signer with other credentials, for the same region and service. It has its own signing key.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        let (region, service) = (self.identities.region().clone(), self.identities.service().clone());
        let signer = Self::from_source(CredentialsSource::Fixed(credentials), region, service);
        Self { expiry_rules: self.expiry_rules, ..signer }
    }

    pub(crate) fn with_expiry_rules(self, expiry_rules: ExpiryRules) -> Self {
        Self { expiry_rules, ..self }
    }

    /// Returns a signer for another region or service, with the same credentials. It shares the signing key if both are the same.
    #[must_use]
    pub fn with_scope(&self, region: &Region, service: &Service) -> Self {
        self.with_signing_region(region.clone().into(), service)
    }

    pub(crate) fn with_signing_region(&self, region: SigningRegion, service: &Service) -> Self {
        if *self.identities.region() == region && self.identities.service() == service {
            return self.clone();
        }
        let signer = Self::from_source(self.identities.credentials_source(), region, service.clone());
        Self { expiry_rules: self.expiry_rules, ..signer }
    }

    /// Sets the maximum validity of presigned URLs, for a service whose limit is not that of AWS, which is seven days.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::sigv4::{Request, Service, Signer};
    /// # use presign::{Credentials, Method, Region, Timestamp};
    /// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
    /// let hour = Duration::from_secs(3_600);
    /// let signer = Signer::new(credentials, Region::new("us-east-1")?, Service::s3()).with_max_expires(hour);
    /// let request = Request::new(Method::Get, "https://gateway.example.com/file")?;
    /// let error = signer.presign_at(&request, hour * 2, "20240315T081530Z".parse()?).unwrap_err();
    /// assert_eq!(error.to_string(), "the expiry of 7200s is too long: at most 3600s are allowed");
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[must_use]
    pub fn with_max_expires(self, max_expires: Duration) -> Self {
        Self { expiry_rules: ExpiryRules { max: max_expires, ..self.expiry_rules }, ..self }
    }

    /// Presigns a request: the signature is in the query, and the URL works until it expires.
    ///
    /// # Errors
    /// - [`Error::ExpiresTooShort`] below one second, [`Error::ExpiresTooLong`] above seven days (604,800 s) or
    ///   what [`with_max_expires`](Self::with_max_expires) allows; a fraction of a second is cut off
    /// - [`Error::CredentialsExpired`] if the credentials expire at or before `now`, [`Error::NoCredentials`] if the
    ///   provider has none, [`Error::Credentials`] if it failed
    /// - [`Error::TimeOutOfRange`] if the URL would end after the year 9999
    /// - [`Error::InvalidPath`], [`Error::DotSegment`] for the path
    /// - [`Error::ReservedHeader`], [`Error::HopByHopHeader`], [`Error::HeaderName`], [`Error::HeaderValue`],
    ///   [`Error::ContentSha256`], [`Error::PayloadMismatch`] for a header
    /// - [`Error::UnsignedPayloadRequired`] for a payload that the service does not take
    /// - [`Error::ReservedQueryParameter`], [`Error::Empty`] for a query parameter
    pub fn presign_at(
        &self,
        request: &Request<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<PresignedRequest, Error> {
        let mut url = String::new();
        let target = request.target()?;
        let expires_at = self.presign_target(&mut url, &target, expires, now)?;
        let mut headers = owned(target.parameters.wire_headers());
        if let Some(value) = presigned_content_sha256(&target, self.identities.service()) {
            headers.push((String::from(CONTENT_SHA256), value.into_owned()));
        }
        Ok(PresignedRequest::new(target.method, url, headers, expires_at))
    }

    /// Presigns a request, by the system's clock.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at), and those of [`Timestamp::now`](crate::Timestamp::now).
    #[cfg(feature = "std")]
    pub fn presign(&self, request: &Request<'_>, expires: Duration) -> Result<PresignedRequest, Error> {
        self.presign_at(request, expires, Timestamp::now()?)
    }

    /// Appends the signed URL to a buffer, by the system's clock, and returns when the URL expires.
    ///
    /// # Errors
    /// As [`presign`](Self::presign). The buffer is then as it was before.
    #[cfg(feature = "std")]
    pub fn presign_into(&self, url: &mut String, request: &Request<'_>, expires: Duration) -> Result<Timestamp, Error> {
        self.presign_into_at(url, request, expires, Timestamp::now()?)
    }

    /// Appends the signed URL to a buffer, as of an instant, and returns when the URL expires.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at). The buffer is then as it was before.
    pub fn presign_into_at(
        &self,
        url: &mut String,
        request: &Request<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<Timestamp, Error> {
        self.presign_target(url, &request.target()?, expires, now)
    }

    /// Signs a request in the `Authorization` header, by the system's clock.
    ///
    /// # Errors
    /// As [`authorize_at`](Self::authorize_at), and those of [`Timestamp::now`](crate::Timestamp::now).
    #[cfg(feature = "std")]
    pub fn authorize(&self, request: &Request<'_>) -> Result<AuthorizedRequest, Error> {
        self.authorize_at(request, Timestamp::now()?)
    }

    /// Signs a request in the `Authorization` header, for a client that sends the request itself, at once: AWS refuses it when
    /// its clock differs by more than 15 minutes. The body is empty unless [`Request::payload`] says otherwise.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at), without those for the expiry.
    ///
    /// ```
    /// # use presign::sigv4::{Request, Service, Signer};
    /// # use presign::{Credentials, Method, Region, Timestamp};
    /// # let signer = Signer::new(
    /// #     Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?,
    /// #     Region::new("us-east-1")?,
    /// #     Service::new("sts")?,
    /// # );
    /// let request = Request::new(Method::Get, "https://sts.us-east-1.amazonaws.com")?
    ///     .query("Action", "GetCallerIdentity")
    ///     .query("Version", "2011-06-15");
    /// let authorized = signer.authorize_at(&request, "20240315T081530Z".parse()?)?;
    /// let names: Vec<_> = authorized.headers().map(|(name, _)| name).collect();
    /// assert_eq!(names, ["x-amz-date", "authorization"]);
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[doc(alias = "sign_request")]
    pub fn authorize_at(&self, request: &Request<'_>, now: Timestamp) -> Result<AuthorizedRequest, Error> {
        let context = SigningContext::with_identity(self.identities.current()?, now);
        let target = request.target()?;

        // Stage 1
        let canonical_request = CanonicalRequest::for_header(&target, &context)?;
        // Stage 2
        let string_to_sign = StringToSign::new(context.scope(), canonical_request.sha256());
        // Stage 3
        let signing_key = KeyOfAlgorithm::of(&context);
        // Stage 4
        let signature = signing_key.sign(&string_to_sign);
        // Stage 5
        Ok(authorized_request(&target, &context, canonical_request, &signature))
    }

    /// Returns the strings that [`presign`](Self::presign) signs, by the system's clock.
    ///
    /// # Errors
    /// As [`presign`](Self::presign).
    #[cfg(feature = "std")]
    pub fn explain(&self, request: &Request<'_>, expires: Duration) -> Result<Explanation, Error> {
        self.explain_at(request, expires, Timestamp::now()?)
    }

    /// Returns the strings that [`presign_at`](Self::presign_at) signs.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at).
    pub fn explain_at(&self, request: &Request<'_>, expires: Duration, now: Timestamp) -> Result<Explanation, Error> {
        self.explain_target(&request.target()?, expires, now)
    }

    pub(crate) fn explain_target(
        &self,
        target: &Target<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<Explanation, Error> {
        let (context, validity) = self.context(expires, now)?;
        let start = QueryStart::new(context.credentials().access_key_id(), &context.scope());
        let canonical_request =
            CanonicalRequest::for_query(target, &context, &start, validity.expires, &mut String::new())?;
        Ok(Explanation::new(&canonical_request, &StringToSign::new(context.scope(), canonical_request.sha256())))
    }

    /// Appends the signed URL to `url` and returns when it expires. After an error, `url` is as it was.
    #[inline]
    pub(crate) fn presign_target(
        &self,
        url: &mut String,
        target: &Target<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<Timestamp, Error> {
        let (context, validity) = self.context(expires, now)?;
        append_presigned_url(target, &context, validity.expires, url)?;
        Ok(validity.expires_at)
    }

    /// Returns who signs URLs that are asked for now, and when they are valid.
    #[inline]
    pub(crate) fn context(&self, expires: Duration, now: Timestamp) -> Result<(SigningContext<'_>, Validity), Error> {
        self.context_by(&self.expiry_rules, expires, now)
    }

    /// Returns the same for a POST policy.
    #[cfg(feature = "post")]
    pub(crate) fn context_of_policy(
        &self,
        expires: Duration,
        now: Timestamp,
    ) -> Result<(SigningContext<'_>, Validity), Error> {
        // No cache keeps forms, and some stores refuse those whose date is minutes ago.
        self.context_by(&ExpiryRules { window_seconds: 0, ..self.expiry_rules }, expires, now)
    }

    #[inline]
    fn context_by(
        &self,
        rules: &ExpiryRules,
        expires: Duration,
        now: Timestamp,
    ) -> Result<(SigningContext<'_>, Validity), Error> {
        let mut validity = rules.validity(expires, now)?;
        let identity = self.identities.current_until(validity.expires_at)?;
        validity.end_with(identity.credentials(), now, rules.strict)?;
        Ok((SigningContext::with_identity(identity, validity.signed_at), validity))
    }
}

/// Appends the signed URL to `url`. After an error, `url` is as it was.
#[inline]
pub(crate) fn append_presigned_url(
    target: &Target<'_>,
    context: &SigningContext<'_>,
    expires: Expires,
    url: &mut String,
) -> Result<(), Error> {
    // What is reused belongs to an HMAC.
    #[cfg(feature = "std")]
    if context.region_set().is_none() {
        return reuse::presign(target, context, expires, url);
    }
    presign(target, context, expires, url)
}

/// Appends the signed URL to `url`, stage by stage. Only the signing key is kept, by the identity. After an error, `url` is as it was.
fn presign(target: &Target<'_>, context: &SigningContext<'_>, expires: Expires, url: &mut String) -> Result<(), Error> {
    let scope = context.scope();
    let query_start = QueryStart::new(context.credentials().access_key_id(), &scope);
    // Stage 1
    let canonical_request = CanonicalRequest::for_query(target, context, &query_start, expires, url)?;
    // Stage 2
    let string_to_sign = StringToSign::new(scope, canonical_request.sha256());
    // Stage 3
    let signing_key = KeyOfAlgorithm::of(context);
    // Stage 4
    let signature = signing_key.sign(&string_to_sign);
    // Stage 5
    *url = canonical_request.into_url();
    signature.append_to_url(context, url);
    Ok(())
}

/// Puts the signature into the `Authorization` header.
fn authorized_request(
    target: &Target<'_>,
    context: &SigningContext<'_>,
    canonical_request: CanonicalRequest,
    signature: &Signature,
) -> AuthorizedRequest {
    let mut headers = owned(target.parameters.wire_headers());
    let amz_date = context.amz_date();
    let added = authorization_headers(target, context, &amz_date, canonical_request.payload());
    let added = added.iter().filter(|header| header.name.plain() != Some("host"));
    headers.extend(owned(added.map(|header| (header.name.to_text(), Cow::Borrowed(&*header.value)))));
    if let Some(token) = context.credentials().session_token()
        && !context.service().signs_session_token()
    {
        headers.push((String::from(context.service().session_token_header()), String::from(token)));
    }
    let scope = context.scope();
    let credential = scope.credential(context.credentials().access_key_id());
    let (algorithm, signed_headers) = (scope.algorithm(), canonical_request.signed_headers());
    let authorization = format!(
        "{algorithm} Credential={credential}, SignedHeaders={signed_headers}, Signature={}",
        signature.to_hex()
    );
    headers.push((String::from("authorization"), authorization));
    AuthorizedRequest::new(target.method, canonical_request.into_url(), headers)
}

fn owned<'h>(headers: impl Iterator<Item = (Cow<'h, str>, Cow<'h, str>)>) -> Vec<(String, String)> {
    headers.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[cfg(test)]
#[cfg(feature = "std")]
mod tests {
    use super::*;
    use crate::{CredentialsCell, Method};

    #[test]
    fn clones_share_the_key_of_the_day_and_other_credentials_do_not() {
        let credentials = |secret| Credentials::new("id", secret).unwrap();
        let signer = Signer::new(credentials("secret"), Region::new("us-east-1").unwrap(), Service::s3());
        let clone = signer.clone();
        let other = signer.with_credentials(credentials("other"));
        let now: Timestamp = "20240315T081530Z".parse().unwrap();
        let key = |signer: &Signer| signer.context(Duration::from_secs(1), now).unwrap().0.hmac_key();
        assert!(Arc::ptr_eq(&key(&signer), &key(&clone)));
        assert!(!Arc::ptr_eq(&key(&signer), &key(&other)));
    }

    /// What is kept changes no URL: each kind of request, in turn as of several times, with several expiries and at several
    /// hosts.
    #[test]
    fn with_what_is_kept_and_without() {
        let credentials = Credentials::new("id", "secret").unwrap();
        let temporary = credentials.clone().with_session_token("a+token/=").unwrap();
        let mut kept = String::from("before ");
        let mut plain = kept.clone();
        for service in ["s3", "s3express", "execute-api", "iotdevicegateway", "vpc-lattice-svcs"] {
            for credentials in [&credentials, &temporary] {
                let region = Region::new("eu-west-1").unwrap();
                let signer = Signer::new(credentials.clone(), region, Service::new(service).unwrap());
                for step in 0..40_u16 {
                    let host =
                        if step / 2 % 2 == 0 { "https://h.example" } else { "https://another.example:8443/base" };
                    let method = if step % 2 == 0 { Method::Get } else { Method::Delete };
                    let bare = Request::new(method, host).unwrap().raw_path("/a b/\u{e9}");
                    let request = match step % 5 {
                        3 => bare.query("x", "y z").header("x-custom", "a  b"),
                        4 => bare.payload(crate::sigv4::Payload::Unsigned),
                        _ => bare,
                    };
                    let seconds = match step / 4 % 4 {
                        0 => 0,
                        1 => 1,
                        2 => 86_400,
                        _ => 86_399,
                    };
                    let now = Timestamp::from_unix_seconds(1_710_460_800 + seconds).unwrap();
                    let expires = Duration::from_secs(if step / 8 % 2 == 0 { 60 } else { 900 });
                    let target = request.target().unwrap();
                    let (context, validity) = signer.context(expires, now).unwrap();
                    reuse::presign(&target, &context, validity.expires, &mut kept).unwrap();
                    presign(&target, &context, validity.expires, &mut plain).unwrap();
                    assert_eq!(kept, plain, "{service} {step}");
                }
            }
        }
    }

    /// The last user drops the secret, which wipes it.
    #[test]
    fn replaced_credentials_are_gone_after_the_next_signature() {
        let now: Timestamp = "20240315T081530Z".parse().unwrap();
        let request = Request::new(Method::Get, "https://h.example").unwrap();
        let first = Credentials::new("first", "secret").unwrap().with_session_token("token").unwrap();
        let is_used = first.watch();
        let cell = CredentialsCell::new(first);
        let signer = Signer::from_provider(cell.clone(), Region::new("us-east-1").unwrap(), Service::s3());
        signer.presign_at(&request, Duration::from_secs(1), now).unwrap();
        cell.set(Credentials::new("second", "secret").unwrap());
        assert!(is_used());
        signer.presign_at(&request, Duration::from_secs(1), now).unwrap();
        assert!(!is_used());
    }
}
