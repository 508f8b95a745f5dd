//! From configuration and bucket to host, path prefix, region and service.
//!
//! Source: the S3 endpoint rules of the AWS SDKs, whose test cases are in `tests/vectors/s3-endpoints.jsonl`.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;

use crate::endpoint::Endpoint;
use crate::error::{EndpointFeature, Field};
use crate::partition::{Partition, has_form_of_aws_region};
use crate::s3::AddressingStyle;
use crate::s3::bucket::Bucket;
use crate::s3::endpoint_config::{EndpointConfig, StoreRules};
use crate::s3::endpoint_conflicts::refuse_conflict;
use crate::s3::known_host::is_multi_region;
use crate::s3::resource::Resource;
#[cfg(feature = "sigv4a")]
use crate::sigv4::RegionSet;
use crate::sigv4::SigningRegion;
use crate::{Error, Region};

/// Where the keys of one bucket are.
#[derive(Clone, Debug)]
pub(super) struct Location {
    pub(super) endpoint: Endpoint,
    /// The path before the key. It starts and ends with a slash.
    pub(super) path_prefix: Cow<'static, str>,
    /// The region of an ARN, which is signed for instead of the configured one.
    pub(super) arn_region: Option<Region>,
    /// Whether only SigV4A can sign for it.
    pub(super) is_multi_region: bool,
    pub(super) service: &'static str,
    pub(super) rules: StoreRules,
    /// The bucket, as it was given.
    pub(super) bucket: Option<String>,
}

impl Location {
    pub(super) fn new(config: &EndpointConfig, bucket: Option<String>) -> Result<Self, Error> {
        if config.addressing_style == AddressingStyle::BucketEndpoint {
            let endpoint = config.published(config.bucket_endpoint(bucket.as_deref())?);
            config.check_region(&config.region)?;
            let path_prefix = path_prefix(&endpoint, "");
            let (rules, is_multi_region) = (config.rules, is_multi_region(endpoint.host()));
            let (arn_region, service) = (None, "s3");
            return Ok(Self { endpoint, path_prefix, arn_region, is_multi_region, service, rules, bucket: None });
        }
        let bucket = bucket.ok_or(Error::Missing(Field::Bucket))?;
        let is_path_style = config.addressing_style == AddressingStyle::Path;
        refuse_conflict(is_path_style && bucket.starts_with("arn:"), EndpointFeature::Arn, EndpointFeature::PathStyle)?;
        let resource = if config.has_suffixes {
            Resource::parse(&bucket)?
        } else {
            Resource::parse_without_suffixes(&bucket, config.may_have_tenant)?
        };
        config.check_resource(&resource)?;
        let arn_region = resource.access_point().map(|access_point| access_point.region.clone());
        let region = arn_region.as_ref().unwrap_or(&config.region);
        config.check_region(region)?;
        let (service, is_multi_region) = (resource.service(), resource.is_multi_region());
        let (endpoint, bucket_in_path) = match config.bucket_in_path(&resource)? {
            Some(bucket) => (config.bucket_parent()?.clone(), bucket.path_segment()),
            None => (config.published(config.host_of(&resource, region)?), Cow::Borrowed("")),
        };
        let path_prefix = path_prefix(&endpoint, &bucket_in_path);
        let rules = config.rules;
        Ok(Self { endpoint, path_prefix, arn_region, is_multi_region, service, rules, bucket: Some(bucket) })
    }

    /// Returns the region that is signed for.
    pub(super) fn region<'l>(&'l self, config: &'l EndpointConfig) -> &'l Region {
        self.arn_region.as_ref().unwrap_or(&config.region)
    }

    /// Returns what is signed for: a region, or with SigV4A a set of regions.
    pub(super) fn signing_region(&self, config: &EndpointConfig) -> SigningRegion {
        #[cfg(feature = "sigv4a")]
        if let Some(set) = config.region_set.clone().or(self.is_multi_region.then(RegionSet::all)) {
            return set.into();
        }
        self.region(config).clone().into()
    }

