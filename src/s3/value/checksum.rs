//! Checksums of a body, as bytes.

use alloc::string::String;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

#[cfg(feature = "post")]
use crate::s3::ChecksumAlgorithm;

/// A checksum of the body, as bytes. The header has it in base64.
///
/// Source: [Checking object integrity](https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html).
///
/// ```
/// use presign::s3::{Checksum, PutObject};
///
/// let crc32_of_the_file: u32 = 0xcbf4_3926;
/// let upload = PutObject::new("a.txt").checksum(Checksum::Crc32(crc32_of_the_file.to_be_bytes()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Checksum {
    /// CRC-32 of ISO 3309, big-endian.
    Crc32([u8; 4]),
    /// CRC-32C (Castagnoli), big-endian.
    Crc32c([u8; 4]),
    /// CRC-64/NVME, big-endian.
    Crc64Nvme([u8; 8]),
    /// SHA-1.
    Sha1([u8; 20]),
    /// SHA-256.
    Sha256([u8; 32]),
    /// SHA-512.
    Sha512([u8; 64]),
    /// MD5.
    Md5([u8; 16]),
    /// XXHash64, big-endian.
    XxHash64([u8; 8]),
    /// XXHash3 of 64 bits, big-endian.
    XxHash3([u8; 8]),
    /// XXHash128, big-endian.
    XxHash128([u8; 16]),
}

impl Checksum {
    #[cfg(feature = "post")]
    pub(in crate::s3) const fn algorithm(self) -> ChecksumAlgorithm {
        match self {
            Self::Crc32(_) => ChecksumAlgorithm::Crc32,
            Self::Crc32c(_) => ChecksumAlgorithm::Crc32c,
            Self::Crc64Nvme(_) => ChecksumAlgorithm::Crc64Nvme,
            Self::Sha1(_) => ChecksumAlgorithm::Sha1,
            Self::Sha256(_) => ChecksumAlgorithm::Sha256,
            Self::Sha512(_) => ChecksumAlgorithm::Sha512,
            Self::Md5(_) => ChecksumAlgorithm::Md5,
            Self::XxHash64(_) => ChecksumAlgorithm::XxHash64,
            Self::XxHash3(_) => ChecksumAlgorithm::XxHash3,
            Self::XxHash128(_) => ChecksumAlgorithm::XxHash128,
        }
    }

    pub(in crate::s3) const fn header_name(self) -> &'static str {
        match self {
            Self::Crc32(_) => "x-amz-checksum-crc32",
            Self::Crc32c(_) => "x-amz-checksum-crc32c",
            Self::Crc64Nvme(_) => "x-amz-checksum-crc64nvme",
            Self::Sha1(_) => "x-amz-checksum-sha1",
            Self::Sha256(_) => "x-amz-checksum-sha256",
            Self::Sha512(_) => "x-amz-checksum-sha512",
            Self::Md5(_) => "x-amz-checksum-md5",
            Self::XxHash64(_) => "x-amz-checksum-xxhash64",
            Self::XxHash3(_) => "x-amz-checksum-xxhash3",
            Self::XxHash128(_) => "x-amz-checksum-xxhash128",
        }
    }

    /// The element in the body of `CompleteMultipartUpload`.
    pub(in crate::s3) const fn element_name(self) -> &'static str {
        match self {
            Self::Crc32(_) => "ChecksumCRC32",
            Self::Crc32c(_) => "ChecksumCRC32C",
            Self::Crc64Nvme(_) => "ChecksumCRC64NVME",
            Self::Sha1(_) => "ChecksumSHA1",
            Self::Sha256(_) => "ChecksumSHA256",
            Self::Sha512(_) => "ChecksumSHA512",
            Self::Md5(_) => "ChecksumMD5",
            Self::XxHash64(_) => "ChecksumXXHASH64",
            Self::XxHash3(_) => "ChecksumXXHASH3",
            Self::XxHash128(_) => "ChecksumXXHASH128",
        }
    }

    pub(in crate::s3) fn to_base64(self) -> String {
        match &self {
            Self::Crc32(bytes) | Self::Crc32c(bytes) => STANDARD.encode(bytes),
            Self::Crc64Nvme(bytes) | Self::XxHash64(bytes) | Self::XxHash3(bytes) => STANDARD.encode(bytes),
            Self::Sha1(bytes) => STANDARD.encode(bytes),
            Self::Sha256(bytes) => STANDARD.encode(bytes),
            Self::Sha512(bytes) => STANDARD.encode(bytes),
            Self::Md5(bytes) | Self::XxHash128(bytes) => STANDARD.encode(bytes),
        }
    }
}
