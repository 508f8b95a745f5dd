//! Each line of the canonical request, changed as clients and proxies change it.

use presign::diagnose::{Cause, Line, Refusal, Signed, diagnose};
use presign::s3::{GetObject, PutObject, S3Request};
use presign::sigv4::{Request, Service, Signer};
use presign::{Method, Region};

use super::*;

pub(super) type Change = fn(&str) -> String;

/// What arrived, the cause, the line, and both sides of it.
pub(super) type Row = (&'static str, Change, Cause, Line, Option<&'static str>, Option<&'static str>);

fn parameter(name: &str) -> Line {
    Line::Parameter(name.to_owned())
}

fn header(name: &str) -> Line {
    Line::Header(name.to_owned())
}

/// Adds a parameter where a store sorts it, without a look at the order.
fn with_parameter(text: &str, pair: &str) -> String {
    text.replacen("X-Amz-Algorithm=", &format!("{pair}&X-Amz-Algorithm="), 1)
}

/// What clients and proxies do to the upload.
pub(super) fn rows() -> Vec<Row> {
    vec![
        ("method", |t| t.replacen("PUT", "POST", 1), Cause::Method, Line::Method, Some("PUT"), Some("POST")),
        ("preflight", |t| t.replacen("PUT", "OPTIONS", 1), Cause::Method, Line::Method, Some("PUT"), Some("OPTIONS")),
        // The path.
        (
            "encoded again",
            |t| t.replacen("my%20file%2B1.png", "my%2520file%252B1.png", 1),
            Cause::UrlRewritten,
            Line::Path,
            Some("/users/42/my%20file%2B1.png"),
            Some("/users/42/my%2520file%252B1.png"),
        ),
        (
            "decoded",
            |t| t.replacen("my%20file%2B1.png", "my%20file%201.png", 1),
            Cause::UrlRewritten,
            Line::Path,
            Some("/users/42/my%20file%2B1.png"),
            Some("/users/42/my%20file%201.png"),
        ),
        (
            "slash encoded",
            |t| t.replacen("/users/42/my", "/users%2F42%2Fmy", 1),
            Cause::UrlRewritten,
            Line::Path,
            Some("/users/42/my%20file%2B1.png"),
            Some("/users%2F42%2Fmy%20file%2B1.png"),
        ),
        (
            "another key",
            |t| t.replacen("my%20file%2B1.png", "my", 1),
            Cause::UrlRewritten,
            Line::Path,
            Some("/users/42/my%20file%2B1.png"),
            Some("/users/42/my"),
        ),
        (
            "two slashes",
            |t| t.replacen("/users/42/my", "//users/42/my", 1),
            Cause::KeySlashes,
            Line::Path,
            Some("/users/42/my%20file%2B1.png"),
            Some("//users/42/my%20file%2B1.png"),
        ),
        (
            "prefix of a proxy",
            |t| t.replacen("/users/42/my", "/media/users/42/my", 1),
            Cause::Host,
            Line::Path,
            Some("/users/42/my%20file%2B1.png"),
            Some("/media/users/42/my%20file%2B1.png"),
        ),
        (
            "path style",
            |t| t.replacen("/users", "/user-media/users", 1).replacen("host:user-media.s3.", "host:s3.", 1),
            Cause::Host,
            Line::Path,
            Some("/users/42/my%20file%2B1.png"),
            Some("/user-media/users/42/my%20file%2B1.png"),
        ),
        // The query.
        (
            "tracking",
            |t| with_parameter(t, "utm_source=mail"),
            Cause::QueryChanged,
            parameter("utm_source"),
            None,
            Some("mail"),
        ),
        (
            "x-id",
            |t| t.replacen("&X-Amz-SignedHeaders", "&x-id=PutObject&X-Amz-SignedHeaders", 1),
            Cause::QueryChanged,
            parameter("x-id"),
            None,
            Some("PutObject"),
        ),
        (
            "expiry changed",
            |t| t.replacen("X-Amz-Expires=900", "X-Amz-Expires=9000", 1),
            Cause::QueryChanged,
            parameter("X-Amz-Expires"),
            Some("900"),
            Some("9000"),
        ),
        (
            "expiry removed",
            |t| t.replacen("&X-Amz-Expires=900", "", 1),
            Cause::QueryChanged,
            parameter("X-Amz-Expires"),
            Some("900"),
            None,
        ),
        (
            "checksum of an SDK",
            |t| with_parameter(t, "x-amz-checksum-crc32=AAAAAA%3D%3D"),
            Cause::BakedChecksum,
            parameter("x-amz-checksum-crc32"),
            None,
            Some("AAAAAA%3D%3D"),
        ),
        (
            "algorithm of a checksum",
            |t| with_parameter(t, "x-amz-sdk-checksum-algorithm=CRC32"),
            Cause::BakedChecksum,
            parameter("x-amz-sdk-checksum-algorithm"),
            None,
            Some("CRC32"),
        ),
        (
            "credential encoded again",
            |t| t.replace("%2Feu-west-1", "%252Feu-west-1"),
            Cause::UrlRewritten,
            parameter("X-Amz-Credential"),
            Some("AKIAIOSFODNN7EXAMPLE%2F20240315%2Feu-west-1%2Fs3%2Faws4_request"),
            Some("AKIAIOSFODNN7EXAMPLE%2F20240315%252Feu-west-1%2Fs3%2Faws4_request"),
        ),
        (
            "region of the credential",
            |t| t.replacen("eu-west-1%2Fs3", "us-east-1%2Fs3", 1),
            Cause::WrongRegion,
            parameter("X-Amz-Credential"),
            Some("AKIAIOSFODNN7EXAMPLE%2F20240315%2Feu-west-1%2Fs3%2Faws4_request"),
            Some("AKIAIOSFODNN7EXAMPLE%2F20240315%2Fus-east-1%2Fs3%2Faws4_request"),
        ),
        (
            "service of the credential",
            |t| t.replacen("%2Fs3%2F", "%2Fs3express%2F", 1),
            Cause::WrongService,
            parameter("X-Amz-Credential"),
            Some("AKIAIOSFODNN7EXAMPLE%2F20240315%2Feu-west-1%2Fs3%2Faws4_request"),
            Some("AKIAIOSFODNN7EXAMPLE%2F20240315%2Feu-west-1%2Fs3express%2Faws4_request"),
        ),
        (
            "another URL",
            |t| t.replacen("20240315T081530Z", "20240315T081531Z", 1),
            Cause::QueryChanged,
            parameter("X-Amz-Date"),
            Some("20240315T081530Z"),
            Some("20240315T081531Z"),
        ),
        // The headers.
        (
            "port",
            |t| t.replacen("amazonaws.com\n", "amazonaws.com:443\n", 1),
            Cause::Host,
            header("host"),
            Some("user-media.s3.eu-west-1.amazonaws.com"),
            Some("user-media.s3.eu-west-1.amazonaws.com:443"),
        ),
        (
            "CDN",
            |t| t.replacen("host:user-media.s3.eu-west-1.amazonaws.com", "host:cdn.example.com", 1),
            Cause::Host,
            header("host"),
            Some("user-media.s3.eu-west-1.amazonaws.com"),
            Some("cdn.example.com"),
        ),
        (
            "charset",
            |t| t.replacen("image/png", "image/png; charset=utf-8", 1),
            Cause::ContentType,
            header("content-type"),
            Some("image/png"),
            Some("image/png; charset=utf-8"),
        ),
        (
            "no content type",
            |t| t.replacen("content-type:image/png", "content-type:", 1),
            Cause::ContentType,
            header("content-type"),
            Some("image/png"),
            Some(""),
        ),
        // rclone#6670
        (
            "Google's front end",
            |t| t.replacen("identity", "gzip,gzip(gfe)", 1),
            Cause::AcceptEncoding,
            header("accept-encoding"),
            Some("identity"),
            Some("gzip,gzip(gfe)"),
        ),
        (
            "metadata not sent",
            |t| t.replacen("x-amz-meta-user:42", "x-amz-meta-user:", 1),
            Cause::HeaderNotSent,
            header("x-amz-meta-user"),
            Some("42"),
            Some(""),
        ),
        (
            "metadata without a line",
            |t| t.replacen("x-amz-meta-user:42\n", "", 1),
            Cause::HeaderNotSent,
            header("x-amz-meta-user"),
            Some("42"),
            None,
        ),
        (
            "metadata changed",
            |t| t.replacen("x-amz-meta-user:42", "x-amz-meta-user:43", 1),
            Cause::HeaderChanged,
            header("x-amz-meta-user"),
            Some("42"),
            Some("43"),
        ),
        (
            "a header of the client",
            |t| t.replacen("\nhost:", "\nexpect:100-continue\nhost:", 1).replacen("host;x-amz", "expect;host;x-amz", 1),
            Cause::HeaderNotSigned,
            header("expect"),
            None,
            Some("100-continue"),
        ),
        (
            "only the names",
            |t| t.replacen("host;x-amz", "expect;host;x-amz", 1),
            Cause::HeaderNotSigned,
            Line::SignedHeaders,
            Some("accept-encoding;cache-control;content-type;host;x-amz-meta-user"),
            Some("accept-encoding;cache-control;content-type;expect;host;x-amz-meta-user"),
        ),
        (
            "a header of a proxy",
            |t| t.replacen("\nhost:", "\ncf-ray:7d0\nhost:", 1).replacen("host;x-amz", "cf-ray;host;x-amz", 1),
            Cause::ProxyHeaderSigned,
            header("cf-ray"),
            None,
            Some("7d0"),
        ),
        // The payload.
        (
            "payload",
            |t| t.replacen("UNSIGNED-PAYLOAD", &"a1".repeat(32), 1),
            Cause::PayloadHash,
            Line::Payload,
            Some("UNSIGNED-PAYLOAD"),
            Some("a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"),
        ),
    ]
}

#[test]
fn every_line_of_an_upload() {
    let signed = put();
    for (name, change, cause, line, left, right) in &rows() {
        let received = Received::new(&signed, change);
        assert_ne!(received.canonical_request, signed.canonical_request(), "{name} changes something");
        let diagnosis = why(&signed, 403, &received.aws());
        assert_causes(&diagnosis, &[*cause], name);
        assert_eq!(diagnosis.cause(), Some(*cause), "{name}");
        let difference = diagnosis.difference().expect("a difference");
        assert_eq!((difference.line(), difference.signed(), difference.received()), (line, *left, *right), "{name}");
        assert!(!diagnosis.advice().is_empty() && diagnosis.experiment().is_none(), "{name}");
    }
}

/// The neighbor of all rows: nothing differs, so only the key can.
#[test]
fn equal_strings_are_a_wrong_secret() {
    let signed = put();
    let body = Received::new(&signed, str::to_owned).aws();
    assert_causes(&why(&signed, 403, &body), &[Cause::WrongSecret], "equal");

    // The secret is not kept, but its form tells more.
    for (id, secret, cause) in [
        ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Cause::WrongSecret),
        ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI%2FK7MDENG%2FbPxRfiCYEXAMPLEKEY", Cause::SecretAltered),
        ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE", Cause::SecretAltered),
        ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI K7MDENG/bPxRfiCYEXAMPLEKEY", Cause::SecretAltered),
        ("minioadmin", "minioadmin", Cause::WrongSecret),
        ("minioadmin", "\"minioadmin\"", Cause::SecretAltered),
    ] {
        let credentials = Credentials::new(id, secret).expect("valid");
        let signed = Signed::from(&signed).with_credentials(&credentials);
        let diagnosis = diagnose(&signed, &Refusal::parse(Some(403), &body));
        assert_causes(&diagnosis, &[cause], secret);
        assert!(!format!("{signed:?}{diagnosis:?}{diagnosis}").contains(secret), "{secret}");
    }
}

