//! What the paved path promises beyond the bytes of a URL.

use std::borrow::Cow;
use std::thread;
use std::time::Duration;

use presign::s3::{
    AddressingStyle, GetObject, HeadObject, ListBuckets, ListObjectsV2, Operation, PutObject, S3Request, Store,
};
use presign::sigv4::{Payload, Request, Service, Signer};
use presign::{
    AmzDate, Credentials, Error, Field, Method, PresignedRequest, Presigner, PresignerBuilder, Region, Timestamp,
};

use crate::support::assert_variant;

const LIFE: Duration = Duration::from_secs(900);

fn builder() -> PresignerBuilder {
    builder_without_bucket().bucket("examplebucket")
}

fn builder_without_bucket() -> PresignerBuilder {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    Presigner::builder().credentials(credentials.expect("valid")).region("us-east-1")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn url_start(builder: PresignerBuilder) -> Result<String, Error> {
    let signed = builder.build()?.presign_at(GetObject::new("k"), LIFE, time("20240315T081530Z"))?;
    Ok(signed.url().split('?').next().unwrap_or_default().to_owned())
}

/// The example of the S3 documentation, but for its host, which is not regional.
#[test]
fn the_documentations_signature() -> Result<(), Error> {
    let get = builder()
        .endpoint("https://s3.amazonaws.com")
        .addressing_style(AddressingStyle::VirtualHosted)
        .build()?
        .presign_at(GetObject::new("test.txt"), Duration::from_secs(86_400), time("20130524T000000Z"))?;
    assert_eq!(
        get.url(),
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z\
         &X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    );
    Ok(())
}

#[test]
fn where_the_bucket_stands() -> Result<(), Error> {
    use AddressingStyle::{Auto, BucketEndpoint, Path, VirtualHosted};
    for (style, endpoint, bucket, expected) in [
        (Auto, None, "examplebucket", "https://examplebucket.s3.us-east-1.amazonaws.com/k"),
        (Auto, None, "my.dotted.bucket", "https://s3.us-east-1.amazonaws.com/my.dotted.bucket/k"),
        (Auto, None, "My_Bucket", "https://s3.us-east-1.amazonaws.com/My_Bucket/k"),
        (Auto, None, "a--", "https://s3.us-east-1.amazonaws.com/a--/k"),
        (Auto, Some("http://localhost:9000"), "examplebucket", "http://localhost:9000/examplebucket/k"),
        (Auto, Some("https://[::1]:9000"), "examplebucket", "https://[::1]:9000/examplebucket/k"),
        (Auto, Some("https://gw.example/s3/"), "examplebucket", "https://gw.example/s3/examplebucket/k"),
        (Path, None, "examplebucket", "https://s3.us-east-1.amazonaws.com/examplebucket/k"),
        (VirtualHosted, None, "my.dotted.bucket", "https://my.dotted.bucket.s3.us-east-1.amazonaws.com/k"),
        (VirtualHosted, Some("http://s3.example:9000"), "examplebucket", "http://examplebucket.s3.example:9000/k"),
        (BucketEndpoint, Some("https://Files.Example:443"), "", "https://files.example/k"),
        (BucketEndpoint, Some("https://files.example/base"), "", "https://files.example/base/k"),
    ] {
        let builder = if bucket.is_empty() { builder_without_bucket() } else { builder().bucket(bucket) };
        let builder = builder.addressing_style(style);
        let builder = if let Some(endpoint) = endpoint { builder.endpoint(endpoint) } else { builder };
        assert_eq!(url_start(builder)?, expected);
    }
    Ok(())
}

/// The signatures are those of botocore 1.44.8 for the same URLs.
#[test]
fn buckets_are_listed_at_the_endpoint_of_the_service() -> Result<(), Error> {
    let (now, life) = (time("20240315T081530Z"), Duration::from_secs(900));
    let builder = |region: &str| {
        let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
        Ok::<_, Error>(Presigner::builder().credentials(credentials).region(region.to_owned()).bucket("user-media"))
    };
    let plain =
        ("https://s3.eu-west-1.amazonaws.com/", "a6ea3490cfa84edfa5a035d9dcb6376f1e506900db2ec552f8b23573caa79808");
    for (builder, (url, signature)) in [
        (builder("eu-west-1")?, plain),
        (builder("eu-west-1")?.addressing_style(AddressingStyle::Path), plain),
        (builder("eu-west-1")?.addressing_style(AddressingStyle::VirtualHosted), plain),
        (builder("eu-west-1")?.bucket("a.b"), plain),
        // Which lists no buckets itself.
        (builder("eu-west-1")?.accelerate(true), plain),
        (
            builder("eu-west-1")?.dual_stack(true),
            (
                "https://s3.dualstack.eu-west-1.amazonaws.com/",
                "5fd669eeb64b0c9594a23599c31426e349638b31401172da37cde5c461561acb",
            ),
        ),
        (
            builder("cn-north-1")?,
            (
                "https://s3.cn-north-1.amazonaws.com.cn/",
                "222c3394f9be15284fa66f46c08c74ebc209b72d9e3ec504bd4c9a084427ab2e",
            ),
        ),
        (
            builder("us-east-1")?.endpoint("http://localhost:9000/base"),
            ("http://localhost:9000/base", "c42982254d3773dcdc74c2992cfa311ed538ccd0c22952fa4dacc316ce713bfa"),
        ),
        (
            builder("fra1")?.store(Store::DIGITALOCEAN_SPACES),
            (
                "https://fra1.digitaloceanspaces.com/",
                "900779518edcdef346999dae64d874b68c4648dbc0fbc2e9608c51b3e298539c",
            ),
        ),
    ] {
        let presigner = builder.build()?;
        let signed = presigner.presign_at(ListBuckets::new(), life, now)?;
        assert!(signed.url().starts_with(&format!("{url}?X-Amz-")), "{}", signed.url());
        assert!(signed.url().ends_with(&format!("&X-Amz-Signature={signature}")), "{}", signed.url());
        assert_eq!(presigner.batch_at(life, now)?.presign(ListBuckets::new())?.url(), signed.url());
    }

    let presigner = builder("eu-west-1")?.build()?;
    let operation =
        || ListBuckets::new().max_buckets(10).prefix("a b").continuation_token("t+/=").bucket_region("eu-west-1");
    let signed = presigner.presign_at(operation(), life, now)?;
    let signature = "&X-Amz-Signature=30cf1c56de90ed90d0840588afee4a98233f3189bf470e969953d1d273b1302c";
    assert!(signed.url().ends_with(signature), "{}", signed.url());

    // AWS lists only its own region; of another store nothing is known.
    let elsewhere = operation().bucket_region("us-east-1");
    assert_eq!(presigner.presign_at(&elsewhere, life, now).expect_err("elsewhere"), Error::BucketRegion);
    assert!(presigner.with_endpoint("http://localhost:9000")?.presign_at(&elsewhere, life, now).is_ok());
    assert!(presigner.with_region("us-east-1")?.presign_at(&elsewhere, life, now).is_ok());

    // The endpoint, or the scope, is that of something else.
    let bucket_endpoint = builder_without_bucket()
        .endpoint("https://files.example")
        .addressing_style(AddressingStyle::BucketEndpoint)
        .build()?;
    for presigner in [
        presigner.with_bucket("media--euw1-az1--x-s3")?,
        presigner.with_bucket("arn:aws:s3:eu-west-1:123456789012:accesspoint/media")?,
        presigner.with_bucket("arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/media")?,
        bucket_endpoint,
    ] {
        assert_eq!(presigner.presign_at(ListBuckets::new(), life, now).expect_err("none"), Error::NoServiceEndpoint);
    }
    Ok(())
}

/// The signatures are those of botocore 1.44.8 for `/tenant%3Abucket`.
#[test]
fn a_tenant_of_ceph_is_a_part_of_the_path() -> Result<(), Error> {
    let now = time("20240315T081530Z");
    let ceph = |bucket: &str| builder_without_bucket().endpoint("http://rgw:8080").bucket(bucket);
    for builder in [ceph("tenant:bucket"), ceph("tenant:bucket").store(Store::CEPH_RGW)] {
        let presigner = builder.build()?;
        assert_eq!(presigner.bucket(), Some("tenant:bucket"));
        let get = presigner.presign_at(GetObject::new("a.txt"), LIFE, now)?;
        assert!(get.url().starts_with("http://rgw:8080/tenant%3Abucket/a.txt?"), "{}", get.url());
        assert!(get.url().ends_with("=5a9e478b2ed54e9f14b4c1d15797c38b3466238b85abd9f4bc1a051ce4607f40"));
        let list = presigner.presign_at(ListObjectsV2::new(), LIFE, now)?;
        assert!(list.url().ends_with("=87700958b3c4e742524981f475301e89fbd63223be459e228ec4abbcd997820b"));
        assert_eq!(presigner.object_url("a b.txt")?, "http://rgw:8080/tenant%3Abucket/a%20b.txt");
        assert_eq!(presigner.with_bucket(":bucket")?.object_url("k")?, "http://rgw:8080/%3Abucket/k");
        assert_eq!(presigner.with_bucket("bucket")?.object_url("k")?, "http://rgw:8080/bucket/k");
        // Ceph compares the name without the tenant.
        #[cfg(feature = "post")]
        {
            let form = presigner.presign_post_at(&presign::s3::PostPolicy::new("a.txt"), LIFE, now)?;
            assert_eq!(form.url(), "http://rgw:8080/tenant%3Abucket");
            assert_eq!(form.fields().find(|(name, _)| *name == "bucket"), Some(("bucket", "bucket")));
        }
    }
    let based = ceph("t_1:bucket").endpoint("https://h.example/base").addressing_style(AddressingStyle::Path);
    assert_eq!(based.build()?.object_url("k")?, "https://h.example/base/t_1%3Abucket/k");

    // A host cannot have it, and other stores have no tenants.
    for builder in [
        ceph("tenant:bucket").addressing_style(AddressingStyle::VirtualHosted),
        ceph("tenant:bucket").store(Store::MINIO),
        ceph("tenant:bucket").endpoint("https://s3.us-east-1.amazonaws.com"),
        builder_without_bucket().bucket("tenant:bucket"),
    ] {
        let error = builder.build().expect_err("no tenant");
        assert_variant!(error, InvalidCharacter { field: Field::Bucket, position: 6 });
    }
    for (bucket, position) in [("a/b:bucket", 1), ("tenant:b/c", 1), ("a:bucket:c", 6), ("a%2F:bucket", 1)] {
        assert_variant!(ceph(bucket).build().expect_err(bucket), InvalidCharacter { field: Field::Bucket, position });
    }
    assert_variant!(ceph("tenant:ab").build().expect_err("short"), BucketLength { bytes: 2 });
    assert_eq!(ceph("tenant:").build().expect_err("empty"), Error::Empty(Field::Bucket));
    Ok(())
}

/// The URL of an object is that of a signed request, without the query.
#[test]
fn object_urls_in_every_style() -> Result<(), Error> {
    use AddressingStyle::{BucketEndpoint, Path, VirtualHosted};
    for builder in [
        builder(),
        builder().addressing_style(Path),
        builder().bucket("my.dotted.bucket"),
        builder().dual_stack(true),
        builder().accelerate(true),
        builder().endpoint("http://localhost:9000/base"),
        builder().endpoint("https://s3.example").addressing_style(VirtualHosted),
        builder_without_bucket().endpoint("https://files.example").addressing_style(BucketEndpoint),
        builder().store(Store::DIGITALOCEAN_SPACES).region("fra1"),
        builder().bucket("arn:aws:s3:us-west-2:123456789012:accesspoint/media"),
    ] {
        let presigner = builder.build()?;
        for key in ["a.png", "/a//b c+ü?#%2F.png", "a/...", "\u{1f389}"] {
            let signed = presigner.presign_at(GetObject::new(key), LIFE, time("20240315T081530Z"))?;
            let url = presigner.object_url(key)?;
            assert_eq!(signed.url().split_once('?').map(|(start, _)| start), Some(&*url));
            assert_eq!(url::Url::parse(&url).expect("a URL").as_str(), url);
        }
        assert_eq!(presigner.object_url(""), Err(Error::Empty(Field::Key)));
        assert_eq!(presigner.object_url("a/../b"), Err(Error::DotSegment));
        assert_variant!(presigner.object_url("k".repeat(1_025)).expect_err("long"), KeyTooLong { bytes: 1_025 });
    }
    Ok(())
}

/// What AWS documents for links that a browser opens; the signature is that of botocore 1.44.8.
#[test]
fn a_requester_pays_by_a_parameter() -> Result<(), Error> {
    let presigner = builder().bucket("user-media").build()?;
    let get = GetObject::new("a.txt").query("x-amz-request-payer", "requester");
    let signed = presigner.presign_at(get, LIFE, time("20240315T081530Z"))?;
    assert!(signed.url().contains("&x-amz-request-payer=requester&X-Amz-Signature="), "{}", signed.url());
    assert!(signed.url().ends_with("=d7c2c182891a6922baeee56339c59f7969b1611b8c4c47c00200228a71d8a3b5"));
    assert_eq!(signed.headers().count(), 0);
    Ok(())
}

/// A payload that the server cannot guess is sent along.
#[test]
fn a_payload_of_a_raw_s3_request_is_a_header_to_send() -> Result<(), Error> {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
    let signer = Signer::new(credentials, Region::new("us-east-1")?, Service::s3());
    let request = || Request::new(Method::Put, "https://examplebucket.s3.us-east-1.amazonaws.com");
    let (now, sha256) = (time("20240315T081530Z"), "01".repeat(32));
    let by_payload = signer.presign_at(&request()?.payload(Payload::Sha256([1; 32])), LIFE, now)?;
    let by_header = signer.presign_at(&request()?.header("x-amz-content-sha256", &sha256), LIFE, now)?;
    assert_eq!(by_payload.url(), by_header.url());
    assert_eq!(by_payload.headers().collect::<Vec<_>>(), [("x-amz-content-sha256", sha256.as_str())]);
    assert_eq!(by_header.headers().collect::<Vec<_>>(), [("x-amz-content-sha256", sha256.as_str())]);

    let default = signer.presign_at(&request()?.payload(Payload::Unsigned), LIFE, now)?;
    assert_eq!(default.headers().count(), 0);
    assert_eq!(default.url(), signer.presign_at(&request()?, LIFE, now)?.url());
    Ok(())
}

fn signer_of_the_documentation(region: &str, service: Service) -> Result<Signer, Error> {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
    Ok(Signer::new(credentials, Region::new(region)?, service))
}

/// The signature is that of botocore 1.44.8 for the same headers and this payload line.
#[test]
fn an_unsigned_payload_with_a_trailer_is_signed_in_the_header() -> Result<(), Error> {
    let signer = signer_of_the_documentation("eu-west-1", Service::s3())?;
    let now = time("20240315T081530Z");
    let request = || {
        Ok::<_, Error>(
            Request::new(Method::Put, "https://user-media.s3.eu-west-1.amazonaws.com")?
                .path("/a.txt")
                .header("content-encoding", "aws-chunked")
                .header("x-amz-decoded-content-length", "5")
                .header("x-amz-trailer", "x-amz-checksum-crc32"),
        )
    };
    let line = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    let by_payload = request()?.payload(Payload::StreamingUnsignedPayloadTrailer);
    let by_header = request()?.header("x-amz-content-sha256", line);
    for request in [&by_payload, &by_header] {
        let signed = signer.authorize_at(request, now)?;
        let header = |wanted: &str| signed.headers().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        assert_eq!(header("x-amz-content-sha256"), Some(line));
        let signature = "Signature=2c98ed8bac288488aa126645d013b849f20a3a304bea90d31a90c6ca70aaa2a7";
        assert!(header("authorization").is_some_and(|value| value.ends_with(signature)));
        // S3 takes no such line in a presigned URL.
        assert_eq!(signer.presign_at(request, LIFE, now).expect_err("streaming"), Error::StreamingPayload);
    }
    for line in ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "streaming-unsigned-payload-trailer"] {
        let request = request()?.header("x-amz-content-sha256", line);
        assert_eq!(signer.authorize_at(&request, now).expect_err("unknown"), Error::ContentSha256);
    }
    let both = by_header.payload(Payload::Unsigned);
    assert_eq!(signer.authorize_at(&both, now).expect_err("two lines"), Error::PayloadMismatch);
    let service = Service::new("my-gateway")?.presigned_payload(Payload::StreamingUnsignedPayloadTrailer);
    let signer = signer_of_the_documentation("eu-west-1", service)?;
    let request = Request::new(Method::Get, "https://h.example")?;
    assert_eq!(signer.presign_at(&request, LIFE, now).expect_err("streaming"), Error::StreamingPayload);
    Ok(())
}

