//! `GetObject`.

use crate::s3::operation::{object_operation, setters};

object_operation! {
    /// Reads an object: [GetObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
    ///
    /// The `response_` setters make S3 answer with another header than the object has; they are part of the URL, so the client sends
    /// nothing extra.
    ///
    /// ```
    /// use presign::s3::GetObject;
    ///
    /// let download = GetObject::new("reports/2024.pdf")
    ///     .response_content_type("application/pdf")
    ///     .response_content_disposition("attachment; filename=\"report.pdf\"");
    /// ```
    GetObject, Get
}

setters! { GetObject:
    /// Reads this version of the object.
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
    /// Reads only these bytes, such as `bytes=0-1023`. The client has to send the header.
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
