//! What the name of a host says of it: hosts of S3 at AWS, and hosts that take no signed requests.

use crate::partition::{PARTITIONS, has_form_of_aws_region};

/// A host of S3 at AWS, split into its parts.
///
/// Source: [S3 endpoints](https://docs.aws.amazon.com/general/latest/gr/s3.html) and
/// [PrivateLink](https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AwsHost<'h> {
    /// The labels before the service: empty, or a bucket, or the name of a VPC endpoint.
    before_service: &'h str,
    /// The label of the service, such as `s3`, `s3-fips` or `s3express-use1-az4`.
    service: &'h str,
    /// Whether the host does not name the region, which is a commercial one: the global host, transfer acceleration.
    pub(super) is_global: bool,
    /// The region to sign for. The global host and those of transfer acceleration do not name it, and the test cases of
    /// the AWS SDKs sign for others at VPC endpoints.
    pub(super) region: Option<&'h str>,
}

impl<'h> AwsHost<'h> {
    pub(super) fn parse(host: &'h str) -> Option<Self> {
        let domain = |domain| host.strip_suffix(domain)?.strip_suffix('.');
        let name = PARTITIONS.iter().find_map(|partition| domain(partition.domain))?;
        // Only these come after the service; a load balancer or a virtual machine of AWS has others. A bucket may be called
        // like a service, so the last label counts.
        let is_after_service = |label: &str| matches!(label, "vpce" | "dualstack") || has_form_of_aws_region(label);
        let after_service = name.rsplit('.').take_while(|label| is_after_service(label)).count();
        let is_vpc_endpoint = name.rsplit('.').next() == Some("vpce");
        let mut labels = name.rsplitn(after_service + 2, '.');
        let region = labels.by_ref().take(after_service).filter(|label| has_form_of_aws_region(label)).last();
        let service = labels.next().filter(|label| is_service(label))?;
        let region = region.or_else(|| region_in_service(service));
        Some(Self {
            before_service: labels.next().unwrap_or_default(),
            service,
            is_global: region.is_none(),
            region: region.filter(|_| !is_vpc_endpoint),
        })
    }

    pub(super) fn is_acceleration(&self) -> bool {
        self.service == "s3-accelerate"
    }

    /// Whether it is the host of the directory buckets of a zone.
    pub(super) fn is_of_zone(&self, zone: &str) -> bool {
        let service = self.service.strip_prefix("s3express-").map(|rest| rest.strip_prefix("fips-").unwrap_or(rest));
        service == Some(zone)
    }

    /// Whether a bucket or an access point is a part of the host.
    pub(super) fn names_bucket(&self) -> bool {
        match self.before_service.rsplit_once('.') {
            Some((rest, vpc_endpoint)) if vpc_endpoint.starts_with("vpce-") => {
                !matches!(rest, "bucket" | "accesspoint" | "control")
            }
            _ => !self.before_service.is_empty() && !self.before_service.starts_with("vpce-"),
        }
    }
}

fn is_service(label: &str) -> bool {
    label == "s3" || label.starts_with("s3-") || label.starts_with("s3express-")
}

/// The region of a host in the older form, such as `s3-eu-west-1.amazonaws.com`.
fn region_in_service(service: &str) -> Option<&str> {
    if service == "s3-external-1" {
        return Some("us-east-1");
    }
    let region = |prefix| service.strip_prefix(prefix).filter(|rest| has_form_of_aws_region(rest));
    region("s3-fips-").or_else(|| region("s3-"))
}

/// Whether a host is that of a website, of a console or of public downloads, where no signature is read.
pub(super) fn takes_no_signatures(host: &str) -> bool {
    let is_website = |host: AwsHost<'_>| host.service.starts_with("s3-website");
    AwsHost::parse(host).is_some_and(is_website) || WITHOUT_SIGNATURES.iter().any(|pattern| has_labels(host, pattern))
}

/// Whether a host is that of a Multi-Region Access Point, which takes only `SigV4A`.
///
/// Source: [Making requests through a Multi-Region Access Point](https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html).
pub(super) fn is_multi_region(host: &str) -> bool {
    PARTITIONS.iter().any(|partition| {
        let rest = host.strip_suffix(partition.domain);
        rest.is_some_and(|rest| rest.ends_with(".accesspoint.s3-global."))
    })
}

/// The last labels of such hosts, for [`has_labels`].
///
/// Of AWS, the hosts of websites are in addition to these: they have only [public
/// content](https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html).
const WITHOUT_SIGNATURES: [&str; 19] = [
    // Consoles are web pages of the store.
    "console.aws.amazon.com",
    "console.amazonaws.cn",
    "console.amazonaws-us-gov.com",
    // https://developers.cloudflare.com/r2/buckets/public-buckets/
    "r2.dev",
    "dash.cloudflare.com",
    // https://docs.cloud.google.com/storage/docs/request-endpoints: downloads with cookies.
    "storage.cloud.google.com",
    "console.cloud.google.com",
    "cloud.digitalocean.com",
    // https://docs.digitalocean.com/products/spaces/how-to/enable-cdn/: sign for the origin, and publish this host.
    "*.cdn.digitaloceanspaces.com",
    "console.wasabisys.com",
    "secure.backblaze.com",
    // https://www.scaleway.com/en/docs/object-storage/how-to/use-bucket-website/
    "s3-website.*.scw.cloud",
    "s3-website.*.io.cloud.ovh.net",
    // https://techdocs.akamai.com/cloud-computing/docs/access-buckets-and-files-through-urls
    "website-*.linodeobjects.com",
    // https://yandex.cloud/en/docs/storage/concepts/hosting
    "website.yandexcloud.net",
    // https://support.huaweicloud.com/intl/en-us/usermanual-obs/obs_03_0336.html
    "obs-website.*.myhuaweicloud.com",
    // https://www.backblaze.com/docs/cloud-storage-native-api: the host of downloads of its own API.
    "f0*.backblazeb2.com",
    // https://www.tencentcloud.com/document/product/436/30938
    "cos-website.*.myqcloud.com",
    "console.scaleway.com",
];

