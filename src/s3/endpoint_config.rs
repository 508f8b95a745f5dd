//! What the hosts of all buckets depend on.

use alloc::sync::Arc;

use crate::Region;
use crate::endpoint::Endpoint;
use crate::s3::AddressingStyle;
use crate::s3::known_host::AwsHost;

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
    /// What is signed for with SigV4A.
    #[cfg(feature = "sigv4a")]
    pub(super) region_set: Option<crate::sigv4::RegionSet>,
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

impl EndpointConfig {
    /// The endpoint, if it is a host of AWS.
    pub(super) fn aws_host(&self) -> Option<AwsHost<'_>> {
        AwsHost::parse(self.endpoint.as_ref()?.host())
    }
}
