//! `ListObjectsV2`.

use crate::s3::OptionalObjectAttributes;
use crate::s3::operation::groups::list_setters;
use crate::s3::operation::macros::{bucket_operation, setters};

bucket_operation! {
    /// Lists the keys of a bucket, up to 1,000 at a time:
    /// [ListObjectsV2](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::ListObjectsV2;
    ///
    /// let operation = ListObjectsV2::new().prefix("users/42/").delimiter("/");
    /// let signed = presigner.presign(operation, Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    ListObjectsV2, Get, "list-type" = "2"
}

setters! { ListObjectsV2:
    /// How many keys at most. S3 returns at most 1,000, also for a larger number.
    query max_keys(u32) = "max-keys";
    /// Goes on where the last answer ended: its `NextContinuationToken`.
    query continuation_token = "continuation-token";
    /// Only keys after this one.
    query start_after = "start-after";
    /// Answers with the owner of each object.
    query fetch_owner(flag) = "fetch-owner";
    /// What else to say about each object. The client has to send the header.
    header optional_object_attributes(OptionalObjectAttributes) = "x-amz-optional-object-attributes";
}

list_setters! { ListObjectsV2 }
