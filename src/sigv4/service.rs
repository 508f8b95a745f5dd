//! How services differ, as data.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::error::Field;
use crate::sigv4::hash::Hex;
use crate::text;
use crate::{Error, IntoText};

/// A service and its deviations from the general rules of Signature Version 4.
///
/// [`Service::new`] knows the services in this table; setters override the rules for others that deviate.
///
/// | service | path | payload of a presigned URL | session token |
/// |---|---|---|---|
/// | `s3`, `s3-outposts`, `s3-object-lambda` | encoded once, kept as it is | `UNSIGNED-PAYLOAD` | signed, `X-Amz-Security-Token` |
/// | `s3express` | the same | the same | signed, `X-Amz-S3session-Token` |
/// | `iotdevicegateway` | normalized, encoded twice | hash of the empty body | appended after signing |
/// | `vpc-lattice-svcs` | normalized, encoded twice | `UNSIGNED-PAYLOAD`, also in the `Authorization` form | signed, `X-Amz-Security-Token` |
/// | all others | normalized, encoded twice | hash of the empty body | signed, `X-Amz-Security-Token` |
///
/// VPC Lattice does not support signed payloads, and needs the header `x-amz-content-sha256: UNSIGNED-PAYLOAD` in every request:
/// it is signed, and [`headers`](crate::PresignedRequest::headers) lists it. Source: [SIGv4 authenticated requests for
/// Amazon VPC Lattice](https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Service {
    name: String,
    path_encoding: PathEncoding,
    path_normalization: PathNormalization,
    presigned_payload: Payload,
    authorized_payload: Payload,
    session_token_parameter: SessionTokenParameter,
    session_token_placement: SessionTokenPlacement,
    requires_content_sha256: bool,
    requires_unsigned_payload: bool,
}

/// The payload hash of a signature: what it says about the body.
///
/// ```
/// use presign::Method;
/// use presign::sigv4::{Payload, Request};
///
/// let sha256_of_the_body = [0; 32];
/// let request = Request::new(Method::Post, "https://search-x.eu-west-1.es.amazonaws.com")?
///     .path("/index/_doc")
///     .payload(Payload::Sha256(sha256_of_the_body));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payload {
    /// `UNSIGNED-PAYLOAD`: any body. What S3 expects of a presigned URL.
    Unsigned,
    /// The hash of the empty body.
    Empty,
    /// The SHA-256 of the body: no other body is accepted.
    Sha256([u8; 32]),
    /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`: a body in chunks without signatures, with a checksum in a trailer. S3 takes it
    /// only with a signature in the `Authorization` header; presigning it is an error.
    ///
    /// The client sends the body as `aws-chunked`, and the request needs the headers `content-encoding: aws-chunked`,
    /// `x-amz-decoded-content-length` and `x-amz-trailer`, which are set with [`header`](crate::sigv4::Request::header).
    ///
    /// Source: [SigV4 streaming with trailing headers](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).
    StreamingUnsignedPayloadTrailer,
}

pub(crate) const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
pub(super) const STREAMING_UNSIGNED_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

impl Payload {
    #[inline]
    pub(crate) fn line(self) -> Cow<'static, str> {
        match self {
            Self::Unsigned => Cow::Borrowed(UNSIGNED),
            Self::Empty => Cow::Borrowed(EMPTY_SHA256),
            Self::Sha256(hash) => Cow::Owned(String::from(Hex::new(&hash).as_str())),
            Self::StreamingUnsignedPayloadTrailer => Cow::Borrowed(STREAMING_UNSIGNED_TRAILER),
        }
    }
}

/// How often the path is percent-encoded for the canonical request, counted from the raw path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathEncoding {
    /// The canonical URI is the path of the URL.
    Once,
    /// The canonical URI is the path of the URL, percent-encoded again (`%20` becomes `%2520`, `/` stays).
    Twice,
}

/// Whether the path is normalized for the canonical request. The URL keeps it as given in both cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathNormalization {
    /// Every segment counts, `a//b` is not `a/b`: the rule of S3.
    Keep,
    /// Empty and `.` segments are dropped, `..` removes the segment before it.
    Normalize,
}

/// The name under which the session token of temporary credentials is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionTokenParameter {
    /// `X-Amz-Security-Token`
    SecurityToken,
    /// `X-Amz-S3session-Token`, for the credentials of `CreateSession` (directory buckets).
    S3Session,
}

/// Where the session token of temporary credentials goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionTokenPlacement {
    /// Into the canonical request.
    Signed,
    /// After the signature, which does not cover it.
    AppendedAfterSigning,
}

