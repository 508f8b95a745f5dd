//! The credential scope.

use core::fmt;

use crate::Region;
use crate::sigv4::Service;
use crate::timestamp::AmzDate;

/// What a signing key is good for: one day, one region, one service.
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
    region: &'a str,
    service: &'a str,
}

impl<'a> CredentialScope<'a> {
    /// The scope for the day of `amz_date`.
    #[must_use]
    pub fn new(amz_date: AmzDate, region: &'a Region, service: &'a Service) -> Self {
        Self { amz_date, region: region.as_str(), service: service.name() }
    }

    /// The day, as `YYYYMMDD`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.amz_date.date()
    }

    pub(super) fn date_digits(&self) -> [u8; 8] {
        self.amz_date.date_digits()
    }

    /// The region.
    #[must_use]
    pub const fn region(&self) -> &'a str {
        self.region
    }

    /// The service.
    #[must_use]
    pub const fn service(&self) -> &'a str {
        self.service
    }
}

impl fmt::Display for CredentialScope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/aws4_request", self.date(), self.region, self.service)
    }
}
