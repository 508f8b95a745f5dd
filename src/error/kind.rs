//! Whose fault an error is.

use crate::error::{Error, Field};

/// Who can repair an [`Error`], and so how a server reports it.
///
/// | kind | whose fault | a server that signs for clients responds with |
/// |---|---|---|
/// | [`Request`](Self::Request) | that of the caller who asked for this operation | 400 or 422 |
/// | [`Configuration`](Self::Configuration) | that of whoever set up the presigner | 500 |
/// | [`Credentials`](Self::Credentials) | the credentials are missing, invalid or expired | 500, or 503 when they rotate |
/// | [`Clock`](Self::Clock) | the clock of the machine is wrong or missing | 500 |
/// | [`NotSupported`](Self::NotSupported) | nobody's: this crate or this store cannot do it | 501 or 422 |
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// use presign::ErrorKind;
/// use presign::s3::GetObject;
///
/// let error = presigner.presign(GetObject::new("a/../b"), Duration::from_secs(60)).unwrap_err();
/// let status = match error.kind() {
///     ErrorKind::Request => 422,
///     _ => 500,
/// };
/// assert_eq!(status, 422);
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operation, or the policy of a form, asks for something that cannot be signed: a key, a header, an expiry.
    Request,
    /// The presigner was set up with values that are invalid or cannot be combined.
    Configuration,
    /// The credentials are missing, invalid or expired.
    Credentials,
    /// The clock is outside the years that AWS's formats can express, or there is no clock.
    Clock,
    /// This crate does not support it, or the store is known not to.
    NotSupported,
}

impl Error {
    /// Returns whose fault this is.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Missing(field) | Self::Empty(field) | Self::InvalidCharacter { field, .. } => field.kind(),

            Self::EnvironmentVariable { .. }
            | Self::EnvironmentTime { .. }
            | Self::CredentialsExpired { .. }
            | Self::OutlivesCredentials { .. }
            | Self::NoCredentials
            | Self::Credentials(_) => ErrorKind::Credentials,

            Self::BucketLength { .. }
            | Self::BucketInEndpoint
            | Self::BucketHasDots
            | Self::Arn(_)
            | Self::DirectoryBucketName
            | Self::OutpostsAlias
            | Self::EndpointConflict { .. }
            | Self::BucketNotDnsName
            | Self::VirtualHostOnIpAddress
            | Self::UnknownRegion
            | Self::RegionPrefix { .. }
            | Self::UnknownStore
            | Self::UnknownAddressingStyle
            | Self::Endpoint(_)
            | Self::PublishedEndpoint(_)
            | Self::Token(_)
            | Self::WindowTooShort => ErrorKind::Configuration,

            Self::TimeOutOfRange | Self::NoClock => ErrorKind::Clock,

            Self::DirectoryBucketControl
            | Self::NoServiceEndpoint
            | Self::MultiRegionAccessPoint
            | Self::PostFormsNotSupported
            | Self::SizeNotEnforceable => ErrorKind::NotSupported,

            Self::Repeated { .. }
            | Self::BucketRegion
            | Self::KeyTooLong { .. }
            | Self::DotSegment
            | Self::InvalidPath { .. }
            | Self::PathNotCanonical { .. }
            | Self::ExpiresTooShort
            | Self::ExpiresTooLong { .. }
            | Self::WindowTooLong { .. }
            | Self::ClockSlackTooLong { .. }
            | Self::TimeFormat
            | Self::HeaderName { .. }
            | Self::HeaderValue { .. }
            | Self::ResponseOverride { .. }
            | Self::MetadataPrefix
            | Self::S3Rule(_)
            | Self::ContentLength
            | Self::ReservedHeader { .. }
            | Self::HopByHopHeader { .. }
            | Self::ContentSha256
            | Self::UnsignedPayloadRequired
            | Self::StreamingPayload
            | Self::PayloadMismatch
            | Self::ReservedQueryParameter { .. }
            | Self::OutOfRange { .. }
            | Self::EmptyRange
            | Self::MetadataTooLarge { .. }
            | Self::TooManyTags { .. }
            | Self::TagKeyLength { .. }
            | Self::TagValueLength { .. }
            | Self::ReservedFormField { .. }
            | Self::RepeatedFormField { .. }
            | Self::FormFieldValue { .. }
            | Self::FormFieldPrefix { .. }
            | Self::ExactFormField { .. }
            | Self::FilenameVariable { .. }
            | Self::ContentLengthRange { .. }
            | Self::FormTooLarge { .. }
            | Self::UploadTooLarge { .. }
            | Self::ObjectTooLarge { .. }
            | Self::PartSize { .. }
            | Self::TooManyParts { .. }
            | Self::PartOrder
            | Self::UnknownName { .. }
            | Self::UrlRewritten
            | Self::HeadersTooLarge => ErrorKind::Request,
        }
    }
}

impl Field {
    const fn kind(self) -> ErrorKind {
        match self {
            Self::Credentials | Self::AccessKeyId | Self::SecretAccessKey | Self::SessionToken => {
                ErrorKind::Credentials
            }
            Self::Region
            | Self::RegionSet
            | Self::Service
            | Self::Endpoint
            | Self::Host
            | Self::Account
            | Self::Bucket => ErrorKind::Configuration,
            Self::Url
            | Self::Key
            | Self::EncodedKey
            | Self::QueryName
            | Self::HeaderName
            | Self::FormFieldName
            | Self::MetadataName
            | Self::ContentType
            | Self::UploadId
            | Self::VersionId
            | Self::ETag
            | Self::Tag
            | Self::CompletedParts => ErrorKind::Request,
        }
    }
}
