//! The address that clients see may differ from the one that is signed: nothing in a URL but its start changes.

use std::time::Duration;

use presign::s3::{
    AbortMultipartUpload, AddressingStyle, CompleteMultipartUpload, CopyObject, CopySource, CreateBucket,
    CreateMultipartUpload, DeleteBucket, DeleteObject, DeleteObjects, GetObject, GetObjectAttributes, GetObjectTagging,
    HeadBucket, HeadObject, ListBuckets, ListMultipartUploads, ListObjectVersions, ListObjectsV2, ListParts,
    MultipartPlan, ObjectAttributes, Operation, PutObject, PutObjectTagging, RestoreObject, S3Request, Store,
    UploadPart, UploadPartCopy,
};
use presign::{Credentials, Error, Method, Presigner, PresignerBuilder, Timestamp};

const LIFE: Duration = Duration::from_secs(900);

/// As they are given, and as URLs start with them.
const BASES: [(&str, &str); 6] = [
    ("https://example.com/minio", "https://example.com/minio"),
    ("https://example.com/minio/", "https://example.com/minio"),
    ("HTTP://Files.Example:80", "http://files.example"),
    ("https://files.example:8443/a/b%20c", "https://files.example:8443/a/b%20c"),
    ("http://[2001:DB8::1]:9000", "http://[2001:db8::1]:9000"),
    ("https://192.0.2.1", "https://192.0.2.1"),
];

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn builder() -> PresignerBuilder {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    Presigner::builder().credentials(credentials.expect("valid")).region("us-east-1")
}

