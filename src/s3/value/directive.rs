//! What a copy takes over from its source.

use crate::s3::value::named::named;

named! {
    /// Where the metadata of a copy comes from.
    ///
    /// Source: [CopyObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html), `x-amz-metadata-directive`.
    MetadataDirective {
        /// From the source. This is what S3 does if nothing is said.
        Copy = "COPY",
        /// From the request.
        Replace = "REPLACE",
    }
}

named! {
    /// Where the tags of a copy come from.
    ///
    /// Source: [CopyObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html), `x-amz-tagging-directive`.
    TaggingDirective {
        /// From the source. This is what S3 does if nothing is said.
        Copy = "COPY",
        /// From the request.
        Replace = "REPLACE",
    }
}
