//! Files that go in one request.

use axum::Json as JsonAnswer;
use axum::extract::State;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use presign::s3::{GetObject, PutObject, Upload, UploadGrant};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::ApiError;
use crate::json::{Json, Query};
use crate::limits::CONTENT_TYPES;
use crate::user::User;
use crate::validation::{self, Key};

/// What the page has to know before it asks.
#[derive(Serialize)]
pub(crate) struct UploadSettings {
    prefix: &'static str,
    content_types: &'static [&'static str],
    max_size: u64,
    max_single_request: u64,
    parts_from: u64,
}

/// `GET /users/upload-settings`
pub(crate) async fn settings(State(app): State<App>) -> JsonAnswer<UploadSettings> {
    JsonAnswer(UploadSettings {
        prefix: User::PREFIX,
        content_types: CONTENT_TYPES,
        max_size: app.limits.max_size,
        max_single_request: app.limits.max_single_request(),
        parts_from: app.limits.parts_from,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadRequest {
    key: String,
    #[serde(rename = "type")]
    content_type: String,
    size: Option<u64>,
    method: Option<UploadMethod>,
}

/// How the client wants to send the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum UploadMethod {
    /// The file is the body. The store holds it to its exact size, which therefore has to be known.
    Put,
    /// The file is a part of a form. The store holds it to a limit. Not every store takes forms.
    Post,
}

/// `POST /users/get-file-upload-url`
pub(crate) async fn upload_url(
    State(app): State<App>,
    user: User,
    Json(request): Json<UploadRequest>,
) -> Result<JsonAnswer<UploadGrant>, ApiError> {
    let key = user.key(request.key)?;
    let content_type = validation::content_type(&request.content_type)?;
    let size = request.size.map(|size| validation::size(&app.limits, size)).transpose()?;
    let grant = match (request.method, size) {
        (Some(UploadMethod::Put), None) => return Err(size_required()),
        (Some(UploadMethod::Put), Some(size)) => {
            app.presign(PutObject::new(key.as_str()).content_type(content_type).content_length(size))?.into()
        }
        (Some(UploadMethod::Post), _) => match grant(&app, &key, content_type, size) {
            Ok(UploadGrant::Request(_)) | Err(presign::Error::SizeNotEnforceable) => return Err(no_forms()),
            result => result?,
        },
        (None, _) => match grant(&app, &key, content_type, size) {
            Err(presign::Error::SizeNotEnforceable) => return Err(size_required()),
            result => result?,
        },
    };
    tracing::info!(method = grant.method().as_str(), content_type, size, "upload granted");
    Ok(JsonAnswer(grant))
}

/// A form if the store takes forms, else a `PUT`.
fn grant(app: &App, key: &Key, content_type: &str, size: Option<u64>) -> Result<UploadGrant, presign::Error> {
    let upload = Upload::new(key.as_str(), content_type, app.limits.max_single_request());
    let upload = size.into_iter().fold(upload, Upload::size);
    app.presigner.grant_upload_at(&upload, app.expires(), app.now()?)
}

fn no_forms() -> ApiError {
    ApiError::refused("no_forms", "The store is not known to take forms: upload by PUT.")
}

fn size_required() -> ApiError {
    ApiError::refused("size_required", "An upload by PUT needs the `size` of the file: the store then takes no other.")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DownloadRequest {
    key: String,
    /// Whether the browser is to save the file rather than show it.
    #[serde(default)]
    save: bool,
}

/// `GET /users/get-file-download-url?key=…&save=true`
pub(crate) async fn download_url(
    State(app): State<App>,
    user: User,
    Query(request): Query<DownloadRequest>,
) -> Result<JsonAnswer<UploadGrant>, ApiError> {
    let key = user.key(request.key)?;
    let mut get = GetObject::new(key.as_str());
    if request.save {
        get = get.response_content_disposition(attachment(key.file_name()));
    }
    Ok(JsonAnswer(app.presign(get)?.into()))
}

/// Makes a browser save a file under this name, in any script.
///
/// Source: [RFC 8187](https://www.rfc-editor.org/rfc/rfc8187.html).
fn attachment(file_name: &str) -> String {
    format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(file_name, NON_ALPHANUMERIC))
}
