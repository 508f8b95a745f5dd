//! Every error, by its exact message, from an input that causes it; those of the environment and of the feature `url`
//! are caused in `environment.rs` and `presigner.rs`. A changed message is a changed behavior.

use std::collections::HashSet;
use std::error::Error as _;
use std::iter::successors;
use std::mem::discriminant;
use std::time::Duration;

use presign::s3::{
    AbortMultipartUpload, AddressingStyle, CompleteMultipartUpload, CompletedPart, CopyObject, CopySource,
    DeleteObject, DeleteObjects, GetObject, ListBuckets, ListObjectsV2, MultipartPlan, ObjectIdentifier,
    ObjectLockMode, Operation, PutObject, PutObjectTagging, RestoreObject, S3Request, Store, UploadPart,
};
#[cfg(feature = "post")]
use presign::s3::{PostPolicy, Upload};
use presign::sigv4::{Payload, Request, Service, Signer};
use presign::{
    Credentials, CredentialsError, Error, ErrorKind, Method, Presigner, PresignerBuilder, Region, Timestamp,
};

use crate::support::assert_variant;

const LIFE: Duration = Duration::from_secs(60);
const LAST_SECOND: i64 = 253_402_300_799;

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid credentials")
}

fn builder() -> PresignerBuilder {
    Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("user-media")
}

fn presigner() -> Presigner {
    builder().build().expect("a valid configuration")
}

fn get(key: &str) -> Error {
    presigner().presign_at(GetObject::new(key), LIFE, now()).expect_err("a bad key")
}

