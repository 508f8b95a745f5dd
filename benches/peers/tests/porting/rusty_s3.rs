//! The tasks with rusty-s3.

use std::error::Error;
use std::time::Duration;

use reqwest::RequestBuilder;
use rusty_s3::credentials::RotatingCredentials;
use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};
use url::Url;

const HOUR: Duration = Duration::from_secs(3_600);

fn client() -> Result<(Bucket, Credentials), Box<dyn Error>> {
    let endpoint = "https://s3.eu-west-1.amazonaws.com".parse()?;
    let bucket = Bucket::new(endpoint, UrlStyle::VirtualHost, "user-media", "eu-west-1")?;
    Ok((bucket, Credentials::from_env().ok_or("no credentials")?))
}

fn link(bucket: &Bucket, credentials: &Credentials) -> Url {
    bucket.get_object(Some(credentials), "users/42/avatar.png").sign(Duration::from_secs(900))
}

fn upload(bucket: &Bucket, credentials: &Credentials) -> Url {
    let mut put = bucket.put_object(Some(credentials), "users/42/avatar.png");
    put.headers_mut().insert("content-type", "image/png"); // in lowercase
    put.sign(Duration::from_secs(900))
}

fn link_at(bucket: &Bucket, credentials: &Credentials, now: jiff::Timestamp) -> Url {
    bucket.get_object(Some(credentials), "users/42/avatar.png").sign_with_time(Duration::from_secs(86_400), &now)
}

fn list(bucket: &Bucket, credentials: &Credentials) -> Url {
    let mut list = bucket.list_objects_v2(Some(credentials));
    list.with_prefix("users/42/");
    list.sign(Duration::from_secs(900))
}

fn delete(bucket: &Bucket, credentials: &Credentials) -> Url {
    bucket.delete_object(Some(credentials), "users/42/avatar.png").sign(Duration::from_secs(900))
}

fn create(bucket: &Bucket, credentials: &Credentials) -> Url {
    bucket.create_multipart_upload(Some(credentials), "videos/42.mp4").sign(HOUR)
}

fn part(bucket: &Bucket, credentials: &Credentials, upload_id: &str, number: u16) -> Url {
    bucket.upload_part(Some(credentials), "videos/42.mp4", number, upload_id).sign(HOUR)
}

fn complete(bucket: &Bucket, credentials: &Credentials, upload_id: &str, e_tags: &[String]) -> (Url, String) {
    let e_tags = e_tags.iter().map(String::as_str);
    let complete = bucket.complete_multipart_upload(Some(credentials), "videos/42.mp4", upload_id, e_tags);
    (complete.sign(HOUR), complete.body())
}

fn minio() -> Result<(Bucket, Credentials), Box<dyn Error>> {
    let bucket = Bucket::new("http://localhost:9000".parse()?, UrlStyle::Path, "user-media", "us-east-1")?;
    Ok((bucket, Credentials::new("minioadmin", "minioadmin")))
}

fn temporary(id: &str, secret: &str, token: &str) -> Credentials {
    Credentials::new_with_token(id, secret, token)
}

fn rotating(bucket: &Bucket, current: &RotatingCredentials) -> Url {
    bucket.get_object(Some(&current.get()), "users/42/avatar.png").sign(Duration::from_secs(900))
}

fn request(client: &reqwest::Client, put: Url, body: Vec<u8>) -> RequestBuilder {
    client.put(put).header("content-type", "image/png").body(body)
}
