//! An id, a line in the log and a time limit for every request.

use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::error::ApiError;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// For the whole request, including what the server itself asks the store.
const TIME_LIMIT: Duration = Duration::from_mins(1);

/// Gives the request an id, or keeps the one of a proxy, and logs the status of the response.
///
/// The path is logged, but never the query, which contains keys.
pub(crate) async fn observe(request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let id_text = id.to_str().unwrap_or_default();
    let span = tracing::info_span!("request", id = id_text, method = %request.method(), path = request.uri().path());
    let start = Instant::now();
    let response = async {
        let response = next.run(request);
        let mut response = tokio::time::timeout(TIME_LIMIT, response).await.unwrap_or_else(|_| timed_out());
        tracing::info!(status = response.status().as_u16(), elapsed = ?start.elapsed(), "responded");
        response.headers_mut().insert(REQUEST_ID, id.clone());
        response
    };
    response.instrument(span).await
}

/// Accepts an id from outside only if it is short and plain, since it is logged.
fn request_id(request: &Request) -> HeaderValue {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    match request.headers().get(REQUEST_ID) {
        Some(id) if (1..=64).contains(&id.len()) && id.as_bytes().iter().all(is_plain) => id.clone(),
        _ => HeaderValue::from_str(&Uuid::new_v4().to_string()).unwrap_or(HeaderValue::from_static("none")),
    }
}

fn timed_out() -> Response {
    ApiError::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The request took too long.").into_response()
}
