//! What is said about checksums besides the checksum itself.

use crate::s3::value::named::named;

named! {
    /// The algorithm of a checksum.
    ///
    /// Source: [Checking object integrity](https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html).
    ChecksumAlgorithm {
        /// CRC-32 of ISO 3309.
        Crc32 = "CRC32",
        /// CRC-32C (Castagnoli).
        Crc32c = "CRC32C",
        /// CRC-64/NVME.
        Crc64Nvme = "CRC64NVME",
        /// SHA-1.
        Sha1 = "SHA1",
        /// SHA-256.
        Sha256 = "SHA256",
        /// SHA-512.
        Sha512 = "SHA512",
        /// MD5.
        Md5 = "MD5",
        /// XXHash64.
        XxHash64 = "XXHASH64",
        /// XXHash3.
        XxHash3 = "XXHASH3",
        /// XXHash128.
        XxHash128 = "XXHASH128",
    }
}

named! {
    /// Of what the checksum of a multipart upload is made.
    ///
    /// Source: [Checking object integrity](https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html).
    ChecksumType {
        /// Of the checksums of the parts.
        Composite = "COMPOSITE",
        /// Of the whole object.
        FullObject = "FULL_OBJECT",
    }
}

named! {
    /// Whether an answer has the checksum of the object.
    ///
    /// Source: [GetObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html), `x-amz-checksum-mode`.
    ChecksumMode {
        /// It has.
        Enabled = "ENABLED",
    }
}
