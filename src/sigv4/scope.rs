//! The algorithm, and what a signing key is valid for.

use alloc::string::String;
use core::fmt;

use crate::Region;
use crate::sigv4::Service;
use crate::timestamp::AmzDate;

/// The name of the algorithm: HMAC-SHA256 with a key that is derived from the secret access key.
pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The name of the algorithm of SigV4A: ECDSA on the curve P-256.
#[cfg(feature = "sigv4a")]
pub(crate) const ASYMMETRIC_ALGORITHM: &str = "AWS4-ECDSA-P256-SHA256";

/// The last part of every scope.
pub(crate) const TERMINATOR: &str = "aws4_request";

/// The credential scope: the day, the region and the service that a signing key is valid for. The scope of SigV4A has no region.
///
/// ```
/// use presign::sigv4::{CredentialScope, Service};
/// use presign::{Region, Timestamp};
///
/// let now: Timestamp = "20150830T123600Z".parse()?;
/// let (region, service) = (Region::new("us-east-1")?, Service::new("iam")?);
/// let scope = CredentialScope::new(now.amz_date(), &region, &service);
/// assert_eq!(scope.to_string(), "20150830/us-east-1/iam/aws4_request");
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CredentialScope<'a> {
    amz_date: AmzDate,
    region: Option<&'a str>,
    service: &'a str,
}

impl<'a> CredentialScope<'a> {
    /// Returns the scope of the day of `amz_date`.
    #[must_use]
    pub fn new(amz_date: AmzDate, region: &'a Region, service: &'a Service) -> Self {
        Self { amz_date, region: Some(region.as_str()), service: service.name() }
    }

    /// Returns the scope of SigV4A of the day of `amz_date`.
    #[cfg(feature = "sigv4a")]
    #[must_use]
    pub fn without_region(amz_date: AmzDate, service: &'a Service) -> Self {
        Self { amz_date, region: None, service: service.name() }
    }

    /// Returns the scope that a received request names, with the time at which it was signed.
    #[cfg(feature = "verify")]
    pub(crate) const fn received(amz_date: AmzDate, region: Option<&'a str>, service: &'a str) -> Self {
        Self { amz_date, region, service }
    }

    /// Returns the day, as `YYYYMMDD`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.amz_date.date()
    }

    /// Returns the region, unless the scope is that of SigV4A.
    #[must_use]
    pub const fn region(&self) -> Option<&'a str> {
        self.region
    }

    /// Returns the service.
    #[must_use]
    pub const fn service(&self) -> &'a str {
        self.service
    }

    /// Returns the name of the algorithm: a scope without a region is that of SigV4A.
    pub(crate) const fn algorithm(&self) -> &'static str {
        match self.region {
            #[cfg(feature = "sigv4a")]
            None => ASYMMETRIC_ALGORITHM,
            _ => ALGORITHM,
        }
    }

    /// Returns the time of the signature, whose day it is.
    pub(crate) const fn amz_date(&self) -> &AmzDate {
        &self.amz_date
    }

    /// Returns the access key id and the scope, as requests and forms send them.
    pub(crate) fn credential(&self, access_key_id: &str) -> String {
        let [date, slash, region, slash_after_region, service, last_slash, terminator] = self.pieces();
        [access_key_id, "/", date, slash, region, slash_after_region, service, last_slash, terminator].concat()
    }

    /// Returns the parts, with the slashes between them.
    #[inline]
    pub(super) fn pieces(&self) -> [&str; 7] {
        let (region, slash) = self.region.map_or(("", ""), |region| (region, "/"));
        [self.date(), "/", region, slash, self.service, "/", TERMINATOR]
    }
}

impl fmt::Display for CredentialScope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().iter().try_for_each(|piece| f.write_str(piece))
    }
}
