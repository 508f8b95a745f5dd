//! What exactly an error is about: an input, an endpoint, an ARN.

use core::fmt;

/// The input that an [`Error`](crate::Error) is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The credentials as a whole.
    Credentials,
    /// The access key id.
    AccessKeyId,
    /// The secret access key.
    SecretAccessKey,
    /// The session token.
    SessionToken,
    /// The region.
    Region,
    /// The service name of the credential scope.
    Service,
    /// The endpoint.
    Endpoint,
    /// The host that a verifier serves.
    Host,
    /// The account, project or namespace that is a part of a store's host.
    Account,
    /// The URL of a signed request that was read.
    Url,
    /// The bucket.
    Bucket,
    /// The object key.
    Key,
    /// An object key in the form of event notifications.
    EncodedKey,
    /// The name of a query parameter.
    QueryName,
    /// The name of a header.
    HeaderName,
    /// The name of a field of a form.
    FormFieldName,
    /// The name of user metadata, without its prefix.
    MetadataName,
    /// The media type of an object.
    ContentType,
    /// The id of a multipart upload.
    UploadId,
    /// The id of a version.
    VersionId,
    /// The entity tag of a part.
    ETag,
    /// The key or the value of a tag.
    Tag,
    /// The parts with which a multipart upload is completed.
    CompletedParts,
}

impl Field {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::AccessKeyId => "access key id",
            Self::SecretAccessKey => "secret access key",
            Self::SessionToken => "session token",
            Self::Region => "region",
            Self::Service => "service",
            Self::Endpoint => "endpoint",
            Self::Host => "host",
            Self::Account => "account",
            Self::Url => "URL",
            Self::Bucket => "bucket",
            Self::Key => "object key",
            Self::EncodedKey => "encoded object key",
            Self::QueryName => "name of a query parameter",
            Self::HeaderName => "name of a header",
            Self::FormFieldName => "name of a form field",
            Self::MetadataName => "name of user metadata",
            Self::ContentType => "content type",
            Self::UploadId => "upload id",
            Self::VersionId => "version id",
            Self::ETag => "entity tag",
            Self::Tag => "tag",
            Self::CompletedParts => "completed parts",
        }
    }

    pub(super) const fn rule(self) -> &'static str {
        match self {
            Self::AccessKeyId | Self::Service => "printable ASCII without space, slash and comma is allowed",
            Self::SessionToken => "printable ASCII without space is allowed",
            Self::Region | Self::Account | Self::Bucket | Self::FormFieldName => {
                "letters, digits, `.`, `-` and `_` are allowed"
            }
            Self::Host => "a host name or address with an optional port is allowed, without a scheme and a path",
            Self::Url => "the ASCII characters of URLs except `#` are allowed",
            Self::EncodedKey => "two hexadecimal digits must follow `%`, and the bytes must be UTF-8",
            _ => "control characters are not allowed",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {}", self.name())
    }
}

/// What is wrong with an endpoint. The endpoint itself is not shown: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// There is no `scheme://`.
    #[error("has no scheme: write it as https://host")]
    NoScheme,
    /// Nothing can be signed for this scheme.
    #[error("has a scheme that cannot be used here: S3 takes http and https, other services ws and wss too")]
    Scheme,
    /// There is nothing between `//` and the path.
    #[error("has no host")]
    NoHost,
    /// The host has a character, a label or a length that DNS does not allow.
    #[error(
        "has a host that is neither a DNS name in ASCII without a dot at its end nor an IP address: write other scripts in Punycode (xn--)"
    )]
    Host,
    /// The port is not a number from 1 to 65,535.
    #[error("has a port that is not a number from 1 to 65535")]
    Port,
    /// `user:password@` has no place in a signed URL.
    #[error("has a user name or password")]
    UserInfo,
    /// An endpoint has no query.
    #[error("has a query")]
    Query,
    /// An endpoint has no fragment.
    #[error("has a fragment")]
    Fragment,
    /// The base path is not one that every URL parser leaves as it is.
    #[error("has a base path that is not percent-encoded, or that has empty, `.` or `..` segments or an encoded slash")]
    BasePath,
    /// The bucket is a part of the host or of the base path already, and would be in the URL twice.
    #[error(
        "contains a bucket: give the endpoint of the whole store, or choose `AddressingStyle::BucketEndpoint` if it is that of the bucket, or `Path` or `VirtualHosted` to add the bucket to it"
    )]
    Bucket,
    /// The host is that of another AWS region than the one to sign for.
    #[error("is in another region than the one to sign for: give the region of the endpoint, or no endpoint")]
    Region,
    /// The host serves a website, a console, a CDN or public downloads, and reads no signatures.
    #[error(
        "is that of a website, a console, a CDN or public downloads, which take no signatures: give the S3 endpoint, and a CDN as the published one"
    )]
    NoSignatures,
}

