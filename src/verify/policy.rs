//! What a server accepts.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::short_list::ShortList;
use crate::sigv4::{CredentialScope, Service};
use crate::verify::host::BucketPlace;
use crate::verify::{Mechanism, ServedHost, VerifyError};
use crate::{IntoText, Region, encode};

/// What a server accepts: regions, services, hosts and times.
///
/// | setting | default | why to change it |
/// |---|---|---|
/// | region, service, host | given to [`new`](Self::new) | [`region`](Self::region), [`service`](Self::service) and [`host`](Self::host) add others; [`any_region`](Self::any_region) |
/// | clock skew | 15 minutes | a token service may want 5 |
/// | maximum expiry | 7 days | the limit of AWS; a cluster accepts 15 minutes |
/// | last second | a URL works in the second of its end | [`LastSecond`]: servers differ |
/// | unsigned headers | only `x-amz-content-sha256` | a CDN adds an `x-amz-` header of its own after the client has signed |
/// | unsigned parameters | only `X-Amz-Signature` | a token for Amazon MSK has a `User-Agent` that is not signed |
/// | plus sign in the query | a plus sign | [`plus_is_space`](Self::plus_is_space): some clients sign a space and send a plus sign |
/// | path | decoded once and encoded again | [`path_as_sent`](Self::path_as_sent) |
///
/// ```
/// use std::time::Duration;
/// use presign::Region;
/// use presign::sigv4::Service;
/// use presign::verify::{ServedHost, VerifyPolicy};
///
/// let policy = VerifyPolicy::new(Region::new("eu-west-1")?, Service::s3(), ServedHost::new("s3.example.com")?)
///     .host(ServedHost::with_bucket_subdomains("s3.example.com")?)
///     .max_expires(Duration::from_secs(3_600));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct VerifyPolicy {
    /// Empty for any.
    regions: Vec<Region>,
    services: Vec<Service>,
    hosts: Vec<ServedHost>,
    pub(super) clock_skew: Duration,
    pub(super) max_expires: Duration,
    pub(super) last_second: LastSecond,
    /// In lower case.
    unsigned_headers: Vec<String>,
    unsigned_parameters: Vec<String>,
    pub(super) plus_is_space: bool,
    pub(super) path_as_sent: bool,
    #[cfg(feature = "sigv4a")]
    pub(super) accepts_sigv4a: bool,
}

/// Whether a URL works in the second in which it expires: `X-Amz-Date` plus `X-Amz-Expires`.
///
/// AWS does not document it, and servers differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LastSecond {
    /// The URL still works.
    #[default]
    Valid,
    /// The URL has expired.
    Expired,
}

impl VerifyPolicy {
    /// Creates a policy for one region, one service and one host, with the limits of AWS.
    ///
    /// The service has the rules for paths and payloads.
    #[must_use]
    pub fn new(region: Region, service: Service, host: ServedHost) -> Self {
        Self {
            regions: Vec::from([region]),
            services: Vec::from([service]),
            hosts: Vec::from([host]),
            clock_skew: Duration::from_secs(900),
            max_expires: Duration::from_secs(604_800),
            last_second: LastSecond::Valid,
            unsigned_headers: Vec::new(),
            unsigned_parameters: Vec::new(),
            plus_is_space: false,
            path_as_sent: false,
            #[cfg(feature = "sigv4a")]
            accepts_sigv4a: false,
        }
    }

