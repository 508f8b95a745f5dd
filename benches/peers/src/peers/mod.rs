//! One file for each implementation.

mod aws_sdk_s3;
mod aws_sigv4;
mod boto3;
mod floor;
mod minio;
mod object_store;
mod presign;
mod reqsign_aws_v4;
mod rust_s3;
mod rusty_s3;
mod s3_presign;

use futures_util::FutureExt as _;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use self::boto3::boto3;
use crate::Contestant;
use crate::task::{BUCKET, REGION};

/// Returns all that make a presigned URL, checked. The floor is the first, and presign the second.
#[must_use]
pub fn urls() -> Vec<Contestant> {
    vec![
        Contestant::floor(floor::Floor::new()),
        Contestant::url(presign::PresignAt::new()),
        Contestant::url(presign::Presign::new()),
        Contestant::url(presign::PresignInto::new()),
        Contestant::url(rusty_s3::RustyS3::new()),
        Contestant::url(s3_presign::S3Presign::new()),
        Contestant::url(minio::PresignedObjectUrl::new()),
        Contestant::url(aws_sigv4::AwsSigv4::new()),
        Contestant::url(reqsign_aws_v4::Reqsign::new()),
        Contestant::url(object_store::ObjectStore::new()),
        Contestant::url(rust_s3::PresignGet::new()),
        Contestant::url(aws_sdk_s3::AwsSdkS3::new()),
    ]
}

/// Returns all that make a presigned form, checked. presign is the first.
#[must_use]
pub fn forms() -> Vec<Contestant> {
    vec![
        Contestant::form(presign::PresignPostAt::new()),
        Contestant::form(rust_s3::PresignPost::new()),
        Contestant::form(minio::PresignedPost::new()),
    ]
}

/// Returns the result of a future that waits for nothing. To poll it once is the cheapest way to run it.
fn ready<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("it needs no network")
}

/// Returns the URL of the object without a query, for peers that leave it to their users.
fn object_url(key: &str) -> String {
    const UNENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    format!("https://{BUCKET}.s3.{REGION}.amazonaws.com/{}", utf8_percent_encode(key, UNENCODED))
}