fn put(put: impl FnOnce(PutObject<'static>) -> PutObject<'static>) -> Error {
    presigner().presign_at(put(PutObject::new("key")), LIFE, now()).expect_err("a bad operation")
}

fn sign(operation: impl Operation) -> Error {
    presigner().presign_at(operation, LIFE, now()).expect_err("a bad operation")
}

fn complete<const N: usize>(parts: [(u32, &str); N]) -> Error {
    let parts = parts.map(|(part_number, e_tag)| CompletedPart::new(part_number, e_tag));
    CompleteMultipartUpload::body(parts).expect_err("bad parts")
}

fn delete(keys: &[&str]) -> Error {
    DeleteObjects::body(keys.iter().map(|key| ObjectIdentifier::new(*key))).expect_err("bad objects")
}

fn restore(days: u32) -> Error {
    RestoreObject::body(days, None).expect_err("bad days")
}

fn tags(tags: &[(&str, &str)]) -> Error {
    PutObjectTagging::body(tags.iter().copied()).expect_err("bad tags")
}

fn query(name: &str) -> Error {
    presigner().presign_at(GetObject::new("key").query(name, "1"), LIFE, now()).expect_err("a bad parameter")
}

fn expires(life: Duration) -> Error {
    presigner().presign_at(GetObject::new("key"), life, now()).expect_err("a bad expiry")
}

fn build(builder: PresignerBuilder) -> Error {
    builder.build().expect_err("a bad configuration")
}

fn endpoint(endpoint: &str) -> Error {
    build(builder().endpoint(endpoint))
}

fn bucket(name: &str) -> Error {
    build(builder().bucket(name))
}

fn request(request: impl FnOnce(Request<'static>) -> Request<'static>) -> Error {
    let signer = Signer::new(credentials(), Region::new("eu-west-1").expect("a region"), Service::s3());
    let request = request(Request::new(Method::Get, "https://h.example").expect("an endpoint"));
    signer.presign_at(&request, LIFE, now()).expect_err("a bad request")
}

fn table() -> Vec<(Error, &'static str)> {
    [without_forms(), forms(), tokens()].concat()
}

#[cfg(not(feature = "tokens"))]
fn tokens() -> Vec<(Error, &'static str)> {
    Vec::new()
}

#[cfg(feature = "tokens")]
fn tokens() -> Vec<(Error, &'static str)> {
    use presign::tokens::{EksToken, ElastiCacheToken, MskToken, RdsToken, Token};

    let region = |name: &str| Region::new(name).expect("a region");
    let rds = |host: &str, port, user: &str| RdsToken::new(host, port, user)?.sign_at(&credentials(), now());
    let other = || {
        RdsToken::new("a.eu-west-1.rds.amazonaws.com", 5432, "app")?
            .region(region("us-east-1"))
            .sign_at(&credentials(), now())
    };
    let eks = |cluster: &str, bytes: usize| {
        let credentials = credentials().with_session_token("x".repeat(bytes))?;
        EksToken::new(cluster, region("eu-west-1"))?.sign_at(&credentials, now())
    };
    let message = |result: Result<Token, Error>, message| (result.expect_err(message), message);
    vec![
        message(
            rds("https://a.eu-west-1.rds.amazonaws.com", 5432, "app"),
            "the host is not a DNS name alone: give it without a scheme, a port and a path",
        ),
        message(
            rds("a.eu-west-1.rds.amazonaws.com", 0, "app"),
            "the port is 0: give the port of the database, such as 5432 or 3306",
        ),
        message(rds("a.eu-west-1.rds.amazonaws.com", 5432, ""), "the user name is empty or has a control character"),
        message(
            rds("db.example.com", 5432, "app"),
            "the host names no region: give the region of the service behind it with `region`",
        ),
        message(
            other(),
            "the host is in another region than the one that is given: give the region of the host, or none",
        ),
        message(
            EksToken::new("prod", region("eu-west-1"))
                .and_then(|eks| eks.host("sts.example.com")?.sign_at(&credentials(), now())),
            "the host is not an endpoint of STS, such as sts.eu-west-1.amazonaws.com: the cluster accepts no other",
        ),
        message(
            MskToken::new(region("auto")).and_then(|msk| msk.sign_at(&credentials(), now())),
            "the region is not an AWS region, so the host cannot be derived from it: give one such as eu-west-1",
        ),
        message(
            ElastiCacheToken::new("My-Cache", "app", region("eu-west-1"))
                .and_then(|cache| cache.sign_at(&credentials(), now())),
            "the cache name is not 1 to 63 lower-case letters, digits and `-`: give the name of the cache, replication group or cluster, not its endpoint",
        ),
        message(
            eks("arn:aws:eks:eu-west-1:123456789012:cluster/prod", 1),
            "the cluster name is not 1 to 100 letters, digits, `-`, `_` and `.`: give the name of the cluster, not its ARN",
        ),
        message(
            eks("prod", 4_000),
            "the token is 5855 bytes long: at most 4096 are allowed, so use credentials with a shorter session token",
        ),
    ]
}

fn without_forms() -> Vec<(Error, &'static str)> {
    let expired = presigner().with_credentials(credentials().with_expiration(now()));
    let expired = expired.presign_at(GetObject::new("key"), LIFE, now()).expect_err("expired credentials");
    let last = Timestamp::from_unix_seconds(LAST_SECOND).expect("in range");
    let beyond = presigner().presign_at(GetObject::new("key"), LIFE, last).expect_err("beyond the last year");
    let refused = |builder: PresignerBuilder, life| {
        builder.build().expect("valid").presign_at(GetObject::new("key"), life, now()).expect_err("refused")
    };
    let windowed = refused(builder().signing_window(Duration::from_secs(3_600)), Duration::from_secs(604_800));
    let second = now().checked_add(Duration::from_secs(1)).expect("in range");
    let slack = Duration::from_secs(300);
    let slackened = refused(builder().clock_slack(slack), Duration::from_secs(604_800));
    let outlives = refused(builder().strict_expiry(true).credentials(credentials().with_expiration(second)), LIFE);
    let provided = refused(builder().credentials_provider(|| Err(Error::NoCredentials)), LIFE);
    let failed = refused(builder().credentials_provider(|| Err(CredentialsError::new("no route").into())), LIFE);
    let express = presigner().with_bucket("media--euw1-az1--x-s3").expect("valid");
    let bucket_endpoint = Presigner::builder()
        .credentials(credentials())
        .region("auto")
        .endpoint("https://files.example")
        .addressing_style(AddressingStyle::BucketEndpoint)
        .build()
        .expect("valid");
    let lattice = Service::new("vpc-lattice-svcs").expect("a service");
    let lattice = Signer::new(credentials(), Region::new("eu-west-1").expect("a region"), lattice);
    let hashed = Request::new(Method::Get, "https://h.example").expect("an endpoint").payload(Payload::Empty);
    let lattice = lattice.presign_at(&hashed, LIFE, now()).expect_err("a signed payload");
    let new = |id: &str, secret: &str| Credentials::new(id, secret).expect_err("bad credentials");
    let token = |token: &str| credentials().with_session_token(token).expect_err("a bad token");
    let region = |name: &str| build(builder().region(name));
    let account = |name: &str| build(builder().account(name));
    let without_account = build(builder().store(Store::CLOUDFLARE_R2));

    vec![
        (build(Presigner::builder()), "no credentials given"),
        (build(Presigner::builder().credentials(credentials())), "no region given"),
        (build(Presigner::builder().credentials(credentials()).region("eu-west-1")), "no bucket given"),
        (new("", "secret"), "the access key id is empty"),
        (new("id", ""), "the secret access key is empty"),
        (token(""), "the session token is empty"),
        (region(""), "the region is empty"),
        (account(""), "the account is empty"),
        (bucket(""), "the bucket is empty"),
        (Service::new("").expect_err("empty"), "the service is empty"),
        (get(""), "the object key is empty"),
        (
            presigner().presign_at(DeleteObject::new(""), LIFE, now()).expect_err("would delete the bucket"),
            "the object key is empty",
        ),
        (query(""), "the name of a query parameter is empty"),
        (
            new("AKIA/EXAMPLE", "secret"),
            "the access key id has a character that is not allowed at byte 4: printable ASCII without space, slash and comma is allowed",
        ),
        (
            new("AKIA\r\n", "secret"),
            "the access key id has a character that is not allowed at byte 4: printable ASCII without space, slash and comma is allowed",
        ),
        (
            new("id", "secret\n"),
            "the secret access key has a character that is not allowed at byte 6: control characters are not allowed",
        ),
        (
            token("a\0b"),
            "the session token has a character that is not allowed at byte 1: printable ASCII without space is allowed",
        ),
        (
            region("eu/west-1"),
            "the region has a character that is not allowed at byte 2: letters, digits, `.`, `-` and `_` are allowed",
        ),
        (
            region("eu-west-1\n"),
            "the region has a character that is not allowed at byte 9: letters, digits, `.`, `-` and `_` are allowed",
        ),
        (
            region("eu-wést-1"),
            "the region has a character that is not allowed at byte 4: letters, digits, `.`, `-` and `_` are allowed",
        ),
        (
            Service::new("s3 ").expect_err("a space"),
            "the service has a character that is not allowed at byte 2: printable ASCII without space, slash and comma is allowed",
        ),
        (
            bucket("user/media"),
            "the bucket has a character that is not allowed at byte 4: letters, digits, `.`, `-` and `_` are allowed",
        ),
        (without_account, "no account given"),
        (build(builder().store(Store::MINIO)), "no endpoint given"),
        (
            account("my/account"),
            "the account has a character that is not allowed at byte 2: letters, digits, `.`, `-` and `_` are allowed",
        ),
        (bucket("ab"), "the bucket name is 2 bytes long: 3 to 255 are allowed"),
        (bucket(&"a".repeat(256)), "the bucket name is 256 bytes long: 3 to 255 are allowed"),
        (presigner().with_bucket("..").expect_err("short"), "the bucket name is 2 bytes long: 3 to 255 are allowed"),
        (
            build(builder().bucket("User_Media").addressing_style(AddressingStyle::VirtualHosted)),
            "the bucket name is not a DNS name, so it cannot be a part of the host: use `AddressingStyle::Path` or `AddressingStyle::Auto`",
        ),
        (
            build(builder().endpoint("http://127.0.0.1:9000").addressing_style(AddressingStyle::VirtualHosted)),
            "the endpoint is an IP address, which cannot carry the bucket in the host: use `AddressingStyle::Path`",
        ),
        (region("auto"), "the region is not an AWS region, so the endpoint cannot be derived from it: set `endpoint`"),
        (
            build(builder().store(Store::ALIBABA_OSS).region("oss-cn-hangzhou")),
            "the region starts with `oss-`, which is a part of the store's host: give the region without it",
        ),
        (endpoint("s3.example.com"), "the endpoint has no scheme: write it as https://host"),
        (
            endpoint("ftp://s3.example.com"),
            "the endpoint has a scheme that cannot be used here: S3 takes http and https, other services ws and wss too",
        ),
        (
            endpoint("wss://s3.example.com"),
            "the endpoint has a scheme that cannot be used here: S3 takes http and https, other services ws and wss too",
        ),
        (endpoint("https://"), "the endpoint has no host"),
        (
            endpoint("https://s3 example"),
            "the endpoint has a host that is neither a DNS name in ASCII without a dot at its end nor an IP address: write other scripts in Punycode (xn--)",
        ),
        (endpoint("https://h:0"), "the endpoint has a port that is not a number from 1 to 65535"),
        (endpoint("https://user:password@h"), "the endpoint has a user name or password"),
        (endpoint("https://h?a=b"), "the endpoint has a query"),
        (endpoint("https://h#a"), "the endpoint has a fragment"),
        (
            endpoint("https://h/a/../b"),
            "the endpoint has a base path that is not percent-encoded, or that has empty, `.` or `..` segments or an encoded slash",
        ),
        (
            build(builder().published_endpoint("cdn.example.com")),
            "the published endpoint has no scheme: write it as https://host",
        ),
        (build(builder().addressing_style(AddressingStyle::BucketEndpoint)), "no endpoint given"),
        (
            build(builder().endpoint("https://h").addressing_style(AddressingStyle::BucketEndpoint)),
            "the endpoint is that of a bucket: give no bucket with `AddressingStyle::BucketEndpoint`",
        ),
        (
            bucket_endpoint.with_bucket("other").expect_err("another bucket"),
            "the endpoint is that of a bucket: give no bucket with `AddressingStyle::BucketEndpoint`",
        ),
        (
            build(builder().endpoint("https://user-media.files.example.com").bucket("user-media")),
            "the endpoint contains a bucket: give the endpoint of the whole store, or choose `AddressingStyle::BucketEndpoint` if it is that of the bucket, or `Path` or `VirtualHosted` to add the bucket to it",
        ),
        (
            build(builder().endpoint("https://s3.eu-central-1.amazonaws.com").region("us-east-1")),
            "the endpoint is in another region than the one to sign for: give the region of the endpoint, or no endpoint",
        ),
        (
            build(builder().endpoint("http://media.s3-website-us-east-1.amazonaws.com")),
            "the endpoint is that of a website, a console, a CDN or public downloads, which take no signatures: give the S3 endpoint, and a CDN as the published one",
        ),
        (
            build(builder().store(Store::TIGRIS).bucket("media.example.com")),
            "the bucket name has dots, so the store's certificate does not cover its host: use `AddressingStyle::Path` if the store takes it, or ask for `AddressingStyle::VirtualHosted`",
        ),
        (bucket("arn:aws:s3"), "the ARN is not of the form arn:partition:service:region:account:resource"),
        (
            bucket("arn:aws:sqs:eu-west-1:123456789012:queue"),
            "the ARN is not of the service s3, s3-object-lambda or s3-outposts",
        ),
        (bucket("arn:aws:s3:eu_west-1:123456789012:accesspoint:a"), "the ARN has no valid region"),
        (bucket("arn:aws:s3:eu-west-1::accesspoint:a"), "the ARN has no valid account id"),
        (bucket("arn:aws:s3:eu-west-1:123456789012:a"), "the ARN does not name an access point"),
        (bucket("arn:aws:s3:eu-west-1:123456789012:accesspoint/a.b"), "the ARN has no valid access point name"),
        (
            bucket("arn:aws:s3-outposts:eu-west-1:123456789012:outpost/o_p/accesspoint/a"),
            "the ARN has no valid Outpost id",
        ),
        (
            bucket("arn:aws:s3:eu-west-1:123456789012:accesspoint/a/object/key"),
            "the ARN has more parts after the access point's name",
        ),
        (
            bucket("arn:aws-cn:s3:eu-west-1:123456789012:accesspoint/a"),
            "the ARN is of another partition than the region",
        ),
        (
            build(builder().bucket("arn:aws:s3:us-east-1:123456789012:accesspoint/a").arn_region_must_match(true)),
            "the ARN is of another region than the presigner",
        ),
        #[cfg(not(feature = "sigv4a"))]
        (
            bucket("arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap"),
            "a Multi-Region Access Point cannot be used here: as a bucket it needs the feature `sigv4a`",
        ),
        (
            bucket("media--x-s3"),
            "the bucket name has the suffix of a directory bucket, but not the form base--zone--x-s3",
        ),
        (bucket("media--op-s3"), "the bucket name has the suffix of an Outposts access point alias, but not its form"),
        (build(builder().fips(true).accelerate(true)), "transfer acceleration cannot be combined with FIPS"),
        (
            build(builder().accelerate(true).addressing_style(AddressingStyle::Path)),
            "transfer acceleration cannot be combined with path style",
        ),
        (
            build(builder().dual_stack(true).endpoint("https://h")),
            "dual-stack cannot be combined with a given endpoint",
        ),
        (build(builder().region("cn-north-1").fips(true)), "FIPS cannot be combined with the partition of the region"),
        (get(&"k".repeat(1_025)), "the object key is 1025 bytes long: at most 1024 are allowed"),
        (get(&"語".repeat(342)), "the object key is 1026 bytes long: at most 1024 are allowed"),
        (
            get("a/../b"),
            "the path has a `.` or `..` segment, which HTTP clients resolve before they send it: rename the object, or see `allow_dot_segments`",
        ),
        (
            get("."),
            "the path has a `.` or `..` segment, which HTTP clients resolve before they send it: rename the object, or see `allow_dot_segments`",
        ),
        (
            request(|r| r.path("/a/%2E%2e/b")),
            "the path has a `.` or `..` segment, which HTTP clients resolve before they send it: rename the object, or see `allow_dot_segments`",
        ),
        (
            request(|r| r.raw_path("/..")),
            "the path has a `.` or `..` segment, which HTTP clients resolve before they send it: rename the object, or see `allow_dot_segments`",
        ),
        (
            request(|r| r.path("/a b")),
            "the path is not a percent-encoded absolute path at byte 2: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/a?b")),
            "the path is not a percent-encoded absolute path at byte 2: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/a%2")),
            "the path is not a percent-encoded absolute path at byte 2: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("a")),
            "the path is not a percent-encoded absolute path at byte 0: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.raw_path("@evil.example/")),
            "the path is not a percent-encoded absolute path at byte 0: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/caf%c3%a9")),
            "the path is not encoded as S3 encodes it at byte 5: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/a!b")),
            "the path is not encoded as S3 encodes it at byte 2: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/a%2Fb")),
            "the path is not encoded as S3 encodes it at byte 2: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/a%EF")),
            "the path is not encoded as S3 encodes it at byte 5: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/%FF/b")),
            "the path is not encoded as S3 encodes it at byte 2: use `raw_path` to have it encoded",
        ),
        (
            request(|r| r.path("/%61")),
            "the path is not encoded as S3 encodes it at byte 1: use `raw_path` to have it encoded",
        ),
        (expires(Duration::ZERO), "the expiry is below one second"),
        (expires(Duration::from_millis(999)), "the expiry is below one second"),
        (expires(Duration::from_secs(604_801)), "the expiry of 604801s is too long: at most 604800s are allowed"),
        (
            expires(Duration::from_millis(604_800_001)),
            "the expiry of 604800.001s is too long: at most 604800s are allowed",
        ),
        (
            expires(Duration::MAX),
            "the expiry of 18446744073709551615.999999999s is too long: at most 604800s are allowed",
        ),
        (expired, "the credentials expired at 2024-03-15T08:15:30Z, the signing time is 2024-03-15T08:15:30Z"),
        (build(builder().signing_window(Duration::from_millis(999))), "the signing window is below one second"),
        (
            windowed,
            "the expiry of 604800s is too long for a signing window of 3600s: together, at most 604800s are allowed",
        ),
        (slackened, "the expiry of 604800s is too long: clock slack and signing window leave at most 604500s"),
        (outlives, "the URL would end at 2024-03-15T08:16:30Z, its credentials end at 2024-03-15T08:15:31Z"),
        (provided, "the credentials provider has no credentials"),
        (failed, "the credentials provider failed"),
        (beyond, "the time is outside the years 1970 to 9999"),
        (Timestamp::from_unix_seconds(-1).expect_err("1969"), "the time is outside the years 1970 to 9999"),
        (
            Timestamp::from_unix_seconds(LAST_SECOND + 1).expect_err("10000"),
            "the time is outside the years 1970 to 9999",
        ),
        (
            "20240315".parse::<Timestamp>().expect_err("short"),
            "the time is not of the form YYYYMMDDThhmmssZ or YYYY-MM-DDThh:mm:ss with Z or an offset such as +02:00",
        ),
        (put(|p| p.header("", "a")), "the name of a header is empty"),
        (put(|p| p.header("a b", "a")), "a header name has a character at byte 1 that HTTP does not allow in names"),
        (
            put(|p| p.header("a\r\nHost", "a")),
            "a header name has a character at byte 1 that HTTP does not allow in names",
        ),
        (
            put(|p| p.metadata("größe", "a")),
            "a header name has a character at byte 13 that HTTP does not allow in names",
        ),
        (put(|p| p.metadata("", "a")), "the name of user metadata is empty"),
        (
            put(|p| p.metadata("x-amz-meta-a", "b")),
            "a name of user metadata starts with `x-amz-meta-`, which the setter adds: give it without the prefix",
        ),
        (put(|p| p.content_type("")), "the content type is empty"),
        (
            sign(GetObject::new("k").response_content_type("text/plain\n")),
            "the value of query parameter response-content-type has a control character at byte 10, which no header can have",
        ),
        // The others are in `s3_rules.rs`.
        (
            put(|p| p.content_md5("d41d8cd98f00b204e9800998ecf8427e")),
            "S3 refuses the request: content-md5 is not the base64 of 16 bytes: encode the digest itself, not its hexadecimal digits",
        ),
        (put(|p| p.header("content-length", "abc")), "header content-length is not one decimal number"),
        (put(|p| p.header("content-length", "")), "header content-length is not one decimal number"),
        (put(|p| p.content_length(1).header("Content-Length", "1")), "header content-length is not one decimal number"),
        (
            put(|p| p.content_type("a\r\nHost: evil")),
            "the value of header content-type has a character at byte 1 that is not printable ASCII, space or tab",
        ),
        (
            put(|p| p.content_disposition("attachment; filename=\"ü\"")),
            "the value of header content-disposition has a character at byte 22 that is not printable ASCII, space or tab: \
             give the file name to `ContentDisposition`, which encodes it",
        ),
        (put(|p| p.header("Host", "evil")), "header host is set by the signer"),
        (put(|p| p.header("AUTHORIZATION", "a")), "header authorization is set by the signer"),
        (put(|p| p.header("x-amz-date", "a")), "header x-amz-date is set by the signer"),
        (put(|p| p.header("x-amz-security-token", "a")), "header x-amz-security-token is set by the signer"),
        (
            put(|p| p.header("Transfer-Encoding", "chunked")),
            "header transfer-encoding belongs to a single connection and cannot be signed",
        ),
        (
            put(|p| p.header("x-amz-content-sha256", "AB".repeat(32))),
            "x-amz-content-sha256 is neither UNSIGNED-PAYLOAD nor 64 lower-case hexadecimal digits",
        ),
        (
            put(|p| p.header("x-amz-content-sha256", "ab".repeat(31))),
            "x-amz-content-sha256 is neither UNSIGNED-PAYLOAD nor 64 lower-case hexadecimal digits",
        ),
        (
            put(|p| p.query("X-AMZ-Content-SHA256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")),
            "x-amz-content-sha256 is neither UNSIGNED-PAYLOAD nor 64 lower-case hexadecimal digits",
        ),
        (
            put(|p| p.query("X-AMZ-Content-SHA256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")),
            "a streaming payload cannot be presigned: use `authorize`, or `Payload::Unsigned`",
        ),
        (
            put(|p| p.payload_sha256([1; 32]).header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")),
            "x-amz-content-sha256 is given more than once, or differs from the payload",
        ),
        (
            put(|p| p.payload_sha256([1; 32]).query("x-amz-content-sha256", "UNSIGNED-PAYLOAD")),
            "x-amz-content-sha256 is given more than once, or differs from the payload",
        ),
        (
            request(|r| r.payload(Payload::Empty).header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")),
            "x-amz-content-sha256 is given more than once, or differs from the payload",
        ),
        (
            express.presign_at(ListBuckets::new(), LIFE, now()).expect_err("another endpoint"),
            "the presigner has no endpoint that lists buckets: use one for an ordinary bucket, in path style if there is a published endpoint",
        ),
        (
            sign(ListBuckets::new().bucket_region("us-east-1")),
            "bucket-region is not the region of the presigner, whose endpoint lists no other: use `with_region`",
        ),
        (sign(ListBuckets::new().max_buckets(0)), "max-buckets is not a whole number from 1 to 10000"),
        (
            presign::s3::decode_key("a%zz").expect_err("no digits"),
            "the encoded object key has a character that is not allowed at byte 1: two hexadecimal digits must follow `%`, and the bytes must be UTF-8",
        ),
        (
            request(|r| r.payload(Payload::StreamingUnsignedPayloadTrailer)),
            "a streaming payload cannot be presigned: use `authorize`, or `Payload::Unsigned`",
        ),
        (lattice, "the service takes only an unsigned payload: leave the payload out, or set `Payload::Unsigned`"),
        (query("X-Amz-Signature"), "query parameter X-Amz-Signature is set by the signer"),
        (query("x-amz-expires"), "query parameter x-amz-expires is set by the signer"),
        (query("X-AMZ-SECURITY-TOKEN"), "query parameter X-AMZ-SECURITY-TOKEN is set by the signer"),
        (sign(UploadPart::new("k", "", 1)), "the upload id is empty"),
        (sign(AbortMultipartUpload::new("k", "")), "the upload id is empty"),
        (sign(UploadPart::new("k", "u", 0)), "partNumber is not a whole number from 1 to 10000"),
        (sign(UploadPart::new("k", "u", 10_001)), "partNumber is not a whole number from 1 to 10000"),
        (sign(GetObject::new("k").query("partNumber", "+1")), "partNumber is not a whole number from 1 to 10000"),
        (sign(GetObject::new("k").query("partNumber", "")), "partNumber is not a whole number from 1 to 10000"),
        (sign(ListObjectsV2::new().max_keys(1 << 31)), "max-keys is not a whole number from 0 to 2147483647"),
        (
            sign(S3Request::new(Method::Get).query("max-keys", "-1")),
            "max-keys is not a whole number from 0 to 2147483647",
        ),
        (
            sign(S3Request::new(Method::Get).query("max-parts", "1e3")),
            "max-parts is not a whole number from 0 to 2147483647",
        ),
        (
            sign(S3Request::new(Method::Get).query("max-uploads", "")),
            "max-uploads is not a whole number from 0 to 2147483647",
        ),
        (
            sign(S3Request::new(Method::Get).header("X-Amz-Max-Parts", "2147483648")),
            "x-amz-max-parts is not a whole number from 0 to 2147483647",
        ),
        (sign(GetObject::new("k").range(5..5)), "the range of bytes is empty"),
        (sign(GetObject::new("k").range_suffix(0)), "the range of bytes is empty"),
        (sign(S3Request::new(Method::Get).header("Range", "bytes=7-5")), "the range of bytes is empty"),
        (
            put(|p| p.metadata("name", "v".repeat(2_045))),
            "the user metadata is 2049 bytes long: at most 2048 are allowed",
        ),
        (
            put(|p| p.metadata("a", "v".repeat(1_023)).header("X-Amz-Meta-B", "v".repeat(1_024))),
            "the user metadata is 2049 bytes long: at most 2048 are allowed",
        ),
        (put(|p| (0..11).fold(p, |p, tag| p.tag(tag.to_string(), ""))), "there are 11 tags: at most 10 are allowed"),
        (put(|p| p.header("x-amz-tagging", "a=1&b=2&c&d&e&f&g&h&i&j&k")), "there are 11 tags: at most 10 are allowed"),
        (tags(&[("a", ""); 11]), "there are 11 tags: at most 10 are allowed"),
        (put(|p| p.tag("", "v")), "the key of a tag is 0 characters long: 1 to 128 are allowed"),
        (put(|p| p.tag("ü".repeat(129), "v")), "the key of a tag is 129 characters long: 1 to 128 are allowed"),
        (tags(&[("", "v")]), "the key of a tag is 0 characters long: 1 to 128 are allowed"),
        (put(|p| p.tag("k", "ü".repeat(257))), "the value of a tag is 257 characters long: at most 256 are allowed"),
        (
            tags(&[("k", &"\u{1f980}".repeat(129))]),
            "the value of a tag is 258 characters long: at most 256 are allowed",
        ),
        (
            tags(&[("a\0", "b")]),
            "the tag has a character that is not allowed at byte 1: control characters are not allowed",
        ),
        (CopySource::new("", "k").expect_err("no bucket"), "the bucket is empty"),
        (
            CopySource::access_point("arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap", "k")
                .expect_err("SigV4A"),
            "a Multi-Region Access Point cannot be used here: as a bucket it needs the feature `sigv4a`",
        ),
        (CopySource::new("archive", "").expect_err("no key"), "the object key is empty"),
        (
            CopySource::new("a/b", "k").expect_err("a slash"),
            "the bucket has a character that is not allowed at byte 1: letters, digits, `.`, `-` and `_` are allowed",
        ),
        (
            CopySource::access_point("arn:aws:s3:::bucket", "k").expect_err("a bucket"),
            "the ARN does not name an access point",
        ),
        (
            CopySource::access_point("arn:aws:s3:us-west-2:123456789012:accesspoint/a?v=1", "k").expect_err("a query"),
            "the ARN has no valid access point name",
        ),
        (
            CopySource::access_point("arn:aws:s3:us-west-2:123456789012:accesspoint/a/object/b", "k")
                .expect_err("a key"),
            "the ARN has more parts after the access point's name",
        ),
        (
            CopySource::access_point("arn:aws-cn:s3:us-west-2:123456789012:accesspoint/a", "k").expect_err("partition"),
            "the ARN is of another partition than the region",
        ),
        (
            CopySource::access_point("arn:a?b=c&d:s3:us-west-2:123456789012:accesspoint/a", "k").expect_err("no name"),
            "the ARN is of another partition than the region",
        ),
        (
            CopySource::access_point("arn:/bucket/key:s3-outposts:us-west-2:123456789012:outpost/a", "k")
                .expect_err("no name"),
            "the ARN is of another partition than the region",
        ),
        (
            CopySource::access_point("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/a?v=1", "k")
                .expect_err("query"),
            "the ARN has no valid access point name",
        ),
        (
            CopySource::access_point("arn:aws:s3-outposts:us-west-2:123456789012:outpost/a/b", "k")
                .expect_err("more parts"),
            "the ARN does not name an access point",
        ),
        (
            express.presign_at(S3Request::new(Method::Delete), LIFE, now()).expect_err("the bucket itself"),
            "creating and deleting a directory bucket is not supported: it has an endpoint of its own",
        ),
        (sign(AbortMultipartUpload::new("k", "real").query("uploadId", "other")), "uploadId is given more than once"),
        (put(|p| p.tagging("a=b").header("X-Amz-Tagging", "c=d")), "x-amz-tagging is given more than once"),
        (sign(GetObject::new("k").version_id("")), "the version id is empty"),
        (
            put(|p| p.query("X-Amz-Meta-A", "a".repeat(2_048))),
            "the user metadata is 2049 bytes long: at most 2048 are allowed",
        ),
        #[cfg(not(feature = "sigv4a"))]
        (
            bucket("mfzwi23gnjvgw.mrap"),
            "a Multi-Region Access Point cannot be used here: as a bucket it needs the feature `sigv4a`",
        ),
        (
            bucket("arn:aws:s3:eu-west-1:123456789012:accesspoint/MyAccessPoint"),
            "the ARN has no valid access point name",
        ),
        (bucket("arn:aws:s3:eu-west-1:b-123456789012:accesspoint/a"), "the ARN has no valid account id"),
        (
            build(builder().bucket("my.bucket").accelerate(true).addressing_style(AddressingStyle::VirtualHosted)),
            "transfer acceleration cannot be combined with path style",
        ),
        (
            MultipartPlan::new(53_687_091_200_001).expect_err("too large"),
            "the object is 53687091200001 bytes long: at most 53687091200000 are allowed",
        ),
        (
            MultipartPlan::with_part_size(1, 5_242_879).expect_err("too small"),
            "the part size is 5242879 bytes: 5242880 to 5368709120 are allowed",
        ),
        (
            MultipartPlan::with_part_size(52_428_800_001, 5_242_880).expect_err("too many"),
            "the object has 10001 parts of this size: at most 10000 are allowed",
        ),
        (complete([]), "no completed parts given"),
        (complete([(2, "a"), (1, "b")]), "the numbers of the completed parts do not ascend"),
        (complete([(1, "a"), (1, "a")]), "the numbers of the completed parts do not ascend"),
        (restore(0), "Days is not a whole number from 1 to 2147483647"),
        (restore(2_147_483_648), "Days is not a whole number from 1 to 2147483647"),
        (complete([(0, "a")]), "PartNumber is not a whole number from 1 to 10000"),
        (complete([(10_001, "a")]), "PartNumber is not a whole number from 1 to 10000"),
        (complete([(1, "")]), "the entity tag is empty"),
        (
            complete([(1, "a\u{1b}")]),
            "the entity tag has a character that is not allowed at byte 1: control characters are not allowed",
        ),
        (
            sign(CopyObject::new("k", CopySource::new("source", "k").expect("valid").version_id(""))),
            "the version id is empty",
        ),
        (
            DeleteObjects::body([ObjectIdentifier::new("k").version_id("")]).expect_err("no version"),
            "the version id is empty",
        ),
        (delete(&[]), "the number of objects is not a whole number from 1 to 1000"),
        (delete(&["k"; 1_001]), "the number of objects is not a whole number from 1 to 1000"),
        (delete(&["k", ""]), "the object key is empty"),
        (
            delete(&["\u{fffe}"]),
            "the object key has a character that is not allowed at byte 0: control characters are not allowed",
        ),
        (
            DeleteObjects::body([ObjectIdentifier::new("k").version_id("\0")]).expect_err("a control character"),
            "the version id has a character that is not allowed at byte 0: control characters are not allowed",
        ),
        (
            "s3".parse::<Store>().expect_err("not a store"),
            "the store is unknown: known are aws, cloudflare-r2, google-cloud-storage, backblaze-b2, \
             digitalocean-spaces, wasabi, minio, ceph-rgw, garage, supabase, tigris, scaleway, hetzner, ovhcloud, \
             linode, oci, alibaba-oss, idrive-e2, storj, tencent-cos, volcengine-tos, huawei-obs, baidu-bos, ibm-cos, \
             vultr, yandex, mega-s4, seaweedfs, rustfs, versitygw",
        ),
        (
            "host".parse::<AddressingStyle>().expect_err("not a style"),
            "the addressing style is unknown: known are auto, virtual, path, bucket-endpoint",
        ),
        (
            "get".parse::<Method>().expect_err("in lower case"),
            "the HTTP method is unknown; known: GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS",
        ),
        (
            "ON ".parse::<ObjectLockMode>().expect_err("a status"),
            "the ObjectLockMode is unknown; known: GOVERNANCE, COMPLIANCE",
        ),
        (Error::NoClock, "there is no clock on this target: pass the time, to a function whose name ends in `_at`"),
        (Error::HeadersTooLarge, "the headers are too many or too long for an `http::HeaderMap`"),
        (
            Error::UrlRewritten,
            "the URL cannot be converted without a change, which breaks the signature: send the string of `url()` as it is",
        ),
    ]
}

