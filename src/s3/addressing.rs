//! Where the bucket stands in the URL.

use alloc::string::String;

use crate::endpoint::Endpoint;
use crate::error::{EndpointError, Field};
use crate::s3::bucket::Bucket;
use crate::s3::partition::regional_endpoint;
use crate::{Error, Region};

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

/// The endpoint, as it is without a bucket.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    endpoint: Endpoint,
    /// Derived from the region.
    is_aws: bool,
}

impl Origin {
    pub(super) fn new(endpoint: Option<&str>, region: &Region) -> Result<Self, Error> {
        let Some(endpoint) = endpoint else {
            let endpoint = regional_endpoint(region).ok_or(Error::UnknownRegion)?;
            return Ok(Self { endpoint: endpoint.parse()?, is_aws: true });
        };
        let endpoint: Endpoint = endpoint.parse()?;
        if !endpoint.is_http() {
            return Err(EndpointError::Scheme.into());
        }
        Ok(Self { endpoint, is_aws: false })
    }
}

/// Where the keys of one bucket are.
#[derive(Clone, Debug)]
pub(super) struct Location {
    pub(super) endpoint: Endpoint,
    /// What stands before the key in the path: it starts and ends with a slash.
    pub(super) prefix: String,
}

impl Location {
    pub(super) fn new(origin: &Origin, bucket: Option<&Bucket>, style: AddressingStyle) -> Result<Self, Error> {
        match style {
            AddressingStyle::BucketEndpoint => Self::without_bucket(origin, bucket),
            AddressingStyle::VirtualHosted => Self::virtual_hosted(origin, required(bucket)?),
            AddressingStyle::Auto if origin.is_aws && required(bucket)?.is_dns_label() => {
                Self::virtual_hosted(origin, required(bucket)?)
            }
            AddressingStyle::Path | AddressingStyle::Auto => Ok(Self::path(origin, required(bucket)?)),
        }
    }

    fn path(origin: &Origin, bucket: &Bucket) -> Self {
        let endpoint = origin.endpoint.clone();
        let prefix = [endpoint.base_path(), "/", bucket.as_str(), "/"].concat();
        Self { endpoint, prefix }
    }

    fn virtual_hosted(origin: &Origin, bucket: &Bucket) -> Result<Self, Error> {
        if !origin.endpoint.has_dns_host() {
            return Err(Error::VirtualHostOnIpAddress);
        }
        if !bucket.is_dns_name() {
            return Err(Error::BucketNotDnsName);
        }
        let endpoint = origin.endpoint.with_subdomain(bucket.as_str())?;
        let prefix = [endpoint.base_path(), "/"].concat();
        Ok(Self { endpoint, prefix })
    }

    fn without_bucket(origin: &Origin, bucket: Option<&Bucket>) -> Result<Self, Error> {
        if origin.is_aws {
            // The first segment of every key would choose a bucket.
            return Err(Error::Missing(Field::Endpoint));
        }
        if bucket.is_some() {
            return Err(Error::BucketInEndpoint);
        }
        let endpoint = origin.endpoint.clone();
        let prefix = [endpoint.base_path(), "/"].concat();
        Ok(Self { endpoint, prefix })
    }

    /// The path of the bucket itself.
    pub(super) fn bucket_path(&self) -> &str {
        match self.prefix.strip_suffix('/') {
            Some(path) if !path.is_empty() => path,
            _ => &self.prefix,
        }
    }
}

fn required(bucket: Option<&Bucket>) -> Result<&Bucket, Error> {
    bucket.ok_or(Error::Missing(Field::Bucket))
}
