//! Where the bucket stands in the URL.

/// Where the bucket stands in the URL.
///
/// ```
/// # use presign::{Credentials, Presigner};
/// use presign::s3::AddressingStyle;
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
/// let presigner = Presigner::builder()
///     .credentials(credentials)
///     .region("eu-west-1")
///     .endpoint("https://files.example.com")
///     .addressing_style(AddressingStyle::BucketEndpoint)
///     .build()?;
/// # Ok::<(), presign::Error>(())
/// ```
///
/// Source: [Virtual hosting of general purpose buckets](https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AddressingStyle {
    /// `VirtualHosted` for AWS where the bucket's name allows it: a DNS name without dots, which the certificate would
    /// not cover. `Path` for other names and for other endpoints.
    #[default]
    Auto,
    /// `https://bucket.s3.eu-west-1.amazonaws.com/key`
    VirtualHosted,
    /// `https://s3.eu-west-1.amazonaws.com/bucket/key`
    Path,
    /// `https://files.example.com/key`: the endpoint stands for the bucket, as with a CNAME record, and no bucket is given.
    ///
    /// Make sure that it does: at an endpoint of the whole store, the first segment of a key would be a bucket.
    BucketEndpoint,
}
