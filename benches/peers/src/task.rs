//! The work of all contestants.

use std::time::{Duration, SystemTime};

use presign::{Credentials, Presigner, Timestamp};

pub(crate) const ACCESS_KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub(crate) const REGION: &str = "us-east-1";
pub(crate) const BUCKET: &str = "examplebucket";
/// A key of 28 bytes.
pub(crate) const KEY: &str = "photos/2024/summer trip.jpeg";

/// The validity of a URL.
pub(crate) const URL_LIFE: Duration = Duration::from_mins(15);

/// The validity of a form.
pub(crate) const FORM_LIFE: Duration = Duration::from_hours(1);
pub(crate) const CONTENT_TYPE: &str = "image/jpeg";
pub(crate) const MIN_LENGTH: u32 = 1;
pub(crate) const MAX_LENGTH: u32 = 5_000_000;

/// 2024-03-15 08:15:30 UTC, for contestants that take the time as an argument.
pub(crate) const NOW: i64 = 1_710_490_530;

pub(crate) fn now() -> Timestamp {
    Timestamp::from_unix_seconds(NOW).expect("in range")
}

pub(crate) fn system_now() -> SystemTime {
    now().into()
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY).expect("valid")
}

pub(crate) fn presigner() -> Presigner {
    Presigner::builder().credentials(credentials()).region(REGION).bucket(BUCKET).build().expect("valid")
}
