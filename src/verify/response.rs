//! What AWS responds to a request that breaks a rule.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

#[cfg(feature = "post")]
use crate::s3::PostPolicyError;
use crate::s3::xml;
use crate::verify::{Mechanism, VerifyError};

/// The response to a request that was refused, as S3 writes it.
///
/// ```
/// use presign::verify::{ErrorResponse, VerifyError};
///
/// let strangers = ErrorResponse::access_denied();
/// assert_eq!(strangers.status(), 403);
/// assert!(strangers.to_xml().contains("<Code>AccessDenied</Code><Message>Access Denied</Message>"));
///
/// let emulator = VerifyError::SignatureDoesNotMatch.response();
/// assert_eq!((emulator.status(), emulator.code()), (403, "SignatureDoesNotMatch"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorResponse {
    status: u16,
    code: &'static str,
    message: Cow<'static, str>,
    details: Vec<(&'static str, String)>,
}

impl ErrorResponse {
    /// Returns the response for strangers, which is the same for all errors and so tells nothing: 403 `AccessDenied`.
    #[must_use]
    pub fn access_denied() -> Self {
        Self::new(403, "AccessDenied", "Access Denied")
    }

    fn new(status: u16, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), details: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.details.push((name, value.into()));
        self
    }

    /// Returns the status of HTTP.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// Returns the error code, such as `SignatureDoesNotMatch`.
    #[must_use]
    pub const fn code(&self) -> &str {
        self.code
    }

    /// Returns the message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the further elements of the body, such as `HeadersNotSigned` or `ServerTime`.
    #[must_use]
    pub fn details(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.details.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Returns the body, as XML. Its content type is `application/xml`.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut body = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
        let elements = [("Code", self.code), ("Message", &self.message)];
        for (name, value) in elements.into_iter().chain(self.details()) {
            xml::put_any_element(&mut body, name, value);
        }
        body.push_str("</Error>");
        body
    }
}

const MALFORMED_QUERY: &str = "AuthorizationQueryParametersError";
const MALFORMED_HEADER: &str = "AuthorizationHeaderMalformed";
const DOES_NOT_MATCH: &str = "The request signature we calculated does not match the signature you provided. \
                              Check your key and signing method.";

