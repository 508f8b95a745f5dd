//! `aws-sdk-s3`: one client for all URLs. It needs neither an HTTP client nor a runtime to presign.

use std::future::pending;
use std::hint::black_box;
use std::time::{Duration, SystemTime};

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{AsyncSleep, BehaviorVersion, Config, Credentials, Region, Sleep};
use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};

use super::ready;
use crate::contestant::{Clock, PresignedUrl, Work};
use crate::task::{ACCESS_KEY_ID, BUCKET, KEY, REGION, SECRET_ACCESS_KEY, URL_LIFE, system_now};

pub(super) struct AwsSdkS3 {
    client: Client,
    now: SystemTime,
}

impl AwsSdkS3 {
    pub(super) fn new() -> Self {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(REGION))
            .credentials_provider(Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "static"))
            .sleep_impl(Endless)
            .build();
        Self { client: Client::from_conf(config), now: system_now() }
    }
}

impl Work for AwsSdkS3 {
    const NAME: &'static str = "aws-sdk-s3";
    const PACKAGE: &'static str = "aws-sdk-s3";
    const GOAL: Option<f64> = Some(45.0);
    type Output<'a> = PresignedRequest;

    fn once(&mut self) -> PresignedRequest {
        let config = PresigningConfig::builder().start_time(black_box(self.now)).expires_in(URL_LIFE).build();
        let get = self.client.get_object().bucket(BUCKET).key(black_box(KEY));
        ready(get.presigned(config.expect("valid"))).expect("valid")
    }
}

impl PresignedUrl for AwsSdkS3 {
    const CLOCK: Clock = Clock::Given;
    const UNASKED: &'static [(&'static str, &'static str)] = &[("x-id", "GetObject")];

    fn url(output: PresignedRequest) -> String {
        output.uri().to_owned()
    }
}

/// Replaces the timer of a runtime, which the retries and timeouts of the configuration require. Nothing waits for it.
#[derive(Debug)]
struct Endless;

impl AsyncSleep for Endless {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(pending())
    }
}
