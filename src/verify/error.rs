//! Why a request was refused.

use alloc::string::String;

use crate::Timestamp;
#[cfg(feature = "post")]
use crate::s3::PostPolicyError;
use crate::verify::Mechanism;

/// Why a request was refused: a variant for each rule.
///
/// For logs and tests. Strangers should get the same 403 for all of them, because the differences help to guess:
/// [`ErrorResponse::access_denied`](crate::verify::ErrorResponse::access_denied). An emulator of AWS responds with [`response`](Self::response).
///
/// No variant has a signature, a token or the value of a header. Names of headers and parameters come from the request, or are
/// those that the rules name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// Neither the query nor the headers have a signature.
    #[error("the request has no signature")]
    NotSigned,

    /// A signature in the query comes with an `Authorization` header or with a form, or there are two such headers.
    #[error("the request has more than one authentication mechanism")]
    SeveralMechanisms,

    /// The request is signed with Signature Version 2.
    #[error("the request is signed with Signature Version 2, which is not supported")]
    SignatureVersion2,

    /// The `Authorization` header is of another scheme, such as `Bearer`.
    #[error("the Authorization header is of another scheme than AWS4-HMAC-SHA256")]
    UnsupportedScheme,

    /// The `Authorization` header does not have the three components of Signature Version 4.
    #[error(
        "the Authorization header is not of the form `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`"
    )]
    AuthorizationHeader,

    /// A signature in the query needs six parameters, and the `Authorization` header a date.
    #[error("{name} is missing")]
    #[non_exhaustive]
    Missing {
        /// The parameter or the header.
        name: &'static str,
    },

    /// A parameter of the signature, or a field of the form, is there twice, possibly in another case.
    #[error("{name} is given more than once")]
    #[non_exhaustive]
    Repeated {
        /// The parameter, the header or the field.
        name: &'static str,
    },

    /// The algorithm is not `AWS4-HMAC-SHA256`.
    #[error("the algorithm is not AWS4-HMAC-SHA256")]
    #[non_exhaustive]
    Algorithm {
        /// Where the signature is.
        mechanism: Mechanism,
    },

    /// The credential does not have the form `id/date/region/service/aws4_request`.
    #[error("the credential is not of the form id/date/region/service/aws4_request")]
    #[non_exhaustive]
    Credential {
        /// Where the signature is.
        mechanism: Mechanism,
    },

    /// The date in the credential is not the day of the signature.
    #[error("the date in the credential is not the day of the signature")]
    #[non_exhaustive]
    ScopeDate {
        /// Where the signature is.
        mechanism: Mechanism,
    },

    /// The request is signed for another region.
    #[error("the request is signed for another region{}", or_nothing(.expected.as_deref()))]
    #[non_exhaustive]
    Region {
        /// Where the signature is.
        mechanism: Mechanism,
        /// The region of the policy, if there is only one.
        expected: Option<String>,
    },

    /// The request is signed for another service.
    #[error("the request is signed for another service{}", or_nothing(.expected.as_deref()))]
    #[non_exhaustive]
    Service {
        /// Where the signature is.
        mechanism: Mechanism,
        /// The service of the policy, if there is only one.
        expected: Option<String>,
    },

    /// The time of the signature is not one of the form `YYYYMMDDThhmmssZ`, or there is no such time.
    #[error("the time of the signature is not a time of the form YYYYMMDDThhmmssZ")]
    #[non_exhaustive]
    Date {
        /// Where the signature is.
        mechanism: Mechanism,
    },

    /// `X-Amz-Expires` is not a number.
    #[error("X-Amz-Expires is not a number of seconds")]
    Expires,

    /// `X-Amz-Expires` is zero or negative.
    #[error("X-Amz-Expires is less than 1")]
    ExpiresTooShort,

    /// `X-Amz-Expires` is above what the policy allows.
    #[error("X-Amz-Expires is more than {max_seconds}")]
    #[non_exhaustive]
    ExpiresTooLong {
        /// The limit, in seconds.
        max_seconds: u64,
    },

    /// The URL or the form is from the future, by more than the clock skew.
    #[error("the signature is of {signed_at}, and it is only {now}")]
    #[non_exhaustive]
    NotYetValid {
        /// When the request says that it was signed.
        signed_at: Timestamp,
        /// When the URL will expire. A form has its end in the policy.
        expires_at: Option<Timestamp>,
        /// The time of the server.
        now: Timestamp,
    },

    /// The URL has expired.
    #[error("the URL expired at {expired_at}, and it is {now}")]
    #[non_exhaustive]
    Expired {
        /// The last second of the URL.
        expired_at: Timestamp,
        /// `X-Amz-Expires`, in seconds.
        expires_seconds: u64,
        /// The time of the server.
        now: Timestamp,
    },

    /// The time in the headers differs from that of the server by more than the clock skew.
    #[error("the request was signed at {signed_at}, and it is {now}: more than {max_skew_seconds} seconds apart")]
    #[non_exhaustive]
    TimeTooSkewed {
        /// When the request says that it was signed.
        signed_at: Timestamp,
        /// The time of the server.
        now: Timestamp,
        /// The clock skew of the policy, in seconds.
        max_skew_seconds: u64,
    },

    /// The list of signed headers is not sorted, or has an empty name, an upper-case letter, or a name twice.
    #[error("the list of signed headers is not a sorted list of different names in lower case")]
    #[non_exhaustive]
    SignedHeaders {
        /// Where the signature is.
        mechanism: Mechanism,
    },

    /// A header that the signature must cover is not signed: `host`, or one that starts with `x-amz-`.
    #[error("these headers are in the request, but not signed: {names}")]
    #[non_exhaustive]
    HeadersNotSigned {
        /// The names in lower case, separated by a comma and a space.
        names: String,
    },

    /// A signed header is not in the request.
    #[error("the signed header {name} is not in the request")]
    #[non_exhaustive]
    SignedHeaderMissing {
        /// The name, in lower case.
        name: String,
    },

    /// The same `x-amz-` name is a header and a query parameter, with different values or with an unsigned header.
    #[error("{name} is a header and a query parameter: that needs equal values and a signed header")]
    #[non_exhaustive]
    HeaderAndParameter {
        /// The name, in lower case.
        name: String,
    },

    /// A signed header has a value that no client can send, or that is not UTF-8.
    #[error("the value of the signed header {name} is not UTF-8, or has a control character")]
    #[non_exhaustive]
    HeaderValue {
        /// The name, in lower case.
        name: String,
    },

    /// The request is for a host that the policy does not serve, or its `Host` header is not its authority.
    #[error("the request is for another host than those served here")]
    Host,

    /// The method is not a token.
    #[error("the method is not an HTTP method")]
    Method,

    /// The request target is not an absolute path.
    #[error("the request target is not an absolute path")]
    Target,

    /// A percent sign is not followed by two hexadecimal digits, or the decoded bytes are not UTF-8.
    #[error("the request target is not percent-encoded UTF-8")]
    Encoding,

    /// The path is not encoded as the client signed it, and the policy wants that.
    #[error("the path is not strictly percent-encoded")]
    PathEncoding,

    /// The payload hash is neither `UNSIGNED-PAYLOAD` nor 64 hexadecimal digits, or the service wants another one.
    #[error("x-amz-content-sha256 is neither UNSIGNED-PAYLOAD nor a SHA-256 in lower-case hexadecimal digits")]
    ContentSha256,

    /// The body is signed in chunks, which is not supported. In a presigned URL it is never right.
    #[error("a payload in signed or unsigned chunks (STREAMING-...) is not supported")]
    StreamingPayload,

    /// The request does not say what the hash of its body is, and the body has not been read.
    #[error("the payload hash is not in the request: read the body first, and give its SHA-256")]
    PayloadUnknown,

    /// The body is not the one that was signed.
    #[error("the body does not have the SHA-256 that was signed")]
    PayloadMismatch,

    /// There is no such access key.
    #[error("the access key id is unknown")]
    UnknownAccessKey,

    /// The session token is missing, is not the one of the credentials, or comes with long-term credentials.
    #[error("the session token is not that of the access key")]
    SessionToken,

    /// The temporary credentials have expired.
    #[error("the credentials expired at {expired_at}")]
    #[non_exhaustive]
    CredentialsExpired {
        /// When they expired.
        expired_at: Timestamp,
    },

    /// The signature is not that of the request: the secret is another one, or the request was changed.
    #[error("the signature is not that of this request")]
    SignatureDoesNotMatch,

    /// The request target is longer than any signed request needs.
    #[error("the request target has {bytes} bytes: at most {max} are accepted")]
    #[non_exhaustive]
    TargetTooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        max: usize,
    },

    /// There are more header lines, or more bytes in them, than any signed request needs.
    #[error("the request has {lines} header lines with {bytes} bytes")]
    #[non_exhaustive]
    HeadersTooLarge {
        /// The number of lines.
        lines: usize,
        /// The bytes of all names and values.
        bytes: usize,
    },

    /// There are more query parameters or signed headers than any signed request needs.
    #[error("the request has more than {max} {what}")]
    #[non_exhaustive]
    TooMany {
        /// `query parameters`, `signed headers` or `fields`.
        what: &'static str,
        /// The limit.
        max: usize,
    },

    /// The system's clock cannot be read.
    #[error(transparent)]
    Clock(crate::Error),

    /// The policy of a form refuses it.
    #[cfg(feature = "post")]
    #[error(transparent)]
    Policy(#[from] PostPolicyError),

    /// The key of a form is empty or longer than 1,024 bytes, once the name of the file is in it.
    #[cfg(feature = "post")]
    #[error("the key of the form is empty or longer than 1024 bytes")]
    FormKey,

    /// The fields of a form have more than 20 KB, as they were sent or with the name of the file in them.
    #[cfg(feature = "post")]
    #[error("the fields of the form have {bytes} bytes: at most 20480 are accepted")]
    #[non_exhaustive]
    FormTooLarge {
        /// The bytes of all names and values.
        bytes: usize,
    },

    /// The request is not a `POST` of `multipart/form-data` to a bucket.
    #[cfg(feature = "post")]
    #[error("the request is not a POST of multipart/form-data to a bucket")]
    NotAForm,

    /// The form is for another bucket than the one it was sent to.
    #[cfg(feature = "post")]
    #[error("the field bucket is not the bucket of the URL")]
    FormBucket,
}

fn or_nothing(value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| [": expected ", value].concat())
}