/// Whether a host ends with these labels. An asterisk is any end of a label.
pub(super) fn has_labels(host: &str, pattern: &str) -> bool {
    let mut labels = host.rsplit('.');
    pattern.rsplit('.').all(|expected| {
        labels.next().is_some_and(|label| match expected.strip_suffix('*') {
            Some(start) => label.starts_with(start),
            None => label == expected,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_aws() {
        for (host, region, names_bucket) in [
            ("s3.amazonaws.com", None, false),
            ("s3-external-1.amazonaws.com", Some("us-east-1"), false),
            ("s3.eu-west-1.amazonaws.com", Some("eu-west-1"), false),
            ("s3-eu-west-1.amazonaws.com", Some("eu-west-1"), false),
            ("s3-fips-us-gov-west-1.amazonaws.com", Some("us-gov-west-1"), false),
            ("s3.dualstack.eu-west-1.amazonaws.com", Some("eu-west-1"), false),
            ("s3-fips.dualstack.us-east-1.amazonaws.com", Some("us-east-1"), false),
            ("s3.cn-north-1.amazonaws.com.cn", Some("cn-north-1"), false),
            ("s3.us-iso-east-1.c2s.ic.gov", Some("us-iso-east-1"), false),
            ("s3-accelerate.amazonaws.com", None, false),
            ("media.s3.amazonaws.com", None, true),
            ("s3-media.s3.eu-west-1.amazonaws.com", Some("eu-west-1"), true),
            ("my.media.s3.eu-west-1.amazonaws.com", Some("eu-west-1"), true),
            ("bucket.s3.eu-west-1.amazonaws.com", Some("eu-west-1"), true),
            ("media-123456789012.s3-accesspoint.eu-west-1.amazonaws.com", Some("eu-west-1"), true),
            ("s3express-use1-az4.us-east-1.amazonaws.com", Some("us-east-1"), false),
            ("bucket.vpce-1a2b-3c4d.s3.us-west-2.vpce.amazonaws.com", None, false),
            ("accesspoint.vpce-1a2b.s3.us-west-2.vpce.amazonaws.com", None, false),
            ("vpce-1a2b.s3.us-west-2.vpce.amazonaws.com", None, false),
            ("media.bucket.vpce-1a2b.s3.us-west-2.vpce.amazonaws.com", None, true),
        ] {
            let parsed = AwsHost::parse(host).unwrap();
            assert_eq!((parsed.region, parsed.names_bucket()), (region, names_bucket), "{host}");
        }
        for host in [
            "amazonaws.com",
            "example.amazonaws.com",
            "s3.example.com",
            "s3amazonaws.com",
            "s3",
            "localhost",
            "nots3.eu-west-1.amazonaws.com",
            "ec2-198-51-100-1.compute-1.amazonaws.com",
            "s3.minio-1234567890.us-east-1.elb.amazonaws.com",
            "s3-proxy-1234567890.us-east-1.elb.amazonaws.com",
            "s3.execute-api.us-east-1.amazonaws.com",
        ] {
            assert_eq!(AwsHost::parse(host), None, "{host}");
        }
        for (host, zone, is_of_zone) in [
            ("s3express-use1-az4.us-east-1.amazonaws.com", "use1-az4", true),
            ("s3express-fips-use1-az4.us-east-1.amazonaws.com", "use1-az4", true),
            ("s3express-use1-az5.us-east-1.amazonaws.com", "use1-az4", false),
            ("s3.us-east-1.amazonaws.com", "use1-az4", false),
        ] {
            assert_eq!(AwsHost::parse(host).unwrap().is_of_zone(zone), is_of_zone, "{host}");
        }
    }

    #[test]
    fn hosts_without_signatures() {
        for host in [
            "media.s3-website.eu-central-1.amazonaws.com",
            "media.s3-website-us-east-1.amazonaws.com",
            "s3-website-us-east-1.amazonaws.com",
            "eu-west-1.console.aws.amazon.com",
            "media.s3-website.eusc-de-east-1.amazonaws.eu",
            "media.s3-website.cn-north-1.amazonaws.com.cn",
            "f004.backblazeb2.com",
            "media.nyc3.cdn.digitaloceanspaces.com",
            "nyc3.cdn.digitaloceanspaces.com",
            "pub-0123456789abcdef.r2.dev",
            "media.website-us-ord-1.linodeobjects.com",
            "media.s3-website.fr-par.scw.cloud",
            "media.website.yandexcloud.net",
        ] {
            assert!(takes_no_signatures(host), "{host}");
        }
        for host in [
            "s3-website.s3.eu-central-1.amazonaws.com",
            "s3-website.s3.amazonaws.com",
            "f0.s3.us-west-004.backblazeb2.com",
            "my-website.s3.eu-central-1.amazonaws.com",
            "website-a.us-ord-1.linodeobjects.com",
            "s3-website.s3.fr-par.scw.cloud",
            "r2.dev.example.com",
            "mor2.dev",
            "cdn.nyc3.digitaloceanspaces.com",
            "website.example.com",
            "console.example.com",
        ] {
            assert!(!takes_no_signatures(host), "{host}");
        }
    }
}
