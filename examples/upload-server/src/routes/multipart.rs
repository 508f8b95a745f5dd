//! Files that are sent in parts, several at a time.
//!
//! The server creates, completes and aborts an upload itself, and the browser sends the parts. Nothing is kept between
//! requests: the plan follows from the size, so any server of several can respond.

use axum::Json as JsonResponse;
use axum::extract::State;
use axum::http::StatusCode;
use presign::s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, UploadGrant, UploadPart,
};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::ApiError;
use crate::json::Json;
use crate::multipart_upload::MultipartUpload;
use crate::store_client::StoreError;
use crate::store_response::text_in;
use crate::stored_object::StoredObject;
use crate::user::User;
use crate::validation;

/// How many parts one request may have signed. A page asks for the next few only, so that none expires in a queue.
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
) -> Result<JsonResponse<Created>, ApiError> {
    let key = user.key(request.key)?;
    let content_type = validation::content_type(&app.limits, &request.content_type)?;
    let plan = validation::plan(&app.limits, request.size)?;
    let create = CreateMultipartUpload::new(key.as_str()).content_type(content_type);
    let (create, mark) = MultipartUpload::mark(create);
    let response = app.store.send(create, "").await?;
    let store_id = text_in(&response.body, "InitiateMultipartUploadResult", "UploadId")
        .ok_or_else(|| ApiError::store("its response has no upload id"))?;
    let upload_id = mark.with(&store_id);
    tracing::info!(content_type, size = request.size, "multipart upload created");
    Ok(JsonResponse(Created { upload_id, part_size: plan.part_size(), part_count: plan.part_count() }))
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

/// The place of a part in the file, and how to send it.
#[derive(Serialize)]
struct GrantedPart {
    part_number: u32,
    offset: u64,
    size: u64,
    grant: UploadGrant,
}

/// `POST /users/get-part-upload-urls`: also for parts whose URLs have expired.
pub(crate) async fn part_urls(
    State(app): State<App>,
    user: User,
    Json(request): Json<PartUrlsRequest>,
) -> Result<JsonResponse<PartUrls>, ApiError> {
    let key = user.key(request.key)?;
    let upload = MultipartUpload::parse(&request.upload_id)?;
    let plan = validation::plan(&app.limits, request.size)?;
    if request.part_numbers.len() > MAX_BATCH {
        return Err(ApiError::refused("batch", format!("More than {MAX_BATCH} parts at a time.")));
    }
    let grant = |number| {
        let part = plan.part(number).ok_or_else(|| {
            ApiError::refused("part_number", format!("The parts have the numbers 1 to {}.", plan.part_count()))
        })?;
        let operation = UploadPart::new(key.as_str(), upload.store_id, number).content_length(part.content_length());
        Ok(GrantedPart {
            part_number: number,
            offset: part.offset(),
            size: part.content_length(),
            grant: app.presign(operation)?.into(),
        })
    };
    let parts = request.part_numbers.into_iter().map(grant).collect::<Result<_, ApiError>>()?;
    Ok(JsonResponse(PartUrls { parts }))
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

/// What the store responded to a part.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentPart {
    part_number: u32,
    e_tag: String,
}

/// `POST /users/complete-multipart-upload`
///
/// A client whose connection broke can repeat it: if the upload has become the object already, that is a success too.
pub(crate) async fn complete(
    State(app): State<App>,
    user: User,
    Json(request): Json<CompleteRequest>,
) -> Result<StatusCode, ApiError> {
    let key = user.key(request.key)?;
    let upload = MultipartUpload::parse(&request.upload_id)?;
    let plan = validation::plan(&app.limits, request.size)?;
    let numbers = request.parts.iter().map(|part| part.part_number);
    if !numbers.eq(1..=plan.part_count()) {
        let message = format!("The file has the parts 1 to {}, which must come in this order.", plan.part_count());
        return Err(ApiError::refused("parts", message));
    }
    let parts = request.parts.iter().map(|part| CompletedPart::new(part.part_number, &*part.e_tag));
    let body = CompleteMultipartUpload::body(parts)
        .map_err(|_| ApiError::refused("e_tag", "A part has no entity tag, or an invalid one."))?;
    // S3 compares the size with what it got, so the limit holds whatever the parts were.
    let operation = CompleteMultipartUpload::new(key.as_str(), upload.store_id).mpu_object_size(request.size);
    if let Err(error) = app.store.send(operation, &body).await {
        let object = StoredObject::look(&app.store, &key).await;
        if !object.is_ok_and(|object| upload.became(object.mark.as_deref())) {
            return Err(error.into());
        }
    }
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
    let upload = MultipartUpload::parse(&request.upload_id)?;
    match app.store.send(AbortMultipartUpload::new(key.as_str(), upload.store_id), "").await {
        Ok(_) => tracing::info!("multipart upload aborted"),
        // An earlier try has aborted it.
        Err(StoreError::Refused(_, Some(code))) if code == "NoSuchUpload" => {}
        Err(error) => return Err(error.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}
