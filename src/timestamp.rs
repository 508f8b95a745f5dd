//! Instants, in the two formats that Signature Version 4 uses.

use core::fmt;
use core::str::FromStr;

use time::{Date, Month, OffsetDateTime, Time};

use crate::Error;

/// 9999-12-31T23:59:59Z, the last instant that has four digits for the year.
const LAST_SECOND: i64 = 253_402_300_799;

const SECONDS_PER_DAY: i64 = 86_400;

/// An instant in whole seconds, from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
///
/// `Display` writes RFC 3339 (`2013-05-24T00:00:00Z`). `FromStr` reads the basic format of ISO 8601 that `X-Amz-Date`
/// has, and the extended one that `Display` writes. Fractions of a second are cut off, never rounded up. With the feature
/// `serde`, it is the string that `Display` writes.
///
/// ```
/// use presign::Timestamp;
///
/// let now: Timestamp = "20130524T000000Z".parse()?;
/// assert_eq!(now.unix_seconds(), 1_369_353_600);
/// assert_eq!(now.to_string(), "2013-05-24T00:00:00Z");
/// assert_eq!(now.amz_date().as_str(), "20130524T000000Z");
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The system's clock.
    ///
    /// # Errors
    /// [`Error::TimeOutOfRange`] if the clock is set before 1970 or after 9999.
    #[cfg(feature = "std")]
    pub fn now() -> Result<Self, Error> {
        Self::try_from(std::time::SystemTime::now())
    }

    /// An instant from seconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`Error::TimeOutOfRange`] before 1970 and after 9999.
    ///
    /// ```
    /// assert!(presign::Timestamp::from_unix_seconds(-1).is_err());
    /// ```
    #[inline]
    pub const fn from_unix_seconds(seconds: i64) -> Result<Self, Error> {
        if seconds < 0 || seconds > LAST_SECOND {
            return Err(Error::TimeOutOfRange);
        }
        Ok(Self(seconds))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }

    /// The instant as `X-Amz-Date` has it.
    #[must_use]
    pub fn amz_date(self) -> AmzDate {
        let (year, month, day) = self.utc().to_calendar_date();
        let year = year.unsigned_abs();
        let [y0, y1] = two_digits_of(year / 100);
        let [y2, y3] = two_digits_of(year % 100);
        let [m0, m1] = two_digits_of(u8::from(month).into());
        let [d0, d1] = two_digits_of(day.into());
        self.amz_date_on([y0, y1, y2, y3, m0, m1, d0, d1])
    }

    /// The same, if the date is known.
    #[inline]
    pub(crate) fn amz_date_on(self, [y0, y1, y2, y3, m0, m1, d0, d1]: [u8; 8]) -> AmzDate {
        let second = u32::try_from(self.0 % SECONDS_PER_DAY).unwrap_or_default();
        let [h0, h1] = two_digits_of(second / 3_600);
        let [n0, n1] = two_digits_of(second / 60 % 60);
        let [s0, s1] = two_digits_of(second % 60);
        AmzDate([y0, y1, y2, y3, m0, m1, d0, d1, b'T', h0, h1, n0, n1, s0, s1, b'Z'])
    }

    /// The number of the UTC day, counted from 1970-01-01: signing keys change with it.
    #[cfg(any(feature = "std", test))]
    #[inline]
    pub(crate) const fn day(self) -> i64 {
        self.0 / SECONDS_PER_DAY
    }

    /// The last multiple of a window that is not after this instant. A window of zero is none.
    pub(crate) fn floor(self, window: core::time::Duration) -> Self {
        let window = i64::try_from(window.as_secs()).unwrap_or(i64::MAX).max(1);
        Self(self.0 - self.0 % window)
    }

    #[inline]
    pub(crate) fn checked_add_seconds(self, seconds: u64) -> Result<Self, Error> {
        let seconds = i64::try_from(seconds).map_err(|_| Error::TimeOutOfRange)?;
        Self::from_unix_seconds(self.0.saturating_add(seconds))
    }

    pub(crate) fn utc(self) -> OffsetDateTime {
        // Never the fallback: the range of `OffsetDateTime` holds ours.
        OffsetDateTime::from_unix_timestamp(self.0).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

#[inline]
fn two_digits_of(number: u32) -> [u8; 2] {
    let number = u8::try_from(number % 100).unwrap_or_default();
    [b'0' + number / 10, b'0' + number % 10]
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.amz_date().to_rfc3339().as_str())
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let ([y0, y1, y2, y3, m0, m1, d0, d1, b'T', h0, h1, n0, n1, s0, s1, b'Z']
        | [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1, b'Z']) =
            *text.as_bytes()
        else {
            return Err(Error::TimeFormat);
        };
        let year = i32::from(two_digits([y0, y1])?) * 100 + i32::from(two_digits([y2, y3])?);
        let no_such_time = |_| Error::TimeFormat;
        let month = Month::try_from(two_digits([m0, m1])?).map_err(no_such_time)?;
        let date = Date::from_calendar_date(year, month, two_digits([d0, d1])?).map_err(no_such_time)?;
        let time = Time::from_hms(two_digits([h0, h1])?, two_digits([n0, n1])?, two_digits([s0, s1])?);
        Self::from_unix_seconds(date.with_time(time.map_err(no_such_time)?).assume_utc().unix_timestamp())
    }
}

