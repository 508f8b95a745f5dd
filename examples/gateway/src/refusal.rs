//! Why a request is refused, and what its sender is told.

use std::fmt;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use presign::verify::{ErrorResponse, VerifyError};

/// A request that is refused.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: u16,
    xml: String,
    /// For the log. It has no secrets.
    reason: String,
    /// Whether the signature was not verified.
    is_of_stranger: bool,
}

impl Refusal {
    /// Refuses a request whose signature is right.
    pub(crate) fn new(status: u16, code: &str, message: &'static str) -> Self {
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        );
        Self { status, xml, reason: message.into(), is_of_stranger: false }
    }

    /// Refuses what this key may not do. Only the log has the reason.
    pub(crate) fn denied(reason: &'static str) -> Self {
        Self { reason: reason.into(), ..Self::new(403, "AccessDenied", "Access Denied") }
    }

    /// Refuses a form that cannot be read, before anything is verified.
    pub(crate) fn malformed_form(reason: &'static str) -> Self {
        Self::new(400, "MalformedPOSTRequest", reason).of_stranger()
    }

    /// Refuses a body that is not the one that was signed.
    pub(crate) fn of_body(error: &VerifyError) -> Self {
        Self { is_of_stranger: false, ..Self::from(error) }
    }

    /// Marks a refusal as one before the signature was verified.
    pub(crate) fn of_stranger(self) -> Self {
        Self { is_of_stranger: true, ..self }
    }

    /// Returns the response. Strangers all get the same one, unless the gateway explains.
    pub(crate) fn response(&self, explain: bool) -> Response {
        let denied = ErrorResponse::access_denied();
        let is_silent = self.is_of_stranger && !explain;
        let (status, xml) =
            if is_silent { (denied.status(), denied.to_xml()) } else { (self.status, self.xml.clone()) };
        let mut response = Response::new(Body::from(xml));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        response
    }
}

/// Refuses a stranger. No variant of `VerifyError` has a signature, a token or the value of a header.
impl From<&VerifyError> for Refusal {
    fn from(error: &VerifyError) -> Self {
        let response = error.response();
        Self { status: response.status(), xml: response.to_xml(), reason: error.to_string(), is_of_stranger: true }
    }
}

impl From<VerifyError> for Refusal {
    fn from(error: VerifyError) -> Self {
        Self::from(&error)
    }
}

/// The request is verified, but cannot be signed for the store: a key with dot segments, or a rule of S3 that it breaks.
impl From<presign::Error> for Refusal {
    fn from(error: presign::Error) -> Self {
        let refusal = match error.kind() {
            presign::ErrorKind::Request | presign::ErrorKind::Configuration => {
                Self::new(400, "InvalidRequest", "The request cannot be sent to the store.")
            }
            _ => Self::new(503, "ServiceUnavailable", "The gateway cannot sign for the store."),
        };
        Self { reason: error.to_string(), ..refusal }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// As the error of a body, it travels through the client to where the response is made.
impl std::error::Error for Refusal {}