#[cfg(not(feature = "post"))]
fn forms() -> Vec<(Error, &'static str)> {
    Vec::new()
}

#[cfg(feature = "post")]
fn forms() -> Vec<(Error, &'static str)> {
    let policy = || PostPolicy::new("key");
    let post = |policy: PostPolicy<'_>| presigner().presign_post_at(&policy, LIFE, now()).expect_err("a bad form");
    let upload = Upload::new("key", "image/png", 1);
    let grant = |builder: PresignerBuilder, upload: &Upload<'_>| {
        builder.build().expect("valid").grant_upload_at(upload, LIFE, now()).expect_err("a bad upload")
    };
    let r2 = builder().store(Store::CLOUDFLARE_R2).account("account").build().expect("valid");
    #[allow(clippy::reversed_empty_ranges)]
    let empty = 2..=1;

    vec![
        (post(policy().eq("Policy", "")), "form field policy is set by the signer or has a setter of its own"),
        (post(policy().eq("acl", "private").eq("ACL", "private")), "form field acl is given more than once"),
        (post(policy().eq("acl", "pri\0")), "the value of form field acl has a control character at byte 3"),
        (
            post(policy().starts_with("acl", "public", "private")),
            "the value of form field acl does not start with the prefix of its condition",
        ),
        (
            post(policy().starts_with("tagging", "a", "a")),
            "form field tagging cannot have a prefix as its condition, only a value",
        ),
        (
            post(PostPolicy::new("${filename}")),
            "the condition of form field key has `${filename}`, which the store replaces: it can only stand behind a prefix",
        ),
        (post(policy().content_length_range(empty)), "the content length range from 2 to 1 is empty"),
        (
            post(policy().ignore("tracking", "1".repeat(18_953))),
            "the form is 20481 bytes long without the file: at most 20480 are allowed",
        ),
        (r2.presign_post_at(&policy(), LIFE, now()).expect_err("no forms"), "the store takes no uploads from forms"),
        (
            grant(builder().endpoint("https://h"), &upload),
            "the store is not known to take forms, so it can enforce only an exact size: give the size of the file",
        ),
        (grant(builder(), &upload.clone().size(2)), "the file has 2 bytes: at most 1 are allowed"),
    ]
}

