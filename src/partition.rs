//! The partitions of AWS.

/// A group of regions with its own domain and accounts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Partition {
    /// As in ARNs.
    pub(crate) name: &'static str,
    /// The start of the names of its regions.
    region_prefix: &'static str,
    pub(crate) domain: &'static str,
    pub(crate) has_fips: bool,
}

/// Source: `partitions.json` and the S3 endpoint rules of the AWS SDKs (botocore 1.43.11).
pub(crate) const PARTITIONS: [Partition; 8] = [
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

    pub(crate) fn of(region: &str) -> &'static Self {
        let is_in = |partition: &&Self| region.starts_with(partition.region_prefix);
        // The last one takes every region.
        PARTITIONS.iter().find(is_in).unwrap_or(const { &Self::new("aws", "", "amazonaws.com") })
    }

    /// The commercial regions: the only ones with transfer acceleration.
    pub(crate) fn is_commercial(&self) -> bool {
        self.name == "aws"
    }
}

/// Two or more words and a number, such as `eu-west-1` and `us-gov-east-1`: a new region is no reason to release this
/// crate.
pub(crate) fn has_form_of_aws_region(region: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(Partition::of(region).name, partition, "{region}");
            assert_eq!(has_form_of_aws_region(region), has_aws_form, "{region}");
        }
    }
}