fn two_digits(digits: [u8; 2]) -> Result<u8, Error> {
    match digits.map(|digit| digit.wrapping_sub(b'0')) {
        [tens @ 0..=9, ones @ 0..=9] => Ok(tens * 10 + ones),
        _ => Err(Error::TimeFormat),
    }
}

#[cfg(feature = "time")]
impl TryFrom<OffsetDateTime> for Timestamp {
    type Error = Error;

    fn try_from(time: OffsetDateTime) -> Result<Self, Error> {
        Self::from_unix_seconds(time.unix_timestamp())
    }
}

#[cfg(feature = "time")]
impl From<Timestamp> for OffsetDateTime {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.utc()
    }
}

#[cfg(feature = "std")]
impl TryFrom<std::time::SystemTime> for Timestamp {
    type Error = Error;

    fn try_from(time: std::time::SystemTime) -> Result<Self, Error> {
        let since_epoch = time.duration_since(std::time::UNIX_EPOCH).map_err(|_| Error::TimeOutOfRange)?;
        Self(0).checked_add_seconds(since_epoch.as_secs())
    }
}

#[cfg(feature = "std")]
impl From<Timestamp> for std::time::SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        Self::UNIX_EPOCH + core::time::Duration::from_secs(timestamp.0.unsigned_abs())
    }
}

/// `YYYYMMDDThhmmssZ`, the value of `X-Amz-Date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AmzDate([u8; 16]);

impl AmzDate {
    /// All 16 characters.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `YYYYMMDD`, the date of the credential scope.
    #[must_use]
    pub fn date(&self) -> &str {
        self.as_str().get(..8).unwrap_or_default()
    }
}

impl AmzDate {
    /// `ThhmmssZ`, what follows the date.
    #[inline]
    pub(crate) fn time(&self) -> &str {
        self.as_str().get(8..).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn date_digits(&self) -> [u8; 8] {
        let [y0, y1, y2, y3, m0, m1, d0, d1, ..] = self.0;
        [y0, y1, y2, y3, m0, m1, d0, d1]
    }
}

impl AmzDate {
    /// `YYYY-MM-DDThh:mm:ssZ`
    pub(crate) const fn to_rfc3339(self) -> Rfc3339 {
        let Self([y0, y1, y2, y3, m0, m1, d0, d1, t, h0, h1, n0, n1, s0, s1, z]) = self;
        Rfc3339([y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, t, h0, h1, b':', n0, n1, b':', s0, s1, z])
    }
}

/// An instant as RFC 3339 has it.
pub(crate) struct Rfc3339([u8; 20]);

impl Rfc3339 {
    pub(crate) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for AmzDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn both_ends_of_the_range() {
        let first = Timestamp::from_unix_seconds(0).unwrap();
        let last = Timestamp::from_unix_seconds(LAST_SECOND).unwrap();
        assert_eq!(first.amz_date().as_str(), "19700101T000000Z");
        assert_eq!(last.amz_date().as_str(), "99991231T235959Z");
        assert_eq!(last.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(last.checked_add_seconds(1), Err(Error::TimeOutOfRange));
        assert_eq!(last.checked_add_seconds(u64::MAX), Err(Error::TimeOutOfRange));
        assert_eq!(Timestamp::from_unix_seconds(LAST_SECOND + 1), Err(Error::TimeOutOfRange));
    }

    #[test]
    fn the_day_changes_at_midnight() {
        let midnight: Timestamp = "20240229T000000Z".parse().unwrap();
        let before = Timestamp::from_unix_seconds(midnight.unix_seconds() - 1).unwrap();
        assert_eq!(before.amz_date().as_str(), "20240228T235959Z");
        assert_eq!(before.day() + 1, midnight.day());
        assert_eq!(midnight.amz_date().date(), "20240229");
    }

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        for seconds in [0, 951_782_400, 1_369_353_600, LAST_SECOND] {
            let timestamp = Timestamp::from_unix_seconds(seconds).unwrap();
            assert_eq!(timestamp.amz_date().as_str().parse(), Ok(timestamp));
            assert_eq!(timestamp.to_string().parse(), Ok(timestamp));
        }
        for text in [
            "",
            "20240230T000000Z",
            "20240101T240000Z",
            "20240101t000000Z",
            "2024-01-01T00:00:",
            "+0240101T000000Z",
            "20240001T000000Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(Error::TimeFormat), "{text}");
        }
        assert_eq!("19691231T235959Z".parse::<Timestamp>(), Err(Error::TimeOutOfRange));
    }
}
