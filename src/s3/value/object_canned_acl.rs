//! Canned access control lists.

use crate::s3::value::named::named;

named! {
    /// A canned access control list. A text becomes one too: `"private".into()`.
    ///
    /// Source: [Canned ACL](https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl).
    ObjectCannedAcl {
        /// The owner has full control, nobody else has access.
        Private = "private",
        /// Everybody can read.
        PublicRead = "public-read",
        /// Everybody can read and write.
        PublicReadWrite = "public-read-write",
        /// Every AWS account can read.
        AuthenticatedRead = "authenticated-read",
        /// Amazon EC2 can read, for machine images.
        AwsExecRead = "aws-exec-read",
        /// The owner of the bucket can read.
        BucketOwnerRead = "bucket-owner-read",
        /// The owner of the bucket has full control too.
        BucketOwnerFullControl = "bucket-owner-full-control",
    } or other
}
