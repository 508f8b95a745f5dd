//! Who signs, for what, and when: everything in a signature that is not the request.

use alloc::borrow::Cow;
use alloc::sync::Arc;

use crate::sigv4::identity::Identity;
#[cfg(feature = "sigv4a")]
use crate::sigv4::{AsymmetricSigningKey, RegionSet};
use crate::sigv4::{CredentialScope, Service, SigningKey};
use crate::timestamp::AmzDate;
use crate::{Credentials, Error, Region, Timestamp};

/// The credentials, the region, the service and the time of a signature.
///
/// ```
/// use presign::sigv4::{Service, SigningContext};
/// use presign::{Credentials, Region};
///
/// let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
/// let (region, service) = (Region::new("us-east-1")?, Service::new("s3")?);
/// let context = SigningContext::new(&credentials, &region, &service, "20130524T000000Z".parse()?);
/// assert_eq!(context.scope().to_string(), "20130524/us-east-1/s3/aws4_request");
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SigningContext<'a> {
    identity: Cow<'a, Arc<Identity>>,
    timestamp: Timestamp,
}

impl<'a> SigningContext<'a> {
    /// Creates a context of these four parts.
    #[must_use]
    pub fn new(credentials: &'a Credentials, region: &'a Region, service: &'a Service, timestamp: Timestamp) -> Self {
        let identity = Identity::new(credentials.clone(), region.clone().into(), service.clone());
        Self { identity: Cow::Owned(Arc::new(identity)), timestamp }
    }

    /// Creates a context of SigV4A, for a set of regions.
    #[cfg(feature = "sigv4a")]
    #[must_use]
    pub fn for_region_set(
        credentials: &'a Credentials,
        regions: &'a RegionSet,
        service: &'a Service,
        timestamp: Timestamp,
    ) -> Self {
        let identity = Identity::new(credentials.clone(), regions.clone().into(), service.clone());
        Self { identity: Cow::Owned(Arc::new(identity)), timestamp }
    }

    /// Returns the context of an identity that keeps its signing keys.
    #[inline]
    pub(super) const fn with_identity(identity: Cow<'a, Arc<Identity>>, timestamp: Timestamp) -> Self {
        Self { identity, timestamp }
    }

    /// Returns the credential scope.
    #[must_use]
    pub fn scope(&self) -> CredentialScope<'_> {
        self.identity.scope(self.timestamp)
    }

    /// Returns the time of the signature, which is sent as `X-Amz-Date`.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    pub(crate) fn amz_date(&self) -> AmzDate {
        self.timestamp.amz_date()
    }

    /// Returns the signing key of the day, of SigV4.
    pub(crate) fn hmac_key(&self) -> Arc<SigningKey> {
        self.identity.signing_key(self.timestamp)
    }

    /// Returns the signing key of SigV4A.
    #[cfg(feature = "sigv4a")]
    pub(super) fn asymmetric_key(&self) -> Arc<AsymmetricSigningKey> {
        self.identity.asymmetric_key()
    }

    /// Returns the value of `X-Amz-Region-Set`, which only SigV4A has.
    #[inline]
    pub(super) fn region_set(&self) -> Option<&str> {
        self.identity.region().set()
    }

    /// Returns the name and the value of the session token.
    #[cfg(feature = "post")]
    pub(crate) fn session_token(&self) -> Option<(&'static str, &str)> {
        Some((self.service().session_token_query(), self.credentials().session_token()?))
    }

    #[cfg_attr(not(feature = "std"), allow(dead_code, reason = "nothing is kept for an identity then"))]
    #[inline]
    pub(super) fn identity(&self) -> &Arc<Identity> {
        &self.identity
    }

    #[inline]
    pub(super) fn service(&self) -> &Service {
        self.identity.service()
    }

    #[inline]
    pub(crate) fn credentials(&self) -> &Credentials {
        self.identity.credentials()
    }

    pub(super) fn check_credentials(&self) -> Result<(), Error> {
        self.credentials().check_alive_at(self.timestamp)
    }
}
