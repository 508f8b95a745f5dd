//! The host of a service, and the region that it names.

use alloc::format;
use alloc::string::String;

use crate::endpoint::Endpoint;
use crate::partition::{PARTITIONS, has_form_of_aws_region};
use crate::{Error, Region, TokenError};

/// A host, in lower case, with the region to sign for.
#[derive(Clone, Debug)]
pub(super) struct Host {
    name: String,
    named_region: Option<Region>,
    given_region: Option<Region>,
}

impl Host {
    /// Checks that a host is a DNS name and nothing else, and looks for the region beside the label of the service.
    pub(super) fn new(host: &str, service_label: &str) -> Result<Self, Error> {
        let name = host.to_ascii_lowercase();
        let endpoint: Endpoint = format!("https://{name}").parse().map_err(|_| TokenError::Host)?;
        if !endpoint.has_dns_host() || endpoint.host() != name {
            return Err(TokenError::Host.into());
        }
        let named_region = region_of(&name, service_label).map(Region::new).transpose()?;
        Ok(Self { name, named_region, given_region: None })
    }

    pub(super) fn with_region(self, region: Region) -> Self {
        Self { given_region: Some(region), ..self }
    }

    pub(super) const fn names_region(&self) -> bool {
        self.named_region.is_some()
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the region to sign for: the one that the host names, else the given one.
    pub(super) fn region(&self) -> Result<&Region, Error> {
        match (&self.named_region, &self.given_region) {
            (Some(named), Some(given)) if named != given => Err(TokenError::OtherRegion.into()),
            (Some(region), _) | (None, Some(region)) => Ok(region),
            (None, None) => Err(TokenError::NoRegion.into()),
        }
    }
}

/// The domains of AWS's hosts that are in no partition's table: dual-stack endpoints, and Aurora DSQL.
const OTHER_DOMAINS: [&str; 3] = ["on.aws", "api.aws", "api.amazonwebservices.com.cn"];

/// Returns the region that a host of AWS has before or after the label of the service, such as `rds` or `dsql-fips`.
fn region_of<'h>(host: &'h str, service_label: &str) -> Option<&'h str> {
    let domains = PARTITIONS.iter().map(|partition| partition.domain).chain(OTHER_DOMAINS);
    let mut names = domains.filter_map(|domain| host.strip_suffix(domain)?.strip_suffix('.'));
    let is_service = |label: &str| {
        label.strip_prefix(service_label).is_some_and(|variant| variant.is_empty() || variant.starts_with('-'))
    };
    // From the end: what is before may be a name that a user chose.
    let mut labels = names.next()?.rsplit('.');
    let mut right = labels.next()?;
    labels.find_map(|left| {
        let region = if is_service(left) { right } else { left };
        let is_named = (is_service(left) || is_service(right)) && has_form_of_aws_region(region);
        right = left;
        is_named.then_some(region)
    })
}

/// Returns the host of a service in a region, if that has the form of one.
pub(super) fn regional_host(service_label: &str, region: &Region, domain: &str) -> Result<String, Error> {
    if !has_form_of_aws_region(region.as_str()) {
        return Err(TokenError::UnknownRegion.into());
    }
    Ok(format!("{service_label}.{region}.{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_that_hosts_name() {
        for (host, service, region) in [
            ("prod.abc123.eu-west-1.rds.amazonaws.com", "rds", Some("eu-west-1")),
            ("prod.cluster-ro-abc123.us-gov-west-1.rds.amazonaws.com", "rds", Some("us-gov-west-1")),
            ("prod.abc123.rds.cn-north-1.amazonaws.com.cn", "rds", Some("cn-north-1")),
            ("us-west-2.abc123.us-east-1.rds.amazonaws.com", "rds", Some("us-east-1")),
            ("rds.us-west-2.us-east-1.rds.amazonaws.com", "rds", Some("us-east-1")),
            // The writer of a global database.
            ("prod.global-abc123.global.rds.amazonaws.com", "rds", None),
            ("prod.us-east-1.rds.example.com", "rds", None),
            ("prod.us-east-1.rds.amazonaws.com.example.com", "rds", None),
            ("rds.amazonaws.com", "rds", None),
            ("amazonaws.com", "rds", None),
            ("localhost", "rds", None),
            ("foobar.dsql.us-east-2.on.aws", "dsql", Some("us-east-2")),
            ("foobar.dsql-fnh4.us-east-2.on.aws", "dsql", Some("us-east-2")),
            ("foobar.dsqlite.us-east-2.on.aws", "dsql", None),
            ("a1-ats.iot.eu-central-1.amazonaws.com", "iot", Some("eu-central-1")),
            ("a1.ats.iot.cn-northwest-1.amazonaws.com.cn", "iot", Some("cn-northwest-1")),
            ("data.iot-fips.us-gov-east-1.amazonaws.com", "iot", Some("us-gov-east-1")),
            ("sts.us-east-1.api.aws", "sts", Some("us-east-1")),
            ("sts-fips.us-east-1.amazonaws.com", "sts", Some("us-east-1")),
            ("sts.us-iso-east-1.c2s.ic.gov", "sts", Some("us-iso-east-1")),
            ("sts.amazonaws.com", "sts", None),
        ] {
            assert_eq!(region_of(host, service), region, "{host}");
        }
    }
}
