//! The tasks with presign.

use std::time::Duration;

use presign::s3::{
    CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, DeleteObject, EncodingType, GetObject,
    ListObjectsV2, MultipartPlan, PlannedPart, PutObject,
};
use presign::{Credentials, CredentialsCell, Error, PresignedRequest, Presigner, Timestamp};

fn presigner() -> Result<Presigner, Error> {
    Presigner::builder().credentials(Credentials::from_env()?).region("eu-west-1").bucket("user-media").build()
}

fn link(presigner: &Presigner) -> Result<String, Error> {
    Ok(presigner.presign(GetObject::new("users/42/avatar.png"), Duration::from_secs(900))?.into_url())
}

fn upload(presigner: &Presigner) -> Result<PresignedRequest, Error> {
    presigner.presign(PutObject::new("users/42/avatar.png").content_type("image/png"), Duration::from_secs(900))
}

fn link_at(presigner: &Presigner, now: Timestamp) -> Result<PresignedRequest, Error> {
    presigner.presign_at(GetObject::new("users/42/avatar.png"), Duration::from_secs(86_400), now)
}

fn list(presigner: &Presigner) -> Result<PresignedRequest, Error> {
    let list = ListObjectsV2::new().prefix("users/42/").encoding_type(EncodingType::Url);
    presigner.presign(list, Duration::from_secs(900))
}

fn delete(presigner: &Presigner) -> Result<PresignedRequest, Error> {
    presigner.presign(DeleteObject::new("users/42/avatar.png"), Duration::from_secs(900))
}

const HOUR: Duration = Duration::from_secs(3_600);

fn create(presigner: &Presigner) -> Result<PresignedRequest, Error> {
    presigner.presign(CreateMultipartUpload::new("videos/42.mp4"), HOUR)
}

fn parts(presigner: &Presigner, upload_id: &str, size: u64) -> Result<Vec<(PlannedPart, PresignedRequest)>, Error> {
    presigner.upload_parts("videos/42.mp4", upload_id, &MultipartPlan::new(size)?, HOUR).collect()
}

fn complete(presigner: &Presigner, upload_id: &str, e_tags: &[String]) -> Result<(PresignedRequest, String), Error> {
    let signed = presigner.presign(CompleteMultipartUpload::new("videos/42.mp4", upload_id), HOUR)?;
    let parts = (1..).zip(e_tags).map(|(number, e_tag)| CompletedPart::new(number, e_tag));
    Ok((signed, CompleteMultipartUpload::body(parts)?))
}

fn minio() -> Result<Presigner, Error> {
    Presigner::builder()
        .credentials(Credentials::new("minioadmin", "minioadmin")?)
        .region("us-east-1")
        .endpoint("http://localhost:9000")
        .bucket("user-media")
        .build()
}

fn temporary(id: &str, secret: &str, token: &str, expires_at: Timestamp) -> Result<Credentials, Error> {
    Ok(Credentials::new(id, secret)?.with_session_token(token)?.with_expiration(expires_at))
}

fn rotating(current: &CredentialsCell) -> Result<Presigner, Error> {
    Presigner::builder().credentials_provider(current.clone()).region("eu-west-1").bucket("user-media").build()
}

fn request(signed: &PresignedRequest, body: Vec<u8>) -> Result<http::Request<Vec<u8>>, Error> {
    signed.to_http(body)
}
