//! What Amazon S3 always refuses, each rule with its legal neighbors: `docs/limits.md` has the sources.

use std::collections::BTreeSet;
use std::time::Duration;

use presign::s3::*;
use presign::{Credentials, Error, Method, Presigner, PresignerBuilder, S3Rule, Timestamp};

const LIFE: Duration = Duration::from_secs(900);

/// Of 32 bytes: the SHA-256 of nothing, by `openssl`.
const SHA256: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
/// Of 16 bytes: the MD5 of nothing.
const MD5: &str = "1B2M2Y8AsgTpgAmY7PhCfg==";
const CRC32: &str = "y/Q5Jg==";

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn builder() -> PresignerBuilder {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid");
    Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media")
}

fn aws() -> Presigner {
    builder().build().expect("valid")
}

fn sign(presigner: &Presigner, operation: &dyn Operation) -> Result<(), Error> {
    let signed = presigner.presign_at(operation, LIFE, now()).map(drop);
    let batch = presigner.batch_at(LIFE, now()).expect("valid");
    assert_eq!(batch.presign(operation).map(drop), signed, "a batch has the same rules");
    signed
}

type Row = (Box<dyn Operation>, &'static str);

fn row(operation: impl Operation + 'static, message: &'static str) -> Row {
    (Box::new(operation), message)
}

fn put() -> PutObject<'static> {
    PutObject::new("k")
}

fn source() -> CopySource {
    CopySource::new("archive", "k").expect("valid")
}

fn copy() -> CopyObject<'static> {
    CopyObject::new("k", source())
}

fn part_copy(range: &'static str) -> UploadPartCopy<'static> {
    UploadPartCopy::new("k", "u", 1, source()).header("x-amz-copy-source-range", range)
}

fn create() -> CreateMultipartUpload<'static> {
    CreateMultipartUpload::new("k")
}

fn complete() -> CompleteMultipartUpload<'static> {
    CompleteMultipartUpload::new("k", "u")
}

