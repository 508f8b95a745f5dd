//! What Amazon S3 always refuses.

/// A rule of Amazon S3 that a request or a form breaks, so that S3 refuses it whatever the client sends.
///
/// `docs/limits.md` of the repository has the source of each rule, and what is legal beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum S3Rule {
    /// `x-amz-object-lock-mode` without `x-amz-object-lock-retain-until-date`.
    #[error("an Object Lock mode needs a date: set `object_lock_retain_until_date`")]
    ObjectLockDateMissing,
    /// `x-amz-object-lock-retain-until-date` without `x-amz-object-lock-mode`.
    #[error("an Object Lock retain-until date needs a mode: set `object_lock_mode`")]
    ObjectLockModeMissing,
    /// A KMS key or an encryption context, but `x-amz-server-side-encryption` is neither `aws:kms` nor `aws:kms:dsse`.
    #[error("a KMS key or an encryption context needs `aws:kms` or `aws:kms:dsse`: set `server_side_encryption`")]
    KmsKeyWithoutKmsEncryption,
    /// A key of the client (SSE-C) together with encryption by keys of the store.
    #[error("a key of SSE-C excludes `x-amz-server-side-encryption` and a KMS key: set one of them")]
    CustomerKeyWithEncryption,
    /// `x-amz-server-side-encryption-customer-algorithm` is not `AES256`.
    #[error("the algorithm of SSE-C is not AES256")]
    CustomerKeyAlgorithm,
    /// Headers that say how to encrypt, on a request that reads.
    #[error("a read takes no `x-amz-server-side-encryption`: S3 knows how the object is encrypted")]
    EncryptionOnRead,
    /// A `Content-MD5` that is not the base64 of 16 bytes.
    #[error("content-md5 is not the base64 of 16 bytes: encode the digest itself, not its hexadecimal digits")]
    ContentMd5,
    /// A checksum that is not the base64 of as many bytes as its algorithm has.
    #[error("{name} is not the base64 of {bytes} bytes: encode the checksum itself, not its digits")]
    #[non_exhaustive]
    ChecksumValue {
        /// The header or the form field.
        name: &'static str,
        /// The length of the checksum, in bytes.
        bytes: usize,
    },
    /// Checksums of two algorithms.
    #[error("there are two checksums: send one `x-amz-checksum-` header")]
    SeveralChecksums,
    /// `x-amz-sdk-checksum-algorithm` without the checksum that it announces.
    #[error("x-amz-sdk-checksum-algorithm needs a checksum or `x-amz-trailer`: set `checksum`, or leave it out")]
    ChecksumMissing,
    /// `x-amz-sdk-checksum-algorithm` names another algorithm than that of the checksum.
    #[error("x-amz-sdk-checksum-algorithm is not the algorithm of the checksum")]
    ChecksumAlgorithmDiffers,
    /// `x-amz-checksum-type` without `x-amz-checksum-algorithm`, when an upload is created.
    #[error("x-amz-checksum-type needs an algorithm: set `checksum_algorithm`")]
    ChecksumTypeWithoutAlgorithm,
    /// A checksum type that the algorithm does not have, when an upload is created.
    #[error("the checksum algorithm does not have this checksum type")]
    ChecksumTypeMismatch,
    /// `Range` together with `partNumber`.
    #[error("a read takes a range of bytes or a part number, not both")]
    RangeWithPartNumber,
    /// A range of `UploadPartCopy` that has no first or no last byte.
    #[error("x-amz-copy-source-range is not of the form bytes=first-last")]
    CopySourceRange,
    /// `GetObjectAttributes` that asks for no attribute.
    #[error("GetObjectAttributes asks for no attribute: name one in x-amz-object-attributes")]
    NoObjectAttributes,
    /// A marker of a version without the key that it belongs to.
    #[error("version-id-marker needs a key: set `key_marker`")]
    VersionIdMarkerWithoutKeyMarker,
    /// `If-None-Match` of a write with an entity tag.
    #[error("if-none-match of a write can only be `*`")]
    IfNoneMatchOnWrite,
    /// A canned ACL together with grants.
    #[error("a canned ACL excludes `x-amz-grant-` headers: set one of them")]
    AclWithGrants,
    /// An ACL for a new bucket whose ACLs are disabled, as they are by default.
    #[error("an ACL for a new bucket needs `object_ownership` other than BucketOwnerEnforced, which is the default")]
    AclWithBucketOwnerEnforced,
    /// Two tags with one key.
    #[error("two tags have the same key: give each key once")]
    RepeatedTagKey,
    /// A tag whose key is reserved for AWS.
    #[error("the key of a tag starts with `aws:`, which only AWS itself can set: choose another key")]
    SystemTag,
    /// A redirect that is neither a path nor an HTTP URL.
    #[error("x-amz-website-redirect-location does not start with `/`, `http://` or `https://`")]
    WebsiteRedirectLocation,
    /// The expected owner of a bucket that is not an account id.
    #[error("{name} is not an account id of 12 digits")]
    #[non_exhaustive]
    ExpectedBucketOwner {
        /// The header.
        name: &'static str,
    },
    /// A header and a query parameter of the same `x-amz-` name, with different values.
    #[error("a query parameter has another value than the `x-amz-` header of the same name")]
    QueryDiffersFromHeader,
    /// A `response-` parameter with a character beyond Latin-1.
    #[error(
        "{name} has a character at byte {position} that cannot be represented using ISO-8859-1: use `ContentDisposition` for a file name"
    )]
    #[non_exhaustive]
    ResponseOverride {
        /// The query parameter.
        name: &'static str,
        /// The offset of the character.
        position: usize,
    },
}
