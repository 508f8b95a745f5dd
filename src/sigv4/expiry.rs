//! Computes when a URL becomes valid and when it expires.

use core::time::Duration;

use crate::sigv4::Expires;
use crate::{Credentials, Error, Timestamp};

/// The settings that limit how long a URL is valid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExpiryRules {
    /// The longest validity that the service accepts.
    pub(crate) max: Duration,
    /// `X-Amz-Date` is rounded down to a multiple of this, unless it is zero.
    pub(crate) window_seconds: u64,
    /// `X-Amz-Date` is then moved back by this, for services whose clock is behind.
    pub(crate) slack_seconds: u64,
    /// Whether a URL that would outlive its credentials is an error.
    pub(crate) strict: bool,
}

/// From when and until when a URL is valid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Validity {
    /// `X-Amz-Date`.
    pub(crate) signed_at: Timestamp,
    /// `X-Amz-Expires`.
    pub(crate) expires: Expires,
    /// The end of the URL, or of its credentials if that is earlier.
    pub(crate) expires_at: Timestamp,
}

impl ExpiryRules {
    pub(crate) const AWS: Self = Self { max: Expires::AWS_MAX, window_seconds: 0, slack_seconds: 0, strict: false };

    /// Returns the validity of a URL that is signed now and must be valid for at least `expires`, before the credentials are
    /// taken into account.
    #[inline]
    pub(crate) fn validity(&self, expires: Duration, now: Timestamp) -> Result<Validity, Error> {
        let asked = Expires::new(expires, self.max)?;
        if self.window_seconds | self.slack_seconds == 0 {
            return Validity::new(now, asked);
        }
        self.validity_from_an_earlier_date(expires, asked, now)
    }

    // Not inlined, and by reference: the common case stays short.
    #[cold]
    fn validity_from_an_earlier_date(
        &self,
        expires: Duration,
        asked: Expires,
        now: Timestamp,
    ) -> Result<Validity, Error> {
        let slack = Duration::from_secs(self.slack_seconds);
        let added = Duration::from_secs(self.window_seconds).saturating_add(slack);
        let whole = Duration::from_secs(asked.seconds()).saturating_add(added);
        let whole = Expires::new(whole, self.max).map_err(|_| self.too_long(expires, added))?;
        Validity::new(now.floor(self.window_seconds).checked_sub(slack)?, whole)
    }

    fn too_long(&self, expires: Duration, added: Duration) -> Error {
        match self.slack_seconds {
            0 => Error::WindowTooLong { window: added, expires, max: self.max },
            _ => Error::ClockSlackTooLong { expires, max: self.max.saturating_sub(added) },
        }
    }
}

impl Validity {
    #[inline]
    fn new(signed_at: Timestamp, expires: Expires) -> Result<Self, Error> {
        let expires_at = signed_at.checked_add(Duration::from_secs(expires.seconds()))?;
        Ok(Self { signed_at, expires, expires_at })
    }

    /// Ends with the credentials that sign now, unless it is an error that they end before.
    #[inline]
    pub(crate) fn end_with(&mut self, credentials: &Credentials, now: Timestamp, strict: bool) -> Result<(), Error> {
        let Some(end) = credentials.expires_at() else { return Ok(()) };
        // Not at the date of the signature, which may be long past.
        credentials.check_alive_at(now)?;
        if end < self.expires_at {
            if strict {
                return Err(Error::OutlivesCredentials { expires_at: self.expires_at, credentials_expire_at: end });
            }
            self.expires_at = end;
        }
        Ok(())
    }
}