fn refused() -> Vec<Row> {
    const LOCK_DATE: &str = "an Object Lock mode needs a date: set `object_lock_retain_until_date`";
    const LOCK_MODE: &str = "an Object Lock retain-until date needs a mode: set `object_lock_mode`";
    const KMS: &str =
        "a KMS key or an encryption context needs `aws:kms` or `aws:kms:dsse`: set `server_side_encryption`";
    const CUSTOMER: &str = "a key of SSE-C excludes `x-amz-server-side-encryption` and a KMS key: set one of them";
    const READ: &str = "a read takes no `x-amz-server-side-encryption`: S3 knows how the object is encrypted";
    const CONTENT_MD5: &str =
        "content-md5 is not the base64 of 16 bytes: encode the digest itself, not its hexadecimal digits";
    const TWO: &str = "there are two checksums: send one `x-amz-checksum-` header";
    const MISSING: &str =
        "x-amz-sdk-checksum-algorithm needs a checksum or `x-amz-trailer`: set `checksum`, or leave it out";
    const DIFFERS: &str = "x-amz-sdk-checksum-algorithm is not the algorithm of the checksum";
    const TYPE_ALONE: &str = "x-amz-checksum-type needs an algorithm: set `checksum_algorithm`";
    const TYPE: &str = "the checksum algorithm does not have this checksum type";
    const RANGE: &str = "a read takes a range of bytes or a part number, not both";
    const COPY_RANGE: &str = "x-amz-copy-source-range is not of the form bytes=first-last";
    const ATTRIBUTES: &str = "GetObjectAttributes asks for no attribute: name one in x-amz-object-attributes";
    const MARKER: &str = "version-id-marker needs a key: set `key_marker`";
    const IF_NONE_MATCH: &str = "if-none-match of a write can only be `*`";
    const ACL: &str = "a canned ACL excludes `x-amz-grant-` headers: set one of them";
    const BUCKET_ACL: &str =
        "an ACL for a new bucket needs `object_ownership` other than BucketOwnerEnforced, which is the default";
    const TAGS: &str = "two tags have the same key: give each key once";
    const SYSTEM_TAG: &str = "the key of a tag starts with `aws:`, which only AWS itself can set: choose another key";
    const REDIRECT: &str = "x-amz-website-redirect-location does not start with `/`, `http://` or `https://`";
    const QUERY: &str = "a query parameter has another value than the `x-amz-` header of the same name";
    let governance = ObjectLockMode::Governance;
    let kms_key = "x-amz-server-side-encryption-aws-kms-key-id";
    let customer = "x-amz-server-side-encryption-customer-algorithm";
    let sdk = "x-amz-sdk-checksum-algorithm";

    vec![
        row(put().object_lock_mode(governance), LOCK_DATE),
        row(
            put()
                .object_lock_mode(governance)
                .content_md5(MD5)
                .object_lock_legal_hold_status(ObjectLockLegalHoldStatus::On),
            LOCK_DATE,
        ),
        row(copy().header("X-Amz-Object-Lock-Mode", "COMPLIANCE"), LOCK_DATE),
        row(put().query("X-Amz-Object-Lock-Mode", "COMPLIANCE"), LOCK_DATE),
        row(create().object_lock_retain_until_date(now()), LOCK_MODE),
        row(put().ssekms_key_id("1234"), KMS),
        row(put().ssekms_key_id("1234").server_side_encryption("AES256"), KMS),
        row(copy().header("x-amz-server-side-encryption-context", "e30="), KMS),
        row(create().ssekms_key_id("1234").server_side_encryption("aws:fsx"), KMS),
        row(put().query(kms_key, "1234"), KMS),
        row(put().header(customer, "AES256").server_side_encryption("AES256"), CUSTOMER),
        row(put().header(customer, "AES256").ssekms_key_id("1234"), CUSTOMER),
        row(copy().header(customer, "AES256").server_side_encryption("aws:kms"), CUSTOMER),
        row(create().query(customer, "AES256").server_side_encryption("aws:kms:dsse"), CUSTOMER),
        row(put().header(customer, "AES128"), "the algorithm of SSE-C is not AES256"),
        row(GetObject::new("k").header("x-amz-server-side-encryption", "AES256"), READ),
        row(HeadObject::new("k").header("x-amz-server-side-encryption", "aws:kms").header(kms_key, "1"), READ),
        row(
            GetObjectAttributes::new("k", [ObjectAttributes::ETag]).header("x-amz-server-side-encryption", "AES256"),
            READ,
        ),
        row(put().content_md5("d41d8cd98f00b204e9800998ecf8427e"), CONTENT_MD5),
        row(put().content_md5(""), CONTENT_MD5),
        row(put().content_md5("1B2M2Y8AsgTpgAmY7PhCfg"), CONTENT_MD5),
        row(put().content_md5("1B2M2Y8AsgTpgAmY7PhC_g=="), CONTENT_MD5),
        row(put().content_md5(SHA256), CONTENT_MD5),
        row(put().header("Content-MD5", "d41d8cd98f00b204e9800998ecf8427e"), CONTENT_MD5),
        row(UploadPart::new("k", "u", 1).content_md5("a"), CONTENT_MD5),
        row(DeleteObjects::new().content_md5("a"), CONTENT_MD5),
        row(
            put().header("x-amz-checksum-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            "x-amz-checksum-sha256 is not the base64 of 32 bytes: encode the checksum itself, not its digits",
        ),
        row(
            put().query("x-amz-checksum-crc32", "cbf43926"),
            "x-amz-checksum-crc32 is not the base64 of 4 bytes: encode the checksum itself, not its digits",
        ),
        row(
            UploadPart::new("k", "u", 1).header("x-amz-checksum-crc64nvme", CRC32),
            "x-amz-checksum-crc64nvme is not the base64 of 8 bytes: encode the checksum itself, not its digits",
        ),
        row(
            complete().header("x-amz-checksum-sha1", "a-2"),
            "x-amz-checksum-sha1 is not the base64 of 20 bytes: encode the checksum itself, not its digits",
        ),
        row(put().header("x-amz-checksum-sha256", SHA256).header("x-amz-checksum-crc32", CRC32), TWO),
        row(
            UploadPart::new("k", "u", 1).header("x-amz-checksum-sha256", SHA256).query("x-amz-checksum-crc32", CRC32),
            TWO,
        ),
        row(put().checksum_algorithm(ChecksumAlgorithm::Sha256), MISSING),
        row(put().checksum_algorithm(ChecksumAlgorithm::Md5).content_md5(MD5), MISSING),
        row(UploadPart::new("k", "u", 1).checksum_algorithm(ChecksumAlgorithm::Crc32), MISSING),
        row(PutObjectTagging::new("k").checksum_algorithm(ChecksumAlgorithm::Crc32c), MISSING),
        row(DeleteObjects::new().checksum_algorithm(ChecksumAlgorithm::Sha1).content_md5(MD5), MISSING),
        row(RestoreObject::new("k").checksum_algorithm(ChecksumAlgorithm::Crc32), MISSING),
        row(put().query(sdk, "SHA256"), MISSING),
        row(put().header(sdk, "SHA1").header("x-amz-checksum-sha256", SHA256), DIFFERS),
        row(put().query(sdk, "CRC32C").query("x-amz-checksum-crc32", CRC32), DIFFERS),
        row(create().checksum_type(ChecksumType::FullObject), TYPE_ALONE),
        row(create().checksum_type(ChecksumType::FullObject).checksum_algorithm(ChecksumAlgorithm::Sha256), TYPE),
        row(create().checksum_type(ChecksumType::Composite).checksum_algorithm(ChecksumAlgorithm::Crc64Nvme), TYPE),
        row(GetObject::new("k").part_number(1).range(0..9), RANGE),
        row(GetObject::new("k").part_number(1).range(0..9).response_content_type(""), RANGE),
        row(HeadObject::new("k").part_number(1).range_suffix(9), RANGE),
        row(S3Request::new(Method::Get).key("k").query("partNumber", "1").header("Range", "bytes=0-9"), RANGE),
        row(part_copy("bytes=0-"), COPY_RANGE),
        row(part_copy("bytes=-9"), COPY_RANGE),
        row(part_copy("0-9"), COPY_RANGE),
        row(part_copy("bytes=0-1,3-4"), COPY_RANGE),
        row(GetObjectAttributes::new("k", []), ATTRIBUTES),
        row(S3Request::new(Method::Get).key("k").query("attributes", ""), ATTRIBUTES),
        row(ListObjectVersions::new().version_id_marker("v"), MARKER),
        row(ListObjectVersions::new().version_id_marker("v").key_marker(""), MARKER),
        row(put().if_none_match("\"etag\""), IF_NONE_MATCH),
        row(copy().if_none_match("etag"), IF_NONE_MATCH),
        row(complete().header("If-None-Match", ""), IF_NONE_MATCH),
        row(put().acl("private").grant_read("id=\"1\""), ACL),
        row(copy().acl("public-read").query("x-amz-grant-full-control", "id=\"1\""), ACL),
        row(CreateBucket::new().acl("private").grant_write("id=\"1\""), ACL),
        row(CreateBucket::new().acl("public-read"), BUCKET_ACL),
        row(
            CreateBucket::new().grant_read("id=\"1\"").object_ownership(ObjectOwnership::BucketOwnerEnforced),
            BUCKET_ACL,
        ),
        row(put().tag("a", "1").tag("a", "2"), TAGS),
        row(put().tag("aws:a", "1"), SYSTEM_TAG),
        row(create().query("X-Amz-Tagging", "a=1&aws%3Ab=2"), SYSTEM_TAG),
        row(put().tag("a b", "1").tagging("a+b=1&c=2&a%20b=3"), TAGS),
        row(copy().header("x-amz-tagging", "a=1&%61=1"), TAGS),
        row(create().query("X-Amz-Tagging", "a&a"), TAGS),
        row(put().website_redirect_location("example.com/a"), REDIRECT),
        row(put().website_redirect_location(""), REDIRECT),
        row(
            put().expected_bucket_owner("1234-5678-9012"),
            "x-amz-expected-bucket-owner is not an account id of 12 digits",
        ),
        row(
            copy().expected_source_bucket_owner("archive"),
            "x-amz-source-expected-bucket-owner is not an account id of 12 digits",
        ),
        row(put().acl("private").query("x-amz-acl", "public-read"), QUERY),
        row(
            GetObject::new("k").response_content_disposition("attachment; filename=\"日本.pdf\""),
            "response-content-disposition has a character at byte 22 that cannot be represented using ISO-8859-1: \
             use `ContentDisposition` for a file name",
        ),
        row(
            S3Request::new(Method::Get).key("k").query("response-content-type", "text/plain; name=1–2"),
            "response-content-type has a character at byte 18 that cannot be represented using ISO-8859-1: \
             use `ContentDisposition` for a file name",
        ),
    ]
}

fn legal() -> Vec<Box<dyn Operation>> {
    let customer = "x-amz-server-side-encryption-customer-algorithm";
    let source_customer = "x-amz-copy-source-server-side-encryption-customer-algorithm";
    let sdk = "x-amz-sdk-checksum-algorithm";
    let part = || UploadPart::new("k", "u", 1);
    let date = "20250101T000000Z".parse().expect("a time");
    vec![
        // The client can add `content-md5`, which need not be signed.
        Box::new(put().object_lock_mode(ObjectLockMode::Governance).object_lock_retain_until_date(date)),
        Box::new(
            put()
                .object_lock_mode(ObjectLockMode::Governance)
                .query("x-amz-object-lock-retain-until-date", "2025-01-01T00:00:00Z"),
        ),
        Box::new(put().object_lock_legal_hold_status(ObjectLockLegalHoldStatus::On)),
        Box::new(put().ssekms_key_id("1234").server_side_encryption("aws:kms")),
        Box::new(put().ssekms_key_id("1234").server_side_encryption("AWS:KMS")),
        Box::new(create().ssekms_key_id("1234").server_side_encryption(ServerSideEncryption::AwsKmsDsse)),
        Box::new(put().server_side_encryption("aws:kms")),
        Box::new(put().server_side_encryption("AES256").bucket_key_enabled(true)),
        Box::new(put().bucket_key_enabled(true)),
        // The client sends the key: "you must specify the algorithm" when the URL is made.
        Box::new(put().header(customer, "AES256")),
        Box::new(GetObject::new("k").header(customer, "AES256")),
        Box::new(GetObject::new("k").query("x-amz-server-side-encryption-customer-algorithm", "AES256")),
        // The key of the source beside the encryption of the copy.
        Box::new(copy().header(source_customer, "AES256").server_side_encryption("aws:kms").ssekms_key_id("1234")),
        Box::new(put().content_md5(MD5)),
        Box::new(put().content_md5(MD5).header("x-amz-checksum-sha256", SHA256)),
        Box::new(put().header("x-amz-checksum-sha256", SHA256)),
        Box::new(put().header("x-amz-checksum-sha256", SHA256).query("x-amz-checksum-sha256", SHA256)),
        Box::new(put().header("x-amz-checksum-other", "?")),
        Box::new(put().header(sdk, "sha256").header("x-amz-checksum-sha256", SHA256)),
        Box::new(put().query(sdk, "CRC32").query("x-amz-checksum-crc32", CRC32)),
        Box::new(put().query(sdk, "CRC32").header("x-amz-checksum-crc32", CRC32)),
        Box::new(put().checksum_algorithm(ChecksumAlgorithm::Crc32).header("x-amz-trailer", "x-amz-checksum-crc32")),
        Box::new(part().checksum_algorithm(ChecksumAlgorithm::Crc32).header("x-amz-trailer", "x-amz-checksum-crc32")),
        // S3 does not look at it there.
        Box::new(complete().header(sdk, "SHA256")),
        Box::new(copy().header(sdk, "SHA256")),
        Box::new(copy().checksum_algorithm(ChecksumAlgorithm::Sha256)),
        Box::new(create().checksum_algorithm(ChecksumAlgorithm::Sha256)),
        Box::new(create().checksum_algorithm(ChecksumAlgorithm::Sha256).checksum_type(ChecksumType::Composite)),
        Box::new(create().checksum_algorithm(ChecksumAlgorithm::Crc32).checksum_type(ChecksumType::FullObject)),
        Box::new(create().checksum_algorithm(ChecksumAlgorithm::Crc32).checksum_type(ChecksumType::Composite)),
        Box::new(create().checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).checksum_type(ChecksumType::FullObject)),
        Box::new(complete().checksum_type(ChecksumType::FullObject)),
        Box::new(
            complete().checksum_type(ChecksumType::Composite).header("x-amz-checksum-sha256", [SHA256, "-3"].concat()),
        ),
        Box::new(GetObject::new("k").checksum_mode(ChecksumMode::Enabled)),
        Box::new(GetObject::new("k").part_number(1)),
        Box::new(GetObject::new("k").range(0..9)),
        // Nothing is read by a range there.
        Box::new(part().header("Range", "bytes=0-9")),
        Box::new(ListParts::new("k", "u").query("partNumber", "1").header("range", "bytes=0-9")),
        Box::new(UploadPartCopy::new("k", "u", 1, source()).copy_source_range(0..10)),
        Box::new(UploadPartCopy::new("k", "u", 1, source())),
        Box::new(GetObjectAttributes::new("k", [ObjectAttributes::ETag])),
        Box::new(S3Request::new(Method::Get).key("k").query("attributes", "").query("x-amz-object-attributes", "ETag")),
        Box::new(ListObjectVersions::new().key_marker("a")),
        Box::new(ListObjectVersions::new().key_marker("a").version_id_marker("v")),
        Box::new(ListMultipartUploads::new().upload_id_marker("u")),
        Box::new(put().if_none_match("*")),
        Box::new(put().if_match("etag")),
        Box::new(GetObject::new("k").if_none_match("\"etag\"")),
        Box::new(put().acl("bucket-owner-full-control")),
        Box::new(put().grant_read("id=\"1\"").grant_full_control("id=\"2\"")),
        Box::new(put().acl("private").query("x-amz-acl", "private")),
        Box::new(CreateBucket::new().acl("private")),
        Box::new(CreateBucket::new().acl("authenticated-read").object_ownership(ObjectOwnership::ObjectWriter)),
        Box::new(CreateBucket::new().object_ownership(ObjectOwnership::BucketOwnerEnforced)),
        Box::new(S3Request::new(Method::Put).query("acl", "").header("x-amz-acl", "public-read")),
        Box::new(put().tag("a", "1").tag("A", "1").tag("b", "1")),
        Box::new(put().tagging("a=b=c&d")),
        Box::new(put().tagging("&&")),
        Box::new(put().website_redirect_location("/a")),
        Box::new(put().website_redirect_location("https://example.com/")),
        Box::new(put().expected_bucket_owner("123456789012")),
        Box::new(GetObject::new("k").response_content_disposition("inline; filename=\"Zürich.txt\"")),
        Box::new(ListObjectsV2::new().prefix("日本")),
        Box::new(put().content_length(5_368_709_120)),
        Box::new(put().header("Cache-Control", "no-store").query("versionId", "x")),
    ]
}

