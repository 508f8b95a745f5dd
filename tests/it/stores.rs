//! The profiles of the stores: what they make of a sample, what wins over them, and that `docs/stores.md` tells the
//! same.

use std::fmt::Write as _;
use std::time::Duration;

use presign::s3::{AddressingStyle, DeleteObject, GetObject, HeadObject, PostForms, Store, StoreFact};
use presign::{Credentials, EndpointError, Error, Field, Presigner, PresignerBuilder, Timestamp};

use crate::support::assert_variant;

const DOCUMENT: &str = include_str!("../../docs/stores.md");
const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn builder(store: Store) -> PresignerBuilder {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid");
    Presigner::builder().store(store).credentials(credentials).bucket("user-media")
}

/// What a user of the store gives besides credentials and a bucket, the URL up to its query, and the region in the
/// credential scope.
struct Sample {
    store: Store,
    region: Option<&'static str>,
    account: Option<&'static str>,
    endpoint: Option<&'static str>,
    url: &'static str,
    scope_region: &'static str,
}

impl Sample {
    fn builder(&self) -> PresignerBuilder {
        builder(self.store.clone()).region(self.region).account(self.account).endpoint(self.endpoint)
    }
}

const fn sample(store: Store, url: &'static str, scope_region: &'static str) -> Sample {
    Sample { store, region: None, account: None, endpoint: None, url, scope_region }
}

const fn regional(store: Store, region: &'static str, url: &'static str) -> Sample {
    Sample { store, region: Some(region), account: None, endpoint: None, url, scope_region: region }
}

const fn self_hosted(store: Store, url: &'static str, scope_region: &'static str) -> Sample {
    let endpoint = Some("http://localhost:9000");
    Sample { store, region: None, account: None, endpoint, url, scope_region }
}

const fn of_account(account: &'static str, mut sample: Sample) -> Sample {
    sample.account = Some(account);
    sample
}

static SAMPLES: [Sample; 30] = [
    regional(Store::AWS, "eu-west-1", "https://user-media.s3.eu-west-1.amazonaws.com/a%20b.png"),
    of_account(
        "0a1b2c",
        sample(Store::CLOUDFLARE_R2, "https://0a1b2c.r2.cloudflarestorage.com/user-media/a%20b.png", "auto"),
    ),
    sample(Store::GOOGLE_CLOUD_STORAGE, "https://storage.googleapis.com/user-media/a%20b.png", "auto"),
    regional(Store::BACKBLAZE_B2, "us-west-004", "https://s3.us-west-004.backblazeb2.com/user-media/a%20b.png"),
    regional(Store::DIGITALOCEAN_SPACES, "fra1", "https://user-media.fra1.digitaloceanspaces.com/a%20b.png"),
    regional(Store::WASABI, "eu-central-1", "https://s3.eu-central-1.wasabisys.com/user-media/a%20b.png"),
    self_hosted(Store::MINIO, "http://localhost:9000/user-media/a%20b.png", "us-east-1"),
    self_hosted(Store::CEPH_RGW, "http://localhost:9000/user-media/a%20b.png", "us-east-1"),
    self_hosted(Store::GARAGE, "http://localhost:9000/user-media/a%20b.png", "garage"),
    of_account(
        "abcdefghij",
        regional(
            Store::SUPABASE,
            "eu-central-1",
            "https://abcdefghij.storage.supabase.co/storage/v1/s3/user-media/a%20b.png",
        ),
    ),
    sample(Store::TIGRIS, "https://user-media.t3.storage.dev/a%20b.png", "auto"),
    regional(Store::SCALEWAY, "fr-par", "https://s3.fr-par.scw.cloud/user-media/a%20b.png"),
    regional(Store::HETZNER, "fsn1", "https://fsn1.your-objectstorage.com/user-media/a%20b.png"),
    regional(Store::OVHCLOUD, "gra", "https://user-media.s3.gra.io.cloud.ovh.net/a%20b.png"),
    regional(Store::LINODE, "us-ord-1", "https://us-ord-1.linodeobjects.com/user-media/a%20b.png"),
    of_account(
        "axnamespace",
        regional(
            Store::OCI,
            "eu-frankfurt-1",
            "https://axnamespace.compat.objectstorage.eu-frankfurt-1.oci.customer-oci.com/user-media/a%20b.png",
        ),
    ),
    regional(Store::ALIBABA_OSS, "cn-hangzhou", "https://user-media.s3.oss-cn-hangzhou.aliyuncs.com/a%20b.png"),
    regional(Store::IDRIVE_E2, "eu-west-4", "https://s3.eu-west-4.idrivee2.com/user-media/a%20b.png"),
    sample(Store::STORJ, "https://gateway.storjshare.io/user-media/a%20b.png", "us-east-1"),
    regional(Store::TENCENT_COS, "ap-shanghai", "https://user-media.cos.ap-shanghai.myqcloud.com/a%20b.png"),
    regional(Store::VOLCENGINE_TOS, "cn-beijing", "https://user-media.tos-s3-cn-beijing.volces.com/a%20b.png"),
    regional(Store::HUAWEI_OBS, "cn-north-4", "https://user-media.obs.cn-north-4.myhuaweicloud.com/a%20b.png"),
    regional(Store::BAIDU_BOS, "bj", "https://s3.bj.bcebos.com/user-media/a%20b.png"),
    regional(
        Store::IBM_COS,
        "us-south",
        "https://s3.us-south.cloud-object-storage.appdomain.cloud/user-media/a%20b.png",
    ),
    regional(Store::VULTR, "ewr1", "https://ewr1.vultrobjects.com/user-media/a%20b.png"),
    sample(Store::YANDEX, "https://storage.yandexcloud.net/user-media/a%20b.png", "ru-central1"),
    regional(Store::MEGA_S4, "eu-central-1", "https://s3.eu-central-1.s4.mega.io/user-media/a%20b.png"),
    self_hosted(Store::SEAWEEDFS, "http://localhost:9000/user-media/a%20b.png", "us-east-1"),
    self_hosted(Store::RUSTFS, "http://localhost:9000/user-media/a%20b.png", "us-east-1"),
    self_hosted(Store::VERSITYGW, "http://localhost:9000/user-media/a%20b.png", "us-east-1"),
];

