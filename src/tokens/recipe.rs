//! How every token is made: what differs between the services is data.

use alloc::string::String;
use core::time::Duration;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use zeroize::Zeroizing;

use crate::sigv4::{Expires, Request, Service, Signer};
use crate::tokens::Token;
use crate::{Error, ProvideCredentials, Region, Timestamp};

/// The rules of a service.
pub(super) struct Recipe {
    /// As in the credential scope.
    pub(super) service: &'static str,
    /// What AWS's own tools ask for.
    pub(super) default_expires: Duration,
    /// The most that the service accepts.
    pub(super) max_expires: Duration,
    /// For how long the service accepts the token, if that is not what the URL says.
    pub(super) validity: Option<Duration>,
    pub(super) form: Form,
}

/// What becomes of the signed URL.
pub(super) struct Form {
    /// Whether `https://` is a part of the token.
    pub(super) has_scheme: bool,
    /// The start of the token, and the base64 of the rest, if it is in base64.
    pub(super) base64: Option<(&'static str, &'static GeneralPurpose)>,
}

impl Form {
    pub(super) const URL: Self = Self { has_scheme: true, base64: None };
    pub(super) const WITHOUT_SCHEME: Self = Self { has_scheme: false, base64: None };

    /// Writes the token of a URL, to which something is appended that the signature does not cover.
    fn write(&self, url: &str, appended: &str) -> Zeroizing<String> {
        let url = url.split_once("://").map_or(url, |(_, rest)| if self.has_scheme { url } else { rest });
        let mut text = concatenated(&[url, appended]);
        if let Some((prefix, base64)) = self.base64 {
            let mut token = Zeroizing::new(String::with_capacity(prefix.len() + text.len().div_ceil(3) * 4));
            token.push_str(prefix);
            base64.encode_string(&*text, &mut token);
            text = token;
        }
        text
    }
}

/// Returns all parts as one string, which never grows: that would leave a copy behind.
pub(super) fn concatenated(parts: &[&str]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    text.extend(parts.iter().copied());
    text
}

/// A token that can be signed.
pub(super) struct Unsigned<'t> {
    pub(super) recipe: &'static Recipe,
    pub(super) region: &'t Region,
    pub(super) request: Request<'t>,
    pub(super) expires: Duration,
    /// For the end of the signed URL.
    pub(super) appended: &'t str,
}

impl Unsigned<'_> {
    pub(super) fn sign_at(
        &self,
        provider: &(impl ProvideCredentials + ?Sized),
        now: Timestamp,
    ) -> Result<Token, Error> {
        let recipe = self.recipe;
        let seconds = Expires::new(self.expires, recipe.max_expires)?.seconds();
        let end = now.checked_add(recipe.validity.unwrap_or(Duration::from_secs(seconds)))?;
        let credentials = provider.credentials_until(end)?;
        let expires_at = credentials.expires_at().map_or(end, |credentials_end| credentials_end.min(end));
        let signer = Signer::new(credentials, self.region.clone(), Service::new(recipe.service)?);
        let mut url = Zeroizing::new(String::new());
        signer.presign_into_at(&mut url, &self.request, self.expires, now)?;
        Ok(Token::new(recipe.form.write(&url, self.appended), now, expires_at))
    }
}

/// The two functions that sign, for a type that has `unsigned`, and may have a function for what it makes of the token.
macro_rules! sign {
    ($token:ident $(, $finish:ident)?) => {
        impl $token {
            /// Signs a token, by the system's clock, with credentials or a provider of them.
            ///
            /// # Errors
            /// As [`sign_at`](Self::sign_at), and those of [`Timestamp::now`](crate::Timestamp::now).
            #[cfg(feature = "std")]
            pub fn sign(
                &self,
                credentials: &(impl crate::ProvideCredentials + ?Sized),
            ) -> Result<crate::tokens::Token, crate::Error> {
                self.sign_at(credentials, crate::Timestamp::now()?)
            }

            /// Signs a token as of an instant, with credentials or a provider of them.
            ///
            /// # Errors
            /// - [`Error::Token`](crate::Error::Token) for what the documentation of the type says
            /// - [`Error::ExpiresTooShort`](crate::Error::ExpiresTooShort) below one second,
            ///   [`Error::ExpiresTooLong`](crate::Error::ExpiresTooLong) above the limit of the service
            /// - [`Error::CredentialsExpired`](crate::Error::CredentialsExpired), or the error of the provider
            /// - [`Error::TimeOutOfRange`](crate::Error::TimeOutOfRange) if the token would end after the year 9999
            pub fn sign_at(
                &self,
                credentials: &(impl crate::ProvideCredentials + ?Sized),
                now: crate::Timestamp,
            ) -> Result<crate::tokens::Token, crate::Error> {
                let token = self.unsigned()?.sign_at(credentials, now)?;
                $(let token = self.$finish(token)?;)?
                Ok(token)
            }
        }
    };
}

pub(super) use sign;
