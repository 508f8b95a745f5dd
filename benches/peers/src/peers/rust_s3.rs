//! `rust-s3`: URLs and forms, without an asynchronous runtime.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;

use s3::creds::Credentials;
use s3::post_policy::{self, PostPolicy, PostPolicyField, PostPolicyValue};
use s3::{Bucket, Region};

use crate::contestant::{Clock, PresignedForm, PresignedUrl, Work};
use crate::task::{
    ACCESS_KEY_ID, BUCKET, CONTENT_TYPE, FORM_LIFE, KEY, MAX_LENGTH, MIN_LENGTH, REGION, SECRET_ACCESS_KEY, URL_LIFE,
};

fn bucket() -> Bucket {
    let credentials = Credentials::new(Some(ACCESS_KEY_ID), Some(SECRET_ACCESS_KEY), None, None, None).expect("valid");
    let region: Region = REGION.parse().expect("a region");
    *Bucket::new(BUCKET, region, credentials).expect("valid")
}

pub(super) struct PresignGet {
    bucket: Bucket,
    seconds: u32,
}

impl PresignGet {
    pub(super) fn new() -> Self {
        Self { bucket: bucket(), seconds: URL_LIFE.as_secs().try_into().expect("short") }
    }
}

impl Work for PresignGet {
    const NAME: &'static str = "rust-s3 `presign_get`";
    const PACKAGE: &'static str = "rust-s3";
    type Output<'a> = String;

    fn once(&mut self) -> String {
        self.bucket.presign_get(black_box(KEY), self.seconds, None).expect("valid")
    }
}

impl PresignedUrl for PresignGet {
    const CLOCK: Clock = Clock::Read;

    fn url(output: String) -> String {
        output
    }
}

pub(super) struct PresignPost {
    bucket: Bucket,
    seconds: u32,
}

impl PresignPost {
    pub(super) fn new() -> Self {
        Self { bucket: bucket(), seconds: FORM_LIFE.as_secs().try_into().expect("short") }
    }
}

impl Work for PresignPost {
    const NAME: &'static str = "rust-s3 `presign_post`";
    const PACKAGE: &'static str = "rust-s3";
    const GOAL: Option<f64> = Some(5.0);
    type Output<'a> = post_policy::PresignedPost;

    fn once(&mut self) -> post_policy::PresignedPost {
        let exact = |value| PostPolicyValue::Exact(Cow::Borrowed(value));
        let policy = PostPolicy::new(self.seconds)
            .condition(PostPolicyField::Key, exact(black_box(KEY)))
            .and_then(|policy| policy.condition(PostPolicyField::ContentType, exact(CONTENT_TYPE)))
            .and_then(|policy| {
                policy.condition(PostPolicyField::ContentLengthRange, PostPolicyValue::Range(MIN_LENGTH, MAX_LENGTH))
            });
        self.bucket.presign_post(policy.expect("valid")).expect("valid")
    }
}

impl PresignedForm for PresignPost {
    const CLOCK: Clock = Clock::Read;

    fn fields(output: post_policy::PresignedPost) -> BTreeMap<String, String> {
        output.fields.into_iter().collect()
    }
}