#[test]
fn the_scope_of_a_store_is_its_own() {
    let signed = get();
    for (from, to, cause) in [
        ("/eu-west-1/s3/", "/us-east-1/s3/", Cause::WrongRegion),
        ("/eu-west-1/s3/", "/eu-west-1/s3express/", Cause::WrongService),
        ("20240315/", "20240316/", Cause::QueryChanged),
    ] {
        let mut received = Received::new(&signed, str::to_owned);
        received.string_to_sign = received.string_to_sign.replace(from, to);
        let diagnosis = why(&signed, 403, &received.aws());
        assert_causes(&diagnosis, &[cause], to);
        assert_eq!(diagnosis.difference().expect("a difference").line(), &Line::Scope, "{to}");
    }
}

#[test]
fn several_differences_are_several_causes() {
    let signed = put();
    let received = Received::new(&signed, |text| {
        text.replacen("PUT", "POST", 1).replacen("image/png", "text/plain", 1).replacen("identity", "gzip", 1)
    });
    let diagnosis = why(&signed, 403, &received.aws());
    assert_causes(&diagnosis, &[Cause::Method, Cause::AcceptEncoding, Cause::ContentType], "three lines");
    assert_eq!(diagnosis.difference().expect("a difference").line(), &Line::Method);
    assert!(diagnosis.cause().is_none() && diagnosis.experiment().is_some());
}

