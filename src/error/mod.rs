//! What can be wrong with an input, in one enum.
//!
//! No variant carries a key, a header value, an endpoint or a credential, so an error can be logged as it is. The cause of
//! a [`CredentialsError`] is what a credentials provider made of it, so no formatting shows it.

mod credentials_error;
mod detail;
mod kind;
mod s3_rule;
mod token_error;

use alloc::string::String;
use core::time::Duration;

use crate::Timestamp;

pub use credentials_error::CredentialsError;
pub use detail::{ArnError, EndpointError, EndpointFeature, Field};
pub use kind::ErrorKind;
pub use s3_rule::S3Rule;
pub use token_error::TokenError;

/// Why no URL was made.
///
/// Each message names the input and the rule that it broke. Values are never part of a message; names of headers and
/// query parameters are, because without them the message would not help.
///
/// The message is the whole report, except for [`Error::Credentials`]: only that variant has a
/// [`source`](core::error::Error::source).
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
    #[non_exhaustive]
    InvalidCharacter {
        /// The input.
        field: Field,
        /// The offset of the character, in bytes from the start of the value.
        position: usize,
    },

    /// An environment variable is not set or is not Unicode.
    #[error("environment variable {name} is not set or is not valid Unicode")]
    #[non_exhaustive]
    EnvironmentVariable {
        /// The variable.
        name: &'static str,
    },

    /// An environment variable does not have a time that can be read.
    #[error(
        "environment variable {name} is not a time of RFC 3339 from 1970 to 9999: set it to one such as 2024-03-15T08:15:30Z, or unset it"
    )]
    #[non_exhaustive]
    EnvironmentTime {
        /// The variable.
        name: &'static str,
    },

    /// The credentials expired at the signing time or before.
    #[error("the credentials expired at {expired_at}, the signing time is {signed_at}")]
    #[non_exhaustive]
    CredentialsExpired {
        /// When the credentials expired.
        expired_at: Timestamp,
        /// The instant of the signature.
        signed_at: Timestamp,
    },

    /// A bucket name of a length that no S3 bucket has.
    #[error("the bucket name is {bytes} bytes long: 3 to 255 are allowed")]
    #[non_exhaustive]
    BucketLength {
        /// The length of the name, in bytes.
        bytes: usize,
    },

    /// A bucket was given, but the endpoint is already that of a bucket.
    #[error("the endpoint is that of a bucket: give no bucket with `AddressingStyle::BucketEndpoint`")]
    BucketInEndpoint,

    /// An ARN that cannot be used as a bucket.
    #[error("the ARN {0}")]
    Arn(ArnError),

    /// Directory buckets are created and deleted at another endpoint, by other rules.
    #[error("creating and deleting a directory bucket is not supported: it has an endpoint of its own")]
    DirectoryBucketControl,

    /// Only the endpoint of the service lists buckets, and the presigner is for a bucket, an access point or an endpoint
    /// that does not have it.
    #[error(
        "the presigner has no endpoint that lists buckets: use one for an ordinary bucket, in path style if there is a published endpoint"
    )]
    NoServiceEndpoint,

    /// AWS lists the buckets of a region only at the endpoint of that region.
    #[error("bucket-region is not the region of the presigner, whose endpoint lists no other: use `with_region`")]
    BucketRegion,

    /// A parameter that can have one value only was given twice, so that stores would differ in which they take.
    #[error("{name} is given more than once")]
    #[non_exhaustive]
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

    /// Multi-Region Access Points take SigV4A only, which needs the feature `sigv4a`, and cannot be the source of a copy.
    #[error("a Multi-Region Access Point cannot be used here: as a bucket it needs the feature `sigv4a`")]
    MultiRegionAccessPoint,

    /// Two endpoint options that cannot be combined.
    #[error("{feature} cannot be combined with {with}")]
    #[non_exhaustive]
    EndpointConflict {
        /// The first option.
        feature: EndpointFeature,
        /// The option that it cannot be combined with.
        with: EndpointFeature,
    },

    /// The bucket name cannot be part of a host name.
    #[error(
        "the bucket name is not a DNS name, so it cannot be a part of the host: use `AddressingStyle::Path` or `AddressingStyle::Auto`"
    )]
    BucketNotDnsName,

    /// The bucket name has dots, and the store's certificate covers only one label before its host.
    #[error(
        "the bucket name has dots, so the store's certificate does not cover its host: use `AddressingStyle::Path` if the store takes it, or ask for `AddressingStyle::VirtualHosted`"
    )]
    BucketHasDots,

    /// There is no `bucket.127.0.0.1`.
    #[error("the endpoint is an IP address, which cannot carry the bucket in the host: use `AddressingStyle::Path`")]
    VirtualHostOnIpAddress,

    /// Only AWS hosts can be found from a region.
    #[error("the region is not an AWS region, so the endpoint cannot be derived from it: set `endpoint`")]
    UnknownRegion,

    /// A region that repeats what the profile of the store puts before it, such as `oss-cn-hangzhou` for
    /// [`Store::ALIBABA_OSS`](crate::s3::Store::ALIBABA_OSS): the host would not exist.
    #[error("the region starts with `{prefix}`, which is a part of the store's host: give the region without it")]
    #[non_exhaustive]
    RegionPrefix {
        /// The start that does not belong to a region.
        prefix: &'static str,
    },

    /// The endpoint is not a base URL.
    #[error("the endpoint {0}")]
    Endpoint(EndpointError),

    /// The published endpoint is not a base URL.
    #[error("the published endpoint {0}")]
    PublishedEndpoint(EndpointError),

    /// S3 keys have at most 1,024 bytes.
    #[error("the object key is {bytes} bytes long: at most 1024 are allowed")]
    #[non_exhaustive]
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
    #[non_exhaustive]
    InvalidPath {
        /// The offset of the first byte that does not fit.
        position: usize,
    },

    /// S3 decodes the path and encodes it again before it compares signatures, so there is only one right form.
    #[error("the path is not encoded as S3 encodes it at byte {position}: use `raw_path` to have it encoded")]
    #[non_exhaustive]
    PathNotCanonical {
        /// The offset of the first byte that differs.
        position: usize,
    },

    /// Expiry is counted in whole seconds, from one.
    #[error("the expiry is below one second")]
    ExpiresTooShort,

    /// The expiry is above what the service accepts.
    #[error("the expiry of {expires:?} is too long: at most {max:?} are allowed")]
    #[non_exhaustive]
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
    #[non_exhaustive]
    WindowTooLong {
        /// The window.
        window: Duration,
        /// The expiry that was asked for.
        expires: Duration,
        /// The limit.
        max: Duration,
    },

    /// The clock slack, and the signing window if there is one, do not leave enough of what the service accepts.
    #[error("the expiry of {expires:?} is too long: clock slack and signing window leave at most {max:?}")]
    #[non_exhaustive]
    ClockSlackTooLong {
        /// The expiry that was asked for.
        expires: Duration,
        /// The limit of the service, less slack and window.
        max: Duration,
    },

    /// A signing window has at least one second.
    #[error("the signing window is below one second")]
    WindowTooShort,

    /// The URL would outlive its credentials, and was to be refused then.
    #[error("the URL would end at {expires_at}, its credentials end at {credentials_expire_at}")]
    #[non_exhaustive]
    OutlivesCredentials {
        /// When the URL would end.
        expires_at: Timestamp,
        /// When the credentials end.
        credentials_expire_at: Timestamp,
    },

    /// The credentials provider has no credentials at the moment.
    #[error("the credentials provider has no credentials")]
    NoCredentials,

    /// The credentials provider failed. Its own error is the [`source`](core::error::Error::source).
    #[error(transparent)]
    Credentials(#[from] CredentialsError),

    /// The formats of AWS cannot express the clock's time, or the time at which the URL would expire.
    #[error("the time is outside the years 1970 to 9999")]
    TimeOutOfRange,

    /// The system has no clock that can be read, as on `wasm32-unknown-unknown`.
    #[error("there is no clock on this target: pass the time, to a function whose name ends in `_at`")]
    NoClock,

    /// A string that is neither a time of RFC 3339 nor one in the basic format of ISO 8601 in UTC.
    #[error("the time is not of the form YYYYMMDDThhmmssZ or YYYY-MM-DDThh:mm:ss with Z or an offset such as +02:00")]
    TimeFormat,

    /// A header name that HTTP does not allow. It is not shown, because it may be the value in the wrong place.
    #[error("a header name has a character at byte {position} that HTTP does not allow in names")]
    #[non_exhaustive]
    HeaderName {
        /// The offset of the character.
        position: usize,
    },

    /// A header value that HTTP clients cannot send, or not all in the same bytes.
    ///
    /// Text beyond ASCII has to be encoded: as the file name of a [`ContentDisposition`](crate::s3::ContentDisposition),
    /// by [`metadata_encoded`](crate::s3::PutObject::metadata_encoded) as RFC 2047 says, or percent-encoded.
    #[error(
        "the value of header {name} has a character at byte {position} that is not printable ASCII, space or tab{}",
        detail::header_value_remedy(name)
    )]
    #[non_exhaustive]
    HeaderValue {
        /// The name of the header, in lower case.
        name: String,
        /// The offset of the character.
        position: usize,
    },

    /// A `response-` parameter becomes a header of the response, and headers have no control characters.
    #[error("the value of query parameter {name} has a control character at byte {position}, which no header can have")]
    #[non_exhaustive]
    ResponseOverride {
        /// The query parameter.
        name: &'static str,
        /// The offset of the character.
        position: usize,
    },

    /// The setter for user metadata adds the prefix itself. A name that has it twice can be given as a header.
    #[error("a name of user metadata starts with `x-amz-meta-`, which the setter adds: give it without the prefix")]
    MetadataPrefix,

    /// Amazon S3 refuses the request, whatever the client sends. The rules are checked for AWS and for a
    /// [`Store`](crate::s3::Store) that [claims them](crate::s3::Store::has_s3_rules).
    #[error("S3 refuses the request: {0}")]
    S3Rule(S3Rule),

    /// There is more than one length, or it is no number.
    #[error("header content-length is not one decimal number")]
    ContentLength,

    /// The signer itself sets this header.
    #[error("header {name} is set by the signer")]
    #[non_exhaustive]
    ReservedHeader {
        /// The name, in lower case.
        name: String,
    },

    /// Proxies must remove or rewrite this header, so a signature over it would break on the way.
    #[error("header {name} belongs to a single connection and cannot be signed")]
    #[non_exhaustive]
    HopByHopHeader {
        /// The name, in lower case.
        name: String,
    },

    /// `x-amz-content-sha256` is the payload line of the canonical request, so its value has to be one.
    #[error("x-amz-content-sha256 is neither UNSIGNED-PAYLOAD nor 64 lower-case hexadecimal digits")]
    ContentSha256,

    /// The service, such as VPC Lattice, takes only an unsigned payload.
    #[error("the service takes only an unsigned payload: leave the payload out, or set `Payload::Unsigned`")]
    UnsignedPayloadRequired,

    /// A streaming payload needs the `Authorization` header.
    #[error("a streaming payload cannot be presigned: use `authorize`, or `Payload::Unsigned`")]
    StreamingPayload,

    /// There is only one payload line, but several were given.
    #[error("x-amz-content-sha256 is given more than once, or differs from the payload")]
    PayloadMismatch,

    /// The signer itself sets this query parameter.
    #[error("query parameter {name} is set by the signer")]
    #[non_exhaustive]
    ReservedQueryParameter {
        /// The name, as given.
        name: String,
    },

    /// A number that S3 would refuse.
    #[error("{name} is not a whole number from {min} to {max}")]
    #[non_exhaustive]
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
    #[non_exhaustive]
    MetadataTooLarge {
        /// The length of all names, without `x-amz-meta-`, and values, in bytes.
        bytes: usize,
    },

    /// Objects have at most 10 tags.
    #[error("there are {tags} tags: at most 10 are allowed")]
    #[non_exhaustive]
    TooManyTags {
        /// The number of tags.
        tags: usize,
    },

    /// A tag without a key, or with one that is too long.
    #[error("the key of a tag is {characters} characters long: 1 to 128 are allowed")]
    #[non_exhaustive]
    TagKeyLength {
        /// The length of the key, in UTF-16 code units.
        characters: usize,
    },

    /// A tag with a value that is too long.
    #[error("the value of a tag is {characters} characters long: at most 256 are allowed")]
    #[non_exhaustive]
    TagValueLength {
        /// The length of the value, in UTF-16 code units.
        characters: usize,
    },

    /// The signer itself sets this field of a form, or it has a setter of its own.
    #[error("form field {name} is set by the signer or has a setter of its own")]
    #[non_exhaustive]
    ReservedFormField {
        /// The name, in lower case.
        name: String,
    },

    /// A field of a form is given twice, which some stores refuse and others join.
    #[error("form field {name} is given more than once")]
    #[non_exhaustive]
    RepeatedFormField {
        /// The name, in lower case.
        name: String,
    },

    /// A control character other than a tab in a field of a form: browsers rewrite line breaks, and headers have none.
    #[error("the value of form field {name} has a control character at byte {position}")]
    #[non_exhaustive]
    FormFieldValue {
        /// The name, in lower case.
        name: String,
        /// The offset of the character.
        position: usize,
    },

    /// The store would refuse the value that the form has.
    #[error("the value of form field {name} does not start with the prefix of its condition")]
    #[non_exhaustive]
    FormFieldPrefix {
        /// The name, in lower case.
        name: String,
    },

    /// Stores compare this field with one value only.
    #[error("form field {name} cannot have a prefix as its condition, only a value")]
    #[non_exhaustive]
    ExactFormField {
        /// The name, in lower case.
        name: String,
    },

    /// The store replaces the variable before it compares, so nothing could be equal to the value, or start with the
    /// prefix. A key that is meant to have the name of the file in it is one for `PostPolicy::with_key_template`.
    #[error(
        "the condition of form field {name} has `${{filename}}`, which the store replaces: it can only stand behind a prefix"
    )]
    #[non_exhaustive]
    FilenameVariable {
        /// The name, in lower case.
        name: String,
    },

    /// No file has a size in this range.
    #[error("the content length range from {min} to {max} is empty")]
    #[non_exhaustive]
    ContentLengthRange {
        /// The least size, in bytes.
        min: u64,
        /// The greatest size, in bytes.
        max: u64,
    },

    /// S3 takes at most 20 KB of form data besides the file.
    #[error("the form is {bytes} bytes long without the file: at most 20480 are allowed")]
    #[non_exhaustive]
    FormTooLarge {
        /// The length of the form in `multipart/form-data`, with the longest boundary that there can be, in bytes.
        bytes: usize,
    },

    /// The profile of the store says that it takes no uploads from forms. If it does by now, give it
    /// [`Store::with_post_forms`](crate::s3::Store::with_post_forms).
    #[error("the store takes no uploads from forms")]
    PostFormsNotSupported,

    /// Only a form can limit the size of an upload, and the store takes none, or is not known to. With the exact size, a
    /// presigned `PUT` does as well. Or give the builder a [`Store`](crate::s3::Store) that takes forms.
    #[error("the store is not known to take forms, so it can enforce only an exact size: give the size of the file")]
    SizeNotEnforceable,

    /// The file is larger than the upload may be.
    #[error("the file has {bytes} bytes: at most {max} are allowed")]
    #[non_exhaustive]
    UploadTooLarge {
        /// The size of the file, in bytes.
        bytes: u64,
        /// The greatest size that is allowed, in bytes.
        max: u64,
    },

    /// No multipart upload can make an object of this size.
    #[error("the object is {bytes} bytes long: at most 53687091200000 are allowed")]
    #[non_exhaustive]
    ObjectTooLarge {
        /// The size of the object, in bytes.
        bytes: u64,
    },

    /// Parts are from 5 MiB to 5 GiB long.
    #[error("the part size is {bytes} bytes: 5242880 to 5368709120 are allowed")]
    #[non_exhaustive]
    PartSize {
        /// The size of a part, in bytes.
        bytes: u64,
    },

    /// An upload has at most 10,000 parts.
    #[error("the object has {parts} parts of this size: at most 10000 are allowed")]
    #[non_exhaustive]
    TooManyParts {
        /// The number of parts that there would be.
        parts: u64,
    },

    /// Parts are completed in the order of their numbers, each once.
    #[error("the numbers of the completed parts do not ascend")]
    PartOrder,

    /// A name that is not that of a [`Store`](crate::s3::Store).
    #[error(
        "the store is unknown: known are aws, cloudflare-r2, google-cloud-storage, backblaze-b2, digitalocean-spaces, \
        wasabi, minio, ceph-rgw, garage, supabase, tigris, scaleway, hetzner, ovhcloud, linode, oci, alibaba-oss, \
        idrive-e2, storj, tencent-cos, volcengine-tos, huawei-obs, baidu-bos, ibm-cos, vultr, yandex, mega-s4, \
        seaweedfs, rustfs, versitygw"
    )]
    UnknownStore,

    /// A name that is not that of an [`AddressingStyle`](crate::s3::AddressingStyle).
    #[error("the addressing style is unknown: known are auto, virtual, path, bucket-endpoint")]
    UnknownAddressingStyle,

    /// A name that is not one of those that AWS or HTTP has for this.
    #[error("the {what} is unknown; known: {}", .known.join(", "))]
    #[non_exhaustive]
    UnknownName {
        /// What has names of this kind: `HTTP method`, or the name of the type, such as `ObjectLockMode`.
        what: &'static str,
        /// The names that are known.
        known: &'static [&'static str],
    },

    /// What a token of the module `tokens` is for cannot be signed.
    #[error("{0}")]
    Token(TokenError),

    /// A `url::Url` or an `http::Uri` would change the URL, and with it what is signed, or cannot hold it.
    #[error(
        "the URL cannot be converted without a change, which breaks the signature: send the string of `url()` as it is"
    )]
    UrlRewritten,

    /// An `http::HeaderMap` has at most 24,576 names, of at most 65,535 bytes.
    #[error("the headers are too many or too long for an `http::HeaderMap`")]
    HeadersTooLarge,
}

// The message has the whole sentence, so the detail is not the source as well, which `#[from]` would make it.
impl From<ArnError> for Error {
    fn from(error: ArnError) -> Self {
        Self::Arn(error)
    }
}

impl From<S3Rule> for Error {
    fn from(rule: S3Rule) -> Self {
        Self::S3Rule(rule)
    }
}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<EndpointError> for Error {
    fn from(error: EndpointError) -> Self {
        Self::Endpoint(error)
    }
}
