//! Answers to requests that cannot be granted: `{"error":{"code":"…","message":"…"}}`.

use std::borrow::Cow;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal: a status, a code for programs, and a sentence for people.
///
/// Nothing about credentials, the store's configuration or other users belongs into it; that is for the log.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// The request is well-formed, but asks for what it may not have.
    pub(crate) fn refused(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }

    /// Our fault. The request id in the answer leads to the reason in the log.
    pub(crate) fn internal(reason: impl std::fmt::Display) -> Self {
        tracing::error!(%reason, "internal error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed. Please try again later.")
    }

    /// The store's fault, or the way to it.
    pub(crate) fn store(reason: impl std::fmt::Display) -> Self {
        tracing::error!(%reason, "the store failed");
        Self::new(StatusCode::BAD_GATEWAY, "store", "The store did not do its part. Please try again later.")
    }
}

/// Whatever reaches this was not found by the validation, so it is not the client's to repair. Errors of `presign`
/// carry no values.
impl From<presign::Error> for ApiError {
    fn from(error: presign::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        tracing::info!(code = self.code, "refused");
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        (self.status, Json(body)).into_response()
    }
}

/// For paths that are none of ours.
pub(crate) async fn not_found() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here.")
}

/// For methods that a path does not have.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This path has no such method.")
}
