//! The requests that are signed.

use std::sync::LazyLock;
use std::time::Duration;

use presign::s3::PutObject;
use presign::{Credentials, Presigner, Timestamp};

/// A key of 28 bytes.
pub const KEY: &str = "photos/2024/summer trip.jpeg";
pub const LIFE: Duration = Duration::from_secs(900);
pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub const REGION: &str = "eu-west-1";

/// An upload id as long as those of Amazon S3.
pub const UPLOAD_ID: &str = "VXBsb2FkIElEIGZvciA2aWWpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZ2lDw_lDY8VoXhgSrR6HCIwCDlxkBTxmKXPnkcPAdyEXAMPLE\
    UPLOADIDxmKXPnkcPAdyEXAM";
pub const PART_SIZE: u64 = 8 << 20;
pub const PARTS: u64 = 10_000;

pub static PRESIGNER: LazyLock<Presigner> = LazyLock::new(|| {
    Presigner::builder().credentials(credentials()).region(REGION).bucket("examplebucket").build().expect("valid")
});

pub fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", SECRET_ACCESS_KEY).expect("valid")
}

pub fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

/// Returns a `PUT` with four headers.
pub fn put() -> PutObject<'static> {
    PutObject::new(KEY)
        .content_type("image/jpeg")
        .content_length(1_048_576)
        .metadata("author", "Jane Doe")
        .metadata("album", "summer")
}
