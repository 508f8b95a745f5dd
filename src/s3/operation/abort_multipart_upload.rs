//! `AbortMultipartUpload`.

use crate::s3::operation::groups::payer_setters;
use crate::s3::operation::macros::{setters, upload_operation};

upload_operation! {
    /// Ends a multipart upload and deletes its parts, which cost money until then:
    /// [AbortMultipartUpload](https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::AbortMultipartUpload;
    ///
    /// let operation = AbortMultipartUpload::new("videos/42.mp4", "VXBsb2FkIElE");
    /// let signed = presigner.presign(operation, Duration::from_secs(900))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    AbortMultipartUpload, Delete
}

setters! { AbortMultipartUpload:
    /// Answers 412 if the upload was started at another time: for directory buckets. The client has to send the header.
    header if_match_initiated_time(http_date) = "x-amz-if-match-initiated-time";
}

payer_setters! { AbortMultipartUpload }
