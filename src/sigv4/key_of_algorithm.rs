//! Stage 3 for both algorithms.

use alloc::sync::Arc;

#[cfg(feature = "sigv4a")]
use crate::sigv4::AsymmetricSigningKey;
use crate::sigv4::{Signature, SigningKey, StringToSign};

/// The signing key of SigV4, or that of SigV4A.
pub(super) enum KeyOfAlgorithm {
    Hmac(Arc<SigningKey>),
    #[cfg(feature = "sigv4a")]
    Ecdsa(Arc<AsymmetricSigningKey>),
}

impl KeyOfAlgorithm {
    /// Computes the signature of a string to sign.
    pub(super) fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        match self {
            Self::Hmac(key) => key.sign(string_to_sign),
            #[cfg(feature = "sigv4a")]
            Self::Ecdsa(key) => key.sign(string_to_sign),
        }
    }
}
