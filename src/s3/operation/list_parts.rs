//! `ListParts`.

use crate::s3::operation::groups::{customer_key_setters, payer_setters};
use crate::s3::operation::macros::{setters, upload_operation};

upload_operation! {
    /// Lists the parts of a multipart upload that have been uploaded, up to 1,000 at a time:
    /// [ListParts](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::ListParts;
    ///
    /// let operation = ListParts::new("videos/42.mp4", "VXBsb2FkIElE").max_parts(100);
    /// let signed = presigner.presign(operation, Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    ListParts, Get
}

setters! { ListParts:
    /// How many parts at most. S3 returns at most 1,000, also for a larger number.
    query max_parts(u32) = "max-parts";
    /// Goes on after this part: `NextPartNumberMarker` of the last answer.
    query part_number_marker(u32) = "part-number-marker";
}

customer_key_setters! { ListParts }

payer_setters! { ListParts }
