//! `DeleteBucket`.

use crate::s3::operation::groups::owner_setters;
use crate::s3::operation::macros::bucket_operation;

bucket_operation! {
    /// Deletes a bucket, which has to be empty:
    /// [DeleteBucket](https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html).
    ///
    /// Not for directory buckets, which have another endpoint for it: signing is an error.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::DeleteBucket;
    ///
    /// let signed = presigner.presign(DeleteBucket::new(), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    DeleteBucket, Delete
}

owner_setters! { DeleteBucket }
