//! An endpoint is compared with the bucket, the region and the addressing style that were given with it.

use std::time::Duration;

use presign::s3::{AddressingStyle, GetObject, Store};
use presign::{Credentials, EndpointError, EndpointFeature, Error, Presigner, PresignerBuilder};

use AddressingStyle::{Auto, BucketEndpoint, Path, VirtualHosted};

const IN_ENDPOINT: Error = Error::Endpoint(EndpointError::Bucket);
const OTHER_REGION: Error = Error::Endpoint(EndpointError::Region);
const NO_SIGNATURES: Error = Error::Endpoint(EndpointError::NoSignatures);

fn builder() -> PresignerBuilder {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid");
    Presigner::builder().credentials(credentials).region("eu-west-1")
}

/// The URL of `a.txt` without its query, and the region and service that are signed for.
fn signed(builder: PresignerBuilder) -> Result<(String, String), Error> {
    let signed =
        builder.build()?.presign_at(GetObject::new("a.txt"), Duration::from_secs(60), "20240315T081530Z".parse()?)?;
    let (url, query) = signed.url().split_once('?').expect("a query");
    let scope = query.split("%2F").skip(2).take(2).collect::<Vec<_>>().join("/");
    Ok((url.to_owned(), scope))
}

#[test]
fn a_bucket_in_the_endpoint() {
    for (endpoint, bucket) in [
        ("https://media.nyc3.digitaloceanspaces.com", "media"),
        ("https://media.0123456789abcdef.r2.cloudflarestorage.com", "media"),
        ("https://0123456789abcdef.r2.cloudflarestorage.com/media", "media"),
        ("https://0123456789abcdef.r2.cloudflarestorage.com/media/", "media"),
        ("http://localhost:9000/media", "media"),
        ("http://127.0.0.1:9000/media", "media"),
        ("http://media.localhost:9000", "media"),
        ("https://example.com/s3/media", "media"),
        ("https://media.example.com", "media.example.com"),
        ("https://media.example.com:8443", "media.example.com"),
        ("https://MEDIA.example.com", "media"),
        ("https://my.media.s3.example.com", "my.media"),
        ("https://media.s3.eu-west-1.amazonaws.com", "media"),
        ("https://media.s3.amazonaws.com", "media"),
        // The bucket in the host is another one: the object would be `other/a.txt` of `media`.
        ("https://media.s3.eu-west-1.amazonaws.com", "other"),
        // The same with the bucket in the path.
        ("https://s3.eu-west-1.amazonaws.com/media", "media"),
        ("https://s3.eu-west-1.amazonaws.com/media", "other"),
        ("https://s3.eu-west-1.amazonaws.com/media/users", "media"),
        ("https://media.bucket.vpce-1a2b3c4d-5e6f.s3.eu-west-1.vpce.amazonaws.com", "media"),
    ] {
        let builder = builder().endpoint(endpoint).bucket(bucket);
        assert_eq!(signed(builder.clone()), Err(IN_ENDPOINT), "{endpoint} {bucket}");
        assert_eq!(signed(builder.clone().addressing_style(Auto)), Err(IN_ENDPOINT), "{endpoint} {bucket}");
        // Each choice is signed.
        let (url, _) = signed(builder.clone().addressing_style(Path)).expect("a choice");
        assert!(url.ends_with(&format!("/{bucket}/a.txt")), "{url}");
        let (url, _) = signed(builder.bucket(None::<&str>).addressing_style(BucketEndpoint)).expect("a choice");
        assert_eq!(url, format!("{}/a.txt", endpoint.to_lowercase().trim_end_matches('/')));
    }
    let spaces = builder().store(Store::DIGITALOCEAN_SPACES).region("nyc3").bucket("media");
    assert_eq!(signed(spaces.clone().endpoint("https://media.nyc3.digitaloceanspaces.com")), Err(IN_ENDPOINT));
    let r2 = builder().store(Store::CLOUDFLARE_R2).region("auto").account("0123456789abcdef").bucket("media");
    for path in ["other", "media/users"] {
        let endpoint = format!("https://0123456789abcdef.r2.cloudflarestorage.com/{path}");
        assert_eq!(signed(r2.clone().endpoint(endpoint)), Err(IN_ENDPOINT));
    }
    let ceph = builder().store(Store::CEPH_RGW).bucket("tenant:media");
    for endpoint in
        ["https://rgw.example.com/tenant%3Amedia", "https://rgw.example.com/media", "https://media.example.com"]
    {
        assert_eq!(signed(ceph.clone().endpoint(endpoint)), Err(IN_ENDPOINT), "{endpoint}");
    }
    let url = "https://rgw.example.com/tenant%3Amedia/a.txt";
    assert_eq!(signed(ceph.endpoint("https://rgw.example.com")).expect("legal").0, url);
    // Twice in a host of AWS or of the profile is the host of another bucket, so no choice can mean it.
    for endpoint in ["https://media.s3.eu-west-1.amazonaws.com", "https://media.nyc3.digitaloceanspaces.com"] {
        let store = endpoint.contains("ocean").then_some(Store::DIGITALOCEAN_SPACES);
        let region = if store.is_some() { "nyc3" } else { "eu-west-1" };
        let builder = builder().region(region).store(store).endpoint(endpoint).bucket("media");
        assert_eq!(signed(builder.addressing_style(VirtualHosted)), Err(IN_ENDPOINT), "{endpoint}");
    }
    let own = "https://0123456789abcdef.r2.cloudflarestorage.com/";
    assert_eq!(signed(r2.clone().endpoint(own)), signed(r2.clone()));
    let proxy = signed(r2.endpoint("https://files.example.com/users")).expect("legal");
    assert_eq!(proxy.0, "https://files.example.com/users/media/a.txt");
    let nested = spaces.clone().addressing_style(VirtualHosted).endpoint("https://media.gateway.example.com");
    assert_eq!(signed(nested).expect("a choice").0, "https://media.media.gateway.example.com/a.txt");

    let presigner = spaces.clone().endpoint("https://gateway.example.com").build().expect("valid");
    assert_eq!(presigner.with_endpoint("https://media.gateway.example.com").map(drop), Err(IN_ENDPOINT));
    assert_eq!(presigner.with_bucket("gateway").map(drop), Err(IN_ENDPOINT));
}

