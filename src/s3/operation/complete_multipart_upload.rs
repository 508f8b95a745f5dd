//! `CompleteMultipartUpload`.

use crate::s3::ChecksumType;
use crate::s3::operation::groups::{checksum_setters, customer_key_setters, payer_setters, payload_setters};
use crate::s3::operation::macros::{setters, upload_operation};

upload_operation! {
    /// Makes the object from the parts of a multipart upload:
    /// [CompleteMultipartUpload](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html).
    ///
    /// The body is what [`body`](Self::body) makes of the entity tags that the store answered. The client must not send
    /// it as `application/x-www-form-urlencoded`, which S3 would read as parameters. An answer of 200 can hold an
    /// error: read its body.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::{CompleteMultipartUpload, CompletedPart};
    ///
    /// let operation = CompleteMultipartUpload::new("videos/42.mp4", "VXBsb2FkIElE");
    /// let signed = presigner.presign(operation, Duration::from_secs(900))?;
    /// let body = CompleteMultipartUpload::body([CompletedPart::new(1, "\"0cc175b9c0f1b6a831c399e269772661\"")])?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    CompleteMultipartUpload, Post
}

setters! { CompleteMultipartUpload:
    /// Of what the checksum of the object is made.
    header checksum_type(ChecksumType) = "x-amz-checksum-type";
    /// The size that the object has to have, in bytes.
    header mpu_object_size(u64) = "x-amz-mp-object-size";
    /// Writes only over an object with this entity tag, else 412.
    header if_match = "if-match";
    /// `*`: writes only if there is no such object yet, else 412.
    header if_none_match = "if-none-match";
}

checksum_setters! { CompleteMultipartUpload, "The checksum of the whole object, which the store verifies." }

payload_setters! { CompleteMultipartUpload }

customer_key_setters! { CompleteMultipartUpload }

payer_setters! { CompleteMultipartUpload }
