//! `CreateMultipartUpload`.

use crate::s3::operation::groups::{payer_setters, write_setters};
use crate::s3::operation::macros::{object_operation, setters};
use crate::s3::{ChecksumAlgorithm, ChecksumType};

object_operation! {
    /// Starts a multipart upload:
    /// [CreateMultipartUpload](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html).
    ///
    /// The answer has the upload id. What the object shall be is said here, not with its parts. The client sends no
    /// body.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::CreateMultipartUpload;
    ///
    /// let operation = CreateMultipartUpload::new("videos/42.mp4").content_type("video/mp4");
    /// let signed = presigner.presign(operation, Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    CreateMultipartUpload, Post, "uploads" = ""
}

setters! { CreateMultipartUpload:
    /// The algorithm of the checksums that come with the parts. S3 then refuses a part without a checksum of this
    /// algorithm, unless the [`checksum_type`](Self::checksum_type) is `FULL_OBJECT`: see
    /// [`UploadParts::with`](crate::s3::UploadParts::with) and `UploadPart::checksum`.
    header checksum_algorithm(ChecksumAlgorithm) = "x-amz-checksum-algorithm";
    /// Of what the checksum of the object is made. It needs [`checksum_algorithm`](Self::checksum_algorithm).
    header checksum_type(ChecksumType) = "x-amz-checksum-type";
}

write_setters! { CreateMultipartUpload }

payer_setters! { CreateMultipartUpload }
