//! `UploadPartCopy`.

use core::ops::Range;

use crate::s3::operation::groups::{copy_source_setters, customer_key_setters, payer_setters};
use crate::s3::operation::macros::{dot_segments, operation};
use crate::s3::value::byte_range;
use crate::s3::{CopySource, S3Request};
use crate::{IntoText, Method};

operation! {
    /// Makes one part of a multipart upload from another object:
    /// [UploadPartCopy](https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html).
    ///
    /// The client sends no body. An answer of 200 can hold an error: read its body.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::{CopySource, UploadPartCopy};
    ///
    /// let source = CopySource::new("user-media", "videos/41.mp4")?;
    /// let part = UploadPartCopy::new("videos/42.mp4", "VXBsb2FkIElE", 1, source).copy_source_range(0..5_242_880);
    /// let signed = presigner.presign(part, Duration::from_secs(900))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    UploadPartCopy
}

impl<'a> UploadPartCopy<'a> {
    /// Makes the part with this number, from 1 to 10,000, of the upload with this id of the object with this key, both
    /// given as plain text, from the source.
    #[must_use]
    pub fn new(
        key: impl IntoText<'a>,
        upload_id: impl IntoText<'a>,
        part_number: u32,
        copy_source: CopySource,
    ) -> Self {
        let mut request = S3Request::new(Method::Put).key(key).query("uploadId", upload_id);
        request.set_query("partNumber", part_number);
        request.set_header("x-amz-copy-source", copy_source);
        Self { request }
    }

    /// Only these bytes of the source, counted from 0, such as [`PlannedPart::range`](crate::s3::PlannedPart::range).
    /// S3 takes no open ranges here.
    ///
    /// Signing refuses a range that has no byte.
    #[must_use]
    pub fn copy_source_range(mut self, bytes: Range<u64>) -> Self {
        self.request.set_header("x-amz-copy-source-range", byte_range(&bytes));
        self
    }
}

dot_segments! { UploadPartCopy }

copy_source_setters! { UploadPartCopy }

customer_key_setters! { UploadPartCopy }

payer_setters! { UploadPartCopy }
