//! Encryption with keys that the store has.

use crate::s3::value::named::named;

named! {
    /// How the store encrypts an object with keys of its own. A text becomes one too: `"AES256".into()`.
    ///
    /// Source: [Protecting data with server-side encryption](https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html).
    ServerSideEncryption {
        /// SSE-S3: with keys of S3. AWS does this if nothing is said.
        Aes256 = "AES256",
        /// SSE-KMS: with a key of AWS KMS.
        AwsKms = "aws:kms",
        /// DSSE-KMS: in two layers, with a key of AWS KMS.
        AwsKmsDsse = "aws:kms:dsse",
        /// That of Amazon FSx, for access points to its file systems.
        AwsFsx = "aws:fsx",
    } or other
}
