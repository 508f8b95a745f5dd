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
    /// `Cache-Control` of the answer.
    query response_cache_control = "response-cache-control";
    /// `Content-Disposition` of the answer: `attachment; filename="…"` makes a browser save it.
    query response_content_disposition = "response-content-disposition";
    /// `Content-Encoding` of the answer.
    query response_content_encoding = "response-content-encoding";
    /// `Content-Language` of the answer.
    query response_content_language = "response-content-language";
    /// `Content-Type` of the answer.
    query response_content_type = "response-content-type";
    /// `Expires` of the answer.
    query response_expires = "response-expires";
    /// Asks for the headers that an answer with only these bytes would have. The client has to send the header.
    header range = "range";
    /// Answers 412 if the object has another entity tag. The client has to send the header.
    header if_match = "if-match";
    /// Answers 304 if the object has this entity tag. The client has to send the header.
    header if_none_match = "if-none-match";
    /// Answers 304 if the object has not changed since. The client has to send the header.
    header if_modified_since = "if-modified-since";
    /// Answers 412 if the object has changed since. The client has to send the header.
    header if_unmodified_since = "if-unmodified-since";
    /// Answers 403 if the bucket does not belong to this account. The client has to send the header.
    header expected_bucket_owner = "x-amz-expected-bucket-owner";
}