#[test]
fn the_url_of_every_store() -> Result<(), Error> {
    assert!(SAMPLES.iter().map(|sample| &sample.store).eq(Store::ALL));
    let constants = include_str!("../../src/s3/stores.rs").matches(": Self = Self {").count();
    assert_eq!(Store::ALL.len(), constants);
    for sample in &SAMPLES {
        let signed = sample.builder().build()?.presign_at(GetObject::new("a b.png"), DAY, now())?;
        let (url, query) = signed.url().split_once('?').expect("a query");
        assert_eq!(url, sample.url);
        let credential = format!("&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240315%2F{}%2Fs3%2F", sample.scope_region);
        assert!(query.contains(&credential), "{}: {query}", sample.store.name());
    }
    Ok(())
}

#[test]
fn the_longest_life_of_every_store() -> Result<(), Error> {
    for sample in &SAMPLES {
        let max = sample.store.max_expires();
        let days = match sample.store.id() {
            "tigris" => 90,
            "yandex" => 30,
            "ibm-cos" => {
                assert_eq!(max, Duration::MAX);
                continue;
            }
            _ => 7,
        };
        assert_eq!(max, days * DAY);
        let presigner = sample.builder().build()?;
        let other = presigner.with_bucket("other")?.with_credentials(Credentials::new("id", "other secret")?);
        for presigner in [presigner, other] {
            let signed = presigner.presign_at(GetObject::new("k"), max, now())?;
            assert!(signed.url().contains(&format!("&X-Amz-Expires={}&", max.as_secs())));
            for above in [max + SECOND, max + Duration::from_nanos(1)] {
                let error = presigner.presign_at(GetObject::new("k"), above, now()).expect_err("too long");
                assert_variant!(error, ExpiresTooLong { expires: above, max }, "{}", sample.store.name());
                let error = presigner.explain_at(GetObject::new("k"), above, now()).expect_err("too long");
                assert_variant!(error, ExpiresTooLong { expires: above, max });
            }
        }
    }
    let none = Store::AWS.with_max_expires(Duration::ZERO);
    let presigner = builder(none).region("eu-west-1").build()?;
    let error = presigner.presign_at(GetObject::new("k"), SECOND, now()).expect_err("nothing is allowed");
    assert_variant!(error, ExpiresTooLong { expires: SECOND, max: Duration::ZERO });
    let endless = Store::AWS.with_max_expires(Duration::MAX);
    let presigner = builder(endless).region("eu-west-1").build()?;
    let error = presigner.presign_at(GetObject::new("k"), Duration::MAX, now()).expect_err("after the year 9999");
    assert_eq!(error, Error::TimeOutOfRange);
    Ok(())
}