/// What is wrong with an ARN in the place of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ArnError {
    /// It does not have six parts.
    #[error("is not of the form arn:partition:service:region:account:resource")]
    Format,
    /// It belongs to another service.
    #[error("is not of the service s3, s3-object-lambda or s3-outposts")]
    Service,
    /// The region is missing or cannot be part of a host name.
    #[error("has no valid region")]
    Region,
    /// The account is missing or cannot be part of a host name.
    #[error("has no valid account id")]
    Account,
    /// It names something other than an access point.
    #[error("does not name an access point")]
    Resource,
    /// The name of the access point is missing or cannot be part of a host name.
    #[error("has no valid access point name")]
    AccessPointName,
    /// The id of the Outpost is missing or cannot be part of a host name.
    #[error("has no valid Outpost id")]
    OutpostId,
    /// There are more parts after the access point.
    #[error("has more parts after the access point's name")]
    SubResource,
    /// It is of another partition than the region, or than its own region.
    #[error("is of another partition than the region")]
    Partition,
    /// It is of another region, which was excluded.
    #[error("is of another region than the presigner")]
    RegionMismatch,
}

/// Something that decides about the host, in an [`Error::EndpointConflict`](crate::Error::EndpointConflict).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EndpointFeature {
    /// An endpoint that was given.
    CustomEndpoint,
    /// Dual-stack endpoints.
    DualStack,
    /// FIPS endpoints.
    Fips,
    /// Transfer acceleration.
    TransferAcceleration,
    /// Path style, or a bucket name that leaves no other.
    PathStyle,
    /// The partition of the region.
    Partition,
    /// An ARN.
    Arn,
    /// An access point.
    AccessPoint,
    /// An Object Lambda access point.
    ObjectLambda,
    /// An access point on an Outpost.
    Outposts,
    /// A directory bucket.
    DirectoryBucket,
}

impl fmt::Display for EndpointFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CustomEndpoint => "a given endpoint",
            Self::DualStack => "dual-stack",
            Self::Fips => "FIPS",
            Self::TransferAcceleration => "transfer acceleration",
            Self::PathStyle => "path style",
            Self::Partition => "the partition of the region",
            Self::Arn => "an ARN",
            Self::AccessPoint => "an access point",
            Self::ObjectLambda => "an Object Lambda access point",
            Self::Outposts => "an Outposts access point",
            Self::DirectoryBucket => "a directory bucket",
        })
    }
}

/// What to write instead, for headers that often have text beyond ASCII.
pub(super) fn header_value_remedy(name: &str) -> &'static str {
    match name {
        "content-disposition" => ": give the file name to `ContentDisposition`, which encodes it",
        "x-amz-copy-source" | "x-amz-tagging" | "x-amz-website-redirect-location" => ": percent-encode it",
        name if name.starts_with("x-amz-meta-") => {
            ": use `metadata_encoded`, which encodes it as RFC 2047 says, or percent-encode it"
        }
        _ => "",
    }
}