#[test]
fn an_endpoint_that_only_looks_like_the_bucket() {
    for (endpoint, bucket, url) in [
        ("http://minio:9000", "minio", "http://minio:9000/minio/a.txt"),
        ("http://localhost:9000", "localhost", "http://localhost:9000/localhost/a.txt"),
        ("http://127.0.0.1:9000", "127", "http://127.0.0.1:9000/127/a.txt"),
        ("http://[::1]:9000", "media", "http://[::1]:9000/media/a.txt"),
        ("https://example.com/storage/v1/s3", "media", "https://example.com/storage/v1/s3/media/a.txt"),
        ("https://example.com/media/v1", "media", "https://example.com/media/v1/media/a.txt"),
        ("https://example.com/social-media", "media", "https://example.com/social-media/media/a.txt"),
        ("https://media-store.example.com", "media", "https://media-store.example.com/media/a.txt"),
        ("https://s3.media.example.com", "media", "https://s3.media.example.com/media/a.txt"),
        (
            "https://bucket.vpce-1a2b3c4d-5e6f.s3.eu-west-1.vpce.amazonaws.com",
            "bucket",
            "https://bucket.vpce-1a2b3c4d-5e6f.s3.eu-west-1.vpce.amazonaws.com/bucket/a.txt",
        ),
    ] {
        let (signed, _) = signed(builder().endpoint(endpoint).bucket(bucket)).expect("legal");
        assert_eq!(signed, url);
    }
    // The region may be the first label of the store's endpoint.
    let spaces = builder().store(Store::DIGITALOCEAN_SPACES).region("nyc3").bucket("nyc3");
    let url = "https://nyc3.nyc3.digitaloceanspaces.com/a.txt";
    assert_eq!(signed(spaces.clone()).expect("legal").0, url);
    assert_eq!(signed(spaces.endpoint("https://nyc3.digitaloceanspaces.com")).expect("legal").0, url);
}

