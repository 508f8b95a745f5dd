//! Who signs: credentials, what they sign for, and the signing keys that belong to them.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use core::fmt;
#[cfg(feature = "std")]
use std::sync::{PoisonError, RwLock};

use crate::credentials_provider::{CredentialsSource, ProvideCredentials};
#[cfg(feature = "sigv4a")]
use crate::sigv4::AsymmetricSigningKey;
#[cfg(feature = "std")]
use crate::sigv4::reuse::KeptDays;
use crate::sigv4::{CredentialScope, Service, SigningKey, SigningRegion};
use crate::{Credentials, Error, Timestamp};

/// One set of credentials for one region and service. A signature takes all that it needs from one identity, so an access key
/// id cannot meet the secret of another, nor a signing key another scope.
pub(super) struct Identity {
    credentials: Credentials,
    region: SigningRegion,
    service: Service,
    #[cfg(feature = "std")]
    days: KeptDays,
    #[cfg(all(feature = "std", feature = "sigv4a"))]
    asymmetric_key: std::sync::OnceLock<Arc<AsymmetricSigningKey>>,
}

impl Identity {
    pub(super) fn new(credentials: Credentials, region: SigningRegion, service: Service) -> Self {
        Self {
            credentials,
            region,
            service,
            #[cfg(feature = "std")]
            days: KeptDays::default(),
            #[cfg(all(feature = "std", feature = "sigv4a"))]
            asymmetric_key: std::sync::OnceLock::new(),
        }
    }

    #[inline]
    pub(super) const fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    pub(super) const fn region(&self) -> &SigningRegion {
        &self.region
    }

    #[inline]
    pub(super) const fn service(&self) -> &Service {
        &self.service
    }

    /// Returns the credential scope of a signature as of a timestamp.
    pub(super) fn scope(&self, at: Timestamp) -> CredentialScope<'_> {
        match &self.region {
            SigningRegion::One(region) => CredentialScope::new(at.amz_date(), region, &self.service),
            #[cfg(feature = "sigv4a")]
            SigningRegion::Set(_) => CredentialScope::without_region(at.amz_date(), &self.service),
        }
    }

    /// Returns the signing key of the day of a timestamp. With `std`, it is derived once a day.
    pub(super) fn signing_key(&self, at: Timestamp) -> Arc<SigningKey> {
        let derive = || Arc::new(SigningKey::derive(&self.credentials, &self.scope(at)));
        #[cfg(feature = "std")]
        return self.days.get_or_derive(at.day(), derive);
        #[cfg(not(feature = "std"))]
        derive()
    }

    /// Returns the key of SigV4A, which is the same every day. With `std`, it is derived once.
    #[cfg(feature = "sigv4a")]
    pub(super) fn asymmetric_key(&self) -> Arc<AsymmetricSigningKey> {
        let derive = || Arc::new(AsymmetricSigningKey::derive(&self.credentials));
        #[cfg(feature = "std")]
        return Arc::clone(self.asymmetric_key.get_or_init(derive));
        #[cfg(not(feature = "std"))]
        derive()
    }
}

/// The credentials without their secret.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("credentials", &self.credentials)
            .field("region", &self.region)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

/// Chooses the identity of each signature: always the same one, or that of the credentials that a provider returns.
#[derive(Debug)]
pub(super) enum IdentitySource {
    Fixed(Arc<Identity>),
    Provided(Provided),
}

impl IdentitySource {
    pub(super) fn new(source: CredentialsSource, region: SigningRegion, service: Service) -> Self {
        match source {
            CredentialsSource::Fixed(credentials) => Self::Fixed(Arc::new(Identity::new(credentials, region, service))),
            CredentialsSource::Provider(provider) => Self::Provided(Provided {
                provider,
                region,
                service,
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

    pub(super) fn region(&self) -> &SigningRegion {
        match self {
            Self::Fixed(identity) => &identity.region,
            Self::Provided(provided) => &provided.region,
        }
    }

    pub(super) fn service(&self) -> &Service {
        match self {
            Self::Fixed(identity) => &identity.service,
            Self::Provided(provided) => &provided.service,
        }
    }

    /// Returns the identity for a signature that is sent at once.
    pub(super) fn current(&self) -> Result<Cow<'_, Arc<Identity>>, Error> {
        match self {
            Self::Fixed(identity) => Ok(Cow::Borrowed(identity)),
            Self::Provided(provided) => Ok(Cow::Owned(provided.identity(provided.provider.credentials()?))),
        }
    }

    /// Returns the identity for a signature that must be valid until a timestamp.
    #[inline]
    pub(super) fn current_until(&self, until: Timestamp) -> Result<Cow<'_, Arc<Identity>>, Error> {
        match self {
            Self::Fixed(identity) => Ok(Cow::Borrowed(identity)),
            Self::Provided(provided) => Ok(Cow::Owned(provided.identity(provided.provider.credentials_until(until)?))),
        }
    }
}

/// A provider, and with `std` the identity of the credentials that it returned last, which keeps their signing key.
pub(super) struct Provided {
    provider: Arc<dyn ProvideCredentials>,
    region: SigningRegion,
    service: Service,
    #[cfg(feature = "std")]
    last: RwLock<Option<Arc<Identity>>>,
}

impl Provided {
    /// Returns the identity of the provider's credentials. No lock is held while the provider runs, because it may block,
    /// sign or panic.
    #[cfg(feature = "std")]
    fn identity(&self, credentials: Credentials) -> Arc<Identity> {
        let is_same = |last: &&Arc<Identity>| last.credentials == credentials;
        // The identity is replaced as a whole, so it is valid even if a thread panicked while it held the lock.
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner).as_ref().filter(is_same).cloned();
        last.unwrap_or_else(|| {
            let identity = Arc::new(Identity::new(credentials, self.region.clone(), self.service.clone()));
            *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&identity));
            identity
        })
    }

    #[cfg(not(feature = "std"))]
    fn identity(&self, credentials: Credentials) -> Arc<Identity> {
        Arc::new(Identity::new(credentials, self.region.clone(), self.service.clone()))
    }
}

impl fmt::Debug for Provided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsProvider")
    }
}
