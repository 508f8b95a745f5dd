//! The tasks of `docs/coming-from.md`: for the same input, the crates of that page sign the same request.
//!
//! The signatures are the output of rusty-s3 0.11.0, aws-sdk-s3 1.157.0 and `object_store` 0.14.2, run with the code of
//! the page as of `NOW`. `object_store` takes no clock: it ran at `OBJECT_STORE_NOW`. A signature covers method, host,
//! path, query and signed headers, so the requests are the same. The first 16 of its 64 digits are enough.

use std::time::Duration;

use presign::s3::{
    AddressingStyle, CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, DeleteObject, EncodingType,
    GetObject, ListObjectsV2, MultipartPlan, Operation, PutObject, S3Request, UploadPart,
};
use presign::{Credentials, Error, Method, PresignedRequest, Presigner, PresignerBuilder, Timestamp};

use crate::support::assert_variant;

const NOW: &str = "20240315T081530Z";
const OBJECT_STORE_NOW: &str = "20261127T022200Z";
const KEY: &str = "users/42/avatar.png";
const VIDEO: &str = "videos/42.mp4";
const UPLOAD_ID: &str = "VXBsb2FkIElE";
const QUARTER: Duration = Duration::from_secs(900);
const DAY: Duration = Duration::from_secs(86_400);

fn credentials() -> Result<Credentials, Error> {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
}

fn temporary() -> Result<Credentials, Error> {
    credentials()?.with_session_token("IQoJb3JpZ2luX2Vj//8=")
}

fn aws() -> Result<PresignerBuilder, Error> {
    Ok(Presigner::builder().credentials(credentials()?).region("eu-west-1").bucket("user-media"))
}

fn minio() -> Result<Presigner, Error> {
    Presigner::builder()
        .credentials(Credentials::new("minioadmin", "minioadmin")?)
        .region("us-east-1")
        .endpoint("http://localhost:9000")
        .bucket("user-media")
        .build()
}

fn link() -> GetObject<'static> {
    GetObject::new(KEY)
}

fn upload() -> PutObject<'static> {
    PutObject::new(KEY).content_type("image/png")
}

fn delete() -> DeleteObject<'static> {
    DeleteObject::new(KEY)
}

fn list() -> ListObjectsV2<'static> {
    ListObjectsV2::new().prefix("users/42/")
}

fn part() -> UploadPart<'static> {
    UploadPart::new(VIDEO, UPLOAD_ID, 1)
}

fn signed(presigner: &Presigner, operation: impl Operation) -> Result<PresignedRequest, Error> {
    presigner.presign_at(operation, QUARTER, NOW.parse()?)
}

