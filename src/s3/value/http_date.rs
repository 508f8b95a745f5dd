//! Dates of HTTP headers.

use alloc::format;
use alloc::string::String;

use time::{Month, Weekday};

use crate::Timestamp;

/// An IMF-fixdate, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Source: [RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7).
pub(in crate::s3) fn http_date(time: Timestamp) -> String {
    let utc = time.utc();
    let (year, month, day) = utc.to_calendar_date();
    let (hour, minute, second) = utc.to_hms();
    let (weekday, month) = (weekday_name(utc.weekday()), month_name(month));
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

const fn month_name(month: Month) -> &'static str {
    match month {
        Month::January => "Jan",
        Month::February => "Feb",
        Month::March => "Mar",
        Month::April => "Apr",
        Month::May => "May",
        Month::June => "Jun",
        Month::July => "Jul",
        Month::August => "Aug",
        Month::September => "Sep",
        Month::October => "Oct",
        Month::November => "Nov",
        Month::December => "Dec",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_and_every_weekday() {
        // The first is the example of the RFC; the others are from `date -u -R`.
        for (time, expected) in [
            ("19941106T084937Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("20240229T235959Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
            ("20240315T081530Z", "Fri, 15 Mar 2024 08:15:30 GMT"),
            ("20240401T000000Z", "Mon, 01 Apr 2024 00:00:00 GMT"),
            ("20240507T000000Z", "Tue, 07 May 2024 00:00:00 GMT"),
            ("20240605T000000Z", "Wed, 05 Jun 2024 00:00:00 GMT"),
            ("20240706T000000Z", "Sat, 06 Jul 2024 00:00:00 GMT"),
            ("20240801T000000Z", "Thu, 01 Aug 2024 00:00:00 GMT"),
            ("20240901T000000Z", "Sun, 01 Sep 2024 00:00:00 GMT"),
            ("20241001T000000Z", "Tue, 01 Oct 2024 00:00:00 GMT"),
            ("99991231T235959Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(time.parse().unwrap()), expected);
        }
    }
}
