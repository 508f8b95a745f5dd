//! What the signatures of one instant have in common.

use alloc::string::String;

use hmac::Mac as _;

use crate::sigv4::hex::Hex;
use crate::sigv4::identity::CurrentDay;
use crate::sigv4::identity_source::CurrentIdentity;
use crate::sigv4::life::Life;
use crate::sigv4::signing_second::SigningSecond;
use crate::sigv4::{
    BareRequest, CanonicalRequest, Explanation, NumberedRequest, Service, Signature, SigningContext, StringToSign, Target,
};
#[cfg(feature = "post")]
use crate::timestamp::AmzDate;
use crate::{Error, Region, Timestamp};

/// One identity, one instant and one life, for as many signatures as are wanted.
pub(crate) struct SigningInstant<'s> {
    identity: CurrentIdentity<'s>,
    day: CurrentDay<'s>,
    region: &'s Region,
    service: &'s Service,
    life: Life,
    second: SigningSecond,
}

impl<'s> SigningInstant<'s> {
    #[inline]
    pub(super) fn new(identity: CurrentIdentity<'s>, region: &'s Region, service: &'s Service, life: Life) -> Self {
        let day = identity.day(life.signed_at, region, service);
        let second = SigningSecond::of(&day, life.signed_at);
        Self { identity, day, region, service, life, second }
    }

    /// The true end: that of the URL or the policy, or that of the credentials.
    #[inline]
    pub(crate) const fn expires_at(&self) -> Timestamp {
        self.life.expires_at
    }

    #[inline]
    pub(super) fn context(&self) -> SigningContext<'_> {
        let instant = (self.life.signed_at, self.second.amz_date);
        SigningContext::with_texts(&self.identity.credentials, self.region, self.service, instant, &self.day.texts)
    }

    /// Prepares for many requests like this one, which has no parameters and no headers; none if that saves nothing.
    pub(crate) fn bare(&self, target: Target<'_>) -> Result<Option<BareRequest>, Error> {
        Ok(BareRequest::new(&self.canonical_request(target, &mut String::new())?))
    }

    /// Prepares to sign a request with other numbers in a query parameter and a header; none if it has not both.
    pub(crate) fn numbered(
        &self,
        target: Target<'_>,
        parameter: &str,
        header: &str,
    ) -> Result<Option<NumberedRequest>, Error> {
        Ok(NumberedRequest::new(&self.canonical_request(target, &mut String::new())?, parameter, header))
    }

    /// Appends the signed URL to `url`. After an error, `url` is as it was.
    #[inline]
    pub(crate) fn presign(&self, target: Target<'_>, url: &mut String) -> Result<(), Error> {
        let canonical = self.canonical_request(target, url)?;
        let sha256 = canonical.sha256();
        *url = canonical.into_url();
        self.put_signature(&sha256, url);
        Ok(())
    }

    /// The same for a request that is like the one that was prepared for.
    #[inline]
    pub(crate) fn presign_bare(&self, bare: &BareRequest, target: &Target<'_>, url: &mut String) {
        let sha256 = bare.write(target, url);
        self.put_signature(&sha256, url);
    }

    /// The same for a prepared request with these numbers.
    #[inline]
    pub(crate) fn presign_numbered(&self, numbered: &NumberedRequest, numbers: (u64, u64), url: &mut String) {
        let sha256 = numbered.write(numbers, url);
        self.put_signature(&sha256, url);
    }

    #[inline]
    fn canonical_request(&self, target: Target<'_>, url: &mut String) -> Result<CanonicalRequest, Error> {
        CanonicalRequest::for_query(target, &self.context(), self.life.expires, url)
    }

    /// Signs a canonical request by its hash.
    #[inline]
    fn put_signature(&self, sha256: &[u8; 32], url: &mut String) {
        let hmac = self.second.hmac.clone().chain_update(Hex::new(sha256).as_bytes());
        url.push_str("&X-Amz-Signature=");
        Signature::of(hmac).write_hex(url);
        if let Some(token) = &self.day.texts.encoded_session_token
            && !self.service.signs_session_token()
        {
            let (_, parameter) = self.service.session_token_query();
            url.push_str(parameter);
            url.push_str(token);
        }
    }

    pub(super) fn explain(&self, target: Target<'_>) -> Result<Explanation, Error> {
        let canonical = self.canonical_request(target, &mut String::new())?;
        Ok(Explanation::new(&canonical, &StringToSign::new(&self.context(), canonical.sha256())))
    }
}

/// What a POST policy says about its signature, and the signature.
#[cfg(feature = "post")]
impl SigningInstant<'_> {
    /// Access key id and scope.
    pub(crate) fn credential(&self) -> &str {
        &self.day.texts.credential
    }

    pub(crate) const fn amz_date(&self) -> &AmzDate {
        &self.second.amz_date
    }

    /// The name and the value of the session token.
    pub(crate) fn session_token(&self) -> Option<(&'static str, &str)> {
        let token = self.identity.credentials.session_token()?;
        let (name, _) = self.service.session_token_query();
        Some((name, token))
    }

    /// When the policy ends, whatever becomes of the credentials.
    pub(crate) fn expiration(&self) -> Result<Timestamp, Error> {
        self.life.signed_at.checked_add_seconds(self.life.expires.seconds())
    }

    pub(crate) fn sign_policy(&self, document: &str) -> Signature {
        Signature::of(self.day.key.hmac().chain_update(document))
    }
}
