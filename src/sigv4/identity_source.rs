//! The identity for the next signature.

use alloc::sync::Arc;
use core::fmt;
use core::ops::Deref;
#[cfg(feature = "std")]
use std::sync::{PoisonError, RwLock};

use crate::credentials_provider::{CredentialsSource, ProvideCredentials};
use crate::sigv4::Service;
use crate::sigv4::identity::{CurrentDay, Identity};
use crate::{Error, Region, Timestamp};

/// One identity for good, or the one that the provider names now.
pub(super) enum IdentitySource {
    Fixed(Identity),
    Provided(Provided),
}

/// A provider, and the identity of its last answer, which keeps the signing key.
pub(super) struct Provided {
    provider: Arc<dyn ProvideCredentials>,
    #[cfg(feature = "std")]
    last: RwLock<Option<Arc<Identity>>>,
}

/// Stays the same for as long as a signature takes.
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
    /// As [`Identity::day`].
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

    /// Where this one's credentials come from, for another region or service.
    pub(super) fn credentials_source(&self) -> CredentialsSource {
        match self {
            Self::Fixed(identity) => CredentialsSource::Fixed(identity.credentials.clone()),
            Self::Provided(provided) => CredentialsSource::Provider(Arc::clone(&provided.provider)),
        }
    }

    #[inline]
    pub(super) fn current(&self) -> Result<CurrentIdentity<'_>, Error> {
        match self {
            Self::Fixed(identity) => Ok(CurrentIdentity::Fixed(identity)),
            Self::Provided(provided) => Ok(CurrentIdentity::Provided(provided.current()?)),
        }
    }
}

impl Provided {
    #[cfg(feature = "std")]
    #[inline]
    fn current(&self) -> Result<Arc<Identity>, Error> {
        let credentials = self.provider.credentials()?;
        let is_same = |last: &&Arc<Identity>| last.credentials == credentials;
        // A thread that panicked while it held the lock cannot have left half an identity behind.
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner).as_ref().filter(is_same).cloned();
        Ok(last.unwrap_or_else(|| {
            let identity = Arc::new(Identity::new(credentials));
            *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&identity));
            identity
        }))
    }

    #[cfg(not(feature = "std"))]
    #[inline]
    fn current(&self) -> Result<Arc<Identity>, Error> {
        Ok(Arc::new(Identity::new(self.provider.credentials()?)))
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
