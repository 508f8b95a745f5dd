//! `s3-presign`: one presigner for all URLs.

use std::hint::black_box;

use s3_presign::{Credentials, Presigner};

use crate::contestant::{Clock, PresignedUrl, Work};
use crate::task::{ACCESS_KEY_ID, BUCKET, KEY, REGION, SECRET_ACCESS_KEY, URL_LIFE};

pub(super) struct S3Presign {
    presigner: Presigner,
    seconds: i64,
}

impl S3Presign {
    pub(super) fn new() -> Self {
        let credentials = Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None);
        Self {
            presigner: Presigner::new(credentials, BUCKET, REGION),
            seconds: URL_LIFE.as_secs().try_into().expect("short"),
        }
    }
}

impl Work for S3Presign {
    const NAME: &'static str = "s3-presign";
    const PACKAGE: &'static str = "s3-presign";
    type Output<'a> = String;

    fn once(&mut self) -> String {
        self.presigner.get(black_box(KEY), self.seconds).expect("valid")
    }
}

impl PresignedUrl for S3Presign {
    const CLOCK: Clock = Clock::Read;

    fn url(output: String) -> String {
        output
    }
}
