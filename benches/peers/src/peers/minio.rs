//! `minio`: URLs and forms by one client. The region is given, so that the client does not ask the server for it.

use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;

use chrono::{DateTime, Utc};
use http::Method;
use minio::s3::builders::PostPolicy;
use minio::s3::creds::StaticProvider;
use minio::s3::http::BaseUrl;
use minio::s3::types::{BucketName, Region};
use minio::s3::{MinioClient, MinioClientBuilder};

use super::ready;
use crate::contestant::{Clock, PresignedForm, PresignedUrl, Work};
use crate::task::{
    ACCESS_KEY_ID, BUCKET, CONTENT_TYPE, FORM_LIFE, KEY, MAX_LENGTH, MIN_LENGTH, NOW, REGION, SECRET_ACCESS_KEY,
    URL_LIFE,
};

fn client() -> MinioClient {
    let endpoint: BaseUrl = format!("https://s3.{REGION}.amazonaws.com").parse().expect("a URL");
    MinioClientBuilder::new(endpoint)
        .provider(Some(StaticProvider::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None)))
        .build()
        .expect("valid")
}

pub(super) struct PresignedObjectUrl {
    client: MinioClient,
    bucket: BucketName,
    region: Region,
    seconds: u32,
    now: DateTime<Utc>,
}

impl PresignedObjectUrl {
    pub(super) fn new() -> Self {
        Self {
            client: client(),
            bucket: BucketName::new(BUCKET).expect("valid"),
            region: Region::new(REGION).expect("valid"),
            seconds: URL_LIFE.as_secs().try_into().expect("short"),
            now: DateTime::from_timestamp_secs(NOW).expect("in range"),
        }
    }
}

impl Work for PresignedObjectUrl {
    const NAME: &'static str = "minio `get_presigned_object_url`";
    const PACKAGE: &'static str = "minio";
    type Output<'a> = String;

    fn once(&mut self) -> String {
        let get =
            self.client.get_presigned_object_url(self.bucket.clone(), black_box(KEY), Method::GET).expect("valid");
        let get =
            get.region(self.region.clone()).expiry_seconds(self.seconds).request_time(black_box(self.now)).build();
        ready(get.send()).expect("valid").url
    }
}

impl PresignedUrl for PresignedObjectUrl {
    const CLOCK: Clock = Clock::Given;

    fn url(output: String) -> String {
        output
    }
}

pub(super) struct PresignedPost {
    client: MinioClient,
    bucket: BucketName,
    region: Region,
}

impl PresignedPost {
    pub(super) fn new() -> Self {
        Self {
            client: client(),
            bucket: BucketName::new(BUCKET).expect("valid"),
            region: Region::new(REGION).expect("valid"),
        }
    }
}

impl Work for PresignedPost {
    const NAME: &'static str = "minio `get_presigned_post_form_data`";
    const PACKAGE: &'static str = "minio";
    const GOAL: Option<f64> = Some(5.0);
    type Output<'a> = HashMap<String, String>;

    fn once(&mut self) -> HashMap<String, String> {
        let mut policy = PostPolicy::new(self.bucket.clone(), Utc::now() + FORM_LIFE).expect("valid");
        policy.region = Some(self.region.clone());
        policy.add_equals_condition("key", black_box(KEY)).expect("valid");
        policy.add_equals_condition("Content-Type", CONTENT_TYPE).expect("valid");
        policy.add_content_length_range_condition(MIN_LENGTH as usize, MAX_LENGTH as usize).expect("valid");
        ready(self.client.get_presigned_post_form_data(policy).build().send()).expect("valid")
    }
}

impl PresignedForm for PresignedPost {
    const CLOCK: Clock = Clock::Read;
    const LEFT_OUT: &'static [&'static str] = &["key", "content-type"];

    fn fields(output: HashMap<String, String>) -> BTreeMap<String, String> {
        output.into_iter().collect()
    }
}