#[test]
fn messages() {
    for (error, message) in table() {
        assert_eq!(error.to_string(), message, "{error:?}");
    }
}

#[test]
fn no_variant_is_without_a_message_here() {
    let source = concat!(
        include_str!("../../src/error/mod.rs"),
        include_str!("../../src/error/detail.rs"),
        include_str!("../../src/error/token_error.rs")
    );
    let variants = |name: &str| {
        let body = &source[source.find(&format!("pub enum {name} {{")).expect("the enum")..];
        body[..body.find("\n}").expect("its end")].matches("#[error(").count()
    };
    let errors: Vec<_> = table().into_iter().map(|(error, _)| error).collect();
    let seen: HashSet<_> = errors.iter().map(discriminant).collect();
    // `environment.rs` causes two variants; eleven are about forms, which need the feature `post`.
    let elsewhere = if cfg!(feature = "post") { 2 } else { 13 };
    let elsewhere = elsewhere + usize::from(cfg!(not(feature = "tokens")));
    assert_eq!(seen.len() + elsewhere, variants("Error"));
    let endpoint_errors: HashSet<_> =
        errors.iter().filter_map(|error| if let Error::Endpoint(inner) = error { Some(inner) } else { None }).collect();
    assert_eq!(endpoint_errors.len(), variants("EndpointError"));
    let arn_errors: HashSet<_> =
        errors.iter().filter_map(|error| if let Error::Arn(inner) = error { Some(inner) } else { None }).collect();
    assert_eq!(arn_errors.len(), variants("ArnError"));
    let token_errors: HashSet<_> =
        errors.iter().filter_map(|error| if let Error::Token(inner) = error { Some(inner) } else { None }).collect();
    assert_eq!(token_errors.len(), if cfg!(feature = "tokens") { variants("TokenError") } else { 0 });
}