/// Builders of every addressing style, and the origin of what each signs.
fn places() -> [(PresignerBuilder, &'static str); 9] {
    let token = || Credentials::new("ASIAEXAMPLE", "secret").and_then(|it| it.with_session_token("token/+="));
    [
        (builder().bucket("user-media").endpoint("https://example.com"), "https://example.com"),
        (builder().bucket("user-media").endpoint("http://minio:9000/storage/v1"), "http://minio:9000"),
        (builder().bucket("user-media"), "https://user-media.s3.us-east-1.amazonaws.com"),
        (
            builder().bucket("user-media").credentials(token().expect("valid")).signing_window(LIFE),
            "https://user-media.s3.us-east-1.amazonaws.com",
        ),
        (builder().bucket("user-media").accelerate(true), "https://user-media.s3-accelerate.amazonaws.com"),
        (builder().bucket("dotted.bucket"), "https://s3.us-east-1.amazonaws.com"),
        (
            builder().bucket("arn:aws:s3:us-west-2:123456789012:accesspoint/media"),
            "https://media-123456789012.s3-accesspoint.us-west-2.amazonaws.com",
        ),
        (
            builder()
                .bucket("user-media")
                .store(Store::MINIO)
                .endpoint("http://minio:9000")
                .addressing_style(AddressingStyle::VirtualHosted),
            "http://user-media.minio:9000",
        ),
        (
            builder().endpoint("https://origin.example").addressing_style(AddressingStyle::BucketEndpoint),
            "https://origin.example",
        ),
    ]
}

/// Compares the URLs of a presigner with those of one with a published endpoint.
struct Pair {
    signed: Presigner,
    published: Presigner,
    /// What the URLs start with.
    starts: [&'static str; 2],
}

impl Pair {
    fn all() -> Result<Vec<Self>, Error> {
        let mut pairs = Vec::new();
        for (builder, origin) in places() {
            for (given, base) in BASES {
                pairs.push(Self {
                    signed: builder.clone().build()?,
                    published: builder.clone().published_endpoint(given).build()?,
                    starts: [origin, base],
                });
            }
        }
        Ok(pairs)
    }

    #[track_caller]
    fn compare(&self, signed: &str, published: &str) {
        let rest = [(signed, self.starts[0]), (published, self.starts[1])]
            .map(|(url, start)| url.strip_prefix(start).unwrap_or_else(|| panic!("{url} does not start with {start}")));
        assert_eq!(rest[0], rest[1]);
        assert!(rest[0].starts_with('/'), "{}", rest[0]);
    }

    fn check(&self, operation: impl Operation) -> Result<(), Error> {
        let [one, other] = [&self.signed, &self.published].map(|it| it.presign_at(&operation, LIFE, now()));
        let (one, other) = (one?, other?);
        self.compare(one.url(), other.url());
        assert!(one.headers().eq(other.headers()));
        assert_eq!((one.method(), one.expires_at()), (other.method(), other.expires_at()));

        // Every way to the URL, and with what the thread or the batch has learned from the other presigner's.
        let batch = self.published.batch_at(LIFE, now())?;
        for _ in 0..2 {
            let [mut first, mut second, mut third] = [const { String::new() }; 3];
            self.signed.presign_into_at(&mut first, &operation, LIFE, now())?;
            self.published.presign_into_at(&mut second, &operation, LIFE, now())?;
            batch.presign_into(&mut third, &operation)?;
            assert_eq!([first.as_str(), &second, &third], [one.url(), other.url(), other.url()]);
            assert_eq!(batch.presign(&operation)?.url(), other.url());
        }

        let [one, other] = [&self.signed, &self.published].map(|it| it.explain_at(&operation, LIFE, now()));
        let (one, other) = (one?, other?);
        assert_eq!(one.canonical_request(), other.canonical_request());
        assert_eq!(one.string_to_sign(), other.string_to_sign());
        Ok(())
    }
}

/// Every operation that has a type.
#[test]
fn only_the_start_of_a_url_changes() -> Result<(), Error> {
    let source = || CopySource::new("other", "a b/ü");
    for pair in Pair::all()? {
        for key in ["a.txt", "a b+c%2F~ü.txt", "a//b", "/", "?#&="] {
            pair.check(GetObject::new(key))?;
            pair.check(GetObject::new(key).version_id("1").query("a", "b c").header("range", "bytes=0-1"))?;
            pair.check(HeadObject::new(key))?;
            pair.check(PutObject::new(key).content_type("image/png").content_length(7).metadata("a", "b"))?;
            pair.check(DeleteObject::new(key))?;
            let [one, other] = [&pair.signed, &pair.published].map(|it| it.object_url(key));
            pair.compare(&one?, &other?);
        }
        pair.check(CopyObject::new("k", source()?))?;
        pair.check(GetObjectAttributes::new("k", [ObjectAttributes::ETag]))?;
        pair.check(GetObjectTagging::new("k"))?;
        pair.check(PutObjectTagging::new("k"))?;
        pair.check(RestoreObject::new("k"))?;
        pair.check(CreateMultipartUpload::new("k"))?;
        pair.check(UploadPart::new("k", "u", 3))?;
        pair.check(UploadPartCopy::new("k", "u", 3, source()?))?;
        pair.check(CompleteMultipartUpload::new("k", "u"))?;
        pair.check(AbortMultipartUpload::new("k", "u"))?;
        pair.check(ListParts::new("k", "u"))?;
        pair.check(ListMultipartUploads::new())?;
        pair.check(ListObjectsV2::new().prefix("a b/"))?;
        pair.check(ListObjectVersions::new())?;
        pair.check(DeleteObjects::new())?;
        pair.check(HeadBucket::new())?;
        pair.check(CreateBucket::new())?;
        pair.check(DeleteBucket::new())?;
        pair.check(S3Request::new(Method::Get).query("acl", ""))?;
    }
    Ok(())
}

#[test]
fn parts() -> Result<(), Error> {
    let plan = MultipartPlan::with_part_size(5_242_880 * 11 + 9, 5_242_880)?;
    for pair in Pair::all()? {
        let [mut one, mut other] =
            [&pair.signed, &pair.published].map(|it| it.upload_parts_at("a b", "&partNumber=1", &plan, LIFE, now()));
        let by_item = other.clone();
        for item in by_item {
            let [mut signed, mut published] = [const { String::new() }; 2];
            let part = one.next_into(&mut signed).expect("a part")?;
            assert_eq!(other.next_into(&mut published).expect("a part")?, part);
            pair.compare(&signed, &published);
            assert_eq!(item?.1.url(), published);
        }
    }
    Ok(())
}

#[cfg(feature = "post")]
#[test]
fn forms_and_grants() -> Result<(), Error> {
    use presign::s3::{PostPolicy, Upload};

    let policy = PostPolicy::new("a b/ü").bucket("user-media").content_length_range(1..=9);
    let upload = Upload::new("a b/ü", "image/png", 9).size(5);
    for pair in Pair::all()? {
        let [one, other] = [&pair.signed, &pair.published].map(|it| it.presign_post_at(&policy, LIFE, now()));
        let (one, other) = (one?, other?);
        pair.compare(one.url(), other.url());
        assert!(one.fields().eq(other.fields()));
        assert_eq!(one.expires_at(), other.expires_at());
        let [one, other] = [&pair.signed, &pair.published].map(|it| it.grant_upload_at(&upload, LIFE, now()));
        match (one, other) {
            (Ok(one), Ok(other)) => {
                assert_eq!(one.method(), other.method());
                pair.compare(one.url(), other.url());
            }
            // Without a bucket there is no form.
            (one, other) => assert_eq!(one.err(), other.err()),
        }
    }
    Ok(())
}

/// By botocore, for `https://example.com`: the proxy strips `/minio`.
#[test]
fn a_proxy_that_strips_a_path() -> Result<(), Error> {
    let presigner = builder()
        .bucket("user-media")
        .endpoint("https://example.com")
        .published_endpoint("https://example.com/minio")
        .build()?;
    assert_eq!(
        presigner.presign_at(GetObject::new("a.txt"), LIFE, now())?.url(),
        "https://example.com/minio/user-media/a.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240315%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20240315T081530Z\
         &X-Amz-Expires=900&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=1b3ba6d4ac28d25a510d19e243b1b22a1aa14d6eefcadf04a00214df1fe44d9b"
    );
    Ok(())
}

#[test]
fn it_is_kept_and_can_be_left_out() -> Result<(), Error> {
    let given = builder().bucket("user-media").published_endpoint("https://CDN.example:443/").build()?;
    assert_eq!(given.published_endpoint(), Some("https://cdn.example"));
    assert_eq!(given.endpoint(), None);
    let derived = [
        given.with_bucket("other-bucket")?,
        given.with_region("eu-west-1")?,
        given.with_endpoint("http://minio:9000")?,
        given.with_credentials(Credentials::new("id", "secret")?),
    ];
    for presigner in derived {
        assert_eq!(presigner.published_endpoint(), Some("https://cdn.example"));
        let url = presigner.presign_at(GetObject::new("a"), LIFE, now())?.into_url();
        assert!(url.starts_with("https://cdn.example/"), "{url}");
    }
    let none =
        builder().bucket("user-media").published_endpoint("https://h").published_endpoint(None::<&str>).build()?;
    assert_eq!(none.published_endpoint(), None);
    let url = none.presign_at(GetObject::new("a"), LIFE, now())?.into_url();
    assert!(url.starts_with("https://user-media.s3.us-east-1.amazonaws.com/a?"), "{url}");
    Ok(())
}

/// The rules for a base are those for an endpoint.
#[test]
fn what_is_no_base() {
    for text in [
        "",
        "cdn.example",
        "wss://h",
        "ftp://h",
        "https://",
        "https://u:p@h",
        "https://h?a=b",
        "https://h/a#b",
        "https://h:0",
        "https://h/a b",
        "https://h/a/../b",
        "https://h/a//b",
        "https://h/a%2Fb",
        "https://h\r\n",
    ] {
        let error = builder().bucket("user-media").published_endpoint(text).build().expect_err(text);
        let as_endpoint = builder().bucket("user-media").endpoint(text).build().expect_err(text);
        match (error, as_endpoint) {
            (Error::PublishedEndpoint(one), Error::Endpoint(other)) => assert_eq!(one, other, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

/// Only in path style is the published endpoint also that of the whole store.
#[test]
fn buckets_are_listed_at_the_published_endpoint_of_a_store() -> Result<(), Error> {
    let path_style = ["https://example.com", "http://minio:9000"];
    for pair in Pair::all()? {
        if path_style.contains(&pair.starts[0]) {
            pair.check(ListBuckets::new())?;
        } else {
            assert_eq!(pair.published.presign_at(ListBuckets::new(), LIFE, now()), Err(Error::NoServiceEndpoint));
        }
    }
    Ok(())
}
