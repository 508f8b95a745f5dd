//! Who owns the objects of a bucket.

use crate::s3::value::named::named;

named! {
    /// Who owns the objects that others write into a bucket.
    ///
    /// Source: [Controlling ownership of objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html).
    ObjectOwnership {
        /// The owner of the bucket, if the writer sends the ACL `bucket-owner-full-control`.
        BucketOwnerPreferred = "BucketOwnerPreferred",
        /// The writer.
        ObjectWriter = "ObjectWriter",
        /// The owner of the bucket, and ACLs have no effect.
        BucketOwnerEnforced = "BucketOwnerEnforced",
    }
}
