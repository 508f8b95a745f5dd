//! `GetObjectAttributes`.

use alloc::vec::Vec;

use crate::s3::operation::groups::{customer_key_setters, payer_setters};
use crate::s3::operation::macros::{dot_segments, operation, setters};
use crate::s3::{ObjectAttributes, S3Request};
use crate::{IntoText, Method};

operation! {
    /// Reads what is known about an object, without the object:
    /// [GetObjectAttributes](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::{GetObjectAttributes, ObjectAttributes};
    ///
    /// let operation = GetObjectAttributes::new("a.bin", [ObjectAttributes::Checksum]);
    /// let signed = presigner.presign(operation, Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    GetObjectAttributes
}

impl<'a> GetObjectAttributes<'a> {
    /// Asks for these attributes of the object with this key, given as plain text. The client has to send the header.
    #[must_use]
    pub fn new(key: impl IntoText<'a>, attributes: impl IntoIterator<Item = ObjectAttributes>) -> Self {
        let names: Vec<_> = attributes.into_iter().map(ObjectAttributes::as_str).collect();
        let mut request = S3Request::new(Method::Get).key(key).query("attributes", "");
        request.set_header("x-amz-object-attributes", names.join(","));
        Self { request }
    }
}

dot_segments! { GetObjectAttributes }

setters! { GetObjectAttributes:
    /// Of this version.
    query version_id = "versionId";
    /// How many parts at most. S3 returns at most 1,000, also for a larger number. The client has to send the header.
    header max_parts(u32) = "x-amz-max-parts";
    /// Goes on after this part: `NextPartNumberMarker` of the last answer. The client has to send the header.
    header part_number_marker(u32) = "x-amz-part-number-marker";
}

customer_key_setters! { GetObjectAttributes }

payer_setters! { GetObjectAttributes }
