//! What the signatures of one instant have in common.

use alloc::string::String;

use hmac::Mac as _;

use crate::sigv4::identity::CurrentDay;
use crate::sigv4::identity_source::CurrentIdentity;
use crate::sigv4::key::HmacSha256;
use crate::sigv4::life::Life;
use crate::sigv4::string_to_sign::write_shared;
use crate::sigv4::value::Hex;
use crate::sigv4::{CanonicalRequest, Explanation, Service, Signature, SigningContext, StringToSign, Target};
use crate::sink::{Buffered, Sink as _};
use crate::timestamp::AmzDate;
use crate::{Error, Region, Timestamp};

/// One identity, one instant and one life, for as many signatures as are wanted.
pub(crate) struct SigningInstant<'s> {
    identity: CurrentIdentity<'s>,
    day: CurrentDay<'s>,
    region: &'s Region,
    service: &'s Service,
    life: Life,
    amz_date: AmzDate,
}

impl<'s> SigningInstant<'s> {
    pub(super) fn new(identity: CurrentIdentity<'s>, region: &'s Region, service: &'s Service, life: Life) -> Self {
        let amz_date = life.signed_at.amz_date();
        let day = identity.day(life.signed_at, region, service);
        Self { identity, day, region, service, life, amz_date }
    }

    /// The true end: that of the URL or the policy, or that of the credentials.
    pub(crate) const fn expires_at(&self) -> Timestamp {
        self.life.expires_at
    }

    pub(super) fn context(&self) -> SigningContext<'_> {
        let instant = (self.life.signed_at, self.amz_date);
        SigningContext::with_texts(&self.identity.credentials, self.region, self.service, instant, &self.day.texts)
    }

    /// The HMAC once it has taken what all strings to sign start with.
    pub(crate) fn hmac(&self) -> HmacSha256 {
        let mut hmac = self.day.key.hmac();
        Buffered::<_, 128>::write(&mut hmac, |sink| write_shared(&self.context(), sink));
        hmac
    }

    /// Appends the signed URL to `url`. After an error, `url` is as it was.
    pub(crate) fn presign(&self, mut hmac: HmacSha256, target: Target<'_>, url: &mut String) -> Result<(), Error> {
        let context = self.context();
        let canonical = CanonicalRequest::for_query(target, &context, self.life.expires, url)?;
        hmac.update(Hex::new(&canonical.sha256()).as_bytes());
        let signature = Signature::of(hmac);

        url.put("&X-Amz-Signature=");
        signature.write_hex(url);
        if let Some(token) = context.unsigned_encoded_session_token() {
            url.put("&");
            url.put(self.service.session_token_query());
            url.put("=");
            url.put(token);
        }
        Ok(())
    }

    pub(super) fn explain(&self, target: Target<'_>) -> Result<Explanation, Error> {
        let context = self.context();
        let mut url = String::new();
        let canonical = CanonicalRequest::for_query(target, &context, self.life.expires, &mut url)?;
        Ok(Explanation::new(&canonical, &StringToSign::new(&context, canonical.sha256())))
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
        &self.amz_date
    }

    /// The name and the value of the session token.
    pub(crate) fn session_token(&self) -> Option<(&'static str, &str)> {
        let token = self.identity.credentials.session_token()?;
        Some((self.service.session_token_query(), token))
    }

    /// When the policy ends, whatever becomes of the credentials.
    pub(crate) fn expiration(&self) -> Result<Timestamp, Error> {
        self.life.signed_at.checked_add_seconds(self.life.expires.seconds())
    }

    /// The signature of a policy in lower-case hexadecimal digits.
    pub(crate) fn sign_policy(&self, document: &str) -> String {
        Signature::of(self.day.key.hmac().chain_update(document)).to_hex()
    }
}
