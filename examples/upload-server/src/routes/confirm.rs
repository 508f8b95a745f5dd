//! The end of an upload: the server looks at what the store has.

use axum::Json as JsonResponse;
use axum::extract::State;
use presign::s3::{DeleteObject, UploadGrant};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::ApiError;
use crate::json::Json;
use crate::routes::files::{Show, link};
use crate::stored_object::StoredObject;
use crate::user::User;
use crate::validation::Key;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmRequest {
    key: String,
    /// The type and the size of the file that was sent, for clients that want to know whether it is what the store has.
    #[serde(rename = "type")]
    content_type: Option<String>,
    size: Option<u64>,
}

/// An object as the store has it, and two links to it.
#[derive(Serialize)]
pub(crate) struct Confirmed {
    key: String,
    #[serde(rename = "type")]
    content_type: String,
    size: u64,
    /// Opens the file in the browser.
    show: UploadGrant,
    /// Saves the file.
    save: UploadGrant,
}

/// `POST /users/confirm-upload`
///
/// A `PUT` that was signed without a size takes any size, and a store may take another type than was signed. So an
/// upload is finished only when the server has looked.
pub(crate) async fn confirm(
    State(app): State<App>,
    user: User,
    Json(request): Json<ConfirmRequest>,
) -> Result<JsonResponse<Confirmed>, ApiError> {
    let key = user.key(request.key)?;
    let object = StoredObject::look(&app.store, &key).await?;
    if let Err(refusal) = object.check(&app.limits) {
        remove(&app, &key, &refusal).await;
        return Err(refusal);
    }
    let is_other = request.size.is_some_and(|size| size != object.size)
        || request.content_type.is_some_and(|content_type| content_type != object.content_type);
    if is_other {
        return Err(ApiError::refused("other_object", "The store has a file of another size or type under this key."));
    }
    tracing::info!(content_type = object.content_type, size = object.size, "upload confirmed");
    Ok(JsonResponse(Confirmed {
        show: link(&app, &key, &object, Show::InBrowser)?,
        save: link(&app, &key, &object, Show::AsDownload)?,
        key: key.into_string(),
        content_type: object.content_type,
        size: object.size,
    }))
}

/// Deletes an object that is not permitted. Credentials that may not delete leave it to whoever reads the log.
async fn remove(app: &App, key: &Key, refusal: &ApiError) {
    let rule = refusal.code();
    if app.store.send(DeleteObject::new(key.as_str()), "").await.is_ok() {
        tracing::warn!(rule, "an object that is not permitted was deleted");
    } else {
        tracing::error!(rule, key = ?key.as_str(), "an object that is not permitted could not be deleted");
    }
}
