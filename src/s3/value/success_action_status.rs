//! The answer to a form.

use crate::s3::value::named::named;

named! {
    /// The status of the answer to a successful upload from a form.
    ///
    /// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html), `success_action_status`.
    SuccessActionStatus {
        /// 200, without a body.
        Ok = "200",
        /// 201, with an XML body that has the key, the URL and the entity tag of the object.
        Created = "201",
        /// 204, without a body. This is what S3 answers if nothing is said.
        NoContent = "204",
    }
}