    /// Adds a region that is accepted.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        // An empty list means any region.
        if !self.regions.is_empty() {
            self.regions.push(region);
        }
        self
    }

    /// Accepts every region.
    #[must_use]
    pub fn any_region(self) -> Self {
        Self { regions: Vec::new(), ..self }
    }

    /// Adds a service that is accepted.
    #[must_use]
    pub fn service(mut self, service: Service) -> Self {
        self.services.push(service);
        self
    }

    /// Adds a host that is served. The first that fits decides where the bucket is.
    #[must_use]
    pub fn host(mut self, host: ServedHost) -> Self {
        self.hosts.push(host);
        self
    }

    /// Sets how far the clocks of client and server may be apart: a URL may be from the future by that, and a request with an
    /// `Authorization` header may differ in both directions.
    #[must_use]
    pub fn clock_skew(self, clock_skew: Duration) -> Self {
        Self { clock_skew, ..self }
    }

    /// Sets the longest `X-Amz-Expires`.
    #[must_use]
    pub fn max_expires(self, max_expires: Duration) -> Self {
        Self { max_expires, ..self }
    }

    /// Sets whether a URL works in the second in which it expires.
    #[must_use]
    pub fn last_second(self, last_second: LastSecond) -> Self {
        Self { last_second, ..self }
    }

    /// Accepts a header that starts with `x-amz-` and is not signed.
    ///
    /// For what a CDN or proxy adds, such as `x-amz-cf-id`. The header does not become part of the result. Never permit one that
    /// the store behind acts on: with an unsigned `x-amz-copy-source`, whoever has a URL for an upload can read any object of
    /// its signer.
    #[must_use]
    pub fn unsigned_header<'a>(mut self, name: impl IntoText<'a>) -> Self {
        self.unsigned_headers.push(name.into_text().to_ascii_lowercase());
        self
    }

    /// Accepts a query parameter that was added after signing. The name is that of the parameter, not encoded, in its case.
    ///
    /// The parameter does not become part of the result, and the rest of the query is verified as if it were not there. A name
    /// that starts with `x-amz-`, in any case, is ignored: those are of the signature, or servers act on them.
    #[must_use]
    pub fn unsigned_parameter<'a>(mut self, name: impl IntoText<'a>) -> Self {
        let name = name.into_text();
        if !has_amz_prefix(&name) {
            let mut encoded = String::new();
            encode::query(&name, &mut encoded);
            self.unsigned_parameters.push(encoded);
        }
        self
    }

    /// Reads a plus sign in the query as a space, as forms do, and aws4fetch writes it.
    ///
    /// The specification has no such rule, so a plus sign is a plus sign by default.
    #[must_use]
    pub fn plus_is_space(self) -> Self {
        Self { plus_is_space: true, ..self }
    }

    /// Refuses a path of an S3 request that is not strictly percent-encoded, such as `/a(b)`, `/%c3%bc` or `/a%2Fb`.
    ///
    /// By default, the path is decoded and encoded again before it is compared, because clients and proxies rewrite escapes
    /// without changing their meaning. The result has the decoded path in both cases.
    #[must_use]
    pub fn path_as_sent(self) -> Self {
        Self { path_as_sent: true, ..self }
    }

    /// Also accepts signatures of SigV4A, if their set of regions has one of the policy's.
    ///
    /// Verifying one takes some hundred times as long.
    #[cfg(feature = "sigv4a")]
    #[must_use]
    pub fn sigv4a(self) -> Self {
        Self { accepts_sigv4a: true, ..self }
    }

    /// Whether a region is accepted, or one of a set of regions.
    fn accepts_region(&self, scope: &CredentialScope<'_>, region_set: Option<&str>) -> bool {
        let is_signed_for = |region: &Region| match scope.region() {
            Some(signed) => region.as_str() == signed,
            None => region_set.is_some_and(|set| set.split(',').any(|pattern| matches(pattern, region.as_str()))),
        };
        self.regions.is_empty() || self.regions.iter().any(is_signed_for)
    }

    /// Returns the rules of the service, if the scope is one that is accepted.
    pub(super) fn check_scope(
        &self,
        scope: &CredentialScope<'_>,
        region_set: Option<&str>,
        mechanism: Mechanism,
    ) -> Result<&Service, VerifyError> {
        if scope.region().is_none() && region_set.is_none() {
            return Err(VerifyError::Missing { name: "X-Amz-Region-Set" });
        }
        if !self.accepts_region(scope, region_set) {
            let expected = match self.regions.as_slice() {
                [region] => Some(region.as_str().into()),
                _ => None,
            };
            return Err(VerifyError::Region { mechanism, expected });
        }
        self.services.iter().find(|service| service.name() == scope.service()).ok_or_else(|| {
            let expected = match self.services.as_slice() {
                [service] => Some(service.name().into()),
                _ => None,
            };
            VerifyError::Service { mechanism, expected }
        })
    }

    /// Returns where a request for an authority has its bucket, if the host is served here.
    pub(super) fn check_host(&self, authority: &str) -> Result<BucketPlace, VerifyError> {
        let mut places = self.hosts.iter().filter_map(|host| host.bucket_place(authority));
        places.next().filter(|_| !authority.is_empty()).ok_or(VerifyError::Host)
    }

    /// Whether a header that starts with `x-amz-` may be unsigned.
    pub(super) fn may_be_unsigned(&self, header: &str) -> bool {
        self.unsigned_headers.iter().any(|name| name.eq_ignore_ascii_case(header))
    }

    /// Returns the names of the parameters that a signature does not cover, percent-encoded.
    pub(super) fn unsigned_parameters(&self, service: &Service) -> ShortList<&str, 4> {
        let mut names = ShortList::default();
        names.push("X-Amz-Signature");
        if !service.signs_session_token() {
            names.push(service.session_token_query());
        }
        for name in &self.unsigned_parameters {
            names.push(name);
        }
        names
    }
}

/// Whether the name of a header or a parameter is one of those that belong to the signature, or that servers act on.
pub(super) fn has_amz_prefix(name: &str) -> bool {
    name.get(..6).is_some_and(|prefix| prefix.eq_ignore_ascii_case("x-amz-"))
}

/// Whether a region has the form of a pattern, in which `*` stands for any characters.
fn matches(pattern: &str, region: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|start| region.strip_prefix(start)) else { return false };
    let Some(end) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_regions() {
        for (pattern, region, expected) in [
            ("*", "us-east-1", true),
            ("us-east-1", "us-east-1", true),
            ("us-east-1", "us-east-12", false),
            ("us-east", "us-east-1", false),
            ("us-*", "us-east-1", true),
            ("us-*", "eu-west-1", false),
            ("*-1", "us-east-1", true),
            ("*-2", "us-east-1", false),
            ("us-*-1", "us-east-1", true),
            ("us-*-1", "us-1", false),
            ("u*-*s*-1", "us-east-1", true),
            ("**", "us-east-1", true),
            ("", "us-east-1", false),
        ] {
            assert_eq!(matches(pattern, region), expected, "{pattern} {region}");
        }
    }
}
