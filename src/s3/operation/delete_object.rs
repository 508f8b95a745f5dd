//! `DeleteObject`.

use crate::s3::operation::groups::payer_setters;
use crate::s3::operation::macros::{object_operation, setters};

object_operation! {
    /// Deletes an object: [DeleteObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::DeleteObject;
    ///
    /// let signed = presigner.presign(DeleteObject::new("users/42/avatar.png"), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[doc(alias = "presign_delete")]
    DeleteObject, Delete
}

setters! { DeleteObject:
    /// Deletes this version for good, instead of hiding the object behind a delete marker.
    query version_id = "versionId";
    /// Answers 412 if the object has another entity tag. The client has to send the header.
    header if_match = "if-match";
    /// Answers 412 if the object was changed at another time: for directory buckets. The client has to send the header.
    header if_match_last_modified_time(http_date) = "x-amz-if-match-last-modified-time";
    /// Answers 412 if the object has another size, in bytes: for directory buckets. The client has to send the header.
    header if_match_size(u64) = "x-amz-if-match-size";
    /// The serial number and the code of a device, if the bucket asks for one. The client has to send the header.
    header mfa = "x-amz-mfa";
    /// Deletes the object although its retention has not ended. The client has to send the header.
    header bypass_governance_retention(flag) = "x-amz-bypass-governance-retention";
}

payer_setters! { DeleteObject }
