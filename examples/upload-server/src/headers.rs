//! Headers that every response has for the browser.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, InvalidHeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

/// Lets the page run only what comes from here, and connect only to this server and the store.
pub(crate) fn content_security_policy(store: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::try_from(format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {store}; \
         img-src 'self' blob: {store}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    ))
}

pub(crate) async fn secure(State(policy): State<HeaderValue>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // Grants are secrets, and the page changes with the server.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
