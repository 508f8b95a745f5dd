//! The tasks with object_store.

use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderValue};
use object_store::aws::{AmazonS3, AmazonS3Builder, AwsCredential, AwsCredentialProvider};
use object_store::multipart::{MultipartStore as _, PartId};
use object_store::path::Path;
use object_store::signer::{Method, SignedUrlOptions, Signer as _, Url};
use object_store::{MultipartId, PutResult};
use reqwest::RequestBuilder;

const HOUR: Duration = Duration::from_secs(3_600);

fn client() -> object_store::Result<AmazonS3> {
    AmazonS3Builder::from_env()
        .with_region("eu-west-1")
        .with_bucket_name("user-media")
        .with_virtual_hosted_style_request(true)
        .build()
}

async fn link(store: &AmazonS3) -> object_store::Result<Url> {
    store.signed_url(Method::GET, &Path::parse("users/42/avatar.png")?, Duration::from_secs(900)).await
}

async fn upload(store: &AmazonS3) -> object_store::Result<Url> {
    let headers = SignedUrlOptions::new().with_signed_header(CONTENT_TYPE, HeaderValue::from_static("image/png"));
    store.signed_url_opts(Method::PUT, &Path::parse("users/42/avatar.png")?, Duration::from_secs(900), &headers).await
}

async fn list(store: &AmazonS3) -> object_store::Result<Url> {
    let query = SignedUrlOptions::new().with_query([("list-type", "2"), ("prefix", "users/42/")]);
    store.signed_url_opts(Method::GET, &Path::default(), Duration::from_secs(900), &query).await
}

async fn delete(store: &AmazonS3) -> object_store::Result<Url> {
    store.signed_url(Method::DELETE, &Path::parse("users/42/avatar.png")?, Duration::from_secs(900)).await
}

async fn create(store: &AmazonS3) -> object_store::Result<MultipartId> {
    store.create_multipart(&Path::parse("videos/42.mp4")?).await
}

async fn part(store: &AmazonS3, upload_id: &str, number: usize) -> object_store::Result<Url> {
    let query = [("partNumber", number.to_string()), ("uploadId", upload_id.into())];
    let query = SignedUrlOptions::new().with_query(query);
    store.signed_url_opts(Method::PUT, &Path::parse("videos/42.mp4")?, HOUR, &query).await
}

async fn complete(store: &AmazonS3, upload_id: &MultipartId, e_tags: &[String]) -> object_store::Result<PutResult> {
    let parts = e_tags.iter().map(|e_tag| PartId { content_id: e_tag.clone() }).collect();
    store.complete_multipart(&Path::parse("videos/42.mp4")?, upload_id, parts).await
}

fn minio() -> object_store::Result<AmazonS3> {
    AmazonS3Builder::new()
        .with_access_key_id("minioadmin")
        .with_secret_access_key("minioadmin")
        .with_region("us-east-1")
        .with_endpoint("http://localhost:9000")
        .with_allow_http(true)
        .with_bucket_name("user-media")
        .build()
}

fn temporary(id: &str, secret: &str, token: &str) -> AwsCredential {
    AwsCredential { key_id: id.into(), secret_key: secret.into(), token: Some(token.into()) }
}

fn rotating(provider: AwsCredentialProvider) -> object_store::Result<AmazonS3> {
    AmazonS3Builder::new().with_credentials(provider).with_region("eu-west-1").with_bucket_name("user-media").build()
}

fn request(client: &reqwest::Client, put: Url, body: Vec<u8>) -> RequestBuilder {
    client.put(put).header("content-type", "image/png").body(body)
}
