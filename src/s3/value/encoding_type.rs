//! How keys stand in a listing.

use crate::s3::value::named::named;

named! {
    /// How the keys in a listing are encoded. Without it, a key with a control character makes the XML unreadable.
    ///
    /// Source: [ListObjectsV2](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html), `encoding-type`.
    EncodingType {
        /// Percent-encoded.
        Url = "url",
    }
}
