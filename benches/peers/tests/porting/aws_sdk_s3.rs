//! The tasks with aws-sdk-s3.

use std::error::Error;
use std::time::{Duration, SystemTime};

use aws_config::BehaviorVersion;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{Config, Credentials, ProvideCredentials, Region};
use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output;
use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};

const HOUR: Duration = Duration::from_secs(3_600);

async fn client() -> Client {
    Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)
}

async fn link(client: &Client) -> Result<String, Box<dyn Error>> {
    let expires = PresigningConfig::expires_in(Duration::from_secs(900))?;
    let get = client.get_object().bucket("user-media").key("users/42/avatar.png");
    Ok(get.presigned(expires).await?.uri().into())
}

async fn upload(client: &Client) -> Result<PresignedRequest, Box<dyn Error>> {
    let expires = PresigningConfig::expires_in(Duration::from_secs(900))?;
    let put = client.put_object().bucket("user-media").key("users/42/avatar.png").content_type("image/png");
    Ok(put.presigned(expires).await?)
}

async fn link_at(client: &Client, now: SystemTime) -> Result<PresignedRequest, Box<dyn Error>> {
    let expires = PresigningConfig::builder().start_time(now).expires_in(Duration::from_secs(86_400)).build()?;
    Ok(client.get_object().bucket("user-media").key("users/42/avatar.png").presigned(expires).await?)
}

async fn list(client: &Client) -> Result<ListObjectsV2Output, Box<dyn Error>> {
    Ok(client.list_objects_v2().bucket("user-media").prefix("users/42/").send().await?)
}

async fn delete(client: &Client) -> Result<PresignedRequest, Box<dyn Error>> {
    let expires = PresigningConfig::expires_in(Duration::from_secs(900))?;
    Ok(client.delete_object().bucket("user-media").key("users/42/avatar.png").presigned(expires).await?)
}

async fn create(client: &Client) -> Result<Option<String>, Box<dyn Error>> {
    Ok(client.create_multipart_upload().bucket("user-media").key("videos/42.mp4").send().await?.upload_id)
}

async fn part(client: &Client, upload_id: &str, number: i32) -> Result<PresignedRequest, Box<dyn Error>> {
    let part = client.upload_part().bucket("user-media").key("videos/42.mp4").upload_id(upload_id).part_number(number);
    Ok(part.presigned(PresigningConfig::expires_in(HOUR)?).await?)
}

async fn complete(client: &Client, upload_id: &str, e_tags: &[String]) -> Result<(), Box<dyn Error>> {
    let part = |(number, e_tag)| CompletedPart::builder().part_number(number).e_tag(e_tag).build();
    let parts = (1..).zip(e_tags).map(part).collect();
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let complete = client.complete_multipart_upload().bucket("user-media").key("videos/42.mp4").upload_id(upload_id);
    complete.multipart_upload(parts).send().await?;
    Ok(())
}

fn minio() -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::new("minioadmin", "minioadmin", None, None, "static"))
        .region(Region::new("us-east-1"))
        .endpoint_url("http://localhost:9000")
        .force_path_style(true);
    Client::from_conf(config.build())
}

fn temporary(id: &str, secret: &str, token: &str, expires_at: SystemTime) -> Credentials {
    Credentials::new(id, secret, Some(token.into()), Some(expires_at), "my-provider")
}

fn rotating(provider: impl ProvideCredentials + 'static) -> Client {
    let config = Config::builder().behavior_version(BehaviorVersion::latest()).region(Region::new("eu-west-1"));
    Client::from_conf(config.credentials_provider(provider).build())
}

fn request(signed: PresignedRequest, body: Vec<u8>) -> http::Request<Vec<u8>> {
    signed.into_http_1x_request(body)
}