/// A rule is the same whichever way the parameter was set, and only where S3's rules hold.
#[test]
fn refused_by_s3_and_signed_elsewhere() {
    let unknown = builder().endpoint("https://store.example.com").build().expect("valid");
    let minio = builder().store(Store::MINIO).endpoint("http://localhost:9000").build().expect("valid");
    let claimed = [
        aws(),
        builder().store(Store::AWS).endpoint("http://localhost:4566").build().expect("valid"),
        builder().store(Store::MINIO.with_s3_rules(true)).endpoint("http://localhost:9000").build().expect("valid"),
        aws().with_bucket("other").expect("valid"),
    ];
    let mut seen = BTreeSet::new();
    for (operation, message) in refused() {
        for presigner in &claimed {
            let error = sign(presigner, &*operation).expect_err(message);
            assert!(matches!(error, Error::S3Rule(_)), "{error:?}");
            assert_eq!(error.to_string(), ["S3 refuses the request: ", message].concat());
            if let Error::S3Rule(rule) = error {
                seen.insert(format!("{rule:?}").split(' ').next().unwrap_or_default().to_owned());
            }
        }
        for presigner in [&unknown, &minio] {
            assert_eq!(sign(presigner, &*operation), Ok(()), "{message}");
        }
    }
    let source = include_str!("../../src/error/s3_rule.rs");
    assert_eq!(seen.len(), source.matches("#[error(").count(), "a rule without a row: {seen:?}");
}

