//! `HeadBucket`.

use crate::s3::operation::groups::owner_setters;
use crate::s3::operation::macros::bucket_operation;

bucket_operation! {
    /// Asks whether a bucket exists and may be accessed:
    /// [HeadBucket](https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::HeadBucket;
    ///
    /// let signed = presigner.presign(HeadBucket::new(), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    HeadBucket, Head
}

owner_setters! { HeadBucket }
