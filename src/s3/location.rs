//! From configuration and bucket to host, path prefix, region and service.
//!
//! Source: the S3 endpoint rules of the AWS SDKs, whose test cases are in `tests/vectors/s3-endpoints.jsonl`.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;

use crate::endpoint::Endpoint;
use crate::error::{ArnError, EndpointError, EndpointFeature, Field};
use crate::s3::AddressingStyle;
use crate::s3::bucket::Bucket;
use crate::s3::known_host::{AwsHost, is_multi_region, takes_no_signatures};
use crate::s3::partition::{Partition, has_form_of_aws_region};
use crate::s3::resource::Resource;
use crate::{Error, Region};

/// Everything about hosts that does not depend on the bucket.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub(super) struct EndpointConfig {
    /// None: that of AWS.
    pub(super) endpoint: Option<Endpoint>,
    /// The base of URLs. None: the origin of the endpoint that is signed.
    pub(super) published: Option<Arc<str>>,
    pub(super) region: Region,
    pub(super) addressing_style: AddressingStyle,
    /// Whether the style was chosen. Otherwise it is the store's, and an endpoint that contains the bucket is an error.
    pub(super) has_chosen_style: bool,
    /// The endpoint in the store's profile, which does not contain a bucket.
    pub(super) store_endpoint: Option<Endpoint>,
    /// Whether the end of a bucket's name may have a meaning, as at AWS. At other stores it is a name like any other.
    pub(super) has_suffixes: bool,
    pub(super) dual_stack: bool,
    pub(super) fips: bool,
    pub(super) accelerate: bool,
    /// Whether an ARN must name the same region.
    pub(super) arn_region_must_match: bool,
    /// The region that the endpoint names, if it is one of AWS.
    pub(super) endpoint_region: Option<Region>,
    /// Whether the endpoint is a host of AWS for all commercial regions.
    pub(super) is_global_endpoint: bool,
    /// Whether a bucket may be given as `tenant:bucket`.
    pub(super) may_have_tenant: bool,
    pub(super) rules: StoreRules,
    /// The endpoint of all ordinary buckets: their names come before its host, or in its path. None: the region does not
    /// have one.
    pub(super) bucket_parent: Option<Endpoint>,
    /// The endpoint of the service, where it is not `bucket_parent`: transfer acceleration lists no buckets.
    pub(super) unaccelerated: Option<Endpoint>,
}

