//! From configuration and bucket to host, path prefix, region and service.
//!
//! Source: the S3 endpoint rules of the AWS SDKs, whose test cases are in `tests/vectors/s3-endpoints.jsonl`.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use crate::endpoint::Endpoint;
use crate::error::{ArnError, EndpointFeature, Field};
use crate::s3::AddressingStyle;
use crate::s3::bucket::Bucket;
use crate::s3::partition::{Partition, has_form_of_aws_region};
use crate::s3::resource::Resource;
use crate::{Error, Region};

/// Everything about hosts that does not depend on the bucket.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub(super) struct EndpointConfig {
    /// None: that of AWS.
    pub(super) endpoint: Option<Endpoint>,
    pub(super) region: Region,
    pub(super) addressing_style: AddressingStyle,
    pub(super) dual_stack: bool,
    pub(super) fips: bool,
    pub(super) accelerate: bool,
    /// Whether an ARN must name the same region.
    pub(super) arn_region_must_match: bool,
    pub(super) rules: StoreRules,
    /// The endpoint of all ordinary buckets: their names come before its host, or in its path. None: the region does not
    /// have one.
    pub(super) bucket_parent: Option<Endpoint>,
}

/// What is known of the requests that a store refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoreRules {
    /// Nothing.
    Unknown,
    /// Those of Amazon S3, which an endpoint without a profile belongs to.
    S3AtGivenEndpoint,
    /// Those of Amazon S3: it is AWS, or a profile claims them.
    S3,
}

impl StoreRules {
    #[inline]
    pub(super) const fn are_those_of_s3(self) -> bool {
        matches!(self, Self::S3 | Self::S3AtGivenEndpoint)
    }
}

/// Where the keys of one bucket are.
#[derive(Clone, Debug)]
pub(super) struct Location {
    pub(super) endpoint: Endpoint,
    /// The path before the key. It starts and ends with a slash.
    pub(super) path_prefix: Cow<'static, str>,
    /// The region of an ARN, which is signed for instead of the configured one.
    pub(super) arn_region: Option<Region>,
    pub(super) service: &'static str,
    pub(super) rules: StoreRules,
    /// The bucket, as it was given.
    pub(super) bucket: Option<String>,
}

impl Location {
    pub(super) fn new(config: &EndpointConfig, bucket: Option<String>) -> Result<Self, Error> {
        if config.addressing_style == AddressingStyle::BucketEndpoint {
            let endpoint = config.bucket_endpoint(bucket.as_deref())?;
            let path_prefix = path_prefix(&endpoint, "");
            let rules = config.rules;
            return Ok(Self { endpoint, path_prefix, arn_region: None, service: "s3", rules, bucket: None });
        }
        let bucket = bucket.ok_or(Error::Missing(Field::Bucket))?;
        let is_path_style = config.addressing_style == AddressingStyle::Path;
        refuse(is_path_style && bucket.starts_with("arn:"), EndpointFeature::Arn, EndpointFeature::PathStyle)?;
        // Suffixes mean something at AWS; another store may have any names.
        let resource = if config.endpoint.is_some() && config.addressing_style != AddressingStyle::VirtualHosted {
            Resource::parse_at_given_endpoint(&bucket)?
        } else {
            Resource::parse(&bucket)?
        };
        config.check_resource(&resource)?;
        let arn_region = resource.access_point().map(|access_point| access_point.region.clone());
        let region = arn_region.as_ref().unwrap_or(&config.region);
        let service = resource.service();
        let (endpoint, bucket_in_path) = match config.bucket_in_path(&resource)? {
            Some(bucket) => (config.bucket_parent()?.clone(), bucket.as_str()),
            None => (config.host_of(&resource, region)?, ""),
        };
        let path_prefix = path_prefix(&endpoint, bucket_in_path);
        Ok(Self { endpoint, path_prefix, arn_region, service, rules: config.rules, bucket: Some(bucket) })
    }

    /// Returns the region that is signed for.
    pub(super) fn region<'l>(&'l self, config: &'l EndpointConfig) -> &'l Region {
        self.arn_region.as_ref().unwrap_or(&config.region)
    }

    /// The path of the bucket itself.
    pub(super) fn bucket_path(&self) -> &str {
        match self.path_prefix.strip_suffix('/') {
            Some(path) if !path.is_empty() => path,
            _ => &self.path_prefix,
        }
    }
}

