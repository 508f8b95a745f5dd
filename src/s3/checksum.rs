//! Checksums of a body.

use alloc::string::String;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

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
}

impl Checksum {
    pub(super) const fn header_name(self) -> &'static str {
        match self {
            Self::Crc32(_) => "x-amz-checksum-crc32",
            Self::Crc32c(_) => "x-amz-checksum-crc32c",
            Self::Crc64Nvme(_) => "x-amz-checksum-crc64nvme",
            Self::Sha1(_) => "x-amz-checksum-sha1",
            Self::Sha256(_) => "x-amz-checksum-sha256",
        }
    }

    pub(super) fn to_base64(self) -> String {
        match &self {
            Self::Crc32(bytes) | Self::Crc32c(bytes) => STANDARD.encode(bytes),
            Self::Crc64Nvme(bytes) => STANDARD.encode(bytes),
            Self::Sha1(bytes) => STANDARD.encode(bytes),
            Self::Sha256(bytes) => STANDARD.encode(bytes),
        }
    }
}
