//! Computes when a URL becomes valid and when it expires.

use core::time::Duration;

use crate::{Credentials, Error, Timestamp};

/// `X-Amz-Expires`: a validity that the service accepts, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expires(u64);

impl Expires {
    /// The longest validity of a presigned URL at AWS: seven days.
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

    /// Returns when the URL expires, whatever becomes of the credentials.
    #[cfg(feature = "post")]
    pub(crate) fn end_of_url(&self) -> Result<Timestamp, Error> {
        self.signed_at.checked_add(Duration::from_secs(self.expires.seconds()))
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
