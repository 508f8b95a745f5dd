//! `GetObject`.

use crate::s3::operation::groups::{customer_key_setters, payer_setters, read_setters};
use crate::s3::operation::macros::object_operation;

object_operation! {
    /// Reads an object: [GetObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
    ///
    /// The `response_` setters make S3 answer with another header than the object has; they are part of the URL, so the
    /// client sends nothing extra.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::GetObject;
    ///
    /// let download = GetObject::new("reports/2024.pdf")
    ///     .response_content_type("application/pdf")
    ///     .response_content_disposition("attachment; filename=\"report.pdf\"");
    /// let signed = presigner.presign(download, Duration::from_secs(900))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[doc(alias("presign_get", "presignedGetObject"))]
    GetObject, Get
}

read_setters! { GetObject }

customer_key_setters! { GetObject }

payer_setters! { GetObject }
