//! Instants, in the two formats that Signature Version 4 uses.

mod checked;

use core::fmt;
use core::time::Duration;

use time::OffsetDateTime;

/// 9999-12-31T23:59:59Z, the last instant that has four digits for the year.
const LAST_SECOND: i64 = 253_402_300_799;

const SECONDS_PER_DAY: i64 = 86_400;

/// An instant in whole seconds, from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
///
/// `Display` writes RFC 3339 in UTC (`2013-05-24T00:00:00Z`). `FromStr` reads every time of
/// [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6), with `Z` or an offset such as `+02:00`, and the basic
/// format of ISO 8601 that `X-Amz-Date` has. With the feature `serde`, it is the string that `Display` writes, and what
/// `FromStr` reads.
///
/// Fractions of a second are cut off, so an expiry is never later than the one that was given. A leap second (`23:59:60` in
/// UTC at the end of a month) is the second before it, because Unix time has no other.
///
/// ```
/// use presign::Timestamp;
///
/// let now: Timestamp = "20130524T000000Z".parse()?;
/// assert_eq!(now.unix_seconds(), 1_369_353_600);
/// assert_eq!(now.to_string(), "2013-05-24T00:00:00Z");
/// assert_eq!(now.amz_date().as_str(), "20130524T000000Z");
/// assert_eq!(now, "2013-05-24T02:00:00.987+02:00".parse()?);
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
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
        let [t, h0, h1, n0, n1, s0, s1, z] = self.amz_time();
        AmzDate([y0, y1, y2, y3, m0, m1, d0, d1, t, h0, h1, n0, n1, s0, s1, z])
    }

    /// `ThhmmssZ`, what follows the date in an [`AmzDate`].
    #[inline]
    pub(crate) fn amz_time(self) -> [u8; 8] {
        let second = u32::try_from(self.0 % SECONDS_PER_DAY).unwrap_or_default();
        let [h0, h1] = two_digits_of(second / 3_600);
        let [n0, n1] = two_digits_of(second / 60 % 60);
        let [s0, s1] = two_digits_of(second % 60);
        [b'T', h0, h1, n0, n1, s0, s1, b'Z']
    }

    /// The number of the UTC day, counted from 1970-01-01: signing keys change with it.
    #[cfg(any(feature = "std", test))]
    #[inline]
    pub(crate) const fn day(self) -> i64 {
        self.0 / SECONDS_PER_DAY
    }

    /// Returns the time that has passed since an earlier instant, and zero if that instant is later.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::Timestamp;
    /// let (now, end): (Timestamp, Timestamp) = ("2024-03-15T08:15:30Z".parse()?, "2024-03-15T08:16:30Z".parse()?);
    /// assert_eq!(end.duration_since(now), Duration::from_secs(60));
    /// assert_eq!(now.duration_since(end), Duration::ZERO);
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[must_use]
    pub const fn duration_since(self, earlier: Self) -> Duration {
        // Both are at least zero, so there is no overflow.
        match self.0 - earlier.0 {
            seconds @ 0.. => Duration::from_secs(seconds.unsigned_abs()),
            _ => Duration::ZERO,
        }
    }

    /// The last multiple of a window that is not after this instant. A window of zero is none.
    pub(crate) fn floor(self, window_seconds: u64) -> Self {
        let window = i64::try_from(window_seconds).unwrap_or(i64::MAX).max(1);
        Self(self.0 - self.0 % window)
    }

    /// Whether the next second is in another month.
    fn is_last_of_a_month(self) -> bool {
        self.0 % SECONDS_PER_DAY == SECONDS_PER_DAY - 1
            && self.utc().date().next_day().is_none_or(|next_day| next_day.day() == 1)
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

#[cfg(feature = "time")]
impl From<Timestamp> for OffsetDateTime {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.utc()
    }
}