impl Service {
    /// Returns the rules for a service, by its name in the credential scope (`execute-api`, not `apigateway`).
    ///
    /// # Errors
    /// [`Error::Empty`]; [`Error::InvalidCharacter`] for anything but printable ASCII, and for a space, a slash or a
    /// comma.
    ///
    /// ```
    /// use presign::sigv4::{PathEncoding, Service};
    ///
    /// assert_eq!(Service::new("s3")?, Service::s3());
    /// let mine = Service::new("my-gateway")?.path_encoding(PathEncoding::Once);
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn new<'a>(name: impl IntoText<'a>) -> Result<Self, Error> {
        let name = name.into_text().into_owned();
        text::check_scope_part(Field::Service, &name)?;
        Ok(match name.as_str() {
            "s3express" => Self { session_token_parameter: SessionTokenParameter::S3Session, ..Self::s3_family(name) },
            "iotdevicegateway" => {
                Self { session_token_placement: SessionTokenPlacement::AppendedAfterSigning, ..Self::general(name) }
            }
            "vpc-lattice-svcs" => Self {
                presigned_payload: Payload::Unsigned,
                authorized_payload: Payload::Unsigned,
                requires_content_sha256: true,
                requires_unsigned_payload: true,
                ..Self::general(name)
            },
            _ if Self::is_in_s3_family(&name) => Self::s3_family(name),
            _ => Self::general(name),
        })
    }

    /// Whether a service has buckets and objects. `s3tables` and `s3vectors` are others, in spite of their names.
    pub(crate) fn is_in_s3_family(name: &str) -> bool {
        matches!(name, "s3" | "s3express" | "s3-outposts" | "s3-object-lambda")
    }

    /// Amazon S3, and the stores that are compatible with it.
    #[must_use]
    pub fn s3() -> Self {
        Self::s3_family(String::from("s3"))
    }

    fn general(name: String) -> Self {
        Self {
            name,
            path_encoding: PathEncoding::Twice,
            path_normalization: PathNormalization::Normalize,
            presigned_payload: Payload::Empty,
            authorized_payload: Payload::Empty,
            session_token_parameter: SessionTokenParameter::SecurityToken,
            session_token_placement: SessionTokenPlacement::Signed,
            requires_content_sha256: false,
            requires_unsigned_payload: false,
        }
    }

    fn s3_family(name: String) -> Self {
        Self {
            path_encoding: PathEncoding::Once,
            path_normalization: PathNormalization::Keep,
            presigned_payload: Payload::Unsigned,
            requires_content_sha256: true,
            ..Self::general(name)
        }
    }

    /// Overrides how often the path is encoded.
    #[must_use]
    pub fn path_encoding(self, path_encoding: PathEncoding) -> Self {
        Self { path_encoding, ..self }
    }

    /// Overrides whether the path is normalized.
    #[must_use]
    pub fn path_normalization(self, path_normalization: PathNormalization) -> Self {
        Self { path_normalization, ..self }
    }

    /// Overrides the payload line of presigned URLs whose request does not name one.
    #[must_use]
    pub fn presigned_payload(self, presigned_payload: Payload) -> Self {
        Self { presigned_payload, ..self }
    }

    /// Overrides the name under which the session token is sent.
    #[must_use]
    pub fn session_token_parameter(self, session_token_parameter: SessionTokenParameter) -> Self {
        Self { session_token_parameter, ..self }
    }

    /// Overrides where the session token goes.
    #[must_use]
    pub fn session_token_placement(self, session_token_placement: SessionTokenPlacement) -> Self {
        Self { session_token_placement, ..self }
    }

    /// The name in the credential scope.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[inline]
    pub(crate) fn encodes_path_twice(&self) -> bool {
        self.path_encoding == PathEncoding::Twice
    }

    #[inline]
    pub(crate) fn normalizes_path(&self) -> bool {
        self.path_normalization == PathNormalization::Normalize
    }

    /// Whether the canonical URI is the path of the URL.
    #[inline]
    pub(crate) fn signs_path_of_url(&self) -> bool {
        !self.normalizes_path() && !self.encodes_path_twice()
    }

    #[inline]
    pub(crate) fn default_presigned_payload(&self) -> Payload {
        self.presigned_payload
    }

    #[inline]
    pub(crate) fn default_authorized_payload(&self) -> Payload {
        self.authorized_payload
    }

    #[inline]
    pub(crate) fn session_token_query(&self) -> &'static str {
        match self.session_token_parameter {
            SessionTokenParameter::SecurityToken => "X-Amz-Security-Token",
            SessionTokenParameter::S3Session => "X-Amz-S3session-Token",
        }
    }

    pub(crate) fn session_token_header(&self) -> &'static str {
        match self.session_token_parameter {
            SessionTokenParameter::SecurityToken => "x-amz-security-token",
            SessionTokenParameter::S3Session => "x-amz-s3session-token",
        }
    }

    #[inline]
    pub(crate) fn signs_session_token(&self) -> bool {
        self.session_token_placement == SessionTokenPlacement::Signed
    }

    /// Whether a request with an `Authorization` header must carry `x-amz-content-sha256`.
    #[inline]
    pub(crate) fn requires_content_sha256(&self) -> bool {
        self.requires_content_sha256
    }

    /// Whether it takes no signed payload, and every request must say so in `x-amz-content-sha256`.
    #[inline]
    pub(crate) fn requires_unsigned_payload(&self) -> bool {
        self.requires_unsigned_payload
    }
}