/// Whatever a profile needs is asked for, one thing at a time, and nothing else.
#[test]
fn what_is_missing() {
    for sample in &SAMPLES {
        let mut missing = Vec::new();
        let mut builder = builder(sample.store.clone());
        while let Err(error) = builder.clone().build() {
            let Error::Missing(field) = error else { panic!("{}: {error}", sample.store.name()) };
            builder = match field {
                Field::Region => builder.region(sample.region.expect("a region")),
                Field::Account => builder.account(sample.account.expect("an account")),
                Field::Endpoint => builder.endpoint(sample.endpoint.expect("an endpoint")),
                other => panic!("{}: {other}", sample.store.name()),
            };
            missing.push(field);
        }
        let expected = [
            sample.region.map(|_| Field::Region),
            sample.account.map(|_| Field::Account),
            sample.endpoint.map(|_| Field::Endpoint),
        ];
        assert!(missing.iter().eq(expected.iter().flatten()), "{}: {missing:?}", sample.store.name());
    }
}

#[test]
fn what_is_given_wins_over_the_profile() -> Result<(), Error> {
    let start = |builder: PresignerBuilder| -> Result<String, Error> {
        let signed = builder.build()?.presign_at(GetObject::new("k"), DAY, now())?;
        let scope = signed.url().split("%2F").nth(2).expect("a scope").to_owned();
        Ok(format!("{} {scope}", signed.url().split('?').next().expect("a URL")))
    };
    let r2 = || builder(Store::CLOUDFLARE_R2).account("0a1b");
    assert_eq!(start(r2().account("0a1b.eu"))?, "https://0a1b.eu.r2.cloudflarestorage.com/user-media/k auto");
    assert_eq!(start(r2().region("wnam"))?, "https://0a1b.r2.cloudflarestorage.com/user-media/k wnam");
    assert_eq!(start(r2().endpoint("http://localhost:1"))?, "http://localhost:1/user-media/k auto");
    let virtual_hosted = r2().addressing_style(AddressingStyle::VirtualHosted);
    assert_eq!(start(virtual_hosted)?, "https://user-media.0a1b.r2.cloudflarestorage.com/k auto");
    let path = builder(Store::TIGRIS).addressing_style(AddressingStyle::Path);
    assert_eq!(start(path)?, "https://t3.storage.dev/user-media/k auto");
    // Not needed, so not asked for.
    let without_account = builder(Store::CLOUDFLARE_R2).endpoint("http://localhost:1");
    assert_eq!(start(without_account)?, "http://localhost:1/user-media/k auto");
    // The order of the calls does not matter.
    let late = Presigner::builder()
        .region("us-east-2")
        .endpoint("http://localhost:1")
        .addressing_style(AddressingStyle::VirtualHosted)
        .credentials(Credentials::new("id", "secret")?)
        .bucket("user-media")
        .store(Store::STORJ);
    assert_eq!(start(late)?, "http://user-media.localhost:1/k us-east-2");
    // A builder without a profile is one for AWS.
    let default = Presigner::builder().credentials(Credentials::new("id", "secret")?).bucket("user-media");
    let aws = default.clone().store(Store::AWS).region("cn-north-1");
    assert_eq!(start(default.region("cn-north-1"))?, start(aws)?);
    Ok(())
}

