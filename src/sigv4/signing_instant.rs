//! What the signatures of one instant have in common.

use alloc::string::String;
#[cfg(feature = "post")]
use core::time::Duration;

use zeroize::Zeroize as _;

use crate::sigv4::bare_request::BareRequest;
use crate::sigv4::canonical_text::CanonicalText;
use crate::sigv4::expiry::Validity;
use crate::sigv4::hex::Hex;
use crate::sigv4::identity::CurrentDay;
use crate::sigv4::identity_source::CurrentIdentity;
use crate::sigv4::room::with_room;
use crate::sigv4::signing_second::SigningSecond;
use crate::sigv4::{CanonicalRequest, Explanation, Service, Signature, SigningContext, StringToSign, Target};
#[cfg(feature = "post")]
use crate::timestamp::AmzDate;
use crate::{Error, Region, Timestamp};

/// One identity, one instant and one validity, for as many signatures as are wanted.
pub(crate) struct SigningInstant<'s> {
    identity: CurrentIdentity<'s>,
    day: CurrentDay<'s>,
    region: &'s Region,
    service: &'s Service,
    validity: Validity,
}

impl<'s> SigningInstant<'s> {
    #[inline]
    pub(super) fn new(
        identity: CurrentIdentity<'s>,
        region: &'s Region,
        service: &'s Service,
        validity: Validity,
    ) -> Self {
        let day = identity.day(validity.signed_at, region, service);
        Self { identity, day, region, service, validity }
    }

    /// The true end: that of the URL or the policy, or that of the credentials.
    #[inline]
    pub(crate) const fn expires_at(&self) -> Timestamp {
        self.validity.expires_at
    }

    /// What its signatures have in common, to be used for many.
    pub(super) fn second(&self) -> SigningSecond {
        SigningSecond::new(&self.day, self.validity.signed_at)
    }

