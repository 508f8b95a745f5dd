//! `HeadObject`.

use crate::s3::operation::groups::{customer_key_setters, payer_setters, read_setters};
use crate::s3::operation::macros::object_operation;

object_operation! {
    /// Reads the headers of an object:
    /// [HeadObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html).
    ///
    /// A URL for [`GetObject`](crate::s3::GetObject) does not answer `HEAD`: the method is signed.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::HeadObject;
    ///
    /// let operation = HeadObject::new("reports/2024.pdf").version_id("3/L4kqtJlcpXroDTDmJ");
    /// let signed = presigner.presign(operation, Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    HeadObject, Head
}

read_setters! { HeadObject }

customer_key_setters! { HeadObject }

payer_setters! { HeadObject }