/// The endpoint of a store stands for all of its buckets, so a key could choose another one.
#[test]
fn the_endpoint_of_a_profile_is_no_bucket_endpoint() -> Result<(), Error> {
    for sample in SAMPLES.iter().filter(|sample| sample.endpoint.is_none()) {
        let error =
            sample.builder().addressing_style(AddressingStyle::BucketEndpoint).build().expect_err("no endpoint");
        assert_eq!(error, Error::Missing(Field::Endpoint), "{}", sample.store.name());
    }
    let presigner = Presigner::builder()
        .store(Store::CLOUDFLARE_R2)
        .credentials(Credentials::new("id", "secret")?)
        .endpoint("https://files.example.com")
        .addressing_style(AddressingStyle::BucketEndpoint)
        .build()?;
    let signed = presigner.presign_at(GetObject::new("k"), DAY, now())?;
    assert!(signed.url().starts_with("https://files.example.com/k?"));
    Ok(())
}

#[test]
fn an_account_is_checked_and_stays_in_its_place() {
    let build = |account: &str| builder(Store::CLOUDFLARE_R2).account(account).build();
    for (account, position) in [("a/b", 1), ("evil.example/", 12), ("a@b", 1), ("a:1", 1), ("a?b", 1), ("{region}", 0)]
    {
        let error = build(account).expect_err("a character that leaves the host");
        assert_variant!(error, InvalidCharacter { field: Field::Account, position }, "{account}");
    }
    for account in [".", "a..b", ".a", "a.", &"a".repeat(64)] {
        assert_eq!(build(account).expect_err("no host"), Error::Endpoint(EndpointError::Host), "{account}");
    }
    // Also where it is not used: a value in the wrong place is a mistake.
    let error = builder(Store::TIGRIS).account("a b").build().expect_err("a space");
    assert_variant!(error, InvalidCharacter { field: Field::Account, position: 1 });
}

#[test]
fn a_profile_of_ones_own() -> Result<(), Error> {
    const PLAIN: Store = Store::custom("plain");
    const OURS: Store = Store::custom("ours")
        .with_endpoint_template("https://{account}.{region}.example.com/{region}")
        .with_region("home")
        .with_addressing_style(AddressingStyle::VirtualHosted)
        .with_max_expires(Duration::from_secs(60))
        .with_post_forms(PostForms::NotSupported);
    assert_eq!((PLAIN.name(), PLAIN.endpoint_template(), PLAIN.region()), ("plain", None, None));
    assert_eq!(builder(PLAIN).build().expect_err("nothing"), Error::Missing(Field::Region));
    assert_eq!(builder(PLAIN).region("r").build().expect_err("no host"), Error::Missing(Field::Endpoint));
    assert_eq!((PLAIN.source(), PLAIN.quirks().len(), PLAIN.post_forms()), (None, 0, PostForms::Unknown));

    assert_eq!(OURS.post_forms(), PostForms::NotSupported);
    let presigner = builder(OURS).account("me").build()?;
    let signed = presigner.presign_at(GetObject::new("k"), Duration::from_secs(60), now())?;
    assert!(signed.url().starts_with("https://user-media.me.home.example.com/home/k?"), "{}", signed.url());
    assert!(presigner.presign_at(GetObject::new("k"), Duration::from_secs(61), now()).is_err());

    let unknown_placeholder = PLAIN.with_endpoint_template("https://{zone}.example.com").with_region("r");
    let error = builder(unknown_placeholder).build().expect_err("braces in a host");
    assert_eq!(error, Error::Endpoint(EndpointError::Host));
    Ok(())
}

/// As a constant of the same text, and later text replaces earlier text.
#[test]
fn a_profile_described_at_run_time() -> Result<(), Error> {
    const OURS: Store =
        Store::custom("ours").with_endpoint_template("https://{account}.example.com").with_region("home");
    let text = |text: &str| text.to_owned();
    let described = Store::described(text("ours"), text("https://{account}.example.com"), text("home"));
    assert_eq!(described, OURS);
    assert_eq!((described.id(), described.name(), described.region()), ("ours", "ours", Some("home")));
    let signed = builder(described.clone()).account("me").build()?.presign_at(GetObject::new("k"), DAY, now())?;
    assert!(signed.url().starts_with("https://me.example.com/user-media/k?"), "{}", signed.url());
    assert!(signed.url().contains("%2Fhome%2Fs3%2F"));

    let moved = described.with_region("away").with_endpoint_template("https://{region}.example.org");
    assert_eq!(moved, Store::custom("ours").with_endpoint_template("https://{region}.example.org").with_region("away"));
    let named = Store::described("ours", None::<String>, None::<String>);
    assert_eq!(named, Store::custom("ours"));
    assert_eq!(builder(named.clone()).region("r").build().expect_err("no host"), Error::Missing(Field::Endpoint));

    let debug = format!("{:?} {:?}", builder(named), Store::described("SECRET", "https://me:SECRET@h", "SECRET"));
    assert!(!debug.contains("SECRET"), "{debug}");
    assert!(format!("{:?}", Store::MINIO).contains("\"MinIO\""));
    Ok(())
}

