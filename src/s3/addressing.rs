//! Where the bucket stands in the URL.

use alloc::string::String;

use crate::error::{EndpointError, Field};
use crate::s3::bucket::Bucket;
use crate::s3::partition::regional_endpoint;
use crate::{Endpoint, Error, Region};

/// Where the bucket stands in the URL.
///
/// Source: [Virtual hosting of general purpose buckets](https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AddressingStyle {
    /// `VirtualHost` for AWS where the bucket's name allows it: a DNS name without dots, which the certificate would
    /// not cover. `Path` for other names and for other endpoints.
    #[default]
    Auto,
    /// `https://bucket.s3.eu-west-1.amazonaws.com/key`
    VirtualHost,
    /// `https://s3.eu-west-1.amazonaws.com/bucket/key`
    Path,
    /// `https://files.example.com/key`: the endpoint stands for the bucket, as with a CNAME record.
    BucketEndpoint,
}

/// The endpoint that the user set, or the region of AWS.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    Aws(Endpoint),
    Custom(Endpoint),
}

impl Origin {
    pub(super) fn new(endpoint: Option<&str>, region: &Region) -> Result<Self, Error> {
        let Some(endpoint) = endpoint else {
            let endpoint = regional_endpoint(region).ok_or(Error::UnknownRegion)?;
            return Ok(Self::Aws(endpoint.parse()?));
        };
        let endpoint: Endpoint = endpoint.parse()?;
        if !endpoint.is_http() {
            return Err(EndpointError::Scheme.into());
        }
        Ok(Self::Custom(endpoint))
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
        let endpoint = match origin {
            Origin::Aws(endpoint) | Origin::Custom(endpoint) => endpoint,
        };
        let base = endpoint.base_path();
        if style == AddressingStyle::BucketEndpoint {
            return Ok(Self { endpoint: endpoint.clone(), prefix: [base, "/"].concat() });
        }
        let bucket = bucket.ok_or(Error::Missing(Field::Bucket))?;
        let in_host = match style {
            AddressingStyle::VirtualHost => true,
            AddressingStyle::Auto => matches!(origin, Origin::Aws(_)) && bucket.is_dns_label(),
            AddressingStyle::Path | AddressingStyle::BucketEndpoint => false,
        };
        if !in_host {
            return Ok(Self { endpoint: endpoint.clone(), prefix: [base, "/", bucket.as_str(), "/"].concat() });
        }
        if !endpoint.has_dns_host() {
            return Err(Error::VirtualHostOnIpAddress);
        }
        if !bucket.is_dns_name() {
            return Err(Error::BucketNotDnsName);
        }
        Ok(Self { endpoint: endpoint.with_subdomain(bucket.as_str())?, prefix: [base, "/"].concat() })
    }

    /// The path of the bucket itself.
    pub(super) fn bucket_path(&self) -> &str {
        match self.prefix.strip_suffix('/') {
            Some(path) if !path.is_empty() => path,
            _ => &self.prefix,
        }
    }
}
