//! The profiles, one constant per store. Change a fact here and `docs/stores.md` has to follow; a test compares them.
//!
//! A style is `Path` where every bucket can be reached so, as it works for names that are no DNS names too, and
//! `VirtualHosted` where the store documents or accepts nothing else.

use core::time::Duration;

use crate::s3::AddressingStyle::{Auto, Path, VirtualHosted};
use crate::s3::Store;
use crate::s3::store::EndpointRule::{AwsRegion, SelfHosted, Template};
use crate::s3::store::PostForms::{NotSupported, Supported, Unknown};
use crate::s3::store::{SEVEN_DAYS, StoreFact};

impl Store {
    /// Every profile of this crate.
    pub const ALL: &'static [Self] = &[
        Self::AWS,
        Self::CLOUDFLARE_R2,
        Self::GOOGLE_CLOUD_STORAGE,
        Self::BACKBLAZE_B2,
        Self::DIGITALOCEAN_SPACES,
        Self::WASABI,
        Self::MINIO,
        Self::CEPH_RGW,
        Self::GARAGE,
        Self::SUPABASE,
        Self::TIGRIS,
        Self::SCALEWAY,
        Self::HETZNER,
        Self::OVHCLOUD,
        Self::LINODE,
        Self::OCI,
        Self::ALIBABA_OSS,
        Self::IDRIVE_E2,
        Self::STORJ,
    ];

    /// Amazon S3, in every partition. This is what a builder without a profile uses.
    pub const AWS: Self = Self {
        id: "aws",
        name: "Amazon S3",
        endpoint: AwsRegion,
        region: None,
        addressing_style: Auto,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: true,
        quirks: &["A URL ends with the credentials that signed it: those of a role live for hours, not days."],
        unverified: &[],
        source: Some("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"),
    };

    /// Cloudflare R2. The account is the account id; with a jurisdiction, `ACCOUNT.eu` or `ACCOUNT.fedramp`.
    pub const CLOUDFLARE_R2: Self = Self {
        id: "cloudflare-r2",
        name: "Cloudflare R2",
        endpoint: Template("https://{account}.r2.cloudflarestorage.com"),
        region: Some("auto"),
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: NotSupported,
        has_s3_rules: false,
        quirks: &[
            "A bucket with a jurisdiction is at another host: give `ACCOUNT.eu` or `ACCOUNT.fedramp` as the account.",
            "URLs can be signed for GET, HEAD, PUT and DELETE.",
            "The custom domain of a bucket takes no signed requests: sign for the S3 endpoint.",
        ],
        unverified: &[StoreFact::AddressingStyle, StoreFact::PostForms],
        source: Some("https://developers.cloudflare.com/r2/api/s3/presigned-urls/"),
    };

    /// Google Cloud Storage through its XML API, with an HMAC key.
    pub const GOOGLE_CLOUD_STORAGE: Self = Self {
        id: "google-cloud-storage",
        name: "Google Cloud Storage",
        endpoint: Template("https://storage.googleapis.com"),
        region: Some("auto"),
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &[
            "Credentials are an HMAC key of the interoperability settings, not a service account's JSON key.",
            "Headers that start with `x-goog-` belong to Google's own signatures: use their `x-amz-` names here.",
            "Do not sign `accept-encoding`: Google's front end changes it.",
        ],
        unverified: &[StoreFact::Region, StoreFact::MaxExpires],
        source: Some("https://docs.cloud.google.com/storage/docs/aws-simple-migration"),
    };

    /// Backblaze B2. The region is a part of the bucket's endpoint, such as `us-west-004`.
    pub const BACKBLAZE_B2: Self = Self {
        id: "backblaze-b2",
        name: "Backblaze B2",
        endpoint: Template("https://s3.{region}.backblazeb2.com"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: NotSupported,
        has_s3_rules: false,
        quirks: &["The master application key does not work with this API: create another key."],
        unverified: &[StoreFact::MaxExpires, StoreFact::PostForms],
        source: Some("https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api"),
    };

    /// DigitalOcean Spaces. The region is the slug of the datacenter, such as `fra1`.
    pub const DIGITALOCEAN_SPACES: Self = Self {
        id: "digitalocean-spaces",
        name: "DigitalOcean Spaces",
        endpoint: Template("https://{region}.digitaloceanspaces.com"),
        region: None,
        addressing_style: VirtualHosted,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &["Sign for the host of the region, not for that of the CDN."],
        unverified: &[StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://docs.digitalocean.com/reference/api/spaces/"),
    };

    /// Wasabi. The region is that of the bucket, such as `eu-central-1`.
    pub const WASABI: Self = Self {
        id: "wasabi",
        name: "Wasabi",
        endpoint: Template("https://s3.{region}.wasabisys.com"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &[],
        unverified: &[StoreFact::AddressingStyle],
        source: Some("https://docs.wasabi.com/docs/service-urls-for-wasabis-storage-regions"),
    };

    /// MinIO, at your own endpoint.
    pub const MINIO: Self = Self {
        id: "minio",
        name: "MinIO",
        endpoint: SelfHosted,
        region: Some("us-east-1"),
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &[
            "A server that was given a region (`MINIO_REGION`) wants that one.",
            "Behind a proxy, the `Host` header that the client sent has to reach the server.",
        ],
        unverified: &[],
        source: Some("https://github.com/minio/minio/blob/master/cmd/signature-v4-parser.go"),
    };

    /// The Object Gateway of Ceph (RGW), at your own endpoint.
    pub const CEPH_RGW: Self = Self {
        id: "ceph-rgw",
        name: "Ceph RGW",
        endpoint: SelfHosted,
        region: Some("us-east-1"),
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &["`VirtualHosted` needs `rgw_dns_name` on the gateway, and a wildcard certificate."],
        unverified: &[StoreFact::Region],
        source: Some("https://docs.ceph.com/en/latest/radosgw/s3/"),
    };

    /// Garage, at your own endpoint.
    pub const GARAGE: Self = Self {
        id: "garage",
        name: "Garage",
        endpoint: SelfHosted,
        region: Some("garage"),
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &[
            "The region has to be the `s3_region` of `garage.toml`.",
            "`VirtualHosted` needs a `root_domain` in `garage.toml`.",
        ],
        unverified: &[],
        source: Some("https://garagehq.deuxfleurs.fr/documentation/reference-manual/s3-compatibility/"),
    };

    /// Supabase Storage. The account is the reference of the project, the region that of the project.
    pub const SUPABASE: Self = Self {
        id: "supabase",
        name: "Supabase Storage",
        endpoint: Template("https://{account}.storage.supabase.co/storage/v1/s3"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &[
            "Access keys bypass row level security. With a session token, which is a user's JWT, the policies apply.",
            "By the server's source, URLs for HEAD and DELETE need `.query(\"X-Amz-Content-Sha256\", \
             \"UNSIGNED-PAYLOAD\")`; not tried.",
        ],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://supabase.com/docs/guides/storage/s3/authentication"),
    };

    /// Tigris.
    pub const TIGRIS: Self = Self {
        id: "tigris",
        name: "Tigris",
        endpoint: Template("https://t3.storage.dev"),
        region: Some("auto"),
        addressing_style: VirtualHosted,
        max_expires: Duration::from_secs(90 * 24 * 60 * 60),
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &["Buckets that were created since 19 February 2025 take no path style."],
        unverified: &[],
        source: Some("https://www.tigrisdata.com/docs/objects/presigned/"),
    };

    /// Scaleway Object Storage. The region is that of the bucket, such as `fr-par`.
    pub const SCALEWAY: Self = Self {
        id: "scaleway",
        name: "Scaleway",
        endpoint: Template("https://s3.{region}.scw.cloud"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &[],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://www.scaleway.com/en/docs/object-storage/concepts/"),
    };

    /// Hetzner Object Storage. The region is the location, such as `fsn1`.
    pub const HETZNER: Self = Self {
        id: "hetzner",
        name: "Hetzner",
        endpoint: Template("https://{region}.your-objectstorage.com"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &["Buckets have no custom domains."],
        unverified: &[StoreFact::Endpoint, StoreFact::Region, StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://docs.hetzner.com/storage/object-storage/supported-actions/"),
    };

    /// OVHcloud Object Storage. The region is in lower case, such as `gra`.
    pub const OVHCLOUD: Self = Self {
        id: "ovhcloud",
        name: "OVHcloud",
        endpoint: Template("https://s3.{region}.io.cloud.ovh.net"),
        region: None,
        addressing_style: VirtualHosted,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &["The region is written in lower case: `gra`, not `GRA`."],
        unverified: &[StoreFact::MaxExpires],
        source: Some(
            "https://github.com/ovh/docs/blob/develop/pages/storage_and_backup/object_storage/s3_location/guide.en-gb.md",
        ),
    };

    /// Linode (Akamai) Object Storage. The region is the first label of the S3 endpoint, such as `us-ord-1`.
    pub const LINODE: Self = Self {
        id: "linode",
        name: "Linode",
        endpoint: Template("https://{region}.linodeobjects.com"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &["The Cloud Manager shows the endpoint of a bucket: its first label is the region to give."],
        unverified: &[StoreFact::Region, StoreFact::MaxExpires],
        source: Some("https://techdocs.akamai.com/cloud-computing/docs/access-buckets-and-files-through-urls"),
    };

    /// Object Storage of Oracle Cloud Infrastructure, at its dedicated endpoints. The account is the namespace.
    pub const OCI: Self = Self {
        id: "oci",
        name: "Oracle Cloud (OCI)",
        endpoint: Template("https://{account}.compat.objectstorage.{region}.oci.customer-oci.com"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Supported,
        has_s3_rules: false,
        quirks: &[
            "Outside of the commercial realm (OC1), give the older endpoint, which ends with `oraclecloud.com`.",
            "`VirtualHosted` needs another endpoint, `https://vhcompat.objectstorage.REGION.oci.customer-oci.com`.",
            "A bucket is reached by `VirtualHosted` only if it was created so.",
        ],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://docs.oracle.com/en-us/iaas/Content/Object/s3-virtual-style.htm"),
    };

    /// Alibaba Cloud OSS, through its S3-compatible endpoints. The region is without `oss-`, such as `cn-hangzhou`.
    pub const ALIBABA_OSS: Self = Self {
        id: "alibaba-oss",
        name: "Alibaba Cloud OSS",
        endpoint: Template("https://s3.oss-{region}.aliyuncs.com"),
        region: None,
        addressing_style: VirtualHosted,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &[
            "The region is `cn-hangzhou`, not `oss-cn-hangzhou`.",
            "Path style is refused with `SecondLevelDomainForbidden`.",
        ],
        unverified: &[],
        source: Some("https://help.aliyun.com/en/oss/developer-reference/use-aws-sdks-to-access-oss"),
    };

    /// IDrive e2. The region is that of the bucket, such as `eu-west-4`.
    pub const IDRIVE_E2: Self = Self {
        id: "idrive-e2",
        name: "IDrive e2",
        endpoint: Template("https://s3.{region}.idrivee2.com"),
        region: None,
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &["Accounts with a host of their own, such as `a1b2.da.idrivee2-32.com`, give it as the endpoint."],
        unverified: &[StoreFact::Region, StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://www.idrive.com/s3-storage-e2/e2-endpoint-urls"),
    };

    /// Storj, through the gateway that it hosts.
    pub const STORJ: Self = Self {
        id: "storj",
        name: "Storj",
        endpoint: Template("https://gateway.storjshare.io"),
        region: Some("us-east-1"),
        addressing_style: Path,
        max_expires: SEVEN_DAYS,
        post_forms: Unknown,
        has_s3_rules: false,
        quirks: &["Credentials are those of the S3 gateway, not an access grant."],
        unverified: &[StoreFact::Region, StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://storj.dev/dcs/api/s3/s3-compatible-gateway"),
    };
}