#[test]
fn a_host_of_aws_in_another_region() {
    for host in [
        "s3.eu-central-1.amazonaws.com",
        "s3-eu-central-1.amazonaws.com",
        "s3.dualstack.eu-central-1.amazonaws.com",
        "s3-fips.us-east-1.amazonaws.com",
        "s3-fips.dualstack.us-east-1.amazonaws.com",
        "s3.cn-north-1.amazonaws.com.cn",
        "s3.us-gov-west-1.amazonaws.com",
    ] {
        let builder = builder().endpoint(format!("https://{host}")).bucket("media");
        for style in [Auto, Path, VirtualHosted] {
            assert_eq!(signed(builder.clone().addressing_style(style)), Err(OTHER_REGION), "{host}");
        }
    }
    for (host, region) in [
        ("s3.amazonaws.com", "cn-north-1"),
        ("s3.amazonaws.com", "us-gov-west-1"),
        ("s3.amazonaws.com", "auto"),
        ("s3.amazonaws.com", "US-EAST-1"),
        ("s3-external-1.amazonaws.com", "eu-west-1"),
    ] {
        let builder = builder().region(region).endpoint(format!("https://{host}")).bucket("media");
        assert_eq!(signed(builder), Err(OTHER_REGION), "{host} {region}");
    }
    let cname = builder().addressing_style(BucketEndpoint).endpoint("https://media.s3.eu-central-1.amazonaws.com");
    assert_eq!(signed(cname.clone()), Err(OTHER_REGION));
    assert_eq!(signed(cname.region("eu-central-1")).expect("legal").1, "eu-central-1/s3");
    for (host, region) in [
        ("s3.eu-central-1.amazonaws.com", "eu-central-1"),
        // These name no region.
        ("s3.amazonaws.com", "eu-central-1"),
        ("s3-external-1.amazonaws.com", "us-east-1"),
        // Whoever runs this host may sign for any region.
        ("s3.eu-central-1.example.com", "us-east-1"),
        ("s3.eu-central-1.wasabisys.com", "us-east-1"),
    ] {
        let (url, scope) =
            signed(builder().region(region).endpoint(format!("https://{host}")).bucket("media")).expect("legal");
        assert_eq!((url, scope), (format!("https://{host}/media/a.txt"), format!("{region}/s3")));
    }
    let presigner = builder().endpoint("https://s3.eu-west-1.amazonaws.com").bucket("media").build().expect("valid");
    assert_eq!(presigner.with_region("us-east-1").map(drop), Err(OTHER_REGION));
    let arn = "arn:aws:s3:us-east-1:123456789012:accesspoint/media";
    assert_eq!(presigner.with_bucket(arn).map(drop), Err(OTHER_REGION));
}

#[test]
fn a_host_of_transfer_acceleration() {
    for host in ["s3-accelerate.amazonaws.com", "s3-accelerate.dualstack.amazonaws.com"] {
        let builder = builder().endpoint(format!("https://{host}")).bucket("media");
        for style in [Auto, Path] {
            let error = signed(builder.clone().addressing_style(style)).expect_err("dead");
            let is_conflict = matches!(
                error,
                Error::EndpointConflict {
                    feature: EndpointFeature::TransferAcceleration,
                    with: EndpointFeature::PathStyle,
                    ..
                }
            );
            assert!(is_conflict, "{error}");
        }
        let (url, scope) = signed(builder.clone().addressing_style(VirtualHosted)).expect("legal");
        assert_eq!((url, &*scope), (format!("https://media.{host}/a.txt"), "eu-west-1/s3"));
        let bucket_endpoint = builder.bucket(None::<&str>).addressing_style(BucketEndpoint);
        assert!(signed(bucket_endpoint.clone()).is_err());
        let (url, _) = signed(bucket_endpoint.endpoint(format!("https://media.{host}"))).expect("legal");
        assert_eq!(url, format!("https://media.{host}/a.txt"));
    }
}

#[test]
fn a_host_that_reads_no_signatures() {
    for host in [
        "media.s3-website.eu-west-1.amazonaws.com",
        "media.s3-website-eu-west-1.amazonaws.com",
        "eu-west-1.console.aws.amazon.com",
        "pub-0123456789abcdef0123456789abcdef.r2.dev",
        "dash.cloudflare.com",
        "storage.cloud.google.com",
        "cloud.digitalocean.com",
    ] {
        let builder = builder().endpoint(format!("https://{host}"));
        for style in [Auto, Path, VirtualHosted] {
            let builder = builder.clone().bucket("media").addressing_style(style);
            assert_eq!(signed(builder), Err(NO_SIGNATURES), "{host}");
        }
        assert_eq!(signed(builder.addressing_style(BucketEndpoint)), Err(NO_SIGNATURES), "{host}");
    }
    for style in [Auto, BucketEndpoint] {
        let builder =
            builder().endpoint("https://alias.mrap.accesspoint.s3-global.amazonaws.com").addressing_style(style);
        let builder = if style == Auto { builder.bucket("media") } else { builder };
        let result = signed(builder);
        match style {
            _ if cfg!(not(feature = "sigv4a")) => assert_eq!(result, Err(Error::MultiRegionAccessPoint)),
            Auto => assert_eq!(result, Err(Error::Endpoint(EndpointError::Bucket))),
            _ => assert!(result.expect("SigV4A").1.contains("&X-Amz-Region-Set=%2A&")),
        }
    }
    let bucket = builder().region("us-east-1").endpoint("https://s3-website.s3.amazonaws.com");
    assert!(signed(bucket.addressing_style(BucketEndpoint)).is_ok());
    let website = builder().endpoint("https://website.example.com").bucket("media");
    assert!(signed(website).is_ok());
}