#[test]
fn a_key_with_slashes() {
    let signed = presigner().explain_at(GetObject::new("/a//b"), Duration::from_secs(60), now()).expect("a request");
    for merged in ["/a/b", "/a//b"] {
        let received = Received::new(&signed, |text| text.replacen("//a//b", merged, 1));
        assert_causes(&why(&signed, 403, &received.aws()), &[Cause::KeySlashes], merged);
    }
}

#[test]
fn a_key_with_dots() {
    let get = GetObject::new("a/../b").allow_dot_segments();
    let signed = presigner().explain_at(get, Duration::from_secs(60), now()).expect("a request");
    let received = Received::new(&signed, |text| text.replacen("/a/../b", "/b", 1));
    assert_causes(&why(&signed, 403, &received.aws()), &[Cause::UrlRewritten], "normalized");
}

#[test]
fn a_header_of_a_proxy_that_was_signed() {
    // s3cmd#1333
    let put = PutObject::new("a").header("cf-ray", "7d0");
    let signed = presigner().explain_at(put, Duration::from_secs(60), now()).expect("a request");
    for value in ["cf-ray:8e1", "cf-ray:"] {
        let received = Received::new(&signed, |text| text.replacen("cf-ray:7d0", value, 1));
        assert_causes(&why(&signed, 403, &received.aws()), &[Cause::ProxyHeaderSigned], value);
    }
}

