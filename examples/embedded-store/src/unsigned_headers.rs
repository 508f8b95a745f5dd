//! The rule that each `x-amz-` header of a signed request is signed.
//!
//! Without it, whoever has a URL for an upload can add `x-amz-copy-source`, and so read any object of the signer. s3s 0.14
//! refuses only some of these headers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use presign::Region;
use presign::sigv4::Service;
use presign::verify::{ReceivedRequest, ServedHost, Verifier, VerifyError, VerifyPolicy};

/// Finds headers that are not signed.
#[derive(Clone, Debug)]
pub(crate) struct UnsignedHeaders(Arc<Verifier>);

impl UnsignedHeaders {
    pub(crate) fn new(region: Region) -> Self {
        Self(Arc::new(Verifier::new(VerifyPolicy::new(region, Service::s3(), ServedHost::any()).any_region())))
    }

    fn find(&self, request: &ReceivedRequest<'_>) -> Option<VerifyError> {
        // The rule comes before the signature, so no key is needed. All other rules are those of s3s.
        match self.0.verify(request, |_| None) {
            Err(error @ VerifyError::HeadersNotSigned { .. }) => Some(error),
            _ => None,
        }
    }
}

/// Responds with 403 to a signed request that has such a header.
pub(crate) async fn refuse(State(headers): State<UnsignedHeaders>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Some(error) = headers.find(&ReceivedRequest::from_http(&parts)) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let refusal = error.response();
    let mut response = Response::new(Body::from(refusal.to_xml()));
    *response.status_mut() = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::FORBIDDEN);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}