/// Where the region is a part of the host, it is signed as hosts are written. A store about which nothing is known keeps
/// what it was given, and so does one whose host has no region.
///
/// Source: OVHcloud's page says that regions are entered in lower case.
#[test]
fn the_case_of_a_region() -> Result<(), Error> {
    let start_and_scope = |builder: PresignerBuilder| -> Result<(String, String), Error> {
        let presigner = builder.build()?;
        let signed = presigner.presign_at(GetObject::new("a b.png"), DAY, now())?;
        let scope = signed.url().split("%2F").nth(2).expect("a scope").to_owned();
        assert_eq!(presigner.region().as_str(), scope);
        Ok((signed.url().split('?').next().expect("a URL").to_owned(), scope))
    };
    for sample in SAMPLES.iter().filter(|sample| sample.url.contains(sample.scope_region) && sample.account.is_none()) {
        if sample.store == Store::AWS {
            continue;
        }
        let upper = sample.scope_region.to_uppercase();
        let expected = (sample.url.to_owned(), sample.scope_region.to_owned());
        assert_eq!(start_and_scope(sample.builder().region(&upper))?, expected, "{}", sample.store.name());
        let moved = sample.builder().build()?.with_region(&upper)?;
        assert_eq!(moved.region().as_str(), sample.scope_region);
    }
    // The store is the same behind another host.
    let (_, scope) = start_and_scope(builder(Store::OVHCLOUD).endpoint("https://h").region("GRA"))?;
    assert_eq!(scope, "gra");
    for (builder, expected) in [
        (builder(Store::CLOUDFLARE_R2).account("a").region("WNAM"), "WNAM"),
        (builder(Store::MINIO).endpoint("http://h").region("Home"), "Home"),
        (builder(Store::custom("ours").with_endpoint_template("https://{region}.h")).region("Europe"), "Europe"),
        (
            Presigner::builder()
                .endpoint("http://h")
                .credentials(Credentials::new("i", "s")?)
                .bucket("b-1")
                .region("R"),
            "R",
        ),
    ] {
        assert_eq!(start_and_scope(builder)?.1, expected);
    }
    let aws = builder(Store::AWS).region("EU-WEST-1").build().expect_err("no partition has it");
    assert_eq!(aws, Error::UnknownRegion);
    Ok(())
}

/// A region that was copied from an endpoint would give a host that does not exist.
#[test]
fn a_region_with_a_part_of_the_host() -> Result<(), Error> {
    for (store, region, prefix) in [
        (Store::ALIBABA_OSS, "oss-cn-hangzhou", "oss-"),
        (Store::ALIBABA_OSS, "OSS-CN-HANGZHOU", "oss-"),
        (Store::TENCENT_COS, "cos.ap-shanghai", "cos."),
        (Store::VOLCENGINE_TOS, "tos-cn-beijing", "tos-"),
        (Store::VOLCENGINE_TOS, "tos-s3-cn-beijing", "tos-"),
        (Store::HUAWEI_OBS, "obs.cn-north-4", "obs."),
    ] {
        let error = builder(store).region(region).build().expect_err("no such host");
        assert_variant!(error, RegionPrefix { prefix }, "{region}");
    }
    // Of a given endpoint, and of a store of one's own, nothing is known.
    builder(Store::ALIBABA_OSS).endpoint("https://h").region("oss-cn-hangzhou").build()?;
    builder(Store::custom("ours").with_endpoint_template("https://oss-{region}.h")).region("oss-1").build()?;
    builder(Store::TENCENT_COS).region("costa-rica-1").build()?;
    Ok(())
}

