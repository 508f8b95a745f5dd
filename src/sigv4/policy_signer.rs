//! The signature of a POST policy, which is over a text that already says who signs and when.

use alloc::string::String;

use crate::sigv4::identity_source::CurrentIdentity;
use crate::sigv4::life::Life;
use crate::sigv4::{Service, SigningContext};
use crate::timestamp::AmzDate;
use crate::{Error, Region, Timestamp};

/// One identity and one life: what a policy says about its signature, and the signature.
pub(crate) struct PolicySigner<'s> {
    identity: CurrentIdentity<'s>,
    region: &'s Region,
    service: &'s Service,
    life: Life,
}

impl<'s> PolicySigner<'s> {
    pub(super) const fn new(
        identity: CurrentIdentity<'s>,
        region: &'s Region,
        service: &'s Service,
        life: Life,
    ) -> Self {
        Self { identity, region, service, life }
    }

    fn context(&self) -> SigningContext<'_> {
        SigningContext::new(&self.identity.credentials, self.region, self.service, self.life.signed_at)
    }

    /// Access key id and scope.
    pub(crate) fn credential(&self) -> String {
        let mut credential = String::new();
        self.context().write_credential(&mut credential);
        credential
    }

    pub(crate) fn amz_date(&self) -> AmzDate {
        self.life.signed_at.amz_date()
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

    /// The true end: that of the policy or that of the credentials.
    pub(crate) const fn expires_at(&self) -> Timestamp {
        self.life.expires_at
    }

    /// The signature in lower-case hexadecimal digits.
    pub(crate) fn sign(&self, text: &str) -> String {
        self.identity.signing_key(&self.context()).sign_text(text).to_hex()
    }
}
