//! `rusty-s3`: as in its own benchmark, but with the clock given.

use std::hint::black_box;

use jiff::Timestamp;
use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};
use url::Url;

use crate::contestant::{Clock, PresignedUrl, Work};
use crate::task::{ACCESS_KEY_ID, BUCKET, KEY, NOW, REGION, SECRET_ACCESS_KEY, URL_LIFE};

pub(super) struct RustyS3 {
    bucket: Bucket,
    credentials: Credentials,
    now: Timestamp,
}

impl RustyS3 {
    pub(super) fn new() -> Self {
        let endpoint = format!("https://s3.{REGION}.amazonaws.com").parse().expect("a URL");
        Self {
            bucket: Bucket::new(endpoint, UrlStyle::VirtualHost, BUCKET, REGION).expect("valid"),
            credentials: Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY),
            now: Timestamp::from_second(NOW).expect("in range"),
        }
    }
}

impl Work for RustyS3 {
    const NAME: &'static str = "rusty-s3";
    const PACKAGE: &'static str = "rusty-s3";
    const GOAL: Option<f64> = Some(8.0);
    type Output<'a> = Url;

    fn once(&mut self) -> Url {
        self.bucket.get_object(Some(&self.credentials), black_box(KEY)).sign_with_time(URL_LIFE, black_box(&self.now))
    }
}

impl PresignedUrl for RustyS3 {
    const CLOCK: Clock = Clock::Given;

    fn url(output: Url) -> String {
        output.into()
    }
}
