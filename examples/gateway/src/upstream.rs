//! The request to the store, built from what the client's signature covers.

use axum::http::HeaderMap;
use presign::s3::S3Request;
use presign::verify::{VerifiedForm, VerifiedRequest};
use presign::{Method, PresignedRequest, Presigner};

use crate::refusal::Refusal;

/// How long a URL for the store is valid. It is used at once, and nobody else sees it.
const EXPIRES: std::time::Duration = std::time::Duration::from_mins(1);

const CONTENT_SHA256: &str = "x-amz-content-sha256";

/// The signed headers that are forwarded, besides those that start with `x-amz-`. The others concern only the connection or
/// the client.
const SIGNED: [&str; 12] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-md5",
    "content-type",
    "expires",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "range",
];

/// The headers that are forwarded although they are not signed, because clients add them on their own.
///
/// None of them selects another object, operation or permission. The conditions and `content-md5` can only make the store do
/// less, `range` selects a part of what may be read anyway, and a signer who leaves `content-type` open permits any, as at
/// S3.
const UNSIGNED: [&str; 7] =
    ["content-md5", "content-type", "if-match", "if-modified-since", "if-none-match", "if-unmodified-since", "range"];

/// Signs a verified request for the store.
pub(crate) fn resign(
    store: &Presigner,
    request: &VerifiedRequest,
    unsigned: &HeaderMap,
) -> Result<PresignedRequest, Refusal> {
    let mut upstream = S3Request::new(request.method().parse::<Method>()?);
    if let Some(key) = request.key() {
        upstream = upstream.key(key.into_owned());
    }
    // The payload hash is checked here, and not signed anew.
    for (name, value) in request.parameters().filter(|(name, _)| !name.eq_ignore_ascii_case(CONTENT_SHA256)) {
        upstream = upstream.query(name.into_owned(), value.into_owned());
    }
    for (name, value) in request.headers().filter(|(name, _)| is_forwarded(name)) {
        upstream = upstream.header(name, value);
    }
    for name in UNSIGNED.into_iter().filter(|name| request.header(name).is_none()) {
        if let Some(value) = unsigned.get(name).and_then(|value| value.to_str().ok()) {
            upstream = upstream.header(name, value);
        }
    }
    Ok(store.with_bucket(request.bucket().unwrap_or_default())?.presign(upstream, EXPIRES)?)
}

/// Signs a `PUT` of the file of a form, which also stores without forms accept.
pub(crate) fn resign_form(store: &Presigner, form: &VerifiedForm) -> Result<PresignedRequest, Refusal> {
    let mut upstream = S3Request::new(Method::Put).key(form.key());
    for (name, value) in form.fields() {
        upstream = match name {
            "key" | "success_action_redirect" | "success_action_status" => upstream,
            "acl" => upstream.header("x-amz-acl", value),
            // A form is an upload of a file, and a `PUT` with this header is a copy.
            _ if name.starts_with("x-amz-copy-source") => return Err(Refusal::denied("a form cannot copy")),
            _ if is_forwarded(name) => upstream.header(name, value),
            _ if name.starts_with("x-ignore-") => upstream,
            _ => return Err(Refusal::new(501, "NotImplemented", "This gateway does not know a field of the form.")),
        };
    }
    Ok(store.with_bucket(form.bucket())?.presign(upstream, EXPIRES)?)
}

/// The date is that of the other signature.
fn is_forwarded(name: &str) -> bool {
    let is_amz = name.starts_with("x-amz-") && !matches!(name, CONTENT_SHA256 | "x-amz-date");
    is_amz || SIGNED.contains(&name)
}