fn check(cases: impl IntoIterator<Item = (&'static str, PresignedRequest)>) {
    for (signature, ours) in cases {
        assert!(ours.url().contains(&format!("&X-Amz-Signature={signature}")), "{signature}: {}", ours.url());
    }
}

#[test]
fn rusty_s3_signs_the_same() -> Result<(), Error> {
    let s3 = aws()?.build()?;
    let rotating = aws()?.credentials_provider(temporary).build()?;
    let global = aws()?.endpoint("https://s3.amazonaws.com").addressing_style(AddressingStyle::VirtualHosted);
    let global = global.region("us-east-1").build()?;
    // `CreateMultipartUpload` has `uploads=` here.
    let create = S3Request::new(Method::Post).key(VIDEO).query("uploads", "1");
    check([
        ("3e4acc8de149c755", signed(&s3, link())?),
        ("ea4c73ee2fe47169", signed(&s3, upload())?),
        ("068a0a54efedc2a3", s3.presign_at(link(), DAY, NOW.parse()?)?),
        ("6f06c53a3aee2ffb", signed(&s3, list().encoding_type(EncodingType::Url))?),
        ("776a6f108f7a8841", signed(&s3, delete())?),
        ("f133ff11ba0714d6", signed(&s3, create)?),
        ("43933d2c240a5562", signed(&s3, part())?),
        ("1a7d08b4d7a7e30e", signed(&s3, CompleteMultipartUpload::new(VIDEO, UPLOAD_ID))?),
        ("dee9081993ae7967", signed(&minio()?, link())?),
        ("39ce67c40d79173b", signed(&rotating, link())?),
        ("b796978d870f4cbb", signed(&global, link())?),
        ("9f88655d8ae92e8b", signed(&s3, PutObject::new(KEY).content_length(5))?),
        ("0da9747ae73d0dfd", signed(&s3, GetObject::new("/a"))?),
        ("7b517fb59ee95b84", signed(&s3, GetObject::new("a/"))?),
        ("cc0946448f3be391", signed(&s3, GetObject::new("a//b"))?),
        ("acb309787c295080", signed(&s3, GetObject::new("é~"))?),
    ]);
    Ok(())
}

#[test]
fn aws_sdk_s3_signs_the_same_and_its_x_id() -> Result<(), Error> {
    let s3 = aws()?.build()?;
    let link = link().query("x-id", "GetObject");
    check([
        ("6035fd6df16e023f", signed(&s3, &link)?),
        ("147e562954c3a80b", signed(&s3, upload().query("x-id", "PutObject"))?),
        ("331e2487ce6f92ab", s3.presign_at(&link, DAY, NOW.parse()?)?),
        ("3a82886955b3dd43", signed(&s3, delete().query("x-id", "DeleteObject"))?),
        ("6923fcaaa9cb3551", signed(&s3, part().query("x-id", "UploadPart"))?),
        ("21b029a052a1b88c", signed(&minio()?, &link)?),
        ("0f729331da2dba27", signed(&s3.with_credentials(temporary()?), &link)?),
        ("ed3dbd9069a4d849", signed(&s3.with_region("us-east-1")?, &link)?),
    ]);
    Ok(())
}

#[test]
fn object_store_signs_the_same() -> Result<(), Error> {
    let signed = |presigner: &Presigner, operation: &dyn Operation| {
        presigner.presign_at(operation, QUARTER, OBJECT_STORE_NOW.parse()?)
    };
    let s3 = aws()?.build()?;
    let path_style = aws()?.addressing_style(AddressingStyle::Path).build()?;
    check([
        ("3e546f897649ca62", signed(&s3, &link())?),
        ("7f9f71f496f776b4", signed(&s3, &upload())?),
        ("cf6f008dd46b9815", signed(&s3, &list())?),
        ("9cb29aba3ba660c8", signed(&s3, &delete())?),
        ("fb18f24c31964433", signed(&s3, &part())?),
        ("9d11fcd818739368", signed(&minio()?, &link())?),
        ("98bcb976ce1ecb67", signed(&path_style, &link())?),
        ("a6615769e27c9a33", signed(&path_style.with_credentials(temporary()?), &link())?),
    ]);
    Ok(())
}

#[test]
fn the_result_lists_the_headers_to_send() -> Result<(), Error> {
    let s3 = aws()?.build()?;
    let headers = |signed: &PresignedRequest| {
        signed.headers().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>()
    };
    let put = signed(&s3, upload())?;
    assert_eq!((put.method(), headers(&put)), (Method::Put, vec!["content-type: image/png".into()]));
    assert_eq!(headers(&signed(&s3, link())?), [""; 0]);
    // The name in any case, as those who come from rusty-s3 have to write it in lowercase.
    let other_case = PutObject::new(KEY).header("Content-Type", "image/png");
    assert_eq!(signed(&s3, other_case)?.url(), put.url());
    Ok(())
}

#[test]
fn a_multipart_upload_from_start_to_end() -> Result<(), Error> {
    let s3 = aws()?.build()?;
    let create = signed(&s3, CreateMultipartUpload::new(VIDEO))?;
    assert!(create.method() == Method::Post && create.url().contains("&uploads=&X-Amz-Signature="), "{}", create.url());

    let plan = MultipartPlan::new(20_000_000)?;
    let parts: Vec<_> = s3.upload_parts_at(VIDEO, UPLOAD_ID, &plan, QUARTER, NOW.parse()?).collect::<Result<_, _>>()?;
    assert_eq!(parts.len(), 3);
    let (first, one) = &parts[0];
    assert_eq!(one.url(), signed(&s3, part().content_length(first.content_length()))?.url());

    let parts = (1..).zip(["\"a54357aff0632cce\"", "\"0c78ae\""]).map(|(number, tag)| CompletedPart::new(number, tag));
    let body = CompleteMultipartUpload::body(parts)?;
    // As the elements of rusty-s3's body, which has them in the other order.
    assert!(body.contains("<PartNumber>1</PartNumber><ETag>&quot;a54357aff0632cce&quot;</ETag>"), "{body}");
    assert!(body.contains("<PartNumber>2</PartNumber><ETag>&quot;0c78ae&quot;</ETag>"), "{body}");
    Ok(())
}

/// The rows of the page where this crate returns an error.
#[test]
fn what_is_an_error_on_purpose() -> Result<(), Error> {
    let s3 = aws()?.build()?;
    let now: Timestamp = NOW.parse()?;
    for key in ["a/../b", "../x", "./x"] {
        assert_eq!(signed(&s3, GetObject::new(key)).err(), Some(Error::DotSegment), "{key}");
    }
    assert!(matches!(signed(&s3, DeleteObject::new("")), Err(Error::Empty(..))));
    for expires in [Duration::ZERO, Duration::from_millis(500)] {
        assert_eq!(s3.presign_at(link(), expires, now).err(), Some(Error::ExpiresTooShort));
    }
    let week = 7 * DAY;
    assert!(s3.presign_at(link(), week, now).is_ok());
    let expires = week + Duration::from_secs(1);
    let too_long = s3.presign_at(link(), expires, now).expect_err("longer than a week");
    assert_variant!(too_long, ExpiresTooLong { expires, max: week });
    let expired = s3.with_credentials(temporary()?.with_expiration(now));
    assert!(matches!(signed(&expired, link()), Err(Error::CredentialsExpired { .. })));
    Ok(())
}

#[test]
fn a_url_ends_with_its_credentials() -> Result<(), Error> {
    let expiration: Timestamp = "20240315T082000Z".parse()?;
    let s3 = aws()?.credentials(temporary()?.with_expiration(expiration)).build()?;
    assert_eq!(signed(&s3, link())?.expires_at(), expiration);
    Ok(())
}

#[test]
fn hosts_are_regional_and_have_the_bucket() -> Result<(), Error> {
    for (bucket, start) in [
        ("user-media", "https://user-media.s3.us-east-1.amazonaws.com/users/42/avatar.png?"),
        ("user.media", "https://s3.us-east-1.amazonaws.com/user.media/users/42/avatar.png?"),
    ] {
        let s3 = aws()?.region("us-east-1").bucket(bucket).build()?;
        assert!(signed(&s3, link())?.url().starts_with(start), "{bucket}");
    }
    Ok(())
}
