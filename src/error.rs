//! What can be wrong with an input, in one enum.
//!
//! No variant carries a key, a header value, an endpoint or a credential, so an error can be logged as it is.

use alloc::string::String;
use core::fmt;
use core::time::Duration;

use crate::Timestamp;

/// Why no URL was made.
///
/// Each message names the input and the rule that it broke. Values are never part of a message; names of headers and
/// query parameters are, because without them the message would not help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Something that signing cannot do without was not given.
    #[error("no {} given", .0.name())]
    Missing(Field),

    /// A value was given, but it is the empty text.
    #[error("{0} is empty")]
    Empty(Field),

    /// A character would change the meaning of the URL or of the credential scope.
    #[error("{field} has a character that is not allowed at byte {position}: {}", .field.rule())]
    InvalidCharacter {
        /// The input.
        field: Field,
        /// The offset of the character, in bytes from the start of the value.
        position: usize,
    },

    /// An environment variable is not set or is not Unicode.
    #[error("environment variable {name} is not set or is not valid Unicode")]
    EnvironmentVariable {
        /// The variable.
        name: &'static str,
    },

    /// The credentials ended at the signing time or before.
    #[error("the credentials expired at {expired_at}, the signing time is {signed_at}")]
    CredentialsExpired {
        /// When the credentials ended.
        expired_at: Timestamp,
        /// The instant of the signature.
        signed_at: Timestamp,
    },

    /// A bucket name of a length that no S3 bucket has.
    #[error("the bucket name is {bytes} bytes long: 3 to 255 are allowed")]
    BucketLength {
        /// The length of the name, in bytes.
        bytes: usize,
    },

    /// The bucket cannot be chosen: the endpoint stands for one already.
    #[error("the endpoint stands for a bucket, so there is no other one: see `AddressingStyle::BucketEndpoint`")]
    BucketInEndpoint,

    /// An ARN that cannot stand for a bucket.
    #[error("the ARN {0}")]
    Arn(#[from] ArnError),

    /// Directory buckets are created and deleted at another endpoint, by other rules.
    #[error("creating and deleting a directory bucket is not supported: it has an endpoint of its own")]
    DirectoryBucketControl,

    /// A parameter that can have one value only was given twice, so that stores would differ in which they take.
    #[error("{name} is given more than once")]
    Repeated {
        /// The query parameter or the header.
        name: &'static str,
    },

    /// A name with the suffix of directory buckets, but without a zone.
    #[error("the bucket name has the suffix of a directory bucket, but not the form base--zone--x-s3")]
    DirectoryBucketName,

    /// A name with the suffix of aliases of Outposts access points, but of another form.
    #[error("the bucket name has the suffix of an Outposts access point alias, but not its form")]
    OutpostsAlias,

    /// Multi-Region Access Points take SigV4A only, which this crate does not have.
    #[error("a Multi-Region Access Point needs SigV4A signatures, which are not supported")]
    MultiRegionAccessPoint,

    /// Two wishes for the host that do not go together.
    #[error("{feature} cannot be combined with {with}")]
    EndpointConflict {
        /// The one.
        feature: EndpointFeature,
        /// The other.
        with: EndpointFeature,
    },

    /// The bucket name cannot be part of a host name.
    #[error(
        "the bucket name is not a DNS name, so it cannot be a part of the host: use `AddressingStyle::Path` or `AddressingStyle::Auto`"
    )]
    BucketNotDnsName,

    /// There is no `bucket.127.0.0.1`.
    #[error("the endpoint is an IP address, which cannot carry the bucket in the host: use `AddressingStyle::Path`")]
    VirtualHostOnIpAddress,

    /// Only AWS hosts can be found from a region.
    #[error("the region is not an AWS region, so the endpoint cannot be derived from it: set `endpoint`")]
    UnknownRegion,

    /// The endpoint is no base URL.
    #[error("the endpoint {0}")]
    Endpoint(#[from] EndpointError),

    /// S3 keys have at most 1,024 bytes.
    #[error("the object key is {bytes} bytes long: at most 1024 are allowed")]
    KeyTooLong {
        /// The length of the key in UTF-8, in bytes.
        bytes: usize,
    },

    /// Browsers and most HTTP libraries resolve such segments before they send the request, and so reach another
    /// object.
    #[error(
        "the path has a `.` or `..` segment, which HTTP clients resolve before they send it: rename the object, or see `allow_dot_segments`"
    )]
    DotSegment,

    /// The path of a [`sigv4::Request`](crate::sigv4::Request) goes into the URL as it is, so it must be a valid one.
    #[error("the path is not a percent-encoded absolute path at byte {position}: use `raw_path` to have it encoded")]
    InvalidPath {
        /// The offset of the first byte that does not fit.
        position: usize,
    },

    /// S3 decodes the path and encodes it again before it compares signatures, so there is only one right form.
    #[error("the path is not encoded as S3 encodes it at byte {position}: use `raw_path` to have it encoded")]
    PathNotCanonical {
        /// The offset of the first byte that differs.
        position: usize,
    },

    /// Expiry is counted in whole seconds, from one.
    #[error("the expiry is below one second")]
    ExpiresTooShort,

    /// The expiry is above what the service accepts.
    #[error("the expiry of {expires:?} is too long: at most {max:?} are allowed")]
    ExpiresTooLong {
        /// What was asked for.
        expires: Duration,
        /// The limit.
        max: Duration,
    },

    /// Window and expiry together are above what the service accepts.
    #[error(
        "the expiry of {expires:?} is too long for a signing window of {window:?}: together, at most {max:?} are allowed"
    )]
    WindowTooLong {
        /// The window.
        window: Duration,
        /// The life that was asked for.
        expires: Duration,
        /// The limit.
        max: Duration,
    },

    /// A signing window has at least one second.
    #[error("the signing window is below one second")]
    WindowTooShort,

    /// The URL would outlive its credentials, and was to be refused then.
    #[error("the URL would end at {expires_at}, its credentials end at {credentials_expire_at}")]
    OutlivesCredentials {
        /// When the URL would end.
        expires_at: Timestamp,
        /// When the credentials end.
        credentials_expire_at: Timestamp,
    },

    /// The provider of credentials has none now.
    #[error("the credentials provider has no credentials")]
    NoCredentials,

    /// The clock, or the end of the URL's life, cannot be written in the formats of AWS.
    #[error("the time is outside the years 1970 to 9999")]
    TimeOutOfRange,

    /// A text that is not a time in UTC, in the basic or the extended format of ISO 8601.
    #[error("the time is not of the form YYYYMMDDThhmmssZ or YYYY-MM-DDThh:mm:ssZ")]
    TimeFormat,

    /// A header name that HTTP does not allow. It is not shown, because it may be the value in the wrong place.
    #[error("a header name has a character at byte {position} that HTTP does not allow in names")]
    HeaderName {
        /// The offset of the character.
        position: usize,
    },

    /// A header value that HTTP clients cannot send, or not all in the same bytes.
    #[error("the value of header {name} has a character at byte {position} that is not printable ASCII, space or tab")]
    HeaderValue {
        /// The name of the header, in lower case.
        name: String,
        /// The offset of the character.
        position: usize,
    },

    /// There is more than one length, or it is no number.
    #[error("header content-length is not one decimal number")]
    ContentLength,

    /// The signer itself sets this header.
    #[error("header {name} is set by the signer")]
    ReservedHeader {
        /// The name, in lower case.
        name: String,
    },

    /// Proxies must remove or rewrite this header, so a signature over it would break on the way.
    #[error("header {name} belongs to a single connection and cannot be signed")]
    HopByHopHeader {
        /// The name, in lower case.
        name: String,
    },

    /// `x-amz-content-sha256` is the payload line of the canonical request, so its value has to be one.
    #[error("x-amz-content-sha256 is neither UNSIGNED-PAYLOAD nor 64 lower-case hexadecimal digits")]
    ContentSha256,

    /// There is only one payload line, but several were given.
    #[error("x-amz-content-sha256 is given more than once, or differs from the payload")]
    PayloadMismatch,

    /// The signer itself sets this query parameter.
    #[error("query parameter {name} is set by the signer")]
    ReservedQueryParameter {
        /// The name, as given.
        name: String,
    },

    /// A number that S3 would refuse.
    #[error("{name} is not a whole number from {min} to {max}")]
    OutOfRange {
        /// What the number is, by the name of the parameter if there is one.
        name: &'static str,
        /// The least that is allowed.
        min: u64,
        /// The most that is allowed.
        max: u64,
    },

    /// A range in which no object has a byte.
    #[error("the range of bytes is empty")]
    EmptyRange,

    /// S3 takes at most 2 KB of user metadata.
    #[error("the user metadata is {bytes} bytes long: at most 2048 are allowed")]
    MetadataTooLarge {
        /// The length of all names, without `x-amz-meta-`, and values, in bytes.
        bytes: usize,
    },

    /// Objects have at most 10 tags.
    #[error("there are {tags} tags: at most 10 are allowed")]
    TooManyTags {
        /// The number of tags.
        tags: usize,
    },

    /// A tag without a key, or with one that is too long.
    #[error("the key of a tag is {characters} characters long: 1 to 128 are allowed")]
    TagKeyLength {
        /// The length of the key, in UTF-16 code units.
        characters: usize,
    },

    /// A tag with a value that is too long.
    #[error("the value of a tag is {characters} characters long: at most 256 are allowed")]
    TagValueLength {
        /// The length of the value, in UTF-16 code units.
        characters: usize,
    },

    /// The signer itself sets this field of a form, or it has a setter of its own.
    #[error("form field {name} is set by the signer or has a setter of its own")]
    ReservedFormField {
        /// The name, in lower case.
        name: String,
    },

    /// A field of a form is given twice, which some stores refuse and others join.
    #[error("form field {name} is given more than once")]
    RepeatedFormField {
        /// The name, in lower case.
        name: String,
    },

    /// A control character in a field of a form: browsers rewrite line breaks, and headers have none.
    #[error("the value of form field {name} has a control character at byte {position}")]
    FormFieldValue {
        /// The name, in lower case.
        name: String,
        /// The offset of the character.
        position: usize,
    },

    /// The store would refuse the value that the form has.
    #[error("the value of form field {name} does not start with the prefix of its condition")]
    FormFieldPrefix {
        /// The name, in lower case.
        name: String,
    },

    /// Stores compare this field with one value only.
    #[error("form field {name} cannot have a prefix as its condition, only a value")]
    ExactFormField {
        /// The name, in lower case.
        name: String,
    },

    /// The store replaces the variable before it compares, so nothing could be equal to the value, or start with the
    /// prefix.
    #[error(
        "the condition of form field {name} has `${{filename}}`, which the store replaces: it can only stand behind a prefix"
    )]
    FilenameVariable {
        /// The name, in lower case.
        name: String,
    },

    /// No file has a size in this range.
    #[error("the content length range from {min} to {max} is empty")]
    ContentLengthRange {
        /// The least size, in bytes.
        min: u64,
        /// The greatest size, in bytes.
        max: u64,
    },

    /// S3 takes at most 20 KB of form data besides the file.
    #[error("the form is {bytes} bytes long without the file: at most 20480 are allowed")]
    FormTooLarge {
        /// The length of the form in `multipart/form-data`, with the longest boundary that there can be, in bytes.
        bytes: usize,
    },

    /// The profile of the store says that it takes no uploads from forms. If it does by now, give it
    /// [`Provider::with_post_forms`](crate::s3::Provider::with_post_forms).
    #[error("the store takes no uploads from forms")]
    PostFormsNotSupported,

    /// Only a form can limit the size of an upload, and the store takes none, or is not known to. With the exact size, a
    /// presigned `PUT` does as well. Or give the builder a [`Provider`](crate::s3::Provider) that takes forms.
    #[error("the store is not known to take forms, so it can enforce only an exact size: give the size of the file")]
    SizeNotEnforceable,

    /// The file is larger than the upload may be.
    #[error("the file has {bytes} bytes: at most {max} are allowed")]
    UploadTooLarge {
        /// The size of the file, in bytes.
        bytes: u64,
        /// The greatest size that is allowed, in bytes.
        max: u64,
    },

    /// No multipart upload can make an object of this size.
    #[error("the object is {bytes} bytes long: at most 53687091200000 are allowed")]
    ObjectTooLarge {
        /// The size of the object, in bytes.
        bytes: u64,
    },

    /// Parts are from 5 MiB to 5 GiB long.
    #[error("the part size is {bytes} bytes: 5242880 to 5368709120 are allowed")]
    PartSize {
        /// The size of a part, in bytes.
        bytes: u64,
    },

    /// An upload has at most 10,000 parts.
    #[error("the object has {parts} parts of this size: at most 10000 are allowed")]
    TooManyParts {
        /// The number of parts that there would be.
        parts: u64,
    },

    /// Parts are completed in the order of their numbers, each once.
    #[error("the numbers of the completed parts do not ascend")]
    PartOrder,

    /// A URL parser would change the URL, and with it what is signed.
    #[error("a URL parser would change the URL, which breaks the signature: send the text of `url()` as it is")]
    UrlRewritten,
}

