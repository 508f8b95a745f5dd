//! What happens around every request: an id, a line in the log, a time limit.

use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::error::ApiError;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// For reading the request, the store's own answer, and all else.
const TIME_LIMIT: Duration = Duration::from_mins(1);

/// Gives the request an id, or keeps the one of a proxy, and logs what came of it.
///
/// The path is logged, but never the query: it has keys, and elsewhere signatures.
pub(crate) async fn observe(request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let id_text = id.to_str().unwrap_or_default();
    let span = tracing::info_span!("request", id = id_text, method = %request.method(), path = request.uri().path());
    let start = Instant::now();
    let answer = async {
        let answer = next.run(request);
        let mut answer = tokio::time::timeout(TIME_LIMIT, answer).await.unwrap_or_else(|_| timed_out());
        tracing::info!(status = answer.status().as_u16(), elapsed = ?start.elapsed(), "answered");
        answer.headers_mut().insert(REQUEST_ID, id.clone());
        answer
    };
    answer.instrument(span).await
}

/// An id from outside may be anything: only short ones of plain characters get into the log.
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
