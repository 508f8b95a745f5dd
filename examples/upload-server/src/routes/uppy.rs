//! What the plugin `@uppy/aws-s3` of Uppy asks for with its option `signRequest`.

use std::time::Duration;

use axum::Json as JsonResponse;
use axum::extract::State;
use presign::PresignedRequest;
use presign::s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CreateMultipartUpload, ListParts, PresignedPost, PutObject,
    UploadPart,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::app::App;
use crate::error::ApiError;
use crate::json::Json;
use crate::routes::files;
use crate::user::User;
use crate::validation::{self, Key};

/// One request to the store that Uppy wants to send.
///
/// Source: [`signRequest`](https://uppy.io/docs/aws-s3/#signrequest).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")] // Later versions may send more.
pub(crate) struct SignRequest {
    method: HttpMethod,
    key: String,
    upload_id: Option<String>,
    part_number: Option<u32>,
    content_type: Option<String>,
    /// In seconds. Never longer than the server's own grants.
    expires_in: Option<u64>,
    /// Whether a file that fits into one request may be sent as a form, which the store can hold to a size. Not a
    /// member of Uppy's.
    #[serde(default = "yes")]
    form: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
}

const fn yes() -> bool {
    true
}

/// The request as it was signed, in the words of Uppy.
#[derive(Serialize)]
pub(crate) struct Signed {
    url: String,
    key: String,
    headers: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Map<String, Value>>,
}

/// `POST /users/sign-s3-request`
///
/// Uppy does not tell the size of a file, nor the type of an upload in parts, so the store cannot check them. The client
/// confirms the upload afterwards: `/users/confirm-upload`. A client that adds `contentType` gets it signed.
pub(crate) async fn sign(
    State(app): State<App>,
    user: User,
    Json(request): Json<SignRequest>,
) -> Result<JsonResponse<Signed>, ApiError> {
    let key = user.key(request.key)?;
    let expires = request.expires_in.map_or(app.expires(), |seconds| app.expires().min(Duration::from_secs(seconds)));
    let upload_id = request.upload_id.as_deref();
    let signed = match (request.method, upload_id, request.part_number) {
        (HttpMethod::Put, None, None) => {
            let content_type = request.content_type.as_deref().unwrap_or_default();
            let content_type = validation::content_type(&app.limits, content_type)?;
            if request.form
                && let Some(form) = files::form(&app, &key, content_type, None, expires)?
            {
                return Ok(JsonResponse(Signed::form(key, &form)));
            }
            app.presign_for(PutObject::new(key.as_str()).content_type(content_type), expires)?
        }
        (HttpMethod::Post, None, None) => {
            let mut create = CreateMultipartUpload::new(key.as_str());
            if let Some(content_type) = &request.content_type {
                create = create.content_type(validation::content_type(&app.limits, content_type)?);
            }
            app.presign_for(create, expires)?
        }
        (HttpMethod::Put, Some(id), Some(number)) => {
            app.presign_for(UploadPart::new(key.as_str(), id, number), expires)?
        }
        (HttpMethod::Get, Some(id), None) => app.presign_for(ListParts::new(key.as_str(), id), expires)?,
        (HttpMethod::Post, Some(id), None) => {
            app.presign_for(CompleteMultipartUpload::new(key.as_str(), id), expires)?
        }
        (HttpMethod::Delete, Some(id), None) => {
            app.presign_for(AbortMultipartUpload::new(key.as_str(), id), expires)?
        }
        _ => return Err(ApiError::refused("not_supported", "This request is not a part of an upload.")),
    };
    Ok(JsonResponse(Signed::request(key, signed)))
}

impl Signed {
    fn form(key: Key, form: &PresignedPost) -> Self {
        Self {
            url: form.url().to_owned(),
            key: key.into_string(),
            headers: Map::new(),
            fields: Some(map(form.fields())),
        }
    }

    /// Uppy sets every header that it gets, and browsers refuse some.
    fn request(key: Key, request: PresignedRequest) -> Self {
        let mut headers = map(request.headers());
        request.forbidden_headers().for_each(|name| drop(headers.remove(name)));
        Self { url: request.into_url(), key: key.into_string(), headers, fields: None }
    }
}

fn map<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    pairs.map(|(name, value)| (name.to_owned(), value.into())).collect()
}
