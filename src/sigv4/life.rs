//! When a URL starts and stops working.

use core::time::Duration;

use crate::sigv4::Expires;
use crate::{Credentials, Error, Timestamp};

/// How the life of URLs is reckoned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LifeRules {
    /// The longest life that the service accepts.
    pub(crate) max: Duration,
    /// `X-Amz-Date` is rounded down to a multiple of this many seconds, and the life is longer by as much.
    pub(crate) window_seconds: Option<u64>,
    /// Whether a URL that would outlive its credentials is an error.
    pub(crate) strict: bool,
}

/// The life of one URL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    pub(crate) signed_at: Timestamp,
    pub(crate) expires: Expires,
    /// The true end: that of the URL or that of its credentials.
    pub(crate) expires_at: Timestamp,
}

impl LifeRules {
    pub(crate) const AWS: Self = Self { max: Expires::AWS_MAX, window_seconds: None, strict: false };

    /// The life of a URL that is asked for now and shall work for `expires`, at least.
    #[inline]
    pub(crate) fn life(self, expires: Duration, now: Timestamp, credentials: &Credentials) -> Result<Life, Error> {
        credentials.check_alive_at(now)?;
        let max = self.max;
        let (signed_at, expires) = match self.window_seconds {
            None => (now, Expires::new(expires, max)?),
            Some(window) => {
                let least = Expires::new(expires, max)?;
                let window = Duration::from_secs(window);
                let whole = Duration::from_secs(least.seconds()).saturating_add(window);
                let too_long = |_| Error::WindowTooLong { window, expires, max };
                (now.floor(window), Expires::new(whole, max).map_err(too_long)?)
            }
        };
        let end_of_url = signed_at.checked_add_seconds(expires.seconds())?;
        match credentials.expires_at() {
            Some(end) if end < end_of_url && self.strict => {
                Err(Error::OutlivesCredentials { expires_at: end_of_url, credentials_expire_at: end })
            }
            Some(end) => Ok(Life { signed_at, expires, expires_at: end.min(end_of_url) }),
            None => Ok(Life { signed_at, expires, expires_at: end_of_url }),
        }
    }
}