#[test]
fn a_name_with_dots_before_a_wildcard_certificate() {
    let bucket = "assets.example.com";
    for (store, region) in [
        (Store::DIGITALOCEAN_SPACES, "nyc3"),
        (Store::OVHCLOUD, "gra"),
        (Store::ALIBABA_OSS, "cn-hangzhou"),
        (Store::TIGRIS, "auto"),
    ] {
        let builder = builder().store(store.clone()).region(region).bucket(bucket);
        assert_eq!(signed(builder.clone()), Err(Error::BucketHasDots), "{}", store.name());
        assert_eq!(signed(builder.clone().addressing_style(Auto)), Err(Error::BucketHasDots));
        let (url, _) = signed(builder.clone().addressing_style(VirtualHosted)).expect("a choice");
        assert!(url.starts_with("https://assets.example.com."), "{url}");
        let (url, _) = signed(builder.clone().addressing_style(Path)).expect("a choice");
        assert!(url.ends_with("/assets.example.com/a.txt"), "{url}");
        // Without TLS there is no certificate.
        let (url, _) = signed(builder.endpoint("http://store.example.net")).expect("legal");
        assert_eq!(url, "http://assets.example.com.store.example.net/a.txt");
    }
    let (url, _) = signed(builder().bucket(bucket)).expect("legal");
    assert_eq!(url, "https://s3.eu-west-1.amazonaws.com/assets.example.com/a.txt");
}

/// The end of the name has a meaning at AWS only.
#[test]
fn a_name_like_that_of_a_directory_bucket() {
    let builder = || builder().bucket("media--use1-az4--x-s3").region("us-east-1");
    let s3 = "us-east-1/s3";
    for (builder, url, scope) in [
        (
            builder(),
            "https://media--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/a.txt",
            "us-east-1/s3express",
        ),
        (
            builder().endpoint("https://s3express-use1-az4.us-east-1.amazonaws.com"),
            "https://media--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/a.txt",
            "us-east-1/s3express",
        ),
        (builder().endpoint("http://minio:9000"), "http://minio:9000/media--use1-az4--x-s3/a.txt", s3),
        (
            builder().endpoint("http://minio:9000").store(Store::MINIO).addressing_style(VirtualHosted),
            "http://media--use1-az4--x-s3.minio:9000/a.txt",
            s3,
        ),
        (builder().store(Store::TIGRIS), "https://media--use1-az4--x-s3.t3.storage.dev/a.txt", s3),
    ] {
        assert_eq!(signed(builder), Ok((url.to_owned(), scope.to_owned())));
    }
    // A profile of AWS with another limit is still one of AWS.
    let aws = builder().store(Store::AWS.with_max_expires(Duration::from_hours(1)));
    assert_eq!(signed(aws).expect("legal").1, "us-east-1/s3express");
    let alibaba = builder().endpoint("https://s3.oss-cn-hangzhou.aliyuncs.com");
    assert_eq!(signed(alibaba).expect("legal").1, s3);
    for suffix in ["--x-s3", "--xa-s3", "--op-s3", ".mrap"] {
        let name = format!("media{suffix}");
        let is_legal = cfg!(feature = "sigv4a") && suffix == ".mrap";
        assert_eq!(signed(builder().bucket(&name)).is_ok(), is_legal, "{name}");
        assert!(signed(builder().bucket(&name).store(Store::MINIO).endpoint("http://minio:9000")).is_ok(), "{name}");
    }
    for elsewhere in ["https://s3.us-east-1.amazonaws.com", "https://s3express-use1-az5.us-east-1.amazonaws.com"] {
        let error = signed(builder().endpoint(elsewhere)).expect_err("dead");
        assert_eq!(error.to_string(), "a directory bucket cannot be combined with a given endpoint");
    }
}

/// Without a profile, by the hosts of stores that refuse path style.
#[test]
fn a_host_that_refuses_path_style() {
    for (host, is_virtual_hosted) in [
        ("cos.ap-shanghai.myqcloud.com", true),
        ("oss-cn-hangzhou.aliyuncs.com", true),
        ("s3.oss-cn-hangzhou.aliyuncs.com", true),
        ("oss-cn-hangzhou-internal.aliyuncs.com", true),
        ("tos-s3-cn-beijing.volces.com", true),
        ("t3.storage.dev", true),
        // Other services of these clouds, behind which may be any store.
        ("alb-0123456789.cn-hangzhou.alb.aliyuncs.com", false),
        ("minio.cn-beijing.volces.com", false),
        ("cos.example.com", false),
    ] {
        let builder = builder().region("x").endpoint(format!("https://{host}")).bucket("media");
        let path = format!("https://{host}/media/a.txt");
        let expected = if is_virtual_hosted { format!("https://media.{host}/a.txt") } else { path.clone() };
        assert_eq!(signed(builder.clone()).expect("legal").0, expected);
        assert_eq!(signed(builder.addressing_style(Path)).expect("a choice").0, path);
    }
}
