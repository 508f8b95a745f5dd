//! `HeadObject`.

use crate::s3::operation::{object_operation, setters};

object_operation! {
    /// Reads the headers of an object: [HeadObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html).
    ///
    /// A URL for [`GetObject`](crate::s3::GetObject) does not answer `HEAD`: the method is signed.
    ///
    /// ```
    /// use presign::s3::HeadObject;
    ///
    /// let exists = HeadObject::new("reports/2024.pdf").version_id("3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY");
    /// ```
    HeadObject, Head
}

setters! { HeadObject:
    /// Asks about this version of the object.
    query version_id = "versionId";
    /// Answers 412 if the object has another entity tag. The client has to send the header.
    header if_match = "if-match";
    /// Answers 304 if the object has this entity tag. The client has to send the header.
    header if_none_match = "if-none-match";
}