/// Whoever reports an error with its sources prints each text once.
#[test]
fn no_source_repeats_the_message() {
    for (error, message) in table() {
        let sources = successors(error.source(), |&source| source.source()).map(ToString::to_string);
        let sources: Vec<_> = sources.collect();
        let expected: &[&str] = if matches!(error, Error::Credentials(_)) { &["no route"] } else { &[] };
        assert_eq!(sources, expected, "{message}");
    }
}

#[test]
fn credentials_errors_are_equal_if_they_share_their_source() {
    let one = CredentialsError::new("no route");
    assert_eq!(one, one.clone());
    assert_ne!(one, CredentialsError::new("no route"));
    let error = Error::from(one.clone());
    assert_eq!(error, Error::Credentials(one));
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_ne!(error, Error::NoCredentials);
}

/// A result of a signature is returned by value, many times a second.
#[cfg(target_pointer_width = "64")]
#[test]
fn an_error_is_small() {
    assert!(size_of::<Error>() <= 48, "{}", size_of::<Error>());
}

/// All names that belong to the signer, in any case, as header and as parameter.
#[test]
fn the_signers_names_are_its_own() {
    for name in [
        "Algorithm",
        "Credential",
        "Date",
        "Expires",
        "Region-Set",
        "S3session-Token",
        "Security-Token",
        "Signature",
        "SignedHeaders",
    ] {
        let name = format!("X-Amz-{name}");
        for name in [name.clone(), name.to_lowercase(), name.to_uppercase()] {
            assert_variant!(put(|p| p.header(name.clone(), "a")), ReservedHeader { name: name.to_lowercase() });
            assert_variant!(query(&name), ReservedQueryParameter { name });
        }
    }
    for name in
        ["Authorization", "Host", "X-Amz-Date", "X-Amz-Region-Set", "X-Amz-S3session-Token", "X-Amz-Security-Token"]
    {
        assert_variant!(put(|p| p.header(name, "a")), ReservedHeader { name: name.to_lowercase() });
    }
}

