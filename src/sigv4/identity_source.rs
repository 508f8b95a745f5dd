//! Chooses the identity for each signature.

use alloc::sync::Arc;
use core::fmt;
use core::ops::Deref;
#[cfg(feature = "std")]
use std::sync::{PoisonError, RwLock};

use crate::credentials_provider::{CredentialsSource, ProvideCredentials};
use crate::sigv4::Service;
use crate::sigv4::identity::{CurrentDay, Identity};
use crate::{Credentials, Error, Region, Timestamp};

/// Either one identity for all signatures, or the identity of the credentials that a provider returns for each.
pub(super) enum IdentitySource {
    Fixed(Identity),
    Provided(Provided),
}

/// A provider, and the identity of the credentials that it returned last, which keeps their signing key.
pub(super) struct Provided {
    provider: Arc<dyn ProvideCredentials>,
    #[cfg(feature = "std")]
    last: RwLock<Option<Arc<Identity>>>,
}

/// The identity of one signature.
pub(super) enum CurrentIdentity<'s> {
    Fixed(&'s Identity),
    Provided(Arc<Identity>),
}

impl Deref for CurrentIdentity<'_> {
    type Target = Identity;

    #[inline]
    fn deref(&self) -> &Identity {
        match self {
            Self::Fixed(identity) => identity,
            Self::Provided(identity) => identity,
        }
    }
}

impl<'s> CurrentIdentity<'s> {
    /// Returns the day of an instant: see [`Identity::day`].
    #[inline]
    pub(super) fn day(&self, timestamp: Timestamp, region: &Region, service: &Service) -> CurrentDay<'s> {
        match self {
            Self::Fixed(identity) => identity.day(timestamp, region, service),
            Self::Provided(identity) => identity.day(timestamp, region, service).into_shared(),
        }
    }
}

impl IdentitySource {
    pub(super) fn new(source: CredentialsSource) -> Self {
        match source {
            CredentialsSource::Fixed(credentials) => Self::Fixed(Identity::new(credentials)),
            CredentialsSource::Provider(provider) => Self::Provided(Provided {
                provider,
                #[cfg(feature = "std")]
                last: RwLock::default(),
            }),
        }
    }

    /// Returns where the credentials come from, for another region or service.
    pub(super) fn credentials_source(&self) -> CredentialsSource {
        match self {
            Self::Fixed(identity) => CredentialsSource::Fixed(identity.credentials.clone()),
            Self::Provided(provided) => CredentialsSource::Provider(Arc::clone(&provided.provider)),
        }
    }

    /// Returns the identity for a signature that is sent at once.
    #[inline]
    pub(super) fn current(&self) -> Result<CurrentIdentity<'_>, Error> {
        match self {
            Self::Fixed(identity) => Ok(CurrentIdentity::Fixed(identity)),
            Self::Provided(provided) => {
                Ok(CurrentIdentity::Provided(provided.identity(provided.provider.credentials()?)))
            }
        }
    }

    /// Returns the identity for a signature that must be valid until an instant.
    #[inline]
    pub(super) fn current_until(&self, until: Timestamp) -> Result<CurrentIdentity<'_>, Error> {
        match self {
            Self::Fixed(identity) => Ok(CurrentIdentity::Fixed(identity)),
            Self::Provided(provided) => {
                let credentials = provided.provider.credentials_until(until)?;
                Ok(CurrentIdentity::Provided(provided.identity(credentials)))
            }
        }
    }
}

impl Provided {
    /// Returns the identity of the provider's credentials. No lock is held while the provider runs, because it may block,
    /// sign or panic.
    #[cfg(feature = "std")]
    #[inline]
    fn identity(&self, credentials: Credentials) -> Arc<Identity> {
        let is_same = |last: &&Arc<Identity>| last.credentials == credentials;
        // The identity is replaced as a whole, so it is valid even if a thread panicked while it held the lock.
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner).as_ref().filter(is_same).cloned();
        last.unwrap_or_else(|| {
            let identity = Arc::new(Identity::new(credentials));
            *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&identity));
            identity
        })
    }

    #[cfg(not(feature = "std"))]
    #[inline]
    #[allow(clippy::unused_self, reason = "nothing is kept without `std`")]
    fn identity(&self, credentials: Credentials) -> Arc<Identity> {
        Arc::new(Identity::new(credentials))
    }
}

impl fmt::Debug for IdentitySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(identity) => identity.credentials.fmt(f),
            Self::Provided(_) => f.write_str("CredentialsProvider"),
        }
    }
}