fn path_prefix(endpoint: &Endpoint, bucket: &str) -> Cow<'static, str> {
    match [endpoint.base_path(), bucket] {
        ["", ""] => Cow::Borrowed("/"),
        [base_path, ""] => Cow::Owned([base_path, "/"].concat()),
        [base_path, bucket] => Cow::Owned([base_path, "/", bucket, "/"].concat()),
    }
}

impl EndpointConfig {
    /// Finds what is the same for all buckets, and refuses conflicts that no bucket can solve.
    pub(super) fn checked(mut self) -> Result<Self, Error> {
        self.check()?;
        let endpoint = match (self.accelerate, self.dual_stack) {
            // The region is not a part of these hosts, but of the signature.
            (true, _) if !has_form_of_aws_region(&self.region) => Err(Error::UnknownRegion),
            (true, false) => Ok("https://s3-accelerate.amazonaws.com".parse()?),
            (true, true) => Ok("https://s3-accelerate.dualstack.amazonaws.com".parse()?),
            (false, _) => self.regional("s3", &self.region),
        };
        self.bucket_parent = match endpoint {
            // An ARN may have a region of its own.
            Err(Error::UnknownRegion) => None,
            endpoint => Some(endpoint?),
        };
        Ok(self)
    }

    fn check(&self) -> Result<(), Error> {
        use EndpointFeature::{CustomEndpoint, DualStack, Fips, Partition as OfPartition, TransferAcceleration};
        let partition = Partition::of(&self.region);
        let has_endpoint = self.endpoint.is_some();
        refuse(self.accelerate && self.fips, TransferAcceleration, Fips)?;
        refuse(self.dual_stack && has_endpoint, DualStack, CustomEndpoint)?;
        refuse(self.fips && has_endpoint, Fips, CustomEndpoint)?;
        refuse(self.accelerate && has_endpoint, TransferAcceleration, CustomEndpoint)?;
        refuse(self.fips && !partition.has_fips, Fips, OfPartition)?;
        refuse(self.accelerate && !partition.is_commercial(), TransferAcceleration, OfPartition)
    }

    fn check_resource(&self, resource: &Resource<'_>) -> Result<(), Error> {
        use EndpointFeature::{
            AccessPoint, DirectoryBucket, DualStack, Fips, ObjectLambda, Outposts, Partition as OfPartition,
            TransferAcceleration,
        };
        if let Some(access_point) = resource.access_point() {
            let partition = Partition::of(&access_point.region);
            refuse(self.fips && !partition.has_fips, Fips, OfPartition)?;
            if partition != Partition::of(&self.region) || partition.name != access_point.partition {
                return Err(ArnError::Partition.into());
            }
            if self.arn_region_must_match && access_point.region != self.region {
                return Err(ArnError::RegionMismatch.into());
            }
        }
        match resource {
            Resource::Bucket(_) => Ok(()),
            Resource::AccessPoint(_) => refuse(self.accelerate, AccessPoint, TransferAcceleration),
            Resource::DirectoryBucket { .. } => refuse(self.accelerate, DirectoryBucket, TransferAcceleration),
            Resource::ObjectLambda(_) => {
                refuse(self.dual_stack, ObjectLambda, DualStack)?;
                refuse(self.accelerate, ObjectLambda, TransferAcceleration)
            }
            Resource::OutpostsAccessPoint { .. } | Resource::OutpostsAlias(_) => {
                refuse(self.dual_stack, Outposts, DualStack)?;
                refuse(self.fips, Outposts, Fips)?;
                refuse(self.accelerate, Outposts, TransferAcceleration)
            }
        }
    }

    fn has_ip_endpoint(&self) -> bool {
        self.endpoint.as_ref().is_some_and(|endpoint| !endpoint.has_dns_host())
    }

    fn bucket_endpoint(&self, bucket: Option<&str>) -> Result<Endpoint, Error> {
        // At an endpoint of AWS, the first segment of every key would choose a bucket.
        let endpoint = self.endpoint.as_ref().ok_or(Error::Missing(Field::Endpoint))?;
        if bucket.is_some() {
            return Err(Error::BucketInEndpoint);
        }
        Ok(endpoint.clone())
    }

