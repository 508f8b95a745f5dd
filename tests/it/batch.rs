//! Batches sign as the presigner signs one by one, which is what everything else is tested with.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use presign::s3::{
    AddressingStyle, CreateBucket, DeleteObject, GetObject, HeadObject, ListObjectsV2, MultipartPlan, Operation,
    PutObject, UploadPart,
};
use presign::sigv4::{PathEncoding, PathNormalization, Payload, Service, SessionTokenPlacement};
use presign::{Credentials, Error, Presigner, PresignerBuilder, Timestamp};

use crate::support::assert_variant;

const LIFE: Duration = Duration::from_secs(900);

fn now() -> Timestamp {
    "20240315T235959Z".parse().expect("a time")
}

fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid credentials")
}

fn builder(credentials: Credentials) -> PresignerBuilder {
    Presigner::builder().credentials(credentials).region("eu-west-1")
}

/// Presigners that differ in everything that a signature depends on.
fn presigners() -> Result<Vec<Presigner>, Error> {
    let temporary = credentials()
        .with_session_token("IQoJb3JpZ2luX2Vj/+==")?
        .with_expiration(now().checked_add(Duration::from_secs(60))?);
    let service = || Service::new("my-gateway").map(|service| service.presigned_payload(Payload::Empty));
    let twice = service()?.path_encoding(PathEncoding::Twice).path_normalization(PathNormalization::Normalize);
    let appended = Service::s3().session_token_placement(SessionTokenPlacement::AppendedAfterSigning);
    [
        builder(credentials()).bucket("user-media"),
        builder(temporary.clone()).bucket("user-media"),
        builder(temporary.clone()).bucket("user-media").service(appended),
        builder(temporary).bucket("media--euw1-az1--x-s3"),
        builder(credentials()).bucket("user-media").endpoint("http://[::1]:9000/base"),
        builder(credentials()).endpoint("https://media.example.com").addressing_style(AddressingStyle::BucketEndpoint),
        builder(credentials()).bucket("user-media").service(twice),
        builder(credentials()).bucket("user-media").signing_window(Duration::from_secs(3_600)),
    ]
    .into_iter()
    .map(PresignerBuilder::build)
    .collect()
}

fn check(presigner: &Presigner, operation: impl Operation) {
    let one = presigner.presign_at(&operation, LIFE, now());
    let batch = presigner.batch_at(LIFE, now()).expect("valid");
    for _ in 0..2 {
        let mut buffer = String::from("before ");
        let appended = batch.presign_into(&mut buffer, &operation);
        match (&one, batch.presign(&operation)) {
            (Ok(one), Ok(other)) => {
                assert_eq!(other.url(), one.url());
                assert_eq!(other.method(), one.method());
                assert!(other.headers().eq(one.headers()));
                assert_eq!((other.expires_at(), batch.expires_at()), (one.expires_at(), one.expires_at()));
                assert_eq!((appended, buffer), (Ok(one.expires_at()), ["before ", one.url()].concat()));
            }
            (Err(one), Err(other)) => {
                assert_eq!(&other, one);
                assert_eq!((appended.as_ref(), &*buffer), (Err(one), "before "));
            }
            (one, other) => panic!("{one:?} {other:?}"),
        }
    }
}

#[test]
fn as_one_by_one() -> Result<(), Error> {
    for presigner in presigners()? {
        for key in
            ["a", "photos/2024/summer trip.jpeg", "ä//+?#%&=日本", "../b", "", &"k".repeat(1_024), &"k".repeat(1_025)]
        {
            check(&presigner, GetObject::new(key));
            check(&presigner, HeadObject::new(key));
            check(&presigner, DeleteObject::new(key).version_id("1"));
            check(&presigner, GetObject::new(key).query("A", "b c").query("X-Amz-B", "1").query("a", ""));
            check(&presigner, PutObject::new(key).content_type("image/png").content_length(7).metadata("A", " b  c "));
            check(&presigner, PutObject::new(key).header("x-amz-date", "1"));
        }
        check(&presigner, ListObjectsV2::new().prefix("a b/"));
        check(&presigner, CreateBucket::new());
    }
    Ok(())
}

