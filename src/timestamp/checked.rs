//! From the clock, numbers, strings and sums to an instant, which any of them may not be.

use core::str::FromStr;
use core::time::Duration;

use time::{Date, Month, Time};

use crate::Error;
use crate::timestamp::{LAST_SECOND, Timestamp};

impl Timestamp {
    /// Returns the time of the system's clock.
    ///
    /// # Errors
    /// - [`Error::TimeOutOfRange`] if the clock is set before 1970 or after 9999
    /// - [`Error::NoClock`] on `wasm32-unknown-unknown`, where the standard library has no clock and would panic: take the
    ///   time from JavaScript, as in `docs/wasm.md` of the repository
    #[cfg(feature = "std")]
    pub fn now() -> Result<Self, Error> {
        if cfg!(all(target_family = "wasm", target_os = "unknown")) {
            return Err(Error::NoClock);
        }
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

    /// Adds a duration. As everywhere, a fraction of a second in the result is cut off.
    ///
    /// # Errors
    /// [`Error::TimeOutOfRange`] after 9999.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::Timestamp;
    /// let now: Timestamp = "2024-03-15T08:15:30Z".parse()?;
    /// assert_eq!(now.checked_add(Duration::from_millis(1_900))?.to_string(), "2024-03-15T08:15:31Z");
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[inline]
    pub const fn checked_add(self, duration: Duration) -> Result<Self, Error> {
        // This instant is not negative, so neither the difference nor the sum overflows.
        if duration.as_secs() > (LAST_SECOND - self.0).unsigned_abs() {
            return Err(Error::TimeOutOfRange);
        }
        Ok(Self(self.0.wrapping_add_unsigned(duration.as_secs())))
    }

    /// Subtracts a duration. As everywhere, a fraction of a second in the result is cut off: half a second before an instant
    /// is the whole second before it.
    ///
    /// # Errors
    /// [`Error::TimeOutOfRange`] before 1970.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::Timestamp;
    /// let now: Timestamp = "2024-03-15T08:15:30Z".parse()?;
    /// assert_eq!(now.checked_sub(Duration::from_secs(900))?.to_string(), "2024-03-15T08:00:30Z");
    /// assert_eq!(now.checked_sub(Duration::from_millis(500))?.to_string(), "2024-03-15T08:15:29Z");
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[inline]
    pub const fn checked_sub(self, duration: Duration) -> Result<Self, Error> {
        let seconds = duration.as_secs().saturating_add((duration.subsec_nanos() > 0) as u64);
        match self.0.checked_sub_unsigned(seconds) {
            Some(seconds) => Self::from_unix_seconds(seconds),
            None => Err(Error::TimeOutOfRange),
        }
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match *text.as_bytes() {
            [y0, y1, y2, y3, m0, m1, d0, d1, b'T', h0, h1, n0, n1, s0, s1, b'Z'] => {
                local_second([y0, y1, y2, y3, m0, m1, d0, d1], [h0, h1, n0, n1], two_digits([s0, s1])?)
                    .and_then(Self::from_unix_seconds)
            }
            // Source: [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6), where letters may be in lower case.
            [
                y0,
                y1,
                y2,
                y3,
                b'-',
                m0,
                m1,
                b'-',
                d0,
                d1,
                b'T' | b't',
                h0,
                h1,
                b':',
                n0,
                n1,
                b':',
                s0,
                s1,
                ref fraction_and_offset @ ..,
            ] => {
                let second = two_digits([s0, s1])?;
                let has_leap_second = second == 60;
                let local = local_second(
                    [y0, y1, y2, y3, m0, m1, d0, d1],
                    [h0, h1, n0, n1],
                    if has_leap_second { 59 } else { second },
                )?;
                let utc = local - seconds_of_offset(without_fraction(fraction_and_offset)?)?;
                // A range error is more helpful than one about a leap second in a year that there is not.
                let timestamp = Self::from_unix_seconds(utc)?;
                if has_leap_second && !timestamp.is_last_of_a_month() { Err(Error::TimeFormat) } else { Ok(timestamp) }
            }
            _ => Err(Error::TimeFormat),
        }
    }
}

/// The seconds since 1970 that a clock would count whose time were UTC.
fn local_second(
    [y0, y1, y2, y3, m0, m1, d0, d1]: [u8; 8],
    [h0, h1, n0, n1]: [u8; 4],
    second: u8,
) -> Result<i64, Error> {
    let year = i32::from(two_digits([y0, y1])?) * 100 + i32::from(two_digits([y2, y3])?);
    let no_such_time = |_| Error::TimeFormat;
    let month = Month::try_from(two_digits([m0, m1])?).map_err(no_such_time)?;
    let date = Date::from_calendar_date(year, month, two_digits([d0, d1])?).map_err(no_such_time)?;
    let time = Time::from_hms(two_digits([h0, h1])?, two_digits([n0, n1])?, second).map_err(no_such_time)?;
    Ok(date.with_time(time).assume_utc().unix_timestamp())
}

/// `.` and at least one digit may come before the offset.
fn without_fraction(text: &[u8]) -> Result<&[u8], Error> {
    let [b'.', digits @ ..] = text else { return Ok(text) };
    match digits.iter().position(|byte| !byte.is_ascii_digit()) {
        Some(end @ 1..) => digits.get(end..).ok_or(Error::TimeFormat),
        _ => Err(Error::TimeFormat),
    }
}

/// `Z`, or what local time is ahead of UTC: `+02:00`, `-03:30`. `-00:00` says that local time is not known, but UTC is.
fn seconds_of_offset(offset: &[u8]) -> Result<i64, Error> {
    let (sign, hours, minutes) = match *offset {
        [b'Z' | b'z'] => return Ok(0),
        [b'+', h0, h1, b':', n0, n1] => (1, two_digits([h0, h1])?, two_digits([n0, n1])?),
        [b'-', h0, h1, b':', n0, n1] => (-1, two_digits([h0, h1])?, two_digits([n0, n1])?),
        _ => return Err(Error::TimeFormat),
    };
    if hours > 23 || minutes > 59 {
        return Err(Error::TimeFormat);
    }
    Ok(sign * (i64::from(hours) * 3_600 + i64::from(minutes) * 60))
}

fn two_digits(digits: [u8; 2]) -> Result<u8, Error> {
    match digits.map(|digit| digit.wrapping_sub(b'0')) {
        [tens @ 0..=9, ones @ 0..=9] => Ok(tens * 10 + ones),
        _ => Err(Error::TimeFormat),
    }
}

#[cfg(feature = "time")]
impl TryFrom<time::OffsetDateTime> for Timestamp {
    type Error = Error;

    fn try_from(time: time::OffsetDateTime) -> Result<Self, Error> {
        Self::from_unix_seconds(time.unix_timestamp())
    }
}

#[cfg(feature = "std")]
impl TryFrom<std::time::SystemTime> for Timestamp {
    type Error = Error;

    fn try_from(time: std::time::SystemTime) -> Result<Self, Error> {
        let since_epoch = time.duration_since(std::time::UNIX_EPOCH).map_err(|_| Error::TimeOutOfRange)?;
        Self(0).checked_add(since_epoch)
    }
}