#[test]
fn the_legal_neighbors_of_each_rule() {
    for operation in legal() {
        let request = operation.request();
        assert_eq!(sign(&aws(), &*operation), Ok(()), "{request:?}");
    }
}

/// An endpoint is that of AWS by its host. A request that another tool has made can be signed there as it is.
#[test]
fn an_endpoint_of_aws_has_the_rules_of_s3() {
    let given = |endpoint: &str| builder().endpoint(endpoint).build().expect("valid");
    let lock = put().object_lock_mode(ObjectLockMode::Governance);
    for endpoint in
        ["https://s3.eu-west-1.amazonaws.com", "https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com"]
    {
        assert_eq!(sign(&given(endpoint), &lock), Err(S3Rule::ObjectLockDateMissing.into()), "{endpoint}");
        assert_eq!(sign(&given(endpoint), &put().content_md5("a")), Err(S3Rule::ContentMd5.into()), "{endpoint}");
        assert_eq!(sign(&given(endpoint), &put().header("content-md5", "a")), Ok(()), "{endpoint}");
    }
    for endpoint in ["http://ec2-198-51-100-1.compute-1.amazonaws.com:9000", "https://s3.example.com"] {
        assert_eq!(sign(&given(endpoint), &lock), Ok(()), "{endpoint}");
    }
    // What is derived has the rules of what is built.
    let moved = aws().with_endpoint("https://store.example.com").expect("valid");
    assert_eq!(sign(&moved, &lock), Ok(()));
    let back = moved.with_endpoint("https://s3.eu-west-1.amazonaws.com").expect("valid");
    assert_eq!(sign(&back, &lock), Err(S3Rule::ObjectLockDateMissing.into()));
}

