//! Files that go in parts, several at a time.
//!
//! The server starts, completes and aborts an upload itself, and the browser sends the parts. Nothing is kept between
//! requests: the plan follows from the size, so any server of several can answer.

use axum::Json as JsonAnswer;
use axum::extract::State;
use axum::http::StatusCode;
use presign::s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, UploadGrant, UploadPart,
};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::ApiError;
use crate::json::Json;
use crate::store_answer::text_in;
use crate::user::User;
use crate::validation;

/// How many parts one request may have signed: a page asks for the next few, which then do not expire in a queue.
const MAX_BATCH: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateRequest {
    key: String,
    #[serde(rename = "type")]
    content_type: String,
    size: u64,
}

#[derive(Serialize)]
pub(crate) struct Created {
    upload_id: String,
    part_size: u64,
    part_count: u32,
}

/// `POST /users/create-multipart-upload`
pub(crate) async fn create(
    State(app): State<App>,
    user: User,
    Json(request): Json<CreateRequest>,
) -> Result<JsonAnswer<Created>, ApiError> {
    let key = user.key(request.key)?;
    let content_type = validation::content_type(&request.content_type)?;
    let plan = validation::plan(&app.limits, request.size)?;
    let signed = app.presign(CreateMultipartUpload::new(key.as_str()).content_type(content_type))?;
    let answer = app.store.send(&signed, String::new()).await?;
    let upload_id = text_in(&answer, "InitiateMultipartUploadResult", "UploadId")
        .ok_or_else(|| ApiError::store("its answer has no upload id"))?;
    tracing::info!(content_type, size = request.size, "multipart upload begun");
    Ok(JsonAnswer(Created { upload_id, part_size: plan.part_size(), part_count: plan.part_count() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartUrlsRequest {
    key: String,
    upload_id: String,
    size: u64,
    part_numbers: Vec<u32>,
}

#[derive(Serialize)]
pub(crate) struct PartUrls {
    parts: Vec<GrantedPart>,
}

/// Where a part lies in the file, and how to send it.
#[derive(Serialize)]
struct GrantedPart {
    part_number: u32,
    offset: u64,
    size: u64,
    grant: UploadGrant,
}

/// `POST /users/get-part-upload-urls`, for the first time or again: a part whose URL has expired gets a new one.
pub(crate) async fn part_urls(
    State(app): State<App>,
    user: User,
    Json(request): Json<PartUrlsRequest>,
) -> Result<JsonAnswer<PartUrls>, ApiError> {
    let key = user.key(request.key)?;
    let upload_id = validation::upload_id(&request.upload_id)?;
    let plan = validation::plan(&app.limits, request.size)?;
    if request.part_numbers.len() > MAX_BATCH {
        return Err(ApiError::refused("batch", format!("More than {MAX_BATCH} parts at a time.")));
    }
    let grant = |number| {
        let part = plan.part(number).ok_or_else(|| {
            ApiError::refused("part_number", format!("The parts have the numbers 1 to {}.", plan.part_count()))
        })?;
        let operation = UploadPart::new(key.as_str(), upload_id, number).content_length(part.content_length());
        Ok(GrantedPart {
            part_number: number,
            offset: part.offset(),
            size: part.content_length(),
            grant: app.presign(operation)?.into(),
        })
    };
    let parts = request.part_numbers.into_iter().map(grant).collect::<Result<_, ApiError>>()?;
    Ok(JsonAnswer(PartUrls { parts }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompleteRequest {
    key: String,
    upload_id: String,
    size: u64,
    /// All of them, in order.
    parts: Vec<SentPart>,
}

/// What the store answered to a part.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentPart {
    part_number: u32,
    e_tag: String,
}

/// `POST /users/complete-multipart-upload`
pub(crate) async fn complete(
    State(app): State<App>,
    user: User,
    Json(request): Json<CompleteRequest>,
) -> Result<StatusCode, ApiError> {
    let key = user.key(request.key)?;
    let upload_id = validation::upload_id(&request.upload_id)?;
    let plan = validation::plan(&app.limits, request.size)?;
    let numbers = request.parts.iter().map(|part| part.part_number);
    if !numbers.eq(1..=plan.part_count()) {
        let message = format!("The file has the parts 1 to {}, which have to come in this order.", plan.part_count());
        return Err(ApiError::refused("parts", message));
    }
    let parts = request.parts.iter().map(|part| CompletedPart::new(part.part_number, &*part.e_tag));
    let body = CompleteMultipartUpload::body(parts)
        .map_err(|_| ApiError::refused("e_tag", "A part has no entity tag, or one that is none."))?;
    // S3 compares the size with what it got, so the limit holds whatever the parts were.
    let operation = CompleteMultipartUpload::new(key.as_str(), upload_id).mpu_object_size(request.size);
    app.store.send(&app.presign(operation)?, body).await?;
    tracing::info!(size = request.size, parts = plan.part_count(), "multipart upload completed");
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AbortRequest {
    key: String,
    upload_id: String,
}

/// `POST /users/abort-multipart-upload`
pub(crate) async fn abort(
    State(app): State<App>,
    user: User,
    Json(request): Json<AbortRequest>,
) -> Result<StatusCode, ApiError> {
    let key = user.key(request.key)?;
    let upload_id = validation::upload_id(&request.upload_id)?;
    app.store.send(&app.presign(AbortMultipartUpload::new(key.as_str(), upload_id))?, String::new()).await?;
    tracing::info!("multipart upload aborted");
    Ok(StatusCode::NO_CONTENT)
}
