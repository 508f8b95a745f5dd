//! Credentials together with the signing key that belongs to them.

use crate::Credentials;
#[cfg(feature = "std")]
use crate::sigv4::key_cache::KeyCache;
use crate::sigv4::{SigningContext, SigningKey};

/// One set of credentials. A signature takes all that it needs from one identity, so a key id cannot meet another
/// secret.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) credentials: Credentials,
    #[cfg(feature = "std")]
    pub(super) key_cache: KeyCache,
}

impl Identity {
    pub(super) fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            #[cfg(feature = "std")]
            key_cache: KeyCache::default(),
        }
    }

    /// The key for the scope of a context whose region and service are always the same for this identity.
    pub(super) fn signing_key(&self, context: &SigningContext<'_>) -> SigningKey {
        let derive = || SigningKey::derive(&self.credentials, &context.scope());
        #[cfg(feature = "std")]
        return self.key_cache.get_or_derive(context.timestamp().day(), derive);
        #[cfg(not(feature = "std"))]
        return derive();
    }
}