#[test]
fn a_directory_bucket_may_be_given_its_own_key() {
    let express = builder().bucket("media--usw2-az1--x-s3").region("us-west-2").build().expect("valid");
    assert_eq!(sign(&express, &put().ssekms_key_id("1234")), Ok(()));
}

#[test]
fn a_body_has_at_most_five_gibibytes() {
    let limit = Err("content-length is not a whole number from 0 to 5368709120".to_owned());
    let message = |operation: &dyn Operation| sign(&aws(), operation).map_err(|error| error.to_string());
    assert_eq!(message(&put().content_length(5_368_709_121)), limit);
    assert_eq!(message(&UploadPart::new("k", "u", 1).header("Content-Length", "9999999999")), limit);
}

/// Errors of setters, whatever the store is: `header` is the way to what a setter refuses.
#[test]
fn setters_refuse_what_cannot_be_meant() {
    let unknown = builder().endpoint("https://store.example.com").build().expect("valid");
    let prefix = "a name of user metadata starts with `x-amz-meta-`, which the setter adds: give it without the prefix";
    let rows = [
        (put().metadata("x-amz-meta-a", "b"), prefix),
        (put().metadata("X-Amz-Meta-A", "b"), prefix),
        (put().metadata("x-amz-meta-", "b"), prefix),
        (put().metadata_encoded("x-amz-meta-a", "b"), prefix),
        (put().metadata("", "b"), "the name of user metadata is empty"),
        (put().metadata("", "b").metadata("a", "b"), "the name of user metadata is empty"),
        (put().metadata("a b", "c"), "a header name has a character at byte 12 that HTTP does not allow in names"),
        (put().metadata("a:b", "c"), "a header name has a character at byte 12 that HTTP does not allow in names"),
        (put().content_type(""), "the content type is empty"),
        (put().content_type(" "), "the content type is empty"),
        (put().content_type("image/png").header("Content-Type", "image/gif"), "content-type is given more than once"),
        (
            put().content_disposition("inline").header("content-disposition", "attachment"),
            "content-disposition is given more than once",
        ),
        (put().acl("private").header("x-amz-acl", "public-read"), "x-amz-acl is given more than once"),
        (put().expires(now()).header("expires", "0"), "expires is given more than once"),
        (
            put().metadata("name", "groß.jpg"),
            "the value of header x-amz-meta-name has a character at byte 3 that is not printable ASCII, space or tab: \
             use `metadata_encoded`, which encodes it as RFC 2047 says, or percent-encode it",
        ),
        (
            put().website_redirect_location("/ä"),
            "the value of header x-amz-website-redirect-location has a character at byte 1 that is not printable \
             ASCII, space or tab: percent-encode it",
        ),
    ];
    for (operation, message) in rows {
        for presigner in [&aws(), &unknown] {
            assert_eq!(sign(presigner, &operation).expect_err(message).to_string(), message);
        }
    }
    for (get, message) in [
        (
            GetObject::new("k").response_content_disposition("attachment; filename=\"a\r\nSet-Cookie: b\""),
            "the value of query parameter response-content-disposition has a control character at byte 23, which no \
             header can have",
        ),
        (
            GetObject::new("k").query("response-content-type", "text/plain\0"),
            "the value of query parameter response-content-type has a control character at byte 10, which no header \
             can have",
        ),
    ] {
        for presigner in [&aws(), &unknown] {
            assert_eq!(sign(presigner, &get).expect_err(message).to_string(), message);
        }
    }
}

