//! The partitions of AWS.

use crate::Region;

/// A group of regions with its own domain and accounts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Partition {
    /// As in ARNs.
    pub(super) name: &'static str,
    /// The start of the names of its regions.
    region_prefix: &'static str,
    pub(super) domain: &'static str,
    pub(super) has_fips: bool,
}

/// Source: `partitions.json` and the S3 endpoint rules of the AWS SDKs (botocore 1.43.11).
const PARTITIONS: [Partition; 8] = [
    Partition::new("aws-cn", "cn-", "amazonaws.com.cn").without_fips(),
    Partition::new("aws-us-gov", "us-gov-", "amazonaws.com"),
    Partition::new("aws-iso", "us-iso-", "c2s.ic.gov"),
    Partition::new("aws-iso-b", "us-isob-", "sc2s.sgov.gov"),
    Partition::new("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk"),
    Partition::new("aws-iso-f", "us-isof-", "csp.hci.ic.gov"),
    Partition::new("aws-eusc", "eusc-", "amazonaws.eu"),
    // All others.
    Partition::new("aws", "", "amazonaws.com"),
];

impl Partition {
    const fn new(name: &'static str, region_prefix: &'static str, domain: &'static str) -> Self {
        Self { name, region_prefix, domain, has_fips: true }
    }

    const fn without_fips(self) -> Self {
        Self { has_fips: false, ..self }
    }

    pub(super) fn of(region: &Region) -> &'static Self {
        let is_in = |partition: &&Self| region.as_str().starts_with(partition.region_prefix);
        // The last one takes every region.
        PARTITIONS.iter().find(is_in).unwrap_or(const { &Self::new("aws", "", "amazonaws.com") })
    }

    /// The commercial regions: the only ones with transfer acceleration.
    pub(super) fn is_commercial(&self) -> bool {
        self.name == "aws"
    }
}

/// Two or more words and a number, such as `eu-west-1` and `us-gov-east-1`: a new region is no reason to release this
/// crate.
pub(super) fn has_form_of_aws_region(region: &Region) -> bool {
    let region = region.as_str();
    let Some((words, number)) = region.rsplit_once('-') else {
        return false;
    };
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    region.len() <= 63
        && words.contains('-')
        && words.split('-').all(is_word)
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a host is one of Amazon S3, in any partition. A virtual machine or a load balancer of AWS is not.
///
/// The service comes before the region: `bucket.s3.dualstack.eu-west-1.amazonaws.com`, `s3-accelerate.amazonaws.com`,
/// `bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com`; in old hosts both are one label, `s3-eu-west-1`.
pub(super) fn is_s3_of_aws(host: &str) -> bool {
    let mut domains = PARTITIONS.iter().map(|partition| partition.domain);
    let Some(labels) = domains.find_map(|domain| host.strip_suffix(domain)?.strip_suffix('.')) else {
        return false;
    };
    let mut labels = labels.rsplit('.').skip_while(|label| *label == "vpce");
    let is_service = |label: &str| {
        const SERVICES: [&str; 5] = ["s3", "s3-fips", "s3-accelerate", "s3-external-1", "s3-outposts"];
        let starts = ["s3-accesspoint", "s3-object-lambda", "s3express-"];
        SERVICES.contains(&label) || starts.iter().any(|start| label.starts_with(start))
    };
    let Some(last) = labels.next() else { return false };
    let has_region = |label: &str| {
        label
            .strip_prefix("s3-")
            .is_some_and(|name| Region::new(name).is_ok_and(|region| has_form_of_aws_region(&region)))
    };
    is_service(last) || has_region(last) || labels.find(|label| *label != "dualstack").is_some_and(is_service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_s3() {
        for (host, is_s3) in [
            ("s3.amazonaws.com", true),
            ("examplebucket.s3.amazonaws.com", true),
            ("s3.eu-west-1.amazonaws.com", true),
            ("a.b.s3.dualstack.eu-west-1.amazonaws.com", true),
            ("s3-fips.us-gov-west-1.amazonaws.com", true),
            ("s3.cn-north-1.amazonaws.com.cn", true),
            ("s3-eu-west-1.amazonaws.com", true),
            ("s3-accelerate.dualstack.amazonaws.com", true),
            ("b.s3-accelerate.amazonaws.com", true),
            ("bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com", true),
            ("ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com", true),
            ("b--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com", true),
            ("b.s3.eu-isoe-west-1.cloud.adc-e.uk", true),
            ("amazonaws.com", false),
            ("s3.amazonaws.com.example.com", false),
            ("s3.eu-west-1.example.com", false),
            ("nots3.eu-west-1.amazonaws.com", false),
            ("ec2-198-51-100-1.compute-1.amazonaws.com", false),
            ("s3.minio-1234567890.us-east-1.elb.amazonaws.com", false),
            ("s3-proxy-1234567890.us-east-1.elb.amazonaws.com", false),
            ("s3.execute-api.us-east-1.amazonaws.com", false),
        ] {
            assert_eq!(is_s3_of_aws(host), is_s3, "{host}");
        }
    }

    #[test]
    fn partitions_by_region() {
        for (region, partition, has_aws_form) in [
            ("us-east-1", "aws", true),
            ("mx-central-1", "aws", true),
            ("us-gov-west-1", "aws-us-gov", true),
            ("cn-northwest-1", "aws-cn", true),
            ("us-iso-east-1", "aws-iso", true),
            ("us-isob-east-1", "aws-iso-b", true),
            ("eu-isoe-west-1", "aws-iso-e", true),
            ("us-isof-south-1", "aws-iso-f", true),
            ("eusc-de-east-1", "aws-eusc", true),
            ("auto", "aws", false),
            ("fr-par", "aws", false),
            ("us-west-004", "aws", false),
            ("us-east-", "aws", false),
            ("us--1", "aws", false),
            ("US-EAST-1", "aws", false),
            ("us-east-1.evil.example", "aws", false),
        ] {
            let region = Region::new(region).unwrap();
            assert_eq!(Partition::of(&region).name, partition, "{region}");
            assert_eq!(has_form_of_aws_region(&region), has_aws_form, "{region}");
        }
    }
}
