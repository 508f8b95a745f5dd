//! Headers that Amazon S3 refuses together, or with certain values, in requests and in forms.
//!
//! `docs/limits.md` has the source of each rule.

use crate::Error;
use crate::error::S3Rule;
use crate::s3::base64_text::decoded_length;
use crate::s3::limits::tags;

/// The names of checksum algorithms, in lower case, with their header and the length of their checksum in bytes.
///
/// Source: [PutObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html), `x-amz-checksum-`.
const CHECKSUMS: [(&str, &str, usize); 10] = [
    ("crc32", "x-amz-checksum-crc32", 4),
    ("crc32c", "x-amz-checksum-crc32c", 4),
    ("crc64nvme", "x-amz-checksum-crc64nvme", 8),
    ("md5", "x-amz-checksum-md5", 16),
    ("sha1", "x-amz-checksum-sha1", 20),
    ("sha256", "x-amz-checksum-sha256", 32),
    ("sha512", "x-amz-checksum-sha512", 64),
    ("xxhash128", "x-amz-checksum-xxhash128", 16),
    ("xxhash3", "x-amz-checksum-xxhash3", 8),
    ("xxhash64", "x-amz-checksum-xxhash64", 8),
];

/// Encryption with a key of AWS KMS.
const KMS: &str = "aws:kms";

/// What the headers of a request, or the fields of a form, have to do with each other.
///
/// A value is `None` if it is not known, because the client fills in the field.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is whether a header is there")]
pub(in crate::s3) struct S3Fields<'v> {
    has_lock_mode: bool,
    has_lock_date: bool,
    encryption: Option<&'v str>,
    has_kms: bool,
    has_customer_key: bool,
    checksum: Option<&'static str>,
    has_two_checksums: bool,
    acl: Option<&'v str>,
    has_grants: bool,
}

impl<'v> S3Fields<'v> {
    /// Checks a value for itself, and notes what concerns others. The name is in lower case.
    pub(in crate::s3) fn add(&mut self, name: &str, value: Option<&'v str>) -> Result<(), Error> {
        let Some(rest) = name.strip_prefix("x-amz-") else {
            return Ok(());
        };
        match rest {
            "object-lock-mode" => self.has_lock_mode = true,
            "object-lock-retain-until-date" => self.has_lock_date = true,
            // What the client fills in may be the right one.
            "server-side-encryption" => self.encryption = Some(value.unwrap_or(KMS)),
            "server-side-encryption-aws-kms-key-id" | "server-side-encryption-context" => self.has_kms = true,
            "server-side-encryption-customer-algorithm" => {
                self.has_customer_key = true;
                refuse(value.is_some_and(|value| value != "AES256"), S3Rule::CustomerKeyAlgorithm)?;
            }
            "server-side-encryption-customer-key" | "server-side-encryption-customer-key-md5" => {
                self.has_customer_key = true;
            }
            "acl" => self.acl = Some(value.unwrap_or_default()),
            "website-redirect-location" => {
                let is_location =
                    |value: &str| ["/", "http://", "https://"].iter().any(|start| value.starts_with(start));
                refuse(value.is_some_and(|value| !is_location(value)), S3Rule::WebsiteRedirectLocation)?;
            }
            "expected-bucket-owner" => check_owner("x-amz-expected-bucket-owner", value)?,
            "source-expected-bucket-owner" => check_owner("x-amz-source-expected-bucket-owner", value)?,
            "tagging" => {
                if let Some(value) = value {
                    tags::check_tag_keys(tags::keys_of(value))?;
                }
            }
            _ if rest.starts_with("grant-") => self.has_grants = true,
            _ => {
                if let Some(algorithm) = rest.strip_prefix("checksum-") {
                    self.add_checksum(algorithm, value)?;
                }
            }
        }
        Ok(())
    }

    fn add_checksum(&mut self, algorithm: &str, value: Option<&str>) -> Result<(), Error> {
        let Some((algorithm, name, bytes)) = CHECKSUMS.into_iter().find(|(known, ..)| *known == algorithm) else {
            return Ok(());
        };
        if value.is_some_and(|value| decoded_length(without_part_count(value)) != Some(bytes)) {
            return Err(S3Rule::ChecksumValue { name, bytes }.into());
        }
        self.has_two_checksums |= self.checksum.is_some_and(|other| other != algorithm);
        self.checksum = Some(algorithm);
        Ok(())
    }

    /// Checks what was noted.
    pub(in crate::s3) fn check_together(&self, is_directory_bucket: bool) -> Result<(), Error> {
        refuse(self.has_lock_mode && !self.has_lock_date, S3Rule::ObjectLockDateMissing)?;
        refuse(self.has_lock_date && !self.has_lock_mode, S3Rule::ObjectLockModeMissing)?;
        refuse(self.has_customer_key && self.is_encrypted(), S3Rule::CustomerKeyWithEncryption)?;
        // A directory bucket has a key of its own, which a request may name.
        refuse(self.has_kms && !self.is_kms() && !is_directory_bucket, S3Rule::KmsKeyWithoutKmsEncryption)?;
        refuse(self.has_two_checksums, S3Rule::SeveralChecksums)?;
        refuse(self.acl.is_some() && self.has_grants, S3Rule::AclWithGrants)
    }

    fn is_kms(&self) -> bool {
        let is_kms = |method: &str| [KMS, "aws:kms:dsse"].iter().any(|known| known.eq_ignore_ascii_case(method));
        self.encryption.is_some_and(is_kms)
    }

    /// Whether a header says how the store encrypts.
    pub(super) const fn is_encrypted(&self) -> bool {
        self.encryption.is_some() || self.has_kms
    }

    /// The algorithm of the checksum that is there, in lower case.
    pub(super) const fn checksum(&self) -> Option<&'static str> {
        self.checksum
    }

    /// Whether somebody else than the owner gets access to a new bucket.
    pub(super) fn shares_bucket(&self) -> bool {
        let is_shared = |acl: &str| ["public-read", "public-read-write", "authenticated-read"].contains(&acl);
        self.has_grants || self.acl.is_some_and(is_shared)
    }
}

/// Refuses a `Content-MD5` that is not the base64 of 16 bytes.
pub(in crate::s3) fn check_content_md5(value: &str) -> Result<(), Error> {
    refuse(decoded_length(value) != Some(16), S3Rule::ContentMd5)
}

/// Whether the rules of [`S3Fields`] may concern a name of any letter case.
pub(in crate::s3) fn has_amz_prefix(name: &str) -> bool {
    name.as_bytes().first_chunk().is_some_and(|start: &[u8; 6]| start.eq_ignore_ascii_case(b"x-amz-"))
}

fn check_owner(name: &'static str, value: Option<&str>) -> Result<(), Error> {
    let is_account = |value: &str| value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit());
    refuse(value.is_some_and(|value| !is_account(value)), S3Rule::ExpectedBucketOwner { name })
}

/// The checksum of an upload that was made of those of its parts ends with their number: `-3`.
fn without_part_count(value: &str) -> &str {
    match value.rsplit_once('-') {
        Some((checksum, count)) if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()) => checksum,
        _ => value,
    }
}

pub(super) fn refuse(is_refused: bool, rule: S3Rule) -> Result<(), Error> {
    if is_refused { Err(rule.into()) } else { Ok(()) }
}
