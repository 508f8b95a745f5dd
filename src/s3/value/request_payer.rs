//! Who pays.

use crate::s3::value::named::named;

named! {
    /// Who pays for the request, if not the owner of the bucket.
    ///
    /// Source: [Requester Pays buckets](https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html).
    RequestPayer {
        /// The account that signs.
        Requester = "requester",
    }
}