/// Hosts that refuse path style get the bucket in the host, also without a profile. With `Path`, the bucket is in the path:
/// buckets of Tencent from before 2024 take it, and those of Tigris from before February 2025.
///
/// Expected values: botocore with the addressing style `virtual`.
#[test]
fn hosts_without_path_style() -> Result<(), Error> {
    let plain = |endpoint: &str| {
        Presigner::builder()
            .endpoint(endpoint)
            .region("ap-shanghai")
            .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid"))
            .bucket("examplebucket-1250000000")
    };
    let host = |builder: PresignerBuilder| -> Result<String, Error> {
        let signed = builder.build()?.presign_at(GetObject::new("a.txt"), DAY, now())?;
        Ok(signed.url().split('?').next().expect("a URL").to_owned())
    };
    for endpoint in [
        "cos.ap-shanghai.myqcloud.com",
        "cos.accelerate.myqcloud.com",
        "oss-cn-hangzhou.aliyuncs.com",
        "s3.oss-cn-hangzhou-internal.aliyuncs.com",
        "tos-s3-cn-beijing.volces.com",
        "tos-s3-cn-beijing.ivolces.com",
        "tos-s3-ap-southeast-1.bytepluses.com",
        "t3.storage.dev",
    ] {
        let expected = format!("https://examplebucket-1250000000.{endpoint}/a.txt");
        let url = format!("https://{endpoint}");
        assert_eq!(host(plain(&url))?, expected);
        assert_eq!(host(plain(&url.to_uppercase().replace("HTTPS", "https")))?, expected);
        assert_eq!(host(plain(&url).addressing_style(AddressingStyle::Auto))?, expected);
        assert_eq!(host(plain(&url).store(Store::custom("ours")))?, expected);
        let path = format!("https://{endpoint}/examplebucket-1250000000/a.txt");
        assert_eq!(host(plain(&url).addressing_style(AddressingStyle::Path))?, path);
        let moved = plain("https://h").build()?.with_endpoint(&url)?.presign_at(GetObject::new("a.txt"), DAY, now())?;
        assert!(moved.url().starts_with(&expected), "{}", moved.url());
    }
    for endpoint in [
        "https://cos.example.com",
        "https://notmyqcloud.com",
        "https://myqcloud.com.example.com",
        "https://s3.gra.io.cloud.ovh.net",
        "https://fra1.digitaloceanspaces.com",
        "http://localhost:9000",
    ] {
        assert_eq!(host(plain(endpoint))?, format!("{endpoint}/examplebucket-1250000000/a.txt"));
    }
    Ok(())
}