/// The signatures are those of awscrt (aws-c-auth), with the header that VPC Lattice needs.
#[test]
fn vpc_lattice_takes_an_unsigned_payload_and_its_header() -> Result<(), Error> {
    let signer = signer_of_the_documentation("us-west-2", Service::new("vpc-lattice-svcs")?)?;
    let (now, life) = (time("20240315T081530Z"), Duration::from_secs(900));
    let endpoint = "https://data-svc-022f67d3a42.1234abc.vpc-lattice-svcs.us-west-2.on.aws";
    let request = || Ok::<_, Error>(Request::new(Method::Post, endpoint)?.path("/a%20b//c").query("x", "1"));
    for request in [
        request()?,
        request()?.payload(Payload::Unsigned),
        request()?.header("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
    ] {
        let presigned = signer.presign_at(&request, life, now)?;
        let signature = "&X-Amz-Signature=78ff94648e6a7a1723ceaf54e6aa829768f895193dafe76d905e10b345974318";
        assert!(presigned.url().ends_with(signature), "{}", presigned.url());
        assert!(presigned.url().contains("&X-Amz-SignedHeaders=host%3Bx-amz-content-sha256&"));
        assert_eq!(presigned.headers().collect::<Vec<_>>(), [("x-amz-content-sha256", "UNSIGNED-PAYLOAD")]);

        let authorized = signer.authorize_at(&request, now)?;
        let header = |wanted: &str| authorized.headers().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        assert_eq!(header("x-amz-content-sha256"), Some("UNSIGNED-PAYLOAD"));
        let signature = "Signature=e6f96f04fb50281e136cf0ddd266b1a95163b27cc33fba99dd285dd6afe90a7a";
        assert!(header("authorization").is_some_and(|value| value.ends_with(signature)));
    }
    for signed in [
        request()?.payload(Payload::Empty),
        request()?.payload(Payload::Sha256([1; 32])),
        request()?.payload(Payload::StreamingUnsignedPayloadTrailer),
        request()?.header("x-amz-content-sha256", "01".repeat(32)),
    ] {
        assert_eq!(signer.authorize_at(&signed, now).expect_err("a signed payload"), Error::UnsignedPayloadRequired);
        assert!(signer.presign_at(&signed, life, now).is_err());
    }
    // Requests without parameters take a shorter way, from the second one on.
    let bare = Request::new(Method::Get, endpoint)?;
    let first = signer.presign_at(&bare, life, now)?;
    assert_eq!(first.url(), signer.presign_at(&bare, life, now)?.url());
    assert!(first.url().contains("&X-Amz-SignedHeaders=host%3Bx-amz-content-sha256&"));
    // Its API for administrators is a service like others.
    let other = signer_of_the_documentation("us-west-2", Service::new("vpc-lattice")?)?;
    assert_eq!(other.presign_at(&bare, life, now)?.headers().count(), 0);
    Ok(())
}

/// Two clients must not disagree about which object a key is.
#[test]
fn no_key_leaves_its_bucket() -> Result<(), Error> {
    let presigner = builder().addressing_style(AddressingStyle::Path).build()?;
    for key in [
        "//evil.example/x",
        "\\\\evil.example\\x",
        "@evil.example",
        "a?X-Amz-Expires=1",
        "a#b",
        "%2e%2e/x",
        "%2E%2E%2Fx",
        "a/%2e./b",
        "...",
        "a/..b/c..",
        " ../x",
        "..\\x",
        "\t..",
        "http://evil.example/",
        "a\r\nHost: evil",
        "\u{ff0e}\u{ff0e}/x",
    ] {
        let signed = presigner.presign_at(GetObject::new(key), LIFE, time("20240315T081530Z"))?;
        let parsed = url::Url::parse(signed.url()).expect("a URL");
        assert_eq!(parsed.as_str(), signed.url());
        assert_eq!(parsed.host_str(), Some("s3.us-east-1.amazonaws.com"), "{key:?}");
        let path = percent_encoding::percent_decode_str(parsed.path()).decode_utf8().expect("UTF-8");
        assert_eq!(path, format!("/examplebucket/{key}"));
        assert_eq!(parsed.query_pairs().count(), 6, "{key:?}");
        assert_eq!(parsed.fragment(), None, "{key:?}");
    }
    for key in ["..", ".", "../x", "a/..", "a/./b", "/../x", "./", "a/../../otherbucket/x"] {
        let error = presigner.presign_at(GetObject::new(key), LIFE, time("20240315T081530Z")).expect_err("dots");
        assert_eq!(error, Error::DotSegment, "{key}");
        let allowed = presigner.presign_at(GetObject::new(key).allow_dot_segments(), LIFE, time("20240315T081530Z"))?;
        let expected = format!("https://s3.us-east-1.amazonaws.com/examplebucket/{key}?");
        assert!(allowed.url().starts_with(&expected), "{key}");
        #[cfg(feature = "url")]
        assert_eq!(allowed.to_url(), Err(Error::UrlRewritten), "{key}");
    }
    Ok(())
}

#[test]
fn every_setter_is_a_header_or_a_parameter() -> Result<(), Error> {
    let put = PutObject::new("k")
        .content_type("text/plain")
        .content_length(12)
        .content_md5("1B2M2Y8AsgTpgAmY7PhCfg==")
        .cache_control("no-store")
        .content_disposition("attachment")
        .content_encoding("gzip")
        .content_language("de")
        .expires(time("20261021T072800Z"))
        .acl("private")
        .storage_class("STANDARD_IA")
        .tagging("a=b")
        .server_side_encryption("aws:kms")
        .ssekms_key_id("arn:aws:kms:us-east-1:1:key/1")
        .expected_bucket_owner("111122223333")
        .if_none_match("*")
        .if_match("\"etag\"")
        .payload_sha256([0xab; 32])
        .metadata("Author", "  Jane   Doe ")
        .header("X-Custom", "1")
        .header("x-custom", "2");
    #[cfg(feature = "checksum")]
    let put = put.checksum(presign::s3::Checksum::Crc32([0xcb, 0xf4, 0x39, 0x26]));
    let signed = builder().build()?.presign_at(&put, LIFE, time("20240315T081530Z"))?;
    let sha256 = "ab".repeat(32);
    let expected = [
        ("cache-control", "no-store"),
        ("content-disposition", "attachment"),
        ("content-encoding", "gzip"),
        ("content-language", "de"),
        ("content-length", "12"),
        ("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
        ("content-type", "text/plain"),
        ("expires", "Wed, 21 Oct 2026 07:28:00 GMT"),
        ("if-match", "\"etag\""),
        ("if-none-match", "*"),
        ("x-amz-acl", "private"),
        #[cfg(feature = "checksum")]
        ("x-amz-checksum-crc32", "y/Q5Jg=="),
        ("x-amz-content-sha256", &sha256),
        ("x-amz-expected-bucket-owner", "111122223333"),
        ("x-amz-meta-author", "Jane   Doe"),
        ("x-amz-server-side-encryption", "aws:kms"),
        ("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:1:key/1"),
        ("x-amz-storage-class", "STANDARD_IA"),
        ("x-amz-tagging", "a=b"),
        ("x-custom", "1,2"),
    ];
    assert_eq!(signed.headers().collect::<Vec<_>>(), expected);
    assert_eq!(signed.method(), Method::Put);
    let request = put.request();
    assert_eq!(request.to_headers(), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));

    let get = GetObject::new("k")
        .version_id("v/1")
        .response_cache_control("no-store")
        .response_content_disposition("inline; filename=\"a b\"")
        .response_content_encoding("gzip")
        .response_content_language("de")
        .response_content_type("text/plain")
        .response_expires(time("20261021T072800Z"))
        .query("x-id", "GetObject")
        .range(0..10)
        .if_match("a")
        .if_none_match("b")
        .if_modified_since(time("20261021T072800Z"))
        .if_unmodified_since(time("20261021T072800Z"));
    let signed = builder().build()?.presign_at(&get, LIFE, time("20240315T081530Z"))?;
    let names: Vec<_> = signed.headers().map(|(name, _)| name).collect();
    assert_eq!(names, ["if-match", "if-modified-since", "if-none-match", "if-unmodified-since", "range"]);
    for parameter in [
        "&response-cache-control=no-store&response-content-disposition=inline%3B%20filename%3D%22a%20b%22\
         &response-content-encoding=gzip&response-content-language=de&response-content-type=text%2Fplain\
         &response-expires=Wed%2C%2021%20Oct%202026%2007%3A28%3A00%20GMT&versionId=v%2F1&x-id=GetObject&X-Amz-Signature=",
        "&X-Amz-SignedHeaders=host%3Bif-match%3Bif-modified-since%3Bif-none-match%3Bif-unmodified-since%3Brange&",
    ] {
        assert!(signed.url().contains(parameter), "{}", signed.url());
    }
    Ok(())
}

#[test]
fn a_setter_replaces_what_it_set_before() -> Result<(), Error> {
    let presigner = builder().build()?;
    let now = time("20240315T081530Z");
    let twice = PutObject::new("k").content_type("a/b").content_type("c/d");
    let once = PutObject::new("k").content_type("c/d");
    assert_eq!(presigner.presign_at(twice, LIFE, now)?.url(), presigner.presign_at(once, LIFE, now)?.url());
    let twice = HeadObject::new("k").version_id("1").version_id("2");
    let once = HeadObject::new("k").version_id("2");
    assert_eq!(presigner.presign_at(twice, LIFE, now)?.url(), presigner.presign_at(once, LIFE, now)?.url());
    Ok(())
}

#[test]
fn an_operation_of_ones_own() -> Result<(), Error> {
    struct Avatar(S3Request<'static>);
    impl Operation for Avatar {
        fn request(&self) -> Cow<'_, S3Request<'_>> {
            Cow::Borrowed(&self.0)
        }
    }
    let avatar = Avatar(S3Request::new(Method::Get).key("avatar.png"));
    let (presigner, now) = (builder().build()?, time("20240315T081530Z"));
    let expected = presigner.presign_at(GetObject::new("avatar.png"), LIFE, now)?.into_url();
    assert_eq!(presigner.presign_at(avatar, LIFE, now)?.url(), expected);
    Ok(())
}

/// Clones, buckets and threads share one signing key; days, credentials and regions do not.
#[test]
fn the_signing_key_is_right_across_midnight_and_threads() -> Result<(), Error> {
    let shared = builder().build()?;
    let midnight = time("20240229T000000Z").unix_seconds();
    let other_credentials = shared.with_credentials(Credentials::new("AKIDOTHER", "other secret")?);
    let other_bucket = shared.with_bucket("otherbucket")?;
    thread::scope(|scope| {
        for offset in 0..4 {
            let (shared, other_credentials, other_bucket) = (&shared, &other_credentials, &other_bucket);
            scope.spawn(move || {
                for step in 0..100 {
                    let now = Timestamp::from_unix_seconds(midnight - 50 + step + offset * 13).expect("in range");
                    let fresh = builder().build().expect("valid");
                    let sign = |presigner: &Presigner| {
                        presigner.presign_at(GetObject::new("k"), LIFE, now).expect("valid").into_url()
                    };
                    assert_eq!(sign(shared), sign(&fresh));
                    assert_eq!(sign(&shared.clone()), sign(&fresh));
                    let fresh_bucket = builder().bucket("otherbucket").build().expect("valid");
                    assert_eq!(sign(other_bucket), sign(&fresh_bucket));
                    let fresh_credentials =
                        builder().credentials(Credentials::new("AKIDOTHER", "other secret").expect("valid")).build();
                    assert_eq!(sign(other_credentials), sign(&fresh_credentials.expect("valid")));
                }
            });
        }
    });
    Ok(())
}

#[test]
fn types_that_services_keep_are_send_and_sync() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Presigner>();
    check::<PresignerBuilder>();
    check::<PresignedRequest>();
    check::<Credentials>();
    check::<Error>();
    check::<AmzDate>();
    check::<GetObject<'static>>();
    check::<presign::s3::Batch<'static>>();
    check::<presign::s3::UploadParts<'static>>();
    check::<Signer>();
    check::<presign::sigv4::SigningKey>();
}

#[test]
fn the_session_token_of_a_directory_bucket() -> Result<(), Error> {
    let now = time("20240315T081530Z");
    let credentials = Credentials::new("ASIAIOSFODNN7EXAMPLE", "secret")?.with_session_token("token+1")?;
    let builder = builder_without_bucket().credentials(credentials).bucket("media--use1-az4--x-s3");
    let session = builder.clone().build()?;
    let url = session.presign_at(GetObject::new("k"), LIFE, now)?.into_url();
    assert!(url.starts_with("https://media--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/k?"));
    assert!(url.contains("%2Fs3express%2Faws4_request&") && url.contains("&X-Amz-S3session-Token=token%2B1&"), "{url}");

    let ordinary = builder.session_auth(false).build()?;
    let url = ordinary.presign_at(GetObject::new("k"), LIFE, now)?.into_url();
    assert!(url.contains("%2Fs3express%2Faws4_request&") && url.contains("&X-Amz-Security-Token=token%2B1&"), "{url}");

    // Back at an ordinary bucket, service and token are ordinary again.
    let url = session.with_bucket("examplebucket")?.presign_at(GetObject::new("k"), LIFE, now)?.into_url();
    assert!(url.contains("%2Fs3%2Faws4_request&") && url.contains("&X-Amz-Security-Token=token%2B1&"), "{url}");
    Ok(())
}

#[test]
fn an_arn_is_signed_for_its_own_region() -> Result<(), Error> {
    let now = time("20240315T081530Z");
    let presigner = builder().build()?.with_bucket("arn:aws:s3:eu-west-1:123456789012:accesspoint/media")?;
    let url = presigner.presign_at(GetObject::new("k"), LIFE, now)?.into_url();
    assert!(url.starts_with("https://media-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/k?"), "{url}");
    assert!(url.contains("%2F20240315%2Feu-west-1%2Fs3%2Faws4_request&"), "{url}");
    // The region of the presigner is still its own.
    let url = presigner.with_bucket("examplebucket")?.presign_at(GetObject::new("k"), LIFE, now)?.into_url();
    let expected = builder().build()?.presign_at(GetObject::new("k"), LIFE, now)?.into_url();
    assert_eq!(url, expected);
    Ok(())
}

/// Suffixes that mean something at AWS are ordinary names elsewhere.
#[test]
fn names_of_buckets_at_other_stores() -> Result<(), Error> {
    for bucket in ["media--usw2-az1--x-s3", "media--x-s3", "media--op-s3"] {
        let builder = builder().endpoint("http://minio:9000").bucket(bucket);
        assert_eq!(url_start(builder)?, format!("http://minio:9000/{bucket}/k"));
    }
    Ok(())
}

/// At the root of a store, the first segment of a key would be a bucket.
#[test]
fn a_profile_cannot_make_its_store_a_bucket() {
    let profile = Store::custom("ours")
        .with_endpoint_template("https://store.example")
        .with_addressing_style(AddressingStyle::BucketEndpoint);
    let builder = builder_without_bucket().store(profile);
    assert_eq!(builder.clone().build().err(), Some(Error::Missing(Field::Endpoint)));
    assert!(builder.endpoint("https://files.example").build().is_ok());
}