    fn is_virtual_hosted(&self, bucket: Bucket<'_>) -> Result<bool, Error> {
        let is_path_style = match self.addressing_style {
            AddressingStyle::VirtualHosted => false,
            AddressingStyle::Auto => self.endpoint.is_some() || !bucket.is_dns_label(),
            AddressingStyle::Path | AddressingStyle::BucketEndpoint => true,
        };
        let needs_path_style = is_path_style || !bucket.is_dns_label();
        refuse(self.accelerate && needs_path_style, EndpointFeature::TransferAcceleration, EndpointFeature::PathStyle)?;
        Ok(!is_path_style)
    }

    fn bucket_host(&self, bucket: Bucket<'_>) -> Result<Endpoint, Error> {
        if self.has_ip_endpoint() {
            return Err(Error::VirtualHostOnIpAddress);
        }
        if !bucket.is_dns_name() {
            return Err(Error::BucketNotDnsName);
        }
        Ok(self.bucket_parent()?.with_subdomain(bucket.as_str())?)
    }

    fn bucket_parent(&self) -> Result<&Endpoint, Error> {
        self.bucket_parent.as_ref().ok_or(Error::UnknownRegion)
    }

    /// The bucket, if the host does not name it.
    fn bucket_in_path<'r>(&self, resource: &Resource<'r>) -> Result<Option<Bucket<'r>>, Error> {
        match *resource {
            Resource::Bucket(bucket) if !self.is_virtual_hosted(bucket)? => Ok(Some(bucket)),
            // As in the rules of the SDKs: an address has no subdomains.
            Resource::DirectoryBucket { name, .. } if self.has_ip_endpoint() => Ok(Some(name)),
            _ => Ok(None),
        }
    }

    /// The host that names the resource: its labels in front of the endpoint of its service.
    fn host_of(&self, resource: &Resource<'_>, region: &Region) -> Result<Endpoint, Error> {
        let (labels, service) = match resource {
            Resource::Bucket(bucket) => return self.bucket_host(*bucket),
            Resource::AccessPoint(access_point) => (access_point.label(), "s3-accesspoint"),
            Resource::ObjectLambda(access_point) => (access_point.label(), "s3-object-lambda"),
            Resource::OutpostsAccessPoint { outpost_id, access_point } => {
                (format!("{}.{outpost_id}", access_point.label()), "s3-outposts")
            }
            Resource::OutpostsAlias(alias) => {
                if alias.is_beta && self.endpoint.is_none() {
                    return Err(Error::Missing(Field::Endpoint));
                }
                (format!("{}.{}", alias.name.as_str(), alias.hardware), "s3-outposts")
            }
            // The zone comes behind `-fips`, so this service is put together here.
            Resource::DirectoryBucket { name, zone } => {
                let fips = if self.fips { "-fips" } else { "" };
                return Ok(self
                    .aws_or_custom(&format!("s3express{fips}-{zone}"), region)?
                    .with_subdomain(name.as_str())?);
            }
        };
        Ok(self.regional(service, region)?.with_subdomain(&labels)?)
    }

    /// The endpoint of a service in a region, with FIPS where it is wanted.
    fn regional(&self, service: &str, region: &Region) -> Result<Endpoint, Error> {
        let fips = if self.fips { "-fips" } else { "" };
        self.aws_or_custom(&[service, fips].concat(), region)
    }

    /// Always the regional endpoint: `s3.amazonaws.com` answers for a bucket elsewhere with a redirect, which a
    /// signature does not survive.
    fn aws_or_custom(&self, first_label: &str, region: &Region) -> Result<Endpoint, Error> {
        if let Some(endpoint) = &self.endpoint {
            return Ok(endpoint.clone());
        }
        if !has_form_of_aws_region(region) {
            return Err(Error::UnknownRegion);
        }
        let dual_stack = if self.dual_stack { ".dualstack" } else { "" };
        Ok(format!("https://{first_label}{dual_stack}.{region}.{}", Partition::of(region).domain).parse()?)
    }
}

fn refuse(conflict: bool, feature: EndpointFeature, with: EndpointFeature) -> Result<(), Error> {
    if conflict { Err(Error::EndpointConflict { feature, with }) } else { Ok(()) }
}
