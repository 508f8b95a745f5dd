//! `ListBuckets`.

use crate::Method;
use crate::s3::S3Request;
use crate::s3::operation::macros::{operation, setters};

operation! {
    /// Lists the buckets of the account that signs, up to 10,000 at a time:
    /// [ListBuckets](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html).
    ///
    /// The request goes to the endpoint of the region, whatever the bucket of the presigner and its addressing style are. A
    /// presigner for an access point, a directory bucket or [`AddressingStyle::BucketEndpoint`] does not have this
    /// endpoint, and neither does one with a published endpoint outside of path style: signing is
    /// [`Error::NoServiceEndpoint`](crate::Error::NoServiceEndpoint).
    ///
    /// [`AddressingStyle::BucketEndpoint`]: crate::s3::AddressingStyle::BucketEndpoint
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::ListBuckets;
    ///
    /// let signed = presigner.presign(ListBuckets::new().prefix("user-"), Duration::from_secs(60))?;
    /// assert!(signed.url().starts_with("https://s3.eu-west-1.amazonaws.com/?"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    ListBuckets
}

impl ListBuckets<'_> {
    /// The operation on the account that signs.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self { request: S3Request::for_service(Method::Get) }
    }
}

impl Default for ListBuckets<'_> {
    fn default() -> Self {
        Self::new()
    }
}

setters! { ListBuckets:
    /// How many buckets at most, from 1 to 10,000.
    query max_buckets(u32) = "max-buckets";
    /// Goes on where the last response ended: its `ContinuationToken`.
    query continuation_token = "continuation-token";
    /// Only buckets whose names start with this.
    query prefix = "prefix";
    /// Only buckets in this region. AWS lists them only at the endpoint of the same region, so signing refuses another one
    /// than the presigner's.
    query bucket_region = "bucket-region";
}
