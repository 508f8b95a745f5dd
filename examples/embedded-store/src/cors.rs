//! Which pages may use the store: what a CORS rule of a bucket says.

use std::io;

use axum::http::header::{CONTENT_TYPE, ETAG};
use axum::http::{HeaderValue, Method};
use tower_http::cors::CorsLayer;

/// Pages of these origins may read and upload, and see the entity tags that completing a multipart upload takes.
///
/// The answer to a refused request has the headers too, so that the page can read why.
pub(crate) fn cors(origins: &[String]) -> io::Result<CorsLayer> {
    let origins: Vec<_> = origins
        .iter()
        .map(|origin| HeaderValue::from_str(origin).map_err(io::Error::other))
        .collect::<Result<_, _>>()?;
    Ok(CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::PUT, Method::POST])
        .allow_headers([CONTENT_TYPE])
        .expose_headers([ETAG]))
}