    /// Returns the bucket as it is named in policies: Ceph compares the name without its tenant.
    #[cfg(feature = "post")]
    pub(super) fn bucket_in_policy(&self) -> Option<&str> {
        let bucket = self.bucket.as_deref()?;
        match bucket.split_once(':') {
            Some((tenant, name)) if tenant != "arn" => Some(name),
            _ => Some(bucket),
        }
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
        self.check_conflicts()?;
        self.check_host()?;
        let endpoint = match (self.accelerate, self.dual_stack) {
            // The region is not a part of these hosts, but of the signature.
            (true, _) if !has_form_of_aws_region(self.region.as_str()) => Err(Error::UnknownRegion),
            (true, false) => Ok("https://s3-accelerate.amazonaws.com".parse()?),
            (true, true) => Ok("https://s3-accelerate.dualstack.amazonaws.com".parse()?),
            (false, _) => self.regional("s3", &self.region),
        };
        self.bucket_parent = match endpoint {
            // An ARN may have a region of its own.
            Err(Error::UnknownRegion) => None,
            endpoint => Some(self.published(endpoint?)),
        };
        if self.accelerate {
            self.unaccelerated = Some(self.regional("s3", &self.region)?);
        }
        let may_be_aws = self.endpoint.is_none() || self.addressing_style == AddressingStyle::VirtualHosted;
        self.has_suffixes &= may_be_aws || self.aws_host().is_some();
        self.may_have_tenant &= self.endpoint.is_some() && self.aws_host().is_none();
        if let Some(host) = self.aws_host() {
            let region = host.region.map(Region::new).transpose()?;
            let (is_global, accelerate) = (host.is_global, host.is_acceleration());
            self.endpoint_region = region;
            self.is_global_endpoint = is_global;
            self.accelerate = accelerate;
        }
        Ok(self)
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
        refuse_conflict(
            self.accelerate && needs_path_style,
            EndpointFeature::TransferAcceleration,
            EndpointFeature::PathStyle,
        )?;
        Ok(!is_path_style)
    }

    /// Has clients see the published endpoint, if there is one, in place of this one.
    fn published(&self, endpoint: Endpoint) -> Endpoint {
        match &self.published {
            Some(base) => endpoint.published_at(Arc::clone(base)),
            None => endpoint,
        }
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

    /// Returns the endpoint of requests that concern no bucket.
    pub(super) fn service_endpoint(&self) -> Result<&Endpoint, Error> {
        let is_path_style = match self.addressing_style {
            AddressingStyle::Auto => self.endpoint.is_some(),
            style => style == AddressingStyle::Path,
        };
        // In virtual-hosted style, the published endpoint is that of a bucket.
        if self.published.is_some() && !is_path_style {
            return Err(Error::NoServiceEndpoint);
        }
        match &self.unaccelerated {
            Some(endpoint) => Ok(endpoint),
            // The host of transfer acceleration was given.
            None if self.accelerate => Err(Error::NoServiceEndpoint),
            None => self.bucket_parent(),
        }
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
            #[cfg(feature = "sigv4a")]
            Resource::MultiRegionAccessPoint { alias, .. } => {
                let domain = Partition::of(region.as_str()).domain;
                return Ok(format!("https://{alias}.accesspoint.s3-global.{domain}").parse()?);
            }
            Resource::OutpostsAlias(alias) => {
                if alias.is_beta && self.endpoint.is_none() {
                    return Err(Error::Missing(Field::Endpoint));
                }
                (format!("{}.{}", alias.name.as_str(), alias.hardware), "s3-outposts")
            }
            // The zone comes after `-fips`, so this service is put together here.
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

    /// Always the regional endpoint: `s3.amazonaws.com` redirects requests for a bucket in another region, and the
    /// signature is not valid after a redirect.
    fn aws_or_custom(&self, first_label: &str, region: &Region) -> Result<Endpoint, Error> {
        if let Some(endpoint) = &self.endpoint {
            return Ok(endpoint.clone());
        }
        if !has_form_of_aws_region(region.as_str()) {
            return Err(Error::UnknownRegion);
        }
        let dual_stack = if self.dual_stack { ".dualstack" } else { "" };
        Ok(format!("https://{first_label}{dual_stack}.{region}.{}", Partition::of(region.as_str()).domain).parse()?)
    }
}
