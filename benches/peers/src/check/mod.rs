//! Checks of the URLs and forms that the contestants make.
//!
//! presign signs the same request as of the same instant. The signatures of presign are checked in the tests of the
//! crate, against those of botocore, the AWS SDK for JavaScript and others.

mod form;
mod url;

pub(crate) use form::check_form;
pub(crate) use url::check_url;

use presign::Timestamp;

use crate::contestant::Clock;
use crate::task;

/// Checks that the instant is the one that was given, or within a minute of the system's clock.
fn check_clock(timestamp: Timestamp, clock: Clock) -> Result<(), String> {
    let (expected, tolerance) = match clock {
        Clock::Given => (task::now(), 0),
        Clock::Read => (Timestamp::now().expect("after 1970"), 60),
    };
    if timestamp.unix_seconds().abs_diff(expected.unix_seconds()) <= tolerance {
        Ok(())
    } else {
        Err(format!("signed as of {timestamp} instead of {expected}"))
    }
}