#[test]
fn a_checksum_that_was_signed() {
    let put = S3Request::new(Method::Put).key("a").query("x-amz-checksum-crc32", "AAAAAA==");
    let signed = presigner().explain_at(put, Duration::from_secs(60), now()).expect("a request");
    let received = Received::new(&signed, |text| text.replacen("AAAAAA%3D%3D", "NSRBwg%3D%3D", 1));
    assert_causes(&why(&signed, 403, &received.aws()), &[Cause::BakedChecksum], "another value");
    let silent = error("SignatureDoesNotMatch", "", "");
    assert!(why(&signed, 403, &silent).causes().contains(&Cause::BakedChecksum));
    assert!(!why(&get(), 403, &silent).causes().contains(&Cause::BakedChecksum));
}

/// Services other than S3 encode the path twice, and a store that is S3 does not.
#[test]
fn the_encoding_of_the_path() {
    let signer = |service: Service| Signer::new(credentials(), Region::new("eu-west-1").expect("valid"), service);
    let request = |path: &'static str| Request::new(Method::Get, "https://api.example.com").expect("valid").path(path);
    let explain = |service: Service| {
        signer(service).explain_at(&request("/my%20file"), Duration::from_secs(60), now()).expect("a request")
    };
    let twice = explain(Service::new("execute-api").expect("valid"));
    assert!(twice.canonical_request().contains("/my%2520file\n"));
    let received = Received::new(&twice, |text| text.replacen("/my%2520file", "/my%20file", 1));
    assert_causes(&why(&twice, 403, &received.aws()), &[Cause::WrongService], "encoded once");
    // At S3 a client has encoded it again.
    let once = explain(Service::s3());
    let received = Received::new(&once, |text| text.replacen("/my%20file", "/my%2520file", 1));
    assert_causes(&why(&once, 403, &received.aws()), &[Cause::UrlRewritten], "encoded again");
}

#[test]
fn the_origin_of_a_parameter_is_named() {
    let signed = get();
    for (pair, said) in [
        ("x-id=GetObject", "`x-id` is added by AWS SDKs"),
        ("utm_campaign=spring", "tracking parameter"),
        ("fbclid=IwAR0", "tracking parameter"),
        ("_=1710490530", "caches"),
    ] {
        let received = Received::new(&signed, |text| with_parameter(text, pair));
        let diagnosis = why(&signed, 403, &received.aws());
        assert_causes(&diagnosis, &[Cause::QueryChanged], pair);
        assert!(diagnosis.advice().contains(said), "{pair}: {}", diagnosis.advice());
    }
    let received = Received::new(&signed, |text| with_parameter(text, "versionId=3"));
    assert_eq!(why(&signed, 403, &received.aws()).advice(), Cause::QueryChanged.advice());

    let received = Received::new(&signed, |text| text.replacen("GET", "OPTIONS", 1));
    assert!(why(&signed, 403, &received.aws()).advice().contains("CORS rules"));
    let received = Received::new(&signed, |text| text.replacen("GET", "HEAD", 1));
    assert!(why(&signed, 403, &received.aws()).advice().contains("HeadObject"));
}

/// Ampersands that a template escaped.
#[test]
fn a_query_in_html() {
    let signed = get();
    let received = Received::new(&signed, |text| text.replace("&X-Amz-", "&amp%3BX-Amz-"));
    assert_causes(&why(&signed, 403, &received.aws()), &[Cause::UrlRewritten], "&amp;");
    let received = Received::new(&signed, |text| text.replace("&X-Amz-", "%26X-Amz-"));
    assert_causes(&why(&signed, 403, &received.aws()), &[Cause::UrlRewritten], "%26");
}
