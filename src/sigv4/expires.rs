//! `X-Amz-Expires`.

use core::time::Duration;

use crate::Error;

/// The longest life of a presigned URL: seven days.
///
/// Source: [Authenticating requests: using query parameters](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html),
/// `X-Amz-Expires`.
const MAX: Duration = Duration::from_secs(604_800);

/// A life that AWS accepts, in whole seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expires(u64);

impl Expires {
    pub(crate) const fn seconds(self) -> u64 {
        self.0
    }
}

impl TryFrom<Duration> for Expires {
    type Error = Error;

    fn try_from(duration: Duration) -> Result<Self, Error> {
        match duration.as_secs() {
            0 => Err(Error::ExpiresTooShort),
            // Half a second above the limit is above the limit.
            _ if duration > MAX => Err(Error::ExpiresTooLong { expires: duration, max: MAX }),
            seconds => Ok(Self(seconds)),
        }
    }
}