#[cfg(feature = "std")]
impl From<Timestamp> for std::time::SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        Self::UNIX_EPOCH + Duration::from_secs(timestamp.0.unsigned_abs())
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
    /// The same as [`date`](Self::date), without looking for the end of a character.
    #[cfg(feature = "verify")]
    pub(crate) const fn date_bytes(&self) -> [u8; 8] {
        let [y0, y1, y2, y3, m0, m1, d0, d1, ..] = self.0;
        [y0, y1, y2, y3, m0, m1, d0, d1]
    }

    /// Reads `YYYYMMDDThhmmssZ`, and the instant that it is.
    #[cfg(feature = "verify")]
    pub(crate) fn parse(text: &str) -> Option<(Self, Timestamp)> {
        // `FromStr` also takes the forms of RFC 3339.
        let date = Self(text.as_bytes().try_into().ok()?);
        Some((date, text.parse().ok()?))
    }

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
    use crate::Error;

    const LAST: Timestamp = Timestamp(LAST_SECOND);

    #[test]
    fn both_ends_of_the_range() {
        let first = Timestamp::from_unix_seconds(0).unwrap();
        let last = Timestamp::from_unix_seconds(LAST_SECOND).unwrap();
        assert_eq!(first.amz_date().as_str(), "19700101T000000Z");
        assert_eq!(last.amz_date().as_str(), "99991231T235959Z");
        assert_eq!(last.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::from_unix_seconds(LAST_SECOND + 1), Err(Error::TimeOutOfRange));
    }

    #[test]
    fn arithmetic_stays_in_the_range_and_cuts_fractions_off() {
        let (first, seconds, nanosecond) = (Timestamp(0), Duration::from_secs, Duration::from_nanos(1));
        let whole = seconds(LAST_SECOND.unsigned_abs());
        for (sum, expected) in [
            (first.checked_add(whole), Ok(LAST)),
            (first.checked_add(Duration::from_millis(999)), Ok(first)),
            (LAST.checked_add(Duration::from_millis(999)), Ok(LAST)),
            (LAST.checked_add(seconds(1)), Err(Error::TimeOutOfRange)),
            (LAST.checked_add(seconds(i64::MAX.unsigned_abs())), Err(Error::TimeOutOfRange)),
            (LAST.checked_add(Duration::MAX), Err(Error::TimeOutOfRange)),
            (LAST.checked_sub(whole), Ok(first)),
            (LAST.checked_sub(Duration::ZERO), Ok(LAST)),
            (LAST.checked_sub(nanosecond), Ok(Timestamp(LAST_SECOND - 1))),
            (LAST.checked_sub(whole + nanosecond), Err(Error::TimeOutOfRange)),
            (first.checked_sub(nanosecond), Err(Error::TimeOutOfRange)),
            (first.checked_sub(Duration::MAX), Err(Error::TimeOutOfRange)),
        ] {
            assert_eq!(sum, expected);
        }
        for (from, until, duration) in [(first, LAST, whole), (LAST, LAST, seconds(0)), (LAST, first, seconds(0))] {
            assert_eq!(until.duration_since(from), duration);
        }
    }

    #[test]
    fn the_day_changes_at_midnight() {
        let midnight: Timestamp = "20240229T000000Z".parse().unwrap();
        let before = midnight.checked_sub(Duration::from_secs(1)).unwrap();
        assert_eq!(before.amz_date().as_str(), "20240228T235959Z");
        assert_eq!(before.day() + 1, midnight.day());
        assert_eq!(midnight.amz_date().date(), "20240229");
    }

    #[test]
    fn reads_what_it_writes() {
        for seconds in [0, 951_782_400, 1_369_353_600, LAST_SECOND] {
            let timestamp = Timestamp::from_unix_seconds(seconds).unwrap();
            assert_eq!(timestamp.amz_date().as_str().parse(), Ok(timestamp));
            assert_eq!(timestamp.to_string().parse(), Ok(timestamp));
        }
    }

    /// The first four and the leap seconds are those of section 5.8 of RFC 3339.
    #[test]
    fn reads_every_time_of_rfc_3339() {
        for (text, utc) in [
            ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50Z"),
            ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z"),
            ("1990-12-31T23:59:60Z", "1990-12-31T23:59:59Z"),
            ("1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59Z"),
            ("1997-06-30T23:59:60.9z", "1997-06-30T23:59:59Z"),
            ("2017-01-01T05:29:60+05:30", "2016-12-31T23:59:59Z"),
            ("9999-12-31T23:59:60Z", "9999-12-31T23:59:59Z"),
            ("2099-01-01T02:00:00+02:00", "2099-01-01T00:00:00Z"),
            ("2099-01-01T00:00:00.123456Z", "2099-01-01T00:00:00Z"),
            ("2099-01-01T00:00:00.99999999999999999999999999999999999999Z", "2099-01-01T00:00:00Z"),
            ("2099-01-01t00:00:00.0z", "2099-01-01T00:00:00Z"),
            ("2024-03-15T08:15:30+00:00", "2024-03-15T08:15:30Z"),
            ("2024-03-15T08:15:30-00:00", "2024-03-15T08:15:30Z"),
            ("2024-03-01T00:00:00.5+23:59", "2024-02-29T00:01:00Z"),
            ("2024-02-28T23:59:59-23:59", "2024-02-29T23:58:59Z"),
            ("1969-12-31T23:59:59-00:01", "1970-01-01T00:00:59Z"),
            ("9999-12-31T23:59:59+00:01", "9999-12-31T23:58:59Z"),
        ] {
            assert_eq!(text.parse::<Timestamp>().map(|time| time.to_string()).as_deref(), Ok(utc), "{text}");
        }
    }

    #[test]
    fn reads_nothing_else() {
        for text in [
            "",
            "20240230T000000Z",
            "20240101T240000Z",
            "20240101t000000Z",
            "20240101T000000z",
            "20240101T000000+0000",
            "20240101T000000.5Z",
            "+0240101T000000Z",
            "20240001T000000Z",
            "20161231T235960Z",
            "2024-01-01",
            "2024-01-01T00:00:",
            "2024-01-01T00:00Z",
            "2024-01-01T00:00:00",
            "2024-01-01 00:00:00Z",
            "2024-01-01T00:00:00 Z",
            "2024-01-01T00:00:00Z ",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00,5Z",
            "2024-01-01T00:00:00.5",
            "2024-01-01T00:00:00.5.5Z",
            "2024-01-01T00:00:00+02",
            "2024-01-01T00:00:00+0200",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T00:00:00+23:60",
            "2024-01-01T00:00:00+2:00",
            "2024-01-01T00:00:00\u{2212}02:00",
            "2024-01-01T00:00:00+02:00Z",
            "2024-01-01T00:00:00+02:00:00",
            "2023-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:61Z",
            // No leap second is in the middle of a month, or at another time of the day in UTC.
            "2016-12-30T23:59:60Z",
            "2016-12-31T23:58:60Z",
            "2016-12-31T23:59:60+01:00",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(Error::TimeFormat), "{text}");
        }
        for text in [
            "19691231T235959Z",
            "1970-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "9999-12-31T23:59:60-00:01",
            "0000-01-01T00:00:00Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(Error::TimeOutOfRange), "{text}");
        }
    }
}