#[test]
fn the_explicit_way_and_lists_are_signed() {
    let headers = |put: PutObject<'static>| {
        let signed = aws().presign_at(put, LIFE, now()).expect("legal");
        signed.headers().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>()
    };
    for (operation, expected) in [
        (put().header("x-amz-meta-x-amz-meta-a", "b"), "x-amz-meta-x-amz-meta-a: b"),
        (put().metadata("x-amz-meta", "b"), "x-amz-meta-x-amz-meta: b"),
        (put().metadata("a", "1").metadata("a", "2"), "x-amz-meta-a: 1,2"),
        (put().header("content-type", ""), "content-type: "),
        (put().header("content-type", "a/b").header("Content-Type", "c/d"), "content-type: a/b,c/d"),
        (put().content_type("image/gif").content_type("image/png"), "content-type: image/png"),
        (put().header("content-type", "image/gif").content_type("image/png"), "content-type: image/png"),
        (put().cache_control("no-cache").header("Cache-Control", "no-store"), "cache-control: no-cache,no-store"),
        (put().content_encoding("gzip").header("content-encoding", "br"), "content-encoding: gzip,br"),
        (put().content_language("de").header("content-language", "en"), "content-language: de,en"),
        (put().grant_read("id=\"1\"").header("x-amz-grant-read", "id=\"2\""), "x-amz-grant-read: id=\"1\",id=\"2\""),
    ] {
        assert_eq!(headers(operation), [expected]);
    }
}

