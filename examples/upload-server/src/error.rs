//! Responses to requests that cannot be granted: `{"error":{"code":"…","message":"…"}}`.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::time::Duration;

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use presign::ErrorKind;
use serde_json::json;

/// A refusal: a status, a code for programs, and a sentence for people.
///
/// It shows nothing about credentials, the configuration of the store, or other users; that is for the log.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    retry_after: Option<Duration>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), retry_after: None }
    }

    /// Asks the client to wait before the next attempt, in the header `Retry-After`.
    pub(crate) fn with_retry_after(self, retry_after: Option<Duration>) -> Self {
        Self { retry_after, ..self }
    }

    /// The request can be read, but it asks for something that is not permitted.
    pub(crate) fn refused(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }

    /// The request does not say who sent it.
    pub(crate) fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "Send a valid access token.")
    }

    /// The store does not have the object.
    pub(crate) fn no_such_object() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no_such_object", "There is no such file: it was not uploaded, or not yet.")
    }

    /// The server failed. The request id of the response leads to the reason in the log.
    pub(crate) fn internal(reason: &dyn Error) -> Self {
        tracing::error!(reason = chain(reason), "internal error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed. Please try again later.")
    }

    /// The store failed, or cannot be reached.
    pub(crate) fn store(reason: impl std::fmt::Display) -> Self {
        tracing::error!(%reason, "the store failed");
        Self::new(StatusCode::BAD_GATEWAY, "store", "The store cannot do this now. Please try again later.")
    }

    pub(crate) fn code(&self) -> &'static str {
        self.code
    }
}

/// A mistake of the request is the client's to repair; everything else is ours. Errors of `presign` carry no values.
impl From<presign::Error> for ApiError {
    fn from(error: presign::Error) -> Self {
        match error.kind() {
            ErrorKind::Request => Self::refused("request", format!("This cannot be signed: {error}.")),
            _ => Self::internal(&error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        tracing::info!(code = self.code, "refused");
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(retry_after) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, retry_after.as_secs().into());
        }
        response
    }
}

/// Writes an error with all of its causes: those of an HTTP client say what really happened only at the end.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        // Some errors repeat their cause.
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            let _ = write!(text, ": {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// The response for paths that do not exist.
pub(crate) async fn not_found() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here.")
}

/// The response for methods that a path does not have.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This path does not have this method.")
}
