//! The credential scope.

use alloc::string::String;
use core::fmt;

use crate::sink::Sink;
use crate::timestamp::AmzDate;

/// What a signing key is good for: one day, one region, one service.
///
/// ```
/// use presign::Timestamp;
/// use presign::sigv4::CredentialScope;
///
/// let now: Timestamp = "20150830T123600Z".parse()?;
/// let scope = CredentialScope::new(now.amz_date(), "us-east-1", "iam");
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
    pub const fn new(amz_date: AmzDate, region: &'a str, service: &'a str) -> Self {
        Self { amz_date, region, service }
    }

    /// The day, as `YYYYMMDD`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.amz_date.date()
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

    pub(super) fn write(&self, sink: &mut impl Sink) {
        for text in [self.date(), "/", self.region, "/", self.service, "/aws4_request"] {
            sink.put(text);
        }
    }
}

impl fmt::Display for CredentialScope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}
