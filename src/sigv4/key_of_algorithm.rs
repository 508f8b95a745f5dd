//! Stage 3 for both algorithms.

use alloc::sync::Arc;

#[cfg(feature = "verify")]
use crate::Credentials;
#[cfg(feature = "sigv4a")]
use crate::sigv4::AsymmetricSigningKey;
#[cfg(feature = "verify")]
use crate::sigv4::CredentialScope;
use crate::sigv4::{Signature, SigningContext, SigningKey, StringToSign};

/// The signing key of SigV4, or that of SigV4A.
pub(crate) enum KeyOfAlgorithm {
    Hmac(Arc<SigningKey>),
    #[cfg(feature = "sigv4a")]
    Ecdsa(Arc<AsymmetricSigningKey>),
}

impl KeyOfAlgorithm {
    /// Returns the key that signs in a context.
    pub(super) fn of(context: &SigningContext<'_>) -> Self {
        match context.region_set() {
            #[cfg(feature = "sigv4a")]
            Some(_) => Self::Ecdsa(context.asymmetric_key()),
            _ => Self::Hmac(context.hmac_key()),
        }
    }

    /// Derives the key of a received request, by its scope.
    #[cfg(feature = "verify")]
    pub(crate) fn derive(credentials: &Credentials, scope: &CredentialScope<'_>) -> Self {
        match scope.region() {
            #[cfg(feature = "sigv4a")]
            None => Self::Ecdsa(Arc::new(AsymmetricSigningKey::derive(credentials))),
            _ => Self::Hmac(Arc::new(SigningKey::derive(credentials, scope))),
        }
    }

    /// Whether a signature, in hexadecimal digits as a request has it, is one of this text.
    #[cfg(feature = "verify")]
    pub(crate) fn has_signed(&self, text: &str, digits: &str) -> bool {
        match self {
            Self::Hmac(key) => key.sign_text(text).has_digits(digits),
            #[cfg(feature = "sigv4a")]
            Self::Ecdsa(key) => key.has_signed(text, digits),
        }
    }

    /// Computes the signature of a string to sign.
    pub(super) fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        match self {
            Self::Hmac(key) => key.sign(string_to_sign),
            #[cfg(feature = "sigv4a")]
            Self::Ecdsa(key) => key.sign(string_to_sign),
        }
    }
}