/// Six headers and six parameters, one after the other in all places: more than are kept without an allocation.
#[test]
fn any_number_of_headers_and_parameters_in_any_order() -> Result<(), Error> {
    let presigner = builder(credentials()).bucket("user-media").build()?;
    let names = ["content-type", "x-amz-meta-b", "a", "x-amz-meta-a", "host-2", "x-amz-meta-b", "z"];
    for start in 0..names.len() {
        for count in 0..names.len() {
            let mut put = PutObject::new("key");
            for (position, name) in names.iter().cycle().skip(start).take(count).enumerate() {
                put = put.header(*name, position.to_string()).query(*name, position.to_string());
            }
            check(&presigner, &put);
            let signed = presigner.presign_at(&put, LIFE, now())?;
            let headers: Vec<_> = signed.headers().map(|(name, _)| name).collect();
            assert!(headers.is_sorted(), "{headers:?}");
            assert_eq!(signed.headers().map(|(_, value)| value.split(',').count()).sum::<usize>(), count);
        }
    }
    Ok(())
}

#[test]
fn parts_with_any_number_of_digits() -> Result<(), Error> {
    let plan = MultipartPlan::with_part_size(5_242_880 * 1_100 + 9, 5_242_880)?;
    for presigner in presigners()? {
        let key = "&partNumber=7/content-length:8";
        let mut parts = presigner.upload_parts_at(key, "&partNumber=1", &plan, LIFE, now());
        let mut buffer = String::new();
        for number in 1..=1_101 {
            buffer.clear();
            let part = parts.next_into(&mut buffer).expect("a part")?;
            let operation = UploadPart::new(key, "&partNumber=1", number).content_length(part.content_length());
            if [1, 2, 9, 10, 11, 99, 100, 1_000, 1_100, 1_101].contains(&number) {
                assert_eq!(buffer, presigner.presign_at(operation, LIFE, now())?.url(), "{number}");
            }
        }
        assert!(parts.next_into(&mut buffer).is_none());
    }
    Ok(())
}

#[test]
fn a_batch_has_one_identity() -> Result<(), Error> {
    let asked = AtomicU32::new(0);
    let rotating = move || {
        let number = asked.fetch_add(1, Ordering::Relaxed);
        Credentials::new(format!("AKIA{number}"), format!("secret{number}"))
    };
    let presigner =
        Presigner::builder().credentials_provider(rotating).region("eu-west-1").bucket("user-media").build()?;
    let batch = presigner.batch_at(LIFE, now())?;
    assert!(batch.presign(GetObject::new("a"))?.url().contains("X-Amz-Credential=AKIA0%2F"));
    assert!(presigner.presign_at(GetObject::new("a"), LIFE, now())?.url().contains("X-Amz-Credential=AKIA1%2F"));
    let fixed = builder(Credentials::new("AKIA0", "secret0")?).bucket("user-media").build()?;
    let one = fixed.presign_at(GetObject::new("a"), LIFE, now())?;
    assert_eq!(batch.presign(GetObject::new("a"))?.url(), one.url());
    Ok(())
}

#[test]
fn what_is_wrong_with_the_instant_is_found_at_once() -> Result<(), Error> {
    let presigner = builder(credentials().with_expiration(now())).bucket("user-media").build()?;
    let expired = presigner.batch_at(LIFE, now()).expect_err("expired credentials");
    assert_variant!(expired, CredentialsExpired { expired_at: now(), signed_at: now() });
    assert_eq!(presigner.batch_at(Duration::ZERO, "20240315T235958Z".parse()?).err(), Some(Error::ExpiresTooShort));
    Ok(())
}