#[test]
fn the_body_of_put_object_tagging_has_each_key_once() {
    let repeated = PutObjectTagging::body([("a", "1"), ("b", "1"), ("a", "2")]);
    assert_eq!(repeated, Err(S3Rule::RepeatedTagKey.into()));
    assert_eq!(PutObjectTagging::body([("aws:a", "1")]), Err(S3Rule::SystemTag.into()));
    assert!(PutObjectTagging::body([("a", "1"), ("A", "1"), ("aws", "1"), ("a:aws:", "1")]).is_ok());
}

#[cfg(feature = "post")]
mod forms {
    use super::*;

    fn post(presigner: &Presigner, policy: &PostPolicy<'_>) -> Result<(), Error> {
        presigner.presign_post_at(policy, LIFE, now()).map(drop)
    }

    fn policy() -> PostPolicy<'static> {
        PostPolicy::new("k")
    }

    #[test]
    fn refused_by_s3_and_signed_elsewhere() {
        let unknown = builder().endpoint("https://store.example.com").build().expect("valid");
        for (policy, rule) in [
            (policy().ssekms_key_id("1234"), S3Rule::KmsKeyWithoutKmsEncryption),
            (policy().ssekms_key_id("1234").server_side_encryption("AES256"), S3Rule::KmsKeyWithoutKmsEncryption),
            (policy().eq("X-Amz-Server-Side-Encryption-Context", "e30="), S3Rule::KmsKeyWithoutKmsEncryption),
            (
                policy()
                    .server_side_encryption("AES256")
                    .eq("x-amz-server-side-encryption-customer-algorithm", "AES256"),
                S3Rule::CustomerKeyWithEncryption,
            ),
            (policy().eq("x-amz-object-lock-mode", "GOVERNANCE"), S3Rule::ObjectLockDateMissing),
            (policy().eq("x-amz-object-lock-retain-until-date", "2025-01-01T00:00:00Z"), S3Rule::ObjectLockModeMissing),
            (policy().content_md5("d41d8cd98f00b204e9800998ecf8427e"), S3Rule::ContentMd5),
            (policy().eq("content-md5", "a"), S3Rule::ContentMd5),
            (policy().eq("x-amz-checksum-crc32", CRC32).eq("x-amz-checksum-sha256", SHA256), S3Rule::SeveralChecksums),
            (policy().website_redirect_location("a"), S3Rule::WebsiteRedirectLocation),
            (policy().tag("a", "1").tag("a", "2"), S3Rule::RepeatedTagKey),
            (policy().tag("aws:a", "1"), S3Rule::SystemTag),
        ] {
            assert_eq!(post(&aws(), &policy), Err(rule.into()), "{policy:?}");
            assert_eq!(post(&unknown, &policy), Ok(()), "{policy:?}");
        }
        let length = post(&aws(), &policy().eq("x-amz-checksum-sha1", CRC32)).expect_err("too short");
        let message = "S3 refuses the request: x-amz-checksum-sha1 is not the base64 of 20 bytes: \
                       encode the checksum itself, not its digits";
        assert_eq!(length.to_string(), message);
        let large = policy().content_length_range(5_368_709_121..=6_000_000_000);
        let message = "content-length-range is not a whole number from 0 to 5368709120";
        assert_eq!(post(&aws(), &large).expect_err("too large").to_string(), message);
        assert_eq!(post(&unknown, &large), Ok(()));
    }

    #[test]
    fn the_legal_neighbors_of_each_rule() {
        let encryption = "x-amz-server-side-encryption";
        for policy in [
            policy().ssekms_key_id("1234").server_side_encryption("aws:kms"),
            policy().ssekms_key_id("1234").server_side_encryption("aws:kms:dsse"),
            policy().ssekms_key_id("1234").starts_with(encryption, "aws:kms", "aws:kms"),
            policy().server_side_encryption("AES256"),
            policy().eq("x-amz-server-side-encryption-customer-algorithm", "AES256"),
            policy()
                .eq("x-amz-object-lock-mode", "GOVERNANCE")
                .eq("x-amz-object-lock-retain-until-date", "2025-01-01T00:00:00Z"),
            policy().eq("x-amz-object-lock-legal-hold", "ON"),
            policy().content_md5(MD5).eq("x-amz-checksum-crc32", CRC32),
            policy().starts_with("content-md5", "", "a"),
            policy().starts_with("x-amz-checksum-crc32", "", "a"),
            policy().checksum_algorithm(ChecksumAlgorithm::Crc32),
            policy().tag("a", "1").tag("A", "2"),
            policy().website_redirect_location("https://example.com/"),
            policy().content_length_range(0..=6_000_000_000),
            policy().eq("x-amz-meta-x-amz-meta-a", "b"),
            policy().eq("Content-Type", ""),
            policy().content_type("").content_type("image/png"),
            policy().content_type_starts_with("", ""),
            policy().ignore("content-md5", "a"),
        ] {
            assert_eq!(post(&aws(), &policy), Ok(()), "{policy:?}");
        }
    }

    #[test]
    fn setters_refuse_what_cannot_be_meant() {
        let unknown = builder().endpoint("https://store.example.com").build().expect("valid");
        let field = |name| Err(Error::Empty(name));
        for presigner in [&aws(), &unknown] {
            assert_eq!(post(presigner, &policy().metadata("X-Amz-Meta-a", "b")), Err(Error::MetadataPrefix));
            assert_eq!(post(presigner, &policy().metadata("", "b")), field(presign::Field::MetadataName));
            assert_eq!(post(presigner, &policy().content_type("")), field(presign::Field::ContentType));
            assert!(post(presigner, &policy().metadata("a b", "c")).is_err());
            let upload = Upload::new("k", "", 5_000).size(5);
            let grant = presigner.grant_upload_at(&upload, LIFE, now()).map(drop);
            assert_eq!(grant, field(presign::Field::ContentType));
        }
    }
}
