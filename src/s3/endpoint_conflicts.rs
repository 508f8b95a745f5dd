//! Settings that cannot be combined: options of AWS hosts, and an endpoint with the bucket, the region and the addressing
//! style that were given with it.

use crate::endpoint::Endpoint;
use crate::error::{ArnError, EndpointError, EndpointFeature};
use crate::partition::{Partition, has_form_of_aws_region};
use crate::s3::AddressingStyle;
use crate::s3::bucket::Bucket;
use crate::s3::endpoint_config::EndpointConfig;
use crate::s3::known_host::{is_multi_region, takes_no_signatures};
use crate::s3::resource::Resource;
use crate::{Error, Region};

impl EndpointConfig {
    pub(super) fn check_conflicts(&self) -> Result<(), Error> {
        use EndpointFeature::{CustomEndpoint, DualStack, Fips, Partition as OfPartition, TransferAcceleration};
        let partition = Partition::of(self.region.as_str());
        let has_endpoint = self.endpoint.is_some();
        refuse_conflict(self.accelerate && self.fips, TransferAcceleration, Fips)?;
        refuse_conflict(self.dual_stack && has_endpoint, DualStack, CustomEndpoint)?;
        refuse_conflict(self.fips && has_endpoint, Fips, CustomEndpoint)?;
        refuse_conflict(self.accelerate && has_endpoint, TransferAcceleration, CustomEndpoint)?;
        refuse_conflict(self.fips && !partition.has_fips, Fips, OfPartition)?;
        refuse_conflict(self.accelerate && !partition.is_commercial(), TransferAcceleration, OfPartition)
    }

    pub(super) fn check_resource(&self, resource: &Resource<'_>) -> Result<(), Error> {
        use EndpointFeature::{
            AccessPoint, CustomEndpoint, DirectoryBucket, DualStack, Fips, ObjectLambda, Outposts,
            Partition as OfPartition, TransferAcceleration,
        };
        if let Some(access_point) = resource.access_point() {
            let partition = Partition::of(access_point.region.as_str());
            refuse_conflict(self.fips && !partition.has_fips, Fips, OfPartition)?;
            if partition != Partition::of(self.region.as_str()) {
                return Err(ArnError::Partition.into());
            }
            if self.arn_region_must_match && access_point.region != self.region {
                return Err(ArnError::RegionMismatch.into());
            }
        }
        match resource {
            Resource::Bucket(bucket) => self.check_bucket(*bucket),
            Resource::AccessPoint(_) => refuse_conflict(self.accelerate, AccessPoint, TransferAcceleration),
            Resource::DirectoryBucket { zone, .. } => {
                let is_elsewhere = self.aws_host().is_some_and(|host| !host.is_of_zone(zone));
                refuse_conflict(self.accelerate, DirectoryBucket, TransferAcceleration)?;
                refuse_conflict(is_elsewhere, DirectoryBucket, CustomEndpoint)
            }
            Resource::ObjectLambda(_) => {
                refuse_conflict(self.dual_stack, ObjectLambda, DualStack)?;
                refuse_conflict(self.accelerate, ObjectLambda, TransferAcceleration)
            }
            #[cfg(feature = "sigv4a")]
            Resource::MultiRegionAccessPoint { partition, .. } => {
                if partition.is_some_and(|name| name != Partition::of(self.region.as_str()).name) {
                    return Err(ArnError::Partition.into());
                }
                refuse_conflict(self.dual_stack, AccessPoint, DualStack)?;
                refuse_conflict(self.fips, AccessPoint, Fips)?;
                refuse_conflict(self.endpoint.is_some(), AccessPoint, CustomEndpoint)?;
                refuse_conflict(self.accelerate, AccessPoint, TransferAcceleration)
            }
            Resource::OutpostsAccessPoint { .. } | Resource::OutpostsAlias(_) => {
                refuse_conflict(self.dual_stack, Outposts, DualStack)?;
                refuse_conflict(self.fips, Outposts, Fips)?;
                refuse_conflict(self.accelerate, Outposts, TransferAcceleration)
            }
        }
    }

    pub(super) fn check_host(&self) -> Result<(), Error> {
        let Some(endpoint) = &self.endpoint else { return Ok(()) };
        if takes_no_signatures(endpoint.host()) {
            return Err(EndpointError::NoSignatures.into());
        }
        if cfg!(not(feature = "sigv4a")) && is_multi_region(endpoint.host()) {
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
        refuse_conflict(is_conflict, EndpointFeature::TransferAcceleration, EndpointFeature::PathStyle)
    }

    pub(super) fn check_region(&self, region: &Region) -> Result<(), Error> {
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

pub(super) fn refuse_conflict(conflict: bool, feature: EndpointFeature, with: EndpointFeature) -> Result<(), Error> {
    if conflict { Err(Error::EndpointConflict { feature, with }) } else { Ok(()) }
}
