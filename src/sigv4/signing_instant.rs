//! What the signatures of one instant have in common.

use alloc::string::String;

use hmac::Mac as _;

use crate::sigv4::bare_request::BareRequest;
use crate::sigv4::hex::Hex;
use crate::sigv4::identity::CurrentDay;
use crate::sigv4::identity_source::CurrentIdentity;
use crate::sigv4::key::HmacSha256;
use crate::sigv4::life::Life;
use crate::sigv4::string_to_sign::write_shared;
use crate::sigv4::{
    CanonicalRequest, Explanation, NumberedRequest, Service, Signature, SigningContext, StringToSign, Target,
};
use crate::timestamp::AmzDate;
use crate::{Error, Region, Timestamp};

/// What saves a signature the part of its work that is the same for all of an instant.
pub(crate) struct Started {
    /// The HMAC once it has taken what all strings to sign start with.
    hmac: HmacSha256,
    bare: Option<BareRequest>,
}

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
    #[inline]
    pub(super) fn new(identity: CurrentIdentity<'s>, region: &'s Region, service: &'s Service, life: Life) -> Self {
        let day = identity.day(life.signed_at, region, service);
        let amz_date = life.signed_at.amz_date_on(day.texts.date);
        Self { identity, day, region, service, life, amz_date }
    }

    /// The true end: that of the URL or the policy, or that of the credentials.
    #[inline]
    pub(crate) const fn expires_at(&self) -> Timestamp {
        self.life.expires_at
    }

    #[inline]
    pub(super) fn context(&self) -> SigningContext<'_> {
        let instant = (self.life.signed_at, self.amz_date);
        SigningContext::with_texts(&self.identity.credentials, self.region, self.service, instant, &self.day.texts)
    }

    /// Prepares for many requests like this one, which has no parameters and no headers.
    pub(crate) fn start(&self, bare: Target<'_>) -> Result<Started, Error> {
        let mut shared = String::new();
        write_shared(&self.amz_date, &self.day.texts.scope, &mut shared);
        let canonical = CanonicalRequest::for_query(bare, &self.context(), self.life.expires, &mut String::new())?;
        Ok(Started { hmac: self.day.key.hmac().chain_update(shared), bare: BareRequest::new(&canonical) })
    }

    /// Appends the signed URL to `url`. After an error, `url` is as it was.
    #[inline]
    pub(crate) fn presign(&self, started: Option<&Started>, target: Target<'_>, url: &mut String) -> Result<(), Error> {
        let sha256 = match started {
            Some(Started { bare: Some(bare), .. }) if target.is_bare() => bare.write(&target, url),
            _ => {
                let canonical = CanonicalRequest::for_query(target, &self.context(), self.life.expires, url)?;
                let sha256 = canonical.sha256();
                *url = canonical.into_url();
                sha256
            }
        };
        self.put_signature(started, &sha256, url);
        Ok(())
    }

    /// Prepares to sign a request with other numbers in a query parameter and a header; none if it has not both.
    pub(crate) fn numbered(
        &self,
        target: Target<'_>,
        parameter: &str,
        header: &str,
    ) -> Result<Option<NumberedRequest>, Error> {
        let canonical = CanonicalRequest::for_query(target, &self.context(), self.life.expires, &mut String::new())?;
        Ok(NumberedRequest::new(&canonical, parameter, header))
    }

    /// Appends the signed URL to `url`.
    pub(crate) fn presign_numbered(
        &self,
        started: &Started,
        request: &NumberedRequest,
        (parameter, header): (u64, u64),
        url: &mut String,
    ) {
        let sha256 = request.write(parameter, header, url);
        self.put_signature(Some(started), &sha256, url);
    }

    /// Signs a canonical request by its hash.
    #[inline]
    fn put_signature(&self, started: Option<&Started>, sha256: &[u8; 32], url: &mut String) {
        let sha256 = Hex::new(sha256);
        let hmac = if let Some(Started { hmac, .. }) = started {
            hmac.clone().chain_update(sha256.as_bytes())
        } else {
            // In the room where the signature will be.
            let end = url.len();
            write_shared(&self.amz_date, &self.day.texts.scope, url);
            url.push_str(sha256.as_str());
            let hmac = self.day.key.hmac().chain_update(url.get(end..).unwrap_or_default());
            url.truncate(end);
            hmac
        };
        url.push_str("&X-Amz-Signature=");
        Signature::of(hmac).write_hex(url);
        if let Some(token) = &self.day.texts.encoded_session_token
            && !self.service.signs_session_token()
        {
            for text in ["&", self.service.session_token_query(), "=", token] {
                url.push_str(text);
            }
        }
    }

    pub(super) fn explain(&self, target: Target<'_>) -> Result<Explanation, Error> {
        let context = self.context();
        let canonical = CanonicalRequest::for_query(target, &context, self.life.expires, &mut String::new())?;
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

    pub(crate) fn sign_policy(&self, document: &str) -> Signature {
        Signature::of(self.day.key.hmac().chain_update(document))
    }
}