    #[inline]
    fn context(&self, second: &SigningSecond) -> SigningContext<'_> {
        let (scope, instant) = ((self.region, self.service), (self.validity.signed_at, second.amz_date));
        SigningContext::with_texts(&self.identity.credentials, scope, instant, &self.day.texts)
    }

    pub(super) fn canonical_request(
        &self,
        second: &SigningSecond,
        target: Target<'_>,
    ) -> Result<CanonicalRequest, Error> {
        CanonicalRequest::for_query(target, &self.context(second), self.validity.expires)
    }

    /// Appends the signed URL to `url`. After an error, `url` is as it was.
    #[inline]
    pub(super) fn presign(&self, target: Target<'_>, url: &mut String) -> Result<(), Error> {
        SigningSecond::with(&self.day, self.validity.signed_at, |second, bare| {
            match bare {
                #[cfg(feature = "std")]
                Some(bare) if bare.fits_except_host(&target, self.validity.expires) => {
                    bare.set_host(&target);
                    self.presign_bare(second, bare, &target, url);
                    Ok(())
                }
                // A session token must not stay in what a thread keeps.
                bare if self.day.texts.encoded_session_token.is_none() => {
                    self.presign_line_by_line(second, bare, &target, url)
                }
                _ => self.presign_line_by_line(second, None, &target, url),
            }
        })
    }

    /// The same in a second and with a bare request that are kept for many.
    #[inline]
    pub(super) fn presign_in(
        &self,
        second: &SigningSecond,
        bare: &BareRequest,
        target: Target<'_>,
        url: &mut String,
    ) -> Result<(), Error> {
        if bare.fits(&target, self.validity.expires) {
            self.presign_bare(second, bare, &target, url);
            return Ok(());
        }
        self.presign_line_by_line(second, None, &target, url)
    }

    /// For a target that the bare request fits.
    #[inline]
    fn presign_bare(&self, second: &SigningSecond, bare: &BareRequest, target: &Target<'_>, url: &mut String) {
        with_room(|text| {
            let canonical = bare.write(target, text);
            self.finish(second, &canonical, target, text, url);
        });
    }

    /// For any target. The bare request learns from it, if there is something to learn.
    fn presign_line_by_line(
        &self,
        second: &SigningSecond,
        bare: Option<&mut BareRequest>,
        target: &Target<'_>,
        url: &mut String,
    ) -> Result<(), Error> {
        with_room(|text| {
            let (context, expires) = (self.context(second), self.validity.expires);
            let canonical = CanonicalText::write_for_query(target, &context, expires, text)?;
            if let Some(bare) = bare {
                bare.learn(&canonical, text, target, &context, expires);
            }
            self.finish(second, &canonical, target, text, url);
            Ok(())
        })
    }

    /// Learns from a bare request, for many.
    pub(super) fn learn(&self, second: &SigningSecond, target: &Target<'_>) -> Result<BareRequest, Error> {
        with_room(|text| {
            let (context, mut bare) = (self.context(second), BareRequest::default());
            let canonical = CanonicalText::write_for_query(target, &context, self.validity.expires, text)?;
            bare.learn(&canonical, text, target, &context, self.validity.expires);
            self.wipe_secrets(target, text);
            Ok(bare)
        })
    }

    /// The text may stay in a buffer of this thread.
    #[inline]
    fn wipe_secrets(&self, target: &Target<'_>, text: &mut String) {
        if self.day.texts.encoded_session_token.is_some() || target.parameters.has_secret() {
            text.zeroize();
        }
    }

    #[inline]
    fn finish(
        &self,
        second: &SigningSecond,
        canonical: &CanonicalText,
        target: &Target<'_>,
        text: &mut String,
        url: &mut String,
    ) {
        // With room for the signature, and for a session token behind it.
        let token = self.day.texts.encoded_session_token.as_ref().map_or(0, |token| token.len());
        url.reserve(target.endpoint.url_base().len() + canonical.query.end + token + 128);
        canonical.write_url(target, text, url);
        self.wipe_secrets(target, text);
        self.put_signature(second, &canonical.sha256, url);
    }

    /// Signs a canonical request by its hash.
    #[inline]
    pub(super) fn put_signature(&self, second: &SigningSecond, sha256: &[u8; 32], url: &mut String) {
        let signature = Signature(second.hmac.finish(Hex::new(sha256).as_bytes()));
        url.push_str("&X-Amz-Signature=");
        signature.write_hex(url);
        if let Some(token) = &self.day.texts.encoded_session_token
            && !self.service.signs_session_token()
        {
            let (_, parameter) = self.service.session_token_query();
            url.push_str(parameter);
            url.push_str(token);
        }
    }

    pub(super) fn explain(&self, target: Target<'_>) -> Result<Explanation, Error> {
        let second = self.second();
        let canonical = self.canonical_request(&second, target)?;
        Ok(Explanation::new(&canonical, &StringToSign::new(&self.context(&second), canonical.sha256())))
    }
}

/// What a POST policy says about its signature, and the signature.
#[cfg(feature = "post")]
impl SigningInstant<'_> {
    /// Access key id and scope.
    pub(crate) fn credential(&self) -> &str {
        &self.day.texts.credential
    }

    pub(crate) fn amz_date(&self) -> AmzDate {
        self.validity.signed_at.amz_date_on(self.day.texts.date)
    }

    /// The name and the value of the session token.
    pub(crate) fn session_token(&self) -> Option<(&'static str, &str)> {
        let token = self.identity.credentials.session_token()?;
        let (name, _) = self.service.session_token_query();
        Some((name, token))
    }

    /// When the policy ends, whatever becomes of the credentials.
    pub(crate) fn expiration(&self) -> Result<Timestamp, Error> {
        self.validity.signed_at.checked_add(Duration::from_secs(self.validity.expires.seconds()))
    }

    pub(crate) fn sign_policy(&self, document: &str) -> Signature {
        self.day.key.sign_text(document)
    }
}
