//! Which pages may use the store: the counterpart of the CORS rule of a bucket.

use std::io;
use std::time::Duration;

use axum::http::header::{CONTENT_TYPE, ETAG, RETRY_AFTER};
use axum::http::{HeaderValue, Method};
use tower_http::cors::CorsLayer;

/// How long a browser may remember a preflight. It does so per URL, so this saves the preflights of repeated requests.
const MAX_AGE: Duration = Duration::from_hours(1);

/// Lets pages of these origins read, upload and delete, and read two headers: the entity tags that completing an upload
/// needs, and how long to wait before the next attempt.
///
/// The response to a refused request has the CORS headers also, so that the page can read the reason.
pub(crate) fn cors(origins: &[String]) -> io::Result<CorsLayer> {
    let origins: Vec<_> = origins.iter().map(|origin| header(origin)).collect::<Result<_, _>>()?;
    Ok(CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::PUT, Method::POST, Method::DELETE])
        .allow_headers([CONTENT_TYPE])
        .expose_headers([ETAG, RETRY_AFTER])
        .max_age(MAX_AGE))
}

fn header(origin: &str) -> io::Result<HeaderValue> {
    // The layer takes no `*` in a list.
    HeaderValue::from_str(origin).ok().filter(|origin| origin != "*").ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "an origin must be a URL without path, such as `http://127.0.0.1:3000`",
        )
    })
}
