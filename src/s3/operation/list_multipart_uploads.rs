//! `ListMultipartUploads`.

use crate::s3::operation::groups::list_setters;
use crate::s3::operation::macros::{bucket_operation, setters};

bucket_operation! {
    /// Lists the multipart uploads that are neither completed nor aborted, up to 1,000 at a time:
    /// [ListMultipartUploads](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::ListMultipartUploads;
    ///
    /// let signed = presigner.presign(ListMultipartUploads::new().prefix("users/42/"), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    ListMultipartUploads, Get, "uploads" = ""
}

setters! { ListMultipartUploads:
    /// How many uploads at most. S3 returns at most 1,000, also for a larger number.
    query max_uploads(u32) = "max-uploads";
    /// Goes on after this key: `NextKeyMarker` of the last answer.
    query key_marker = "key-marker";
    /// Goes on after this upload of that key: `NextUploadIdMarker` of the last answer.
    query upload_id_marker = "upload-id-marker";
}

list_setters! { ListMultipartUploads }
