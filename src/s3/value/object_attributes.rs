//! What an answer says about an object.

use crate::s3::value::named::named;

named! {
    /// What [`GetObjectAttributes`](crate::s3::GetObjectAttributes) answers.
    ///
    /// Source: [GetObjectAttributes](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html).
    ObjectAttributes {
        /// The entity tag.
        ETag = "ETag",
        /// The checksum.
        Checksum = "Checksum",
        /// The parts of a multipart upload.
        ObjectParts = "ObjectParts",
        /// The storage class.
        StorageClass = "StorageClass",
        /// The size in bytes.
        ObjectSize = "ObjectSize",
    }
}

named! {
    /// What a listing says about each object besides the usual.
    ///
    /// Source: [ListObjectsV2](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
    OptionalObjectAttributes {
        /// Whether it is being restored from an archive.
        RestoreStatus = "RestoreStatus",
    }
}