#[test]
fn an_error_leaves_the_buffer_as_it_was() {
    let mut url = String::from("before");
    for operation in [
        S3Request::new(Method::Get).key(""),
        S3Request::new(Method::Get).key("a").header("host", "evil"),
        S3Request::new(Method::Get).key("a").query("X-Amz-Date", "1"),
        S3Request::new(Method::Get).key("a").header("x-amz-content-sha256", "1"),
    ] {
        assert!(presigner().presign_into_at(&mut url, operation, LIFE, now()).is_err());
        assert_eq!(url, "before");
    }
}

#[test]
fn limits_that_are_just_reached() {
    let presigner = presigner();
    for (key, life) in [
        ("k".repeat(1_024), Duration::from_secs(1)),
        ("語".repeat(341), Duration::from_secs(604_800)),
        ("k".into(), Duration::from_millis(1_999)),
    ] {
        let signed = presigner.presign_at(GetObject::new(&key), life, now()).expect("within the limits");
        let seconds = i64::try_from(life.as_secs()).expect("small");
        assert_eq!(signed.expires_at().unix_seconds(), now().unix_seconds() + seconds);
        assert!(signed.url().contains(&format!("&X-Amz-Expires={seconds}&")));
    }
    let put = (0..10).fold(PutObject::new("k"), |put, tag| put.tag(format!("{tag:ü>128}"), "\u{1f980}".repeat(128)));
    let put = put.metadata("name", "v".repeat(2_044));
    assert!(presigner.presign_at(put, LIFE, now()).is_ok());
    for operation in [
        UploadPart::new("k", "u", 1).request(),
        UploadPart::new("k", "u", 10_000).request(),
        ListObjectsV2::new().max_keys(0).request(),
        ListObjectsV2::new().max_keys(1_001).request(),
        GetObject::new("k").range(0..1).request(),
    ] {
        assert!(presigner.presign_at(&*operation, LIFE, now()).is_ok());
    }
    let objects = (0..1_000).map(|number| ObjectIdentifier::new(number.to_string()));
    assert!(DeleteObjects::body(objects).is_ok());
    assert!(PutObjectTagging::body([]).is_ok());
    let [least, most] = [1, 2_147_483_647].map(|days| RestoreObject::body(days, None));
    assert!(least.is_ok() && most.is_ok());
    let end = now().checked_add(Duration::from_secs(1)).expect("in range");
    let short = presigner.with_credentials(credentials().with_expiration(end));
    let signed = short.presign_at(GetObject::new("k"), LIFE, now()).expect("one second left");
    assert_eq!(signed.expires_at(), end);
}