impl VerifyError {
    /// Returns what AWS responds, for emulators and for clients that may know what is wrong.
    ///
    /// Status, code and elements are those that were recorded at AWS, where there is a public record. S3 also repeats the
    /// string to sign and the canonical request, which this crate does not: they would be those of somebody else's request.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "a table")]
    pub fn response(&self) -> ErrorResponse {
        let new = |status, code, message: &'static str| ErrorResponse::new(status, code, message);
        match self {
            Self::NotSigned => ErrorResponse::access_denied(),
            Self::SeveralMechanisms => new(
                400,
                "InvalidArgument",
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string \
                 parameter or the Authorization header should be specified",
            )
            .with("ArgumentName", "Authorization"),
            Self::SignatureVersion2 => new(
                400,
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
            ),
            Self::UnsupportedScheme => {
                new(400, "InvalidArgument", "Unsupported Authorization Type").with("ArgumentName", "Authorization")
            }
            Self::AuthorizationHeader => new(
                400,
                MALFORMED_HEADER,
                "The authorization header is malformed; it is not of the form that is expected.",
            ),
            Self::Missing { name } if name.starts_with("X-Amz-") => new(
                400,
                MALFORMED_QUERY,
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, \
                 X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
            ),
            Self::Missing { name: "x-amz-date" } => {
                new(403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header")
            }
            Self::Missing { name } => {
                ErrorResponse::new(400, "InvalidRequest", format!("Missing required header for this request: {name}"))
            }
            Self::Repeated { name } if name.starts_with("X-Amz-") => {
                ErrorResponse::new(400, MALFORMED_QUERY, format!("{name} must be given only once."))
            }
            Self::Repeated { name } => {
                ErrorResponse::new(400, "InvalidArgument", format!("{name} must be given only once."))
            }
            Self::Algorithm { mechanism } => {
                malformed(*mechanism, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"")
            }
            Self::Credential { mechanism } => malformed_credential(
                *mechanism,
                "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
            ),
            Self::ScopeDate { mechanism } => {
                malformed_credential(*mechanism, "the date in the Credential is not the same as that of the request.")
            }
            Self::Region { mechanism, expected: Some(region) } => {
                malformed_credential(*mechanism, &format!("the region is wrong; expecting '{region}'"))
                    .with("Region", region.as_str())
            }
            Self::Region { mechanism, expected: None } => malformed_credential(*mechanism, "the region is wrong"),
            Self::Service { mechanism, expected: Some(service) } => {
                malformed_credential(*mechanism, &format!("incorrect service. This endpoint belongs to \"{service}\"."))
            }
            Self::Service { mechanism, expected: None } => malformed_credential(*mechanism, "incorrect service."),
            Self::Date { mechanism: Mechanism::Header } => {
                new(403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header")
            }
            Self::Date { mechanism } => {
                malformed(*mechanism, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
            }
            Self::Expires => new(400, MALFORMED_QUERY, "X-Amz-Expires should be a number"),
            Self::ExpiresTooShort => new(400, MALFORMED_QUERY, "X-Amz-Expires must be non-negative"),
            Self::ExpiresTooLong { max_seconds: 604_800 } => new(
                400,
                MALFORMED_QUERY,
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than \
                 604800 seconds",
            ),
            Self::ExpiresTooLong { max_seconds } => ErrorResponse::new(
                400,
                MALFORMED_QUERY,
                format!("the given X-Amz-Expires must be at most {max_seconds} seconds"),
            ),
            Self::NotYetValid { signed_at, expires_at, now } => {
                let response =
                    new(403, "AccessDenied", "Request is not yet valid").with("X-Amz-Date", signed_at.to_string());
                let response = match expires_at {
                    Some(expires_at) => response.with("Expires", expires_at.to_string()),
                    None => response,
                };
                response.with("ServerTime", now.to_string())
            }
            Self::Expired { expired_at, expires_seconds, now } => new(403, "AccessDenied", "Request has expired")
                .with("X-Amz-Expires", expires_seconds.to_string())
                .with("Expires", expired_at.to_string())
                .with("ServerTime", now.to_string()),
            Self::TimeTooSkewed { signed_at, now, max_skew_seconds } => new(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
            )
            .with("RequestTime", signed_at.amz_date().as_str())
            .with("ServerTime", now.to_string())
            .with("MaxAllowedSkewMilliseconds", max_skew_seconds.saturating_mul(1_000).to_string()),
            Self::SignedHeaders { mechanism } => {
                malformed(*mechanism, "SignedHeaders is not a sorted list of lower-case names")
            }
            Self::HeadersNotSigned { names } => {
                new(403, "AccessDenied", "There were headers present in the request which were not signed")
                    .with("HeadersNotSigned", names.as_str())
            }
            Self::SignedHeaderMissing { .. }
            | Self::HeaderAndParameter { .. }
            | Self::Host
            | Self::PathEncoding
            | Self::SignatureDoesNotMatch => new(403, "SignatureDoesNotMatch", DOES_NOT_MATCH),
            Self::ContentSha256 => {
                new(400, "InvalidArgument", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256 value.")
                    .with("ArgumentName", "x-amz-content-sha256")
            }
            Self::StreamingPayload => {
                new(501, "NotImplemented", "A payload in chunks (STREAMING-...) is not supported.")
            }
            Self::PayloadUnknown | Self::Clock(_) => {
                new(500, "InternalError", "We encountered an internal error. Please try again.")
            }
            Self::PayloadMismatch => new(
                400,
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ),
            Self::UnknownAccessKey => {
                new(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
            }
            Self::SessionToken => new(400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
            Self::CredentialsExpired { .. } => new(400, "ExpiredToken", "The provided token has expired."),
            Self::Method => new(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
            Self::Target | Self::Encoding | Self::HeaderValue { .. } | Self::TargetTooLong { .. } => {
                new(400, "InvalidURI", "Couldn't parse the specified URI.")
            }
            Self::HeadersTooLarge { .. } | Self::TooMany { .. } => new(
                400,
                "RequestHeaderSectionTooLarge",
                "Your request header section exceeds the maximum allowed size.",
            ),
            #[cfg(feature = "post")]
            Self::Policy(error) => policy(error),
            #[cfg(feature = "post")]
            Self::FormBucket => new(403, "AccessDenied", "Invalid according to Policy: the bucket is another one."),
            #[cfg(feature = "post")]
            Self::FormKey => {
                new(400, "InvalidArgument", "User key must have a length greater than 0.").with("ArgumentName", "key")
            }
            #[cfg(feature = "post")]
            Self::FormTooLarge { .. } => new(
                400,
                "MaxPostPreDataLengthExceeded",
                "Your POST request fields preceding the upload file were too large.",
            ),
            #[cfg(feature = "post")]
            Self::NotAForm => {
                new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                    .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data")
            }
        }
    }
}

fn malformed(mechanism: Mechanism, message: impl Into<Cow<'static, str>>) -> ErrorResponse {
    let code = match mechanism {
        Mechanism::Query => MALFORMED_QUERY,
        Mechanism::Header => MALFORMED_HEADER,
        Mechanism::Form => "InvalidArgument",
    };
    ErrorResponse::new(400, code, message)
}

fn malformed_credential(mechanism: Mechanism, what: &str) -> ErrorResponse {
    let where_it_is = match mechanism {
        Mechanism::Query => "Error parsing the X-Amz-Credential parameter; ",
        Mechanism::Header => "The authorization header is malformed; ",
        Mechanism::Form => "Error parsing the field x-amz-credential; ",
    };
    malformed(mechanism, [where_it_is, what].concat())
}

#[cfg(feature = "post")]
fn policy(error: &PostPolicyError) -> ErrorResponse {
    let message = error.to_string();
    match error {
        PostPolicyError::Malformed(_) => ErrorResponse::new(400, "InvalidPolicyDocument", message),
        PostPolicyError::MissingField { name } => {
            ErrorResponse::new(400, "InvalidArgument", message).with("ArgumentName", *name)
        }
        PostPolicyError::Expired
        | PostPolicyError::ConditionFailed { .. }
        | PostPolicyError::ExtraInputFields { .. } => ErrorResponse::new(403, "AccessDenied", message),
        PostPolicyError::EntityTooSmall { proposed_size, min_size_allowed } => {
            ErrorResponse::new(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
                .with("ProposedSize", proposed_size.to_string())
                .with("MinSizeAllowed", min_size_allowed.to_string())
        }
        PostPolicyError::EntityTooLarge { proposed_size, max_size_allowed } => {
            ErrorResponse::new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
                .with("ProposedSize", proposed_size.to_string())
                .with("MaxSizeAllowed", max_size_allowed.to_string())
        }
    }
}