/// What is known of the requests that a store refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoreRules {
    /// Nothing.
    Unknown,
    /// Those of Amazon S3, at an AWS endpoint that was given without a profile.
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
            let endpoint = config.published(config.bucket_endpoint(bucket.as_deref())?);
            config.check_region(&config.region)?;
            let path_prefix = path_prefix(&endpoint, "");
            let rules = config.rules;
            return Ok(Self { endpoint, path_prefix, arn_region: None, service: "s3", rules, bucket: None });
        }
        let bucket = bucket.ok_or(Error::Missing(Field::Bucket))?;
        let is_path_style = config.addressing_style == AddressingStyle::Path;
        refuse(is_path_style && bucket.starts_with("arn:"), EndpointFeature::Arn, EndpointFeature::PathStyle)?;
        let resource = if config.has_suffixes {
            Resource::parse(&bucket)?
        } else {
            Resource::parse_without_suffixes(&bucket, config.may_have_tenant)?
        };
        config.check_resource(&resource)?;
        let arn_region = resource.access_point().map(|access_point| access_point.region.clone());
        let region = arn_region.as_ref().unwrap_or(&config.region);
        config.check_region(region)?;
        let service = resource.service();
        let (endpoint, bucket_in_path) = match config.bucket_in_path(&resource)? {
            Some(bucket) => (config.bucket_parent()?.clone(), bucket.path_segment()),
            None => (config.published(config.host_of(&resource, region)?), Cow::Borrowed("")),
        };
        let path_prefix = path_prefix(&endpoint, &bucket_in_path);
        Ok(Self { endpoint, path_prefix, arn_region, service, rules: config.rules, bucket: Some(bucket) })
    }

    /// Returns the region that is signed for.
    pub(super) fn region<'l>(&'l self, config: &'l EndpointConfig) -> &'l Region {
        self.arn_region.as_ref().unwrap_or(&config.region)
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

/// Whether the bucket is the last segment of the path, the first label of the host, or the whole host of a custom
/// domain. A host of one label, such as `minio`, and `bucket.vpce-…` are not named after a bucket.
fn contains_bucket(endpoint: &Endpoint, bucket: &str) -> bool {
    let is_in_path = endpoint.base_path().strip_suffix(bucket).is_some_and(|before| before.ends_with('/'));
    let is_in_host = match endpoint.host().strip_prefix(bucket) {
        Some("") => bucket.contains('.'),
        Some(rest) => rest.starts_with('.') && !rest.starts_with(".vpce-"),
        None => false,
    };
    is_in_path || (is_in_host && endpoint.has_dns_host())
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

    /// The endpoint, if it is a host of AWS.
    fn aws_host(&self) -> Option<AwsHost<'_>> {
        AwsHost::parse(self.endpoint.as_ref()?.host())
    }

    fn check_host(&self) -> Result<(), Error> {
        let Some(endpoint) = &self.endpoint else { return Ok(()) };
        if takes_no_signatures(endpoint.host()) {
            return Err(EndpointError::NoSignatures.into());
        }
        if is_multi_region(endpoint.host()) {
            return Err(Error::MultiRegionAccessPoint);
        }
        let host = self.aws_host();
        // At these hosts, labels before the store's own and a path of its own can only be a bucket, whichever it is.
        let (has_labels_before, has_own_path) = match (&host, &self.store_endpoint) {
            (Some(host), _) => (host.names_bucket(), !endpoint.base_path().is_empty()),
            (None, Some(store)) => match endpoint.host().strip_suffix(store.host()) {
                Some("") => (false, endpoint.base_path() != store.base_path()),
                Some(labels) => (labels.ends_with('.'), false),
                None => (false, false),
            },
            (None, None) => (false, false),
        };
        let is_refused = match self.addressing_style {
            _ if !self.has_chosen_style => has_labels_before || has_own_path,
            // A second label would be the host of another bucket.
            AddressingStyle::VirtualHosted => has_labels_before,
            _ => false,
        };
        if is_refused {
            return Err(EndpointError::Bucket.into());
        }
        let Some(host) = host else { return Ok(()) };
        let has_bucket_in_path = match self.addressing_style {
            AddressingStyle::Auto | AddressingStyle::Path => true,
            AddressingStyle::VirtualHosted => false,
            AddressingStyle::BucketEndpoint => !host.names_bucket(),
        };
        let is_conflict = host.is_acceleration() && has_bucket_in_path;
        refuse(is_conflict, EndpointFeature::TransferAcceleration, EndpointFeature::PathStyle)
    }

    fn check_region(&self, region: &Region) -> Result<(), Error> {
        match &self.endpoint_region {
            Some(endpoint_region) if endpoint_region != region => Err(EndpointError::Region.into()),
            None if self.is_global_endpoint
                && !(has_form_of_aws_region(region.as_str()) && Partition::of(region.as_str()).is_commercial()) =>
            {
                Err(EndpointError::Region.into())
            }
            _ => Ok(()),
        }
    }

    fn check(&self) -> Result<(), Error> {
        use EndpointFeature::{CustomEndpoint, DualStack, Fips, Partition as OfPartition, TransferAcceleration};
        let partition = Partition::of(self.region.as_str());
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
            AccessPoint, CustomEndpoint, DirectoryBucket, DualStack, Fips, ObjectLambda, Outposts,
            Partition as OfPartition, TransferAcceleration,
        };
        if let Some(access_point) = resource.access_point() {
            let partition = Partition::of(access_point.region.as_str());
            refuse(self.fips && !partition.has_fips, Fips, OfPartition)?;
            if partition != Partition::of(self.region.as_str()) {
                return Err(ArnError::Partition.into());
            }
            if self.arn_region_must_match && access_point.region != self.region {
                return Err(ArnError::RegionMismatch.into());
            }
        }
        match resource {
            Resource::Bucket(bucket) => self.check_bucket(*bucket),
            Resource::AccessPoint(_) => refuse(self.accelerate, AccessPoint, TransferAcceleration),
            Resource::DirectoryBucket { zone, .. } => {
                let is_elsewhere = self.aws_host().is_some_and(|host| !host.is_of_zone(zone));
                refuse(self.accelerate, DirectoryBucket, TransferAcceleration)?;
                refuse(is_elsewhere, DirectoryBucket, CustomEndpoint)
            }
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

    /// Without a chosen style, a bucket that is a part of the endpoint may be meant once or twice.
    fn check_bucket(&self, bucket: Bucket<'_>) -> Result<(), Error> {
        if self.has_chosen_style {
            return Ok(());
        }
        let Some(endpoint) = &self.endpoint else { return Ok(()) };
        let is_that_of_the_store = self.store_endpoint.as_ref() == Some(endpoint);
        let name = bucket.as_str().rsplit(':').next().unwrap_or_default();
        let is_contained = || contains_bucket(endpoint, name) || contains_bucket(endpoint, &bucket.path_segment());
        if !is_that_of_the_store && is_contained() {
            return Err(EndpointError::Bucket.into());
        }
        let is_in_host = self.addressing_style == AddressingStyle::VirtualHosted;
        if is_in_host && endpoint.is_https() && bucket.is_dns_name() && !bucket.is_dns_label() {
            return Err(Error::BucketHasDots);
        }
        Ok(())
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
        if !has_form_of_aws_region(region.as_str()) {
            return Err(Error::UnknownRegion);
        }
        let dual_stack = if self.dual_stack { ".dualstack" } else { "" };
        Ok(format!("https://{first_label}{dual_stack}.{region}.{}", Partition::of(region.as_str()).domain).parse()?)
    }
}

fn refuse(conflict: bool, feature: EndpointFeature, with: EndpointFeature) -> Result<(), Error> {
    if conflict { Err(Error::EndpointConflict { feature, with }) } else { Ok(()) }
}