/// The input that an [`Error`] is about.
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
    /// The account, project or namespace that is a part of a store's host.
    Account,
    /// The bucket.
    Bucket,
    /// The object key.
    Key,
    /// The name of a query parameter.
    QueryName,
    /// The name of a header.
    HeaderName,
    /// The name of a field of a form.
    FormFieldName,
    /// The id of a multipart upload.
    UploadId,
    /// The id of a version.
    VersionId,
    /// The entity tag of a part.
    ETag,
    /// The key or the value of a tag.
    Tag,
    /// The parts of a multipart upload that is to be completed.
    CompletedParts,
}

impl Field {
    const fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::AccessKeyId => "access key id",
            Self::SecretAccessKey => "secret access key",
            Self::SessionToken => "session token",
            Self::Region => "region",
            Self::Service => "service",
            Self::Endpoint => "endpoint",
            Self::Account => "account",
            Self::Bucket => "bucket",
            Self::Key => "object key",
            Self::QueryName => "name of a query parameter",
            Self::HeaderName => "name of a header",
            Self::FormFieldName => "name of a form field",
            Self::UploadId => "upload id",
            Self::VersionId => "version id",
            Self::ETag => "entity tag",
            Self::Tag => "tag",
            Self::CompletedParts => "completed parts",
        }
    }

    const fn rule(self) -> &'static str {
        match self {
            Self::AccessKeyId | Self::Service => "printable ASCII without space, slash and comma is allowed",
            Self::SessionToken => "printable ASCII without space is allowed",
            Self::Region | Self::Account | Self::Bucket | Self::FormFieldName => {
                "letters, digits, `.`, `-` and `_` are allowed"
            }
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
    /// It names something else than an access point.
    #[error("does not name an access point")]
    Resource,
    /// The name of the access point is missing or cannot be part of a host name.
    #[error("has no valid access point name")]
    AccessPointName,
    /// The id of the Outpost is missing or cannot be part of a host name.
    #[error("has no valid Outpost id")]
    OutpostId,
    /// There is more behind the access point.
    #[error("has more parts behind the access point's name")]
    SubResource,
    /// It is of another partition than the region, or than its own region.
    #[error("is of another partition than the region")]
    Partition,
    /// It is of another region, which was excluded.
    #[error("is of another region than the presigner")]
    RegionMismatch,
}

/// Something that decides about the host, in an [`Error::EndpointConflict`].
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