/// What a quirk of Supabase advises can be signed.
#[test]
fn an_explicit_unsigned_payload_goes_into_the_query() -> Result<(), Error> {
    let presigner = builder(Store::SUPABASE).account("ref").region("eu-central-1").build()?;
    let head = HeadObject::new("k").query("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
    let delete = DeleteObject::new("k").query("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
    for signed in [presigner.presign_at(head, DAY, now())?, presigner.presign_at(delete, DAY, now())?] {
        assert!(signed.url().contains("&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&"));
        assert_eq!(signed.headers().count(), 0);
    }
    Ok(())
}

#[test]
fn the_data_is_complete() {
    for store in Store::ALL {
        let name = store.name();
        assert!(store.source().is_some_and(|source| source.starts_with("https://")), "{name}");
        if let Some(template) = store.endpoint_template() {
            assert!(template.starts_with("https://"), "{name}");
            let rest = template.replace("{region}", "r").replace("{account}", "a");
            assert!(!rest.contains(['{', '}']), "{name}: {template}");
        }
        if store.post_forms() == PostForms::Unknown {
            assert!(!store.unverified().contains(&StoreFact::PostForms), "{name}: unknown is not a claim");
        }
        for quirk in store.quirks() {
            assert!(quirk.ends_with('.') && quirk.len() <= 120, "{name}: {quirk}");
        }
    }
}

/// An assumption is marked with a question mark.
fn table() -> String {
    let mut table = String::from(
        "| store | `Store::` | endpoint | region | style | longest life | POST forms |\n\
         |---|---|---|---|---|---|---|\n",
    );
    let source = include_str!("../../src/s3/stores.rs");
    let constants =
        source.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.strip_suffix(": Self = Self {"));
    for (store, constant) in Store::ALL.iter().zip(constants) {
        let mark = |fact: StoreFact| if store.unverified().contains(&fact) { " ?" } else { "" };
        let endpoint = match store.endpoint_template() {
            Some(template) => format!("`{template}`"),
            None if *store == Store::AWS => "by region".into(),
            None => "yours".into(),
        };
        let style = match store.addressing_style() {
            AddressingStyle::Auto => "virtual-hosted; path for names that are no DNS label",
            AddressingStyle::VirtualHosted => "virtual-hosted",
            AddressingStyle::Path => "path",
            other => panic!("{other:?}"),
        };
        let longest = match store.max_expires() {
            Duration::MAX => "no limit".into(),
            max => format!("{} days", max.as_secs() / 86_400),
        };
        let post_forms = match store.post_forms() {
            PostForms::Supported => "yes",
            PostForms::NotSupported => "no",
            _ => "unknown",
        };
        writeln!(
            table,
            "| [{}]({}) | `{constant}` | {endpoint}{} | {}{} | {style}{} | {longest}{} | {post_forms}{} |",
            store.name(),
            store.source().expect("a source"),
            mark(StoreFact::Endpoint),
            store.region().map_or_else(|| "yours".into(), |region| format!("`{region}`")),
            mark(StoreFact::Region),
            mark(StoreFact::AddressingStyle),
            mark(StoreFact::MaxExpires),
            mark(StoreFact::PostForms),
        )
        .expect("a String");
    }
    table
}

#[test]
fn the_document_has_the_same_facts() {
    let table = table();
    assert!(DOCUMENT.contains(&format!("\n{table}\n")), "the table in docs/stores.md is not this one:\n{table}");
    for store in Store::ALL {
        let name = store.name();
        let (_, section) =
            DOCUMENT.split_once(&format!("\n### {name}\n")).unwrap_or_else(|| panic!("no section {name}"));
        let section = section.split("\n#").next().unwrap_or_default();
        let quirks: String = store.quirks().iter().map(|quirk| format!("* {quirk}\n")).collect();
        assert!(section.contains("```rust\n"), "no recipe for {name}");
        assert!(section.ends_with(&format!("\n{quirks}")), "the section on {name} has to end with:\n{quirks}");
        assert_eq!(section.matches("\n* ").count(), store.quirks().len(), "{name}");
    }
}

/// The document ends with the rows of the tools that ran, so that they can append one.
#[test]
fn the_document_ends_with_what_was_seen() {
    let (_, rows) =
        DOCUMENT.split_once("\n| date | store | version | what ran |\n|---|---|---|---|\n").expect("a table");
    assert!(rows.ends_with(" |\n"), "another row can be appended");
    for row in rows.lines() {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let ["", day, store, version, what, ""] = cells[..] else { panic!("{row}") };
        assert!(format!("{}T000000Z", day.replace('-', "")).parse::<Timestamp>().is_ok(), "{row}");
        assert!(![store, version, what].contains(&""), "{row}");
    }
}

/// The names of a configuration file are those of the constants.
#[test]
fn stores_by_their_names() {
    let stores = include_str!("../../docs/stores.md");
    for store in Store::ALL {
        assert_eq!(store.id().parse().as_ref(), Ok(store));
        let constant = store.id().replace('-', "_").to_uppercase();
        let row = stores.lines().find(|line| line.contains(&format!("| `{constant}` |")));
        assert!(row.is_some_and(|row| row.starts_with(&format!("| [{}](", store.name()))), "{constant}");
    }
    for unknown in ["", "s3", "AWS", "Amazon S3", "cloudflare_r2", "minio "] {
        assert_eq!(unknown.parse::<Store>(), Err(Error::UnknownStore), "{unknown}");
    }
    let names: Vec<_> = Store::ALL.iter().map(Store::id).collect();
    assert!(Error::UnknownStore.to_string().ends_with(&format!("known are {}", names.join(", "))));
    assert_eq!(Store::custom("our store").id(), "our store");
}
