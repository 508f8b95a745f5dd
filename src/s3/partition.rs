//! The regional hosts of Amazon S3.

use alloc::format;
use alloc::string::String;

use crate::Region;

/// Domains of the partitions, by the start of their regions' names. Source: `partitions.json` of the AWS SDKs.
const PARTITIONS: [(&str, &str); 7] = [
    ("cn-", "amazonaws.com.cn"),
    ("us-iso-", "c2s.ic.gov"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
    ("us-isof-", "csp.hci.ic.gov"),
    ("eu-isof-", "csp.hci.ic.gov"),
    ("eusc-", "amazonaws.eu"),
];

/// Where the regions of no other partition are, those of GovCloud among them.
const DEFAULT_DOMAIN: &str = "amazonaws.com";

/// The regional endpoint, or none if the name is not of the form of an AWS region.
///
/// Always the regional one: `s3.amazonaws.com` answers for a bucket elsewhere with a redirect, which a signature does
/// not survive.
pub(super) fn regional_endpoint(region: &Region) -> Option<String> {
    let region = region.as_str();
    if !has_form_of_aws_region(region) {
        return None;
    }
    let domain =
        PARTITIONS.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or(DEFAULT_DOMAIN, |(_, domain)| domain);
    Some(format!("https://s3.{region}.{domain}"))
}

/// Two or more words and a number, such as `eu-west-1` and `us-gov-east-1`: a new region is no reason to release this
/// crate.
fn has_form_of_aws_region(region: &str) -> bool {
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
    fn hosts_of_every_partition() {
        for (region, endpoint) in [
            ("us-east-1", Some("https://s3.us-east-1.amazonaws.com")),
            ("mx-central-1", Some("https://s3.mx-central-1.amazonaws.com")),
            ("us-gov-west-1", Some("https://s3.us-gov-west-1.amazonaws.com")),
            ("cn-northwest-1", Some("https://s3.cn-northwest-1.amazonaws.com.cn")),
            ("us-iso-east-1", Some("https://s3.us-iso-east-1.c2s.ic.gov")),
            ("us-isob-east-1", Some("https://s3.us-isob-east-1.sc2s.sgov.gov")),
            ("eu-isoe-west-1", Some("https://s3.eu-isoe-west-1.cloud.adc-e.uk")),
            ("us-isof-south-1", Some("https://s3.us-isof-south-1.csp.hci.ic.gov")),
            ("eusc-de-east-1", Some("https://s3.eusc-de-east-1.amazonaws.eu")),
            ("auto", None),
            ("garage", None),
            ("fr-par", None),
            ("us-west-004", None),
            ("us-east-", None),
            ("us--1", None),
            ("US-EAST-1", None),
            ("us-east-1.evil.example", None),
        ] {
            assert_eq!(regional_endpoint(&Region::new(region).unwrap()).as_deref(), endpoint, "{region}");
        }
    }
}
