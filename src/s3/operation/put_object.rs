//! `PutObject`.

use crate::s3::operation::groups::{content_setters, payer_setters, write_setters};
use crate::s3::operation::macros::{object_operation, setters};

object_operation! {
    /// Writes an object: [PutObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html).
    ///
    /// Everything set here becomes a signed header: the client has to send it with the same value, or the store answers
    /// `SignatureDoesNotMatch`. What is not set is free: without [`content_type`](Self::content_type) the client may
    /// upload any type, without [`content_length`](Self::content_length) any size.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::PutObject;
    ///
    /// let upload = PutObject::new("users/42/avatar.png")
    ///     .content_type("image/png")
    ///     .content_length(48_213)
    ///     .metadata("uploaded-by", "42")
    ///     .if_none_match("*");
    /// let signed = presigner.presign(upload, Duration::from_secs(900))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[doc(alias("presign_put", "presignedPutObject"))]
    PutObject, Put
}

setters! { PutObject:
    /// `*`: writes only if there is no such object yet, else 412.
    header if_none_match = "if-none-match";
    /// Writes only over an object with this entity tag, else 412.
    header if_match = "if-match";
    /// Appends to the object at this offset, in bytes: for directory buckets.
    header write_offset_bytes(u64) = "x-amz-write-offset-bytes";
}

content_setters! { PutObject }

write_setters! { PutObject }

payer_setters! { PutObject }
