//! Files that are sent in one request, and links to files.

use std::time::Duration;

use axum::Json as JsonResponse;
use axum::extract::State;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use presign::s3::{GetObject, PresignedPost, PutObject, Upload, UploadGrant};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::ApiError;
use crate::json::{Json, Query};
use crate::stored_object::StoredObject;
use crate::user::User;
use crate::validation::{self, Key};

/// What the page must know before it asks.
#[derive(Serialize)]
pub(crate) struct UploadSettings {
    user: Option<String>,
    prefix: String,
    content_types: Vec<String>,
    max_size: u64,
    max_single_request: u64,
    parts_from: u64,
    store_origin: String,
}

/// `GET /users/upload-settings`
pub(crate) async fn settings(State(app): State<App>, user: User) -> JsonResponse<UploadSettings> {
    JsonResponse(UploadSettings {
        user: user.name,
        prefix: user.prefix,
        content_types: app.limits.content_types.clone(),
        max_size: app.limits.max_size,
        max_single_request: app.limits.max_single_request(),
        parts_from: app.limits.parts_from,
        store_origin: app.store_origin().to_owned(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadUrlRequest {
    key: String,
    #[serde(rename = "type")]
    content_type: String,
    size: Option<u64>,
}

/// `POST /users/get-file-upload-url`: the response is the URL and nothing else.
///
/// Without a size, the store takes a file of any size. Confirm the upload afterwards, or send the size too.
pub(crate) async fn upload_url(
    State(app): State<App>,
    user: User,
    Json(request): Json<UploadUrlRequest>,
) -> Result<String, ApiError> {
    let key = user.key(request.key)?;
    let content_type = validation::content_type(&app.limits, &request.content_type)?;
    let mut put = PutObject::new(key.as_str()).content_type(content_type);
    if let Some(size) = request.size {
        put = put.content_length(validation::size(&app.limits, size)?);
    }
    let url = app.presign(put)?.into_url();
    tracing::info!(content_type, size = request.size, "upload URL granted");
    Ok(url)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantRequest {
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
    /// The file is the body. The store takes exactly the size that was signed, which must therefore be known.
    Put,
    /// The file is a part of a form. The store takes any size up to a limit. Not every store takes forms.
    Post,
}

/// `POST /users/get-upload-grant`
pub(crate) async fn upload_grant(
    State(app): State<App>,
    user: User,
    Json(request): Json<GrantRequest>,
) -> Result<JsonResponse<UploadGrant>, ApiError> {
    let key = user.key(request.key)?;
    let content_type = validation::content_type(&app.limits, &request.content_type)?;
    let size = request.size.map(|size| validation::size(&app.limits, size)).transpose()?;
    let form = match request.method {
        Some(UploadMethod::Put) => None,
        Some(UploadMethod::Post) | None => form(&app, &key, content_type, size, app.expires())?,
    };
    let grant = match (form, request.method, size) {
        (Some(form), _, _) => form.into(),
        (None, Some(UploadMethod::Post), _) => return Err(no_forms()),
        (None, _, None) => return Err(size_required()),
        (None, _, Some(size)) => {
            app.presign(PutObject::new(key.as_str()).content_type(content_type).content_length(size))?.into()
        }
    };
    tracing::info!(method = UploadGrant::method(&grant).as_str(), content_type, size, "upload granted");
    Ok(JsonResponse(grant))
}

/// Signs a form that limits the size, if the store is known to take forms.
pub(crate) fn form(
    app: &App,
    key: &Key,
    content_type: &str,
    size: Option<u64>,
    expires: Duration,
) -> Result<Option<PresignedPost>, ApiError> {
    let upload = Upload::new(key.as_str(), content_type, app.limits.max_single_request());
    let upload = size.into_iter().fold(upload, Upload::size);
    match app.presigner.grant_upload_at(&upload, expires, app.now()?) {
        Ok(UploadGrant::Form(form)) => Ok(Some(form)),
        Ok(_) | Err(presign::Error::SizeNotEnforceable) => Ok(None),
        Err(error) => Err(error.into()),
    }
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
    /// Whether the browser saves the file instead of showing it.
    #[serde(default)]
    save: bool,
}

/// `GET /users/get-file-download-url?key=…&save=true`
///
/// There is a link only to what may be uploaded, whether or not the upload was confirmed.
pub(crate) async fn download_url(
    State(app): State<App>,
    user: User,
    Query(request): Query<DownloadRequest>,
) -> Result<JsonResponse<UploadGrant>, ApiError> {
    let key = user.key(request.key)?;
    let object = StoredObject::look(&app.store, &key).await?;
    object.check(&app.limits)?;
    let show = if request.save { Show::AsDownload } else { Show::InBrowser };
    Ok(JsonResponse(link(&app, &key, &object, show)?))
}

/// What a browser does with a link.
#[derive(Clone, Copy)]
pub(crate) enum Show {
    InBrowser,
    AsDownload,
}

/// Signs a link to an object.
pub(crate) fn link(app: &App, key: &Key, object: &StoredObject, show: Show) -> Result<UploadGrant, ApiError> {
    let get = GetObject::new(key.as_str());
    let get = match show {
        Show::AsDownload => get.response_content_disposition(attachment(key.file_name())),
        Show::InBrowser if is_text_without_charset(&object.content_type) => {
            get.response_content_type(format!("{}; charset=utf-8", object.content_type))
        }
        Show::InBrowser => get,
    };
    Ok(app.presign(get)?.into())
}

/// Browsers read text without a charset as Latin-1 or worse. HTML and XML can name theirs in the file.
fn is_text_without_charset(content_type: &str) -> bool {
    content_type.starts_with("text/") && !matches!(content_type, "text/html" | "text/xml")
}

/// Makes a browser save a file under this name, in any script.
///
/// Source: [RFC 8187](https://www.rfc-editor.org/rfc/rfc8187.html).
fn attachment(file_name: &str) -> String {
    format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(file_name, NON_ALPHANUMERIC))
}
