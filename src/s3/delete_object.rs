//! `DeleteObject`.

use crate::s3::operation::{object_operation, setters};

object_operation! {
    /// Deletes an object: [DeleteObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html).
    ///
    /// ```
    /// use presign::s3::DeleteObject;
    ///
    /// let delete = DeleteObject::new("users/42/avatar.png");
    /// ```
    DeleteObject, Delete
}

setters! { DeleteObject:
    /// Deletes this version for good, instead of hiding the object behind a delete marker.
    query version_id = "versionId";
    /// Answers 412 if the object has another entity tag. The client has to send the header.
    header if_match = "if-match";
    /// Answers 403 if the bucket does not belong to this account. The client has to send the header.
    header expected_bucket_owner = "x-amz-expected-bucket-owner";
}