/// Whose fault an error is, from an input that causes it.
#[test]
fn kinds() {
    let given = |change: fn(PresignerBuilder) -> PresignerBuilder| change(builder()).build().expect_err("invalid");
    let expired = credentials().with_expiration(now());
    for (error, kind) in [
        (get(""), ErrorKind::Request),
        (get("a/../b"), ErrorKind::Request),
        (put(|put| put.header("host", "evil")), ErrorKind::Request),
        (put(|put| put.metadata("name", "ü")), ErrorKind::Request),
        (sign(UploadPart::new("k", "u", 0)), ErrorKind::Request),
        (
            presigner().presign_at(GetObject::new("k"), Duration::ZERO, now()).expect_err("too short"),
            ErrorKind::Request,
        ),
        (MultipartPlan::new(u64::MAX).expect_err("too large"), ErrorKind::Request),
        (given(|builder| builder.bucket("a/b")), ErrorKind::Configuration),
        (given(|builder| builder.region("")), ErrorKind::Configuration),
        (given(|builder| builder.endpoint("minio:9000")), ErrorKind::Configuration),
        (given(|builder| builder.published_endpoint("cdn:443")), ErrorKind::Configuration),
        (given(|builder| builder.bucket("arn:aws:s3:::b")), ErrorKind::Configuration),
        (Presigner::builder().build().expect_err("no credentials"), ErrorKind::Credentials),
        (Credentials::new("", "secret").expect_err("no key id"), ErrorKind::Credentials),
        (
            presigner().with_credentials(expired).presign_at(GetObject::new("k"), LIFE, now()).expect_err("expired"),
            ErrorKind::Credentials,
        ),
        (Timestamp::from_unix_seconds(-1).expect_err("before 1970"), ErrorKind::Clock),
        (Error::NoClock, ErrorKind::Clock),
        (
            CopySource::access_point("arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap", "k")
                .expect_err("SigV4A"),
            ErrorKind::NotSupported,
        ),
    ] {
        assert_eq!(error.kind(), kind, "{error}");
    }
}
