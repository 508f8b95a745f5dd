//! `object_store`: one store for all URLs.

use std::hint::black_box;

use async_trait::async_trait;
use object_store::ClientOptions;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use object_store::path::Path;
use object_store::signer::{Method, Signer as _, Url};

use super::ready;
use crate::contestant::{Clock, PresignedUrl, Work};
use crate::task::{ACCESS_KEY_ID, BUCKET, KEY, REGION, SECRET_ACCESS_KEY, URL_LIFE};

pub(super) struct ObjectStore(AmazonS3);

impl ObjectStore {
    pub(super) fn new() -> Self {
        let builder = AmazonS3Builder::new()
            .with_region(REGION)
            .with_bucket_name(BUCKET)
            .with_access_key_id(ACCESS_KEY_ID)
            .with_secret_access_key(SECRET_ACCESS_KEY)
            .with_virtual_hosted_style_request(true)
            .with_http_connector(NoNetwork);
        Self(builder.build().expect("valid"))
    }
}

impl Work for ObjectStore {
    const NAME: &'static str = "object_store";
    const PACKAGE: &'static str = "object_store";
    const GOAL: Option<f64> = Some(16.0);
    type Output<'a> = Url;

    fn once(&mut self) -> Url {
        let path = Path::parse(black_box(KEY)).expect("valid");
        ready(self.0.signed_url(Method::GET, &path, URL_LIFE)).expect("valid")
    }
}

impl PresignedUrl for ObjectStore {
    const CLOCK: Clock = Clock::Read;

    fn url(output: Url) -> String {
        output.into()
    }
}

/// Replaces the HTTP client, which `object_store` requires and does not use to sign.
#[derive(Debug)]
struct NoNetwork;

impl HttpConnector for NoNetwork {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(Self))
    }
}

#[async_trait]
impl HttpService for NoNetwork {
    async fn call(&self, _: HttpRequest) -> Result<HttpResponse, HttpError> {
        Err(HttpError::new(HttpErrorKind::Connect, std::io::Error::from(std::io::ErrorKind::Unsupported)))
    }
}
