//! `UploadPart`.

use crate::s3::S3Request;
use crate::s3::operation::groups::{content_setters, customer_key_setters, payer_setters};
use crate::s3::operation::macros::{dot_segments, operation};
use crate::{IntoText, Method};

operation! {
    /// Uploads one part of a multipart upload:
    /// [UploadPart](https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html).
    ///
    /// [`Presigner::upload_parts`](crate::Presigner::upload_parts) signs all parts of a
    /// [`MultipartPlan`](crate::s3::MultipartPlan). The answer has the entity tag that
    /// [`CompleteMultipartUpload`](crate::s3::CompleteMultipartUpload) needs; a browser sees it only if the CORS rule
    /// of the bucket exposes `ETag`.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::UploadPart;
    ///
    /// let part = UploadPart::new("videos/42.mp4", "VXBsb2FkIElE", 1).content_length(8 * 1_024 * 1_024);
    /// let signed = presigner.presign(part, Duration::from_secs(900))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    UploadPart
}

impl<'a> UploadPart<'a> {
    /// The part with this number, from 1 to 10,000, of the upload with this id of the object with this key, both given
    /// as plain text.
    #[must_use]
    #[inline]
    pub fn new(key: impl IntoText<'a>, upload_id: impl IntoText<'a>, part_number: u32) -> Self {
        let mut request = S3Request::new(Method::Put).key(key).query("uploadId", upload_id);
        request.set_query("partNumber", part_number);
        Self { request }
    }
}

dot_segments! { UploadPart }

content_setters! { UploadPart }

customer_key_setters! { UploadPart }

payer_setters! { UploadPart }
