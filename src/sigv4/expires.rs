//! `X-Amz-Expires`.

use core::time::Duration;

use crate::Error;

/// A life that the service accepts, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expires(u64);

impl Expires {
    /// The longest life of a presigned URL at AWS: seven days.
    ///
    /// Source: [Authenticating requests: using query parameters](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html),
    /// `X-Amz-Expires`.
    pub(crate) const AWS_MAX: Duration = Duration::from_secs(604_800);

    #[inline]
    pub(crate) fn new(duration: Duration, max: Duration) -> Result<Self, Error> {
        match duration.as_secs() {
            0 => Err(Error::ExpiresTooShort),
            // Half a second above the limit is above the limit.
            _ if duration > max => Err(Error::ExpiresTooLong { expires: duration, max }),
            seconds => Ok(Self(seconds)),
        }
    }

    #[inline]
    pub(crate) const fn seconds(self) -> u64 {
        self.0
    }
}
