//! The profiles, one constant per store. Change a fact here and `docs/stores.md` has to follow; a test compares them.
//!
//! A style is `Path` where every bucket can be reached so, as it works for names that are no DNS names too, and
//! `VirtualHosted` where the store documents or accepts nothing else.

use core::time::Duration;

use crate::s3::AddressingStyle::{Auto, Path, VirtualHosted};
use crate::s3::Store;
use crate::s3::store::EndpointRule::{AwsRegion, Template};
use crate::s3::store::PostForms::{NotSupported, Supported};
use crate::s3::store::StoreFact;
use crate::s3::store_text::StoreText;

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
        Self::TENCENT_COS,
        Self::VOLCENGINE_TOS,
        Self::HUAWEI_OBS,
        Self::BAIDU_BOS,
        Self::IBM_COS,
        Self::VULTR,
        Self::YANDEX,
        Self::MEGA_S4,
        Self::SEAWEEDFS,
        Self::RUSTFS,
        Self::VERSITYGW,
    ];

    /// Amazon S3, in every partition. This is what a builder without a profile uses.
    pub const AWS: Self = Self {
        id: StoreText::fixed("aws"),
        name: StoreText::fixed("Amazon S3"),
        endpoint: AwsRegion,
        addressing_style: Auto,
        post_forms: Supported,
        has_s3_rules: true,
        quirks: &["A URL ends with the credentials that signed it: those of a role live for hours, not days."],
        source: Some("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"),
        ..Self::UNKNOWN
    };

    /// Cloudflare R2. The account is the account id; with a jurisdiction, `ACCOUNT.eu` or `ACCOUNT.fedramp`.
    pub const CLOUDFLARE_R2: Self = Self {
        id: StoreText::fixed("cloudflare-r2"),
        name: StoreText::fixed("Cloudflare R2"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://{account}.r2.cloudflarestorage.com"),
        region: StoreText::fixed("auto"),
        addressing_style: Path,
        post_forms: NotSupported,
        quirks: &[
            "A bucket with a jurisdiction is at another host: give `ACCOUNT.eu` or `ACCOUNT.fedramp` as the account.",
            "URLs can be signed for GET, HEAD, PUT and DELETE.",
            "The custom domain of a bucket takes no signed requests: sign for the S3 endpoint.",
        ],
        unverified: &[StoreFact::AddressingStyle, StoreFact::PostForms],
        source: Some("https://developers.cloudflare.com/r2/api/s3/presigned-urls/"),
        ..Self::UNKNOWN
    };

    /// Google Cloud Storage through its XML API, with an HMAC key.
    pub const GOOGLE_CLOUD_STORAGE: Self = Self {
        id: StoreText::fixed("google-cloud-storage"),
        name: StoreText::fixed("Google Cloud Storage"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://storage.googleapis.com"),
        region: StoreText::fixed("auto"),
        addressing_style: Path,
        quirks: &[
            "Credentials are an HMAC key of the interoperability settings, not a service account's JSON key.",
            "Headers that start with `x-goog-` belong to Google's own signatures: use their `x-amz-` names here.",
            "Do not sign `accept-encoding`: Google's front end changes it.",
        ],
        unverified: &[StoreFact::Region, StoreFact::MaxExpires],
        source: Some("https://docs.cloud.google.com/storage/docs/aws-simple-migration"),
        ..Self::UNKNOWN
    };

    /// Backblaze B2. The region is a part of the bucket's endpoint, such as `us-west-004`.
    pub const BACKBLAZE_B2: Self = Self {
        id: StoreText::fixed("backblaze-b2"),
        name: StoreText::fixed("Backblaze B2"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.backblazeb2.com"),
        addressing_style: Path,
        post_forms: NotSupported,
        quirks: &["The master application key does not work with this API: create another key."],
        unverified: &[StoreFact::MaxExpires, StoreFact::PostForms],
        source: Some("https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api"),
        ..Self::UNKNOWN
    };

    /// DigitalOcean Spaces. The region is the slug of the datacenter, such as `fra1`.
    pub const DIGITALOCEAN_SPACES: Self = Self {
        id: StoreText::fixed("digitalocean-spaces"),
        name: StoreText::fixed("DigitalOcean Spaces"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://{region}.digitaloceanspaces.com"),
        addressing_style: VirtualHosted,
        quirks: &["Sign for the host of the region, not for that of the CDN."],
        unverified: &[StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://docs.digitalocean.com/reference/api/spaces/"),
        ..Self::UNKNOWN
    };

    /// Wasabi. The region is that of the bucket, such as `eu-central-1`.
    pub const WASABI: Self = Self {
        id: StoreText::fixed("wasabi"),
        name: StoreText::fixed("Wasabi"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.wasabisys.com"),
        addressing_style: Path,
        unverified: &[StoreFact::AddressingStyle],
        source: Some("https://docs.wasabi.com/docs/service-urls-for-wasabis-storage-regions"),
        ..Self::UNKNOWN
    };

    /// MinIO, at your own endpoint.
    pub const MINIO: Self = Self {
        id: StoreText::fixed("minio"),
        name: StoreText::fixed("MinIO"),
        region: StoreText::fixed("us-east-1"),
        addressing_style: Path,
        post_forms: Supported,
        quirks: &[
            "A server that was given a region (`MINIO_REGION`) wants that one.",
            "Behind a proxy, the `Host` header that the client sent has to reach the server, or the proxy is a `published_endpoint`.",
        ],
        source: Some("https://github.com/minio/minio/blob/master/cmd/signature-v4-parser.go"),
        ..Self::UNKNOWN
    };

    /// The Object Gateway of Ceph (RGW), at your own endpoint.
    pub const CEPH_RGW: Self = Self {
        id: StoreText::fixed("ceph-rgw"),
        name: StoreText::fixed("Ceph RGW"),
        region: StoreText::fixed("us-east-1"),
        addressing_style: Path,
        post_forms: Supported,
        quirks: &["`VirtualHosted` needs `rgw_dns_name` on the gateway, and a wildcard certificate."],
        unverified: &[StoreFact::Region],
        source: Some("https://docs.ceph.com/en/latest/radosgw/s3/"),
        ..Self::UNKNOWN
    };

    /// Garage, at your own endpoint.
    pub const GARAGE: Self = Self {
        id: StoreText::fixed("garage"),
        name: StoreText::fixed("Garage"),
        region: StoreText::fixed("garage"),
        addressing_style: Path,
        post_forms: Supported,
        quirks: &[
            "The region has to be the `s3_region` of `garage.toml`.",
            "`VirtualHosted` needs a `root_domain` in `garage.toml`.",
        ],
        source: Some("https://garagehq.deuxfleurs.fr/documentation/reference-manual/s3-compatibility/"),
        ..Self::UNKNOWN
    };

    /// Supabase Storage. The account is the reference of the project, the region that of the project.
    pub const SUPABASE: Self = Self {
        id: StoreText::fixed("supabase"),
        name: StoreText::fixed("Supabase Storage"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://{account}.storage.supabase.co/storage/v1/s3"),
        addressing_style: Path,
        post_forms: Supported,
        quirks: &[
            "Access keys bypass row level security. With a session token, which is a user's JWT, the policies apply.",
            "By the server's source, URLs for HEAD and DELETE need `.query(\"X-Amz-Content-Sha256\", \
             \"UNSIGNED-PAYLOAD\")`; not tried.",
        ],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://supabase.com/docs/guides/storage/s3/authentication"),
        ..Self::UNKNOWN
    };

    /// Tigris.
    pub const TIGRIS: Self = Self {
        id: StoreText::fixed("tigris"),
        name: StoreText::fixed("Tigris"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://t3.storage.dev"),
        region: StoreText::fixed("auto"),
        addressing_style: VirtualHosted,
        virtual_hosted_domains: &["t3.storage.dev"],
        max_expires: Duration::from_secs(90 * 24 * 60 * 60),
        post_forms: Supported,
        quirks: &["Buckets that were created since 19 February 2025 take no path style."],
        source: Some("https://www.tigrisdata.com/docs/objects/presigned/"),
        ..Self::UNKNOWN
    };

    /// Scaleway Object Storage. The region is that of the bucket, such as `fr-par`.
    pub const SCALEWAY: Self = Self {
        id: StoreText::fixed("scaleway"),
        name: StoreText::fixed("Scaleway"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.scw.cloud"),
        addressing_style: Path,
        post_forms: Supported,
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://www.scaleway.com/en/docs/object-storage/concepts/"),
        ..Self::UNKNOWN
    };

    /// Hetzner Object Storage. The region is the location, such as `fsn1`.
    pub const HETZNER: Self = Self {
        id: StoreText::fixed("hetzner"),
        name: StoreText::fixed("Hetzner"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://{region}.your-objectstorage.com"),
        addressing_style: Path,
        quirks: &["Buckets have no custom domains."],
        unverified: &[StoreFact::Endpoint, StoreFact::Region, StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://docs.hetzner.com/storage/object-storage/supported-actions/"),
        ..Self::UNKNOWN
    };

    /// OVHcloud Object Storage. The region is in lower case, such as `gra`.
    pub const OVHCLOUD: Self = Self {
        id: StoreText::fixed("ovhcloud"),
        name: StoreText::fixed("OVHcloud"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.io.cloud.ovh.net"),
        addressing_style: VirtualHosted,
        post_forms: Supported,
        quirks: &["The region is signed in lower case: `GRA` is taken as `gra`."],
        unverified: &[StoreFact::MaxExpires],
        source: Some(
            "https://github.com/ovh/docs/blob/develop/pages/storage_and_backup/object_storage/s3_location/guide.en-gb.md",
        ),
        ..Self::UNKNOWN
    };

    /// Linode (Akamai) Object Storage. The region is the first label of the S3 endpoint, such as `us-ord-1`.
    pub const LINODE: Self = Self {
        id: StoreText::fixed("linode"),
        name: StoreText::fixed("Linode"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://{region}.linodeobjects.com"),
        addressing_style: Path,
        quirks: &["The Cloud Manager shows the endpoint of a bucket: its first label is the region to give."],
        unverified: &[StoreFact::Region, StoreFact::MaxExpires],
        source: Some("https://techdocs.akamai.com/cloud-computing/docs/access-buckets-and-files-through-urls"),
        ..Self::UNKNOWN
    };

    /// Object Storage of Oracle Cloud Infrastructure, at its dedicated endpoints. The account is the namespace.
    pub const OCI: Self = Self {
        id: StoreText::fixed("oci"),
        name: StoreText::fixed("Oracle Cloud (OCI)"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://{account}.compat.objectstorage.{region}.oci.customer-oci.com"),
        addressing_style: Path,
        post_forms: Supported,
        quirks: &[
            "Outside of the commercial realm (OC1), give the older endpoint, which ends with `oraclecloud.com`.",
            "`VirtualHosted` needs another endpoint, `https://vhcompat.objectstorage.REGION.oci.customer-oci.com`.",
            "A bucket is reached by `VirtualHosted` only if it was created so.",
        ],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://docs.oracle.com/en-us/iaas/Content/Object/s3-virtual-style.htm"),
        ..Self::UNKNOWN
    };

    /// Alibaba Cloud OSS, through its S3-compatible endpoints. The region is without `oss-`, such as `cn-hangzhou`.
    pub const ALIBABA_OSS: Self = Self {
        id: StoreText::fixed("alibaba-oss"),
        name: StoreText::fixed("Alibaba Cloud OSS"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.oss-{region}.aliyuncs.com"),
        not_in_region: &["oss-"],
        addressing_style: VirtualHosted,
        virtual_hosted_domains: &["oss-*.aliyuncs.com"],
        quirks: &[
            "The region is `cn-hangzhou`; `oss-cn-hangzhou` is an error.",
            "Path style is refused with `SecondLevelDomainForbidden`.",
        ],
        source: Some("https://help.aliyun.com/en/oss/developer-reference/use-aws-sdks-to-access-oss"),
        ..Self::UNKNOWN
    };

    /// IDrive e2. The region is that of the bucket, such as `eu-west-4`.
    pub const IDRIVE_E2: Self = Self {
        id: StoreText::fixed("idrive-e2"),
        name: StoreText::fixed("IDrive e2"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.idrivee2.com"),
        addressing_style: Path,
        quirks: &["Accounts with a host of their own, such as `a1b2.da.idrivee2-32.com`, give it as the endpoint."],
        unverified: &[StoreFact::Region, StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://www.idrive.com/s3-storage-e2/e2-endpoint-urls"),
        ..Self::UNKNOWN
    };

    /// Storj, through the gateway that it hosts.
    pub const STORJ: Self = Self {
        id: StoreText::fixed("storj"),
        name: StoreText::fixed("Storj"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://gateway.storjshare.io"),
        region: StoreText::fixed("us-east-1"),
        addressing_style: Path,
        quirks: &["Credentials are those of the S3 gateway, not an access grant."],
        unverified: &[StoreFact::Region, StoreFact::AddressingStyle, StoreFact::MaxExpires],
        source: Some("https://storj.dev/dcs/api/s3/s3-compatible-gateway"),
        ..Self::UNKNOWN
    };

    /// Tencent Cloud COS. The region is that of the bucket, such as `ap-shanghai`.
    pub const TENCENT_COS: Self = Self {
        id: StoreText::fixed("tencent-cos"),
        name: StoreText::fixed("Tencent Cloud COS"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://cos.{region}.myqcloud.com"),
        not_in_region: &["cos."],
        addressing_style: VirtualHosted,
        virtual_hosted_domains: &["cos.*.myqcloud.com"],
        quirks: &[
            "The name of a bucket ends with the APPID, as in `examplebucket-1250000000`.",
            "Path style is for buckets from before 2024: others refuse it with `PathStyleDomainForbidden`.",
        ],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://www.tencentcloud.com/document/product/436/32537"),
        ..Self::UNKNOWN
    };

    /// Volcengine TOS, through its S3-compatible endpoints. The region is that of the bucket, such as `cn-beijing`.
    pub const VOLCENGINE_TOS: Self = Self {
        id: StoreText::fixed("volcengine-tos"),
        name: StoreText::fixed("Volcengine TOS"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://tos-s3-{region}.volces.com"),
        not_in_region: &["tos-"],
        addressing_style: VirtualHosted,
        virtual_hosted_domains: &[
            "tos-*.volces.com",
            "tos-*.ivolces.com",
            "tos-*.bytepluses.com",
            "tos-*.ibytepluses.com",
        ],
        quirks: &[
            "Path style is not supported.",
            "Endpoints without `s3` in their name, such as `tos-cn-beijing.volces.com`, are not for S3 requests.",
            "BytePlus TOS has the endpoint `https://tos-s3-REGION.bytepluses.com`.",
        ],
        unverified: &[StoreFact::Region, StoreFact::MaxExpires],
        source: Some("https://docs.byteplus.com/en/docs/tos/docs-compatibility-with-amazon-s3"),
        ..Self::UNKNOWN
    };

    /// Huawei Cloud OBS. The region is that of the bucket, such as `cn-north-4`.
    pub const HUAWEI_OBS: Self = Self {
        id: StoreText::fixed("huawei-obs"),
        name: StoreText::fixed("Huawei Cloud OBS"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://obs.{region}.myhuaweicloud.com"),
        not_in_region: &["obs."],
        addressing_style: VirtualHosted,
        quirks: &["In Europe, the endpoint is `https://obs.REGION.myhuaweicloud.eu`."],
        unverified: &[StoreFact::Region, StoreFact::MaxExpires],
        source: Some("https://support.huaweicloud.com/en-us/devg-obs/obs_06_0007.html"),
        ..Self::UNKNOWN
    };

    /// Baidu BOS, through its S3-compatible endpoints. The region is that of the bucket, such as `bj`.
    pub const BAIDU_BOS: Self = Self {
        id: StoreText::fixed("baidu-bos"),
        name: StoreText::fixed("Baidu BOS"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.bcebos.com"),
        addressing_style: Path,
        quirks: &["The custom domain of a bucket takes no S3 requests."],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://cloud.baidu.com/doc/BOS/s/xjwvyq9l4-en"),
        ..Self::UNKNOWN
    };

    /// IBM Cloud Object Storage, with HMAC credentials. The region is that of the bucket, such as `us-south`.
    pub const IBM_COS: Self = Self {
        id: StoreText::fixed("ibm-cos"),
        name: StoreText::fixed("IBM Cloud Object Storage"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.cloud-object-storage.appdomain.cloud"),
        addressing_style: Path,
        max_expires: Duration::MAX,
        quirks: &["Credentials are the HMAC keys of a service credential, not its API key."],
        unverified: &[StoreFact::Region, StoreFact::AddressingStyle],
        source: Some("https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-presign-url"),
        ..Self::UNKNOWN
    };

    /// Vultr Object Storage. The region is the first label of the host of the subscription, such as `ewr1`.
    pub const VULTR: Self = Self {
        id: StoreText::fixed("vultr"),
        name: StoreText::fixed("Vultr"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://{region}.vultrobjects.com"),
        addressing_style: Path,
        unverified: &[StoreFact::Region, StoreFact::MaxExpires],
        source: Some("https://docs.vultr.com/platform/security-best-practices/vultr-object-storage"),
        ..Self::UNKNOWN
    };

    /// Yandex Object Storage.
    pub const YANDEX: Self = Self {
        id: StoreText::fixed("yandex"),
        name: StoreText::fixed("Yandex Object Storage"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://storage.yandexcloud.net"),
        region: StoreText::fixed("ru-central1"),
        addressing_style: Path,
        max_expires: Duration::from_secs(30 * 24 * 60 * 60),
        quirks: &["The policy of a bucket can forbid presigned URLs."],
        source: Some("https://yandex.cloud/en/docs/storage/concepts/pre-signed-urls"),
        ..Self::UNKNOWN
    };

    /// MEGA S4. The region is that of the endpoint, such as `eu-central-1`; every endpoint reaches every bucket.
    pub const MEGA_S4: Self = Self {
        id: StoreText::fixed("mega-s4"),
        name: StoreText::fixed("MEGA S4"),
        endpoint: Template,
        endpoint_template: StoreText::fixed("https://s3.{region}.s4.mega.io"),
        addressing_style: Path,
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://help.mega.io/megas4/setup-guides/mega-s4-endpoint-urls"),
        ..Self::UNKNOWN
    };

    /// `SeaweedFS`, at your own endpoint.
    pub const SEAWEEDFS: Self = Self {
        id: StoreText::fixed("seaweedfs"),
        name: StoreText::fixed("SeaweedFS"),
        region: StoreText::fixed("us-east-1"),
        addressing_style: Path,
        post_forms: Supported,
        quirks: &["It takes any region.", "`VirtualHosted` needs `-domainName` on the gateway."],
        source: Some("https://github.com/seaweedfs/seaweedfs/blob/master/weed/s3api/auth_signature_v4.go"),
        ..Self::UNKNOWN
    };

    /// `RustFS`, at your own endpoint.
    pub const RUSTFS: Self = Self {
        id: StoreText::fixed("rustfs"),
        name: StoreText::fixed("RustFS"),
        region: StoreText::fixed("us-east-1"),
        addressing_style: Path,
        quirks: &[
            "A server that was given a region (`RUSTFS_REGION`) wants that one.",
            "`VirtualHosted` needs `RUSTFS_SERVER_DOMAINS`.",
        ],
        unverified: &[StoreFact::MaxExpires],
        source: Some("https://docs.rustfs.com/administration/protocols/s3"),
        ..Self::UNKNOWN
    };

    /// The S3 gateway of Versity, at your own endpoint.
    pub const VERSITYGW: Self = Self {
        id: StoreText::fixed("versitygw"),
        name: StoreText::fixed("Versity S3 Gateway"),
        region: StoreText::fixed("us-east-1"),
        addressing_style: Path,
        quirks: &["The region has to be the `--region` of the gateway."],
        source: Some("https://github.com/versity/versitygw/blob/main/s3api/utils/presign-auth-reader.go"),
        ..Self::UNKNOWN
    };
}
