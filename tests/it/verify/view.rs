//! What a result exposes: what the signature covers, and nothing else.

use std::sync::LazyLock;
use std::time::Duration;

use presign::s3::{AddressingStyle, S3Request};
use presign::sigv4::{Request, Service, Signer};
use presign::verify::{
    ErrorResponse, Mechanism, ReceivedPayload, ReceivedRequest, ServedHost, VerifiedPayload, VerifiedRequest, Verifier,
    VerifyPolicy,
};
use presign::{Credentials, Error, Field, Method, Presigner, Region};

use super::arrived::Arrived;
use super::server::{ID, Requests, SECRET, Server, TOKEN, time};

static REQUESTS: LazyLock<Requests> = LazyLock::new(Requests::load);

fn verified(name: &str) -> VerifiedRequest {
    let request = REQUESTS.get(name);
    let mut server = Server::for_host(&request.authority);
    if name.contains("token") {
        server.use_token();
    }
    server.verify(&request).expect("accepted")
}

/// `name=value` of each pair.
fn texts<N: AsRef<str>, V: AsRef<str>>(pairs: impl Iterator<Item = (N, V)>) -> Vec<String> {
    pairs.map(|(name, value)| format!("{}={}", name.as_ref(), value.as_ref())).collect()
}

#[test]
fn a_presigned_url() {
    let request = verified("q");
    assert_eq!(
        (request.access_key_id(), request.region().expect("SigV4"), request.service(), request.mechanism()),
        (ID, "eu-west-1", "s3", Mechanism::Query)
    );
    assert_eq!((request.signed_at(), request.expires_at()), (time("20240315T081530Z"), Some(time("20240315T083030Z"))));
    assert_eq!((request.method(), request.host(), &*request.path()), ("GET", "s3.example.com", "/user-media/a b.png"));
    assert_eq!(request.payload(), VerifiedPayload::Unsigned);
    assert_eq!(texts(request.parameters()), [""; 0]);
    assert_eq!(texts(request.headers()), ["host=s3.example.com"]);
}

#[test]
fn an_authorization_header() {
    let request = verified("h/query");
    assert_eq!((request.mechanism(), request.expires_at()), (Mechanism::Header, None));
    assert_eq!(texts(request.parameters()), ["é=ü/?", "A=~", "a=", "b=10", "b=2", "c=x y+z;w", "prefix=a&b=c"]);
    assert_eq!(request.parameter("b").as_deref(), Some("10"));
    assert_eq!(request.parameter("a").as_deref(), Some(""));
    assert_eq!(request.parameter("B"), None);
    assert_eq!(request.header("x-amz-date"), Some("20240315T081530Z"));
    assert_eq!(request.header("authorization"), None);
}

#[test]
fn only_signed_headers_are_there() {
    let requests = Requests::load();
    for name in ["q/put", "h/put"] {
        let mut request = requests.get(name);
        for (header, value) in
            [("range", "bytes=0-9"), ("content-length", "3"), ("x-forwarded-for", "1.2.3.4"), ("cookie", "x")]
        {
            request.add(header, value);
        }
        let verified = Server::for_host(&request.authority).verify(&request).expect("accepted");
        for header in ["range", "content-length", "x-forwarded-for", "cookie"] {
            assert_eq!(verified.header(header), None, "{name} {header}");
        }
        assert_eq!(verified.header("content-type"), Some("image/png"));
        assert_eq!(verified.header("Content-Type"), None, "names are in lower case");
    }
    // The exempt header: its value is in the payload, and it is not a header of the result.
    let request = verified("q/hash in an unsigned header");
    assert!(matches!(request.payload(), VerifiedPayload::Sha256(_)));
    assert_eq!(texts(request.headers()), ["host=s3.example.com"]);
}

#[test]
fn header_values_are_canonical_and_joined() {
    assert_eq!(
        texts(verified("q/spaces").headers()),
        ["host=s3.example.com", "x-amz-meta-a=a b c", "x-amz-meta-empty=", "x-amz-meta-quotes=\"a b\""]
    );
    assert_eq!(texts(verified("q/repeated").headers()), ["host=s3.example.com", "x-amz-meta-a=2,1", "x-amz-meta-b=x"]);
    assert_eq!(verified("q/unicode value").header("x-amz-meta-a"), Some("ü"));
}

/// Each of the ways in which it may be sent.
#[test]
fn neither_token_nor_signature_is_there() {
    let requests = Requests::load();
    for name in [
        "q/token",
        "q/token in a header",
        "q/token in both",
        "q/token of S3 Express",
        "h/token",
        "h/token of S3 Express",
        "q/appended token",
    ] {
        let request = requests.get(name);
        let verified = verified(name);
        let signature = request.target.split_once("X-Amz-Signature=").map_or("Signature=", |(_, end)| &end[..64]);
        let everything = [
            texts(verified.parameters()).join("\n"),
            texts(verified.headers()).join("\n"),
            format!("{verified:?} {:?}", request.request()),
        ]
        .join("\n");
        for secret in [&TOKEN[..20], "AQoDYXdz", SECRET, signature] {
            assert!(!everything.contains(secret), "{name}: {everything}");
        }
        for (name, _) in verified.parameters() {
            assert!(!name.to_lowercase().starts_with("x-amz-"), "{name}");
        }
    }
}

fn with_bucket(host: &str, bucket: &str) -> ServedHost {
    ServedHost::of_bucket(host, bucket).expect("a host")
}

fn in_path(host: &str) -> ServedHost {
    ServedHost::new(host).expect("a host")
}

fn subdomains(host: &str) -> ServedHost {
    ServedHost::with_bucket_subdomains(host).expect("a host")
}

/// Signs a path for an authority. The signature is checked elsewhere.
fn verify(served: ServedHost, authority: &str, path: &str) -> Option<VerifiedRequest> {
    use presign::Region;
    use presign::sigv4::{Request, Service, Signer};
    use presign::verify::{Verifier, VerifyPolicy};

    let key = Credentials::new(ID, SECRET).expect("credentials");
    let region = Region::new("eu-west-1").expect("a region");
    let signer = Signer::new(key.clone(), region.clone(), Service::s3());
    let host = authority.to_lowercase();
    let request = Request::new(Method::Get, format!("http://{host}")).ok()?.raw_path(path).allow_dot_segments();
    let now = time("20240315T081530Z");
    let url = signer.presign_at(&request, Duration::from_secs(60), now).expect("signed");
    let target = url.url().split_once("://").expect("a scheme").1;
    let target = &target[target.find('/').expect("a path")..];
    let verifier = Verifier::new(VerifyPolicy::new(region, Service::s3(), served));
    verifier.verify_at(&ReceivedRequest::new("GET", target, authority), |_| Some(key), now).ok()
}

#[test]
fn buckets_and_keys_in_every_addressing_style() {
    use AddressingStyle::{BucketEndpoint, Path, VirtualHosted};
    for (served, authority, path, expected) in [
        (in_path("s3.example.com"), "s3.example.com", "/b/k", Some((Path, "b", "k"))),
        (in_path("s3.example.com"), "s3.example.com", "/b", Some((Path, "b", ""))),
        (in_path("s3.example.com"), "s3.example.com", "/b/", Some((Path, "b", ""))),
        (in_path("s3.example.com"), "s3.example.com", "/b//k", Some((Path, "b", "/k"))),
        (in_path("s3.example.com"), "s3.example.com", "/b/k/", Some((Path, "b", "k/"))),
        (in_path("s3.example.com"), "s3.example.com", "/b/../k", Some((Path, "b", "../k"))),
        (in_path("s3.example.com"), "s3.example.com", "/b/a b+ü%2F/日本", Some((Path, "b", "a b+ü%2F/日本"))),
        (in_path("s3.example.com"), "s3.example.com", "/b.c/k", Some((Path, "b.c", "k"))),
        (in_path("s3.example.com"), "s3.example.com", "/", Some((Path, "", ""))),
        // There is no bucket without a name, and no key in it.
        (in_path("s3.example.com"), "s3.example.com", "//k", Some((Path, "", ""))),
        (in_path("S3.Example.com:443"), "s3.example.com", "/b/k", Some((Path, "b", "k"))),
        (in_path("s3.example.com:9000"), "s3.example.com:9000", "/b/k", Some((Path, "b", "k"))),
        (in_path("s3.example.com:9000"), "s3.example.com", "/b/k", None),
        (in_path("s3.example.com"), "s3.example.com:9000", "/b/k", None),
        (in_path("s3.example.com"), "b.s3.example.com", "/k", None),
        (in_path("[::1]:9000"), "[::1]:9000", "/b/k", Some((Path, "b", "k"))),
        (subdomains("s3.example.com"), "b.s3.example.com", "/k", Some((VirtualHosted, "b", "k"))),
        (subdomains("s3.example.com"), "b.s3.example.com", "/", Some((VirtualHosted, "b", ""))),
        (subdomains("s3.example.com"), "b.s3.example.com", "//k", Some((VirtualHosted, "b", "/k"))),
        (subdomains("s3.example.com"), "b.s3.example.com", "/a%2Fb/ü", Some((VirtualHosted, "b", "a%2Fb/ü"))),
        (subdomains("s3.example.com"), "a.b.s3.example.com", "/k", Some((VirtualHosted, "a.b", "k"))),
        (subdomains("s3.example.com:9000"), "b.s3.example.com:9000", "/k", Some((VirtualHosted, "b", "k"))),
        (subdomains("S3.EXAMPLE.com"), "b.s3.example.com", "/k", Some((VirtualHosted, "b", "k"))),
        (subdomains("s3.example.com"), "s3.example.com", "/k", None),
        (subdomains("s3.example.com"), ".s3.example.com", "/k", None),
        (subdomains("s3.example.com"), "bs3.example.com", "/k", None),
        (subdomains("s3.example.com"), "b.s3.example.com.evil.example", "/k", None),
        (subdomains("s3.example.com"), "b.s3.example.com:9000", "/k", None),
        (with_bucket("media.example.com", "b"), "media.example.com", "/k", Some((BucketEndpoint, "b", "k"))),
        (with_bucket("media.example.com", "b"), "media.example.com", "/c/k", Some((BucketEndpoint, "b", "c/k"))),
        (with_bucket("media.example.com", "b"), "media.example.com", "//k", Some((BucketEndpoint, "b", "/k"))),
        (with_bucket("media.example.com", "b"), "media.example.com", "/", Some((BucketEndpoint, "b", ""))),
        (with_bucket("media.example.com", "b"), "b.media.example.com", "/k", None),
        (ServedHost::any(), "any.example", "/b/k", Some((Path, "b", "k"))),
    ] {
        let verified = verify(served, authority, path);
        let found = verified.as_ref().map(|request| {
            (request.addressing_style(), request.bucket().unwrap_or_default(), request.key().unwrap_or_default())
        });
        let expected = expected.map(|(style, bucket, key)| (style, bucket.into(), key.into()));
        assert_eq!(found, expected, "{authority} {path}");
        if let Some(request) = verified {
            assert_eq!(request.path(), path, "{authority}");
        }
    }
    // An upper-case host has the bucket of the path, but no subdomain is a bucket.
    let requests = Requests::load();
    let upper = requests.get("q/host upper case");
    let verified = Server::for_host("s3.example.com").verify(&upper).expect("accepted");
    assert_eq!((verified.host(), verified.bucket().as_deref()), ("S3.Example.com", Some("user-media")));
}

/// The path as a client may write it, and as it was signed.
#[test]
fn paths_are_decoded_once() {
    let requests = Requests::load();
    for (name, path) in [
        ("q/path encoded slash", "/user-media/a%20b"),
        ("q/path dots", "/user-media/a/../b/./c"),
        ("q/other path dots", "/b/c"),
        ("q/other path unicode", "/a ü"),
        ("q/other path encoded dots", "/a/../b"),
        ("q/other path sent normalized", "/b/c"),
    ] {
        let request = requests.get(name);
        let verified = Server::for_host(&request.authority).verify(&request).expect("accepted");
        assert_eq!(verified.path(), path, "{name}");
    }
    let mut request = requests.get("q/path signed with a bare slash");
    request.replace("a%2Fb", "a%2fb");
    let verified = Server::for_host(&request.authority).verify(&request).expect("accepted");
    assert_eq!((verified.bucket().as_deref(), verified.key().as_deref()), (Some("user-media"), Some("a/b")));
}

/// Other services have no buckets, whatever their names begin with.
#[test]
fn only_services_of_the_s3_family_have_buckets() {
    let credentials = || Credentials::new(ID, SECRET).expect("credentials");
    let region = || Region::new("eu-west-1").expect("a region");
    let signed_at = time("20240315T081530Z");
    for (name, expected) in [
        ("s3", (Some("user-media"), Some("a b"))),
        ("s3express", (Some("user-media"), Some("a b"))),
        ("s3-outposts", (Some("user-media"), Some("a b"))),
        ("s3-object-lambda", (Some("user-media"), Some("a b"))),
        ("s3tables", (None, None)),
        ("s3vectors", (None, None)),
        ("sts", (None, None)),
    ] {
        let service = || Service::new(name).expect("a service");
        let request = Request::new(Method::Get, "https://h.example").expect("an origin").path("/user-media/a%20b");
        let signer = Signer::new(credentials(), region(), service());
        let signed = signer.presign_at(&request, Duration::from_secs(60), signed_at).expect("signed");
        let target = signed.url().strip_prefix("https://h.example").expect("the origin");
        let verifier = Verifier::new(VerifyPolicy::new(region(), service(), ServedHost::any()));
        let request = ReceivedRequest::new("GET", target, "h.example").payload(ReceivedPayload::Empty);
        let verified = verifier.verify_at(&request, |_| Some(credentials()), signed_at).expect(name);
        let (bucket, key) = (verified.bucket(), verified.key());
        assert_eq!((bucket.as_deref(), key.as_deref()), expected, "{name}");
        assert_eq!(verified.path(), "/user-media/a b", "{name}");
    }
}

/// What this crate signs, by the API that most use.
#[test]
fn a_request_of_the_presigner() {
    let presigner = Presigner::builder()
        .credentials(Credentials::new(ID, SECRET).expect("credentials"))
        .region("eu-west-1")
        .endpoint("https://s3.example.com")
        .addressing_style(AddressingStyle::VirtualHosted)
        .bucket("user-media")
        .build()
        .expect("a presigner");
    let request = S3Request::new(Method::Put).key("ü b/+.txt").query("tagging", "").header("Content-Type", "a/b");
    let signed = presigner.presign_at(&request, Duration::from_secs(60), time("20240315T081530Z")).expect("signed");
    let (authority, rest) = signed.url().split_once("://").expect("a scheme").1.split_once('/').expect("a path");
    let arrived = Arrived {
        method: "PUT".into(),
        target: format!("/{rest}"),
        authority: authority.into(),
        headers: signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        payload: ReceivedPayload::default(),
    };
    let verified = Server::for_host("s3.example.com").verify(&arrived).expect("accepted");
    assert_eq!((verified.bucket().as_deref(), verified.key().as_deref()), (Some("user-media"), Some("ü b/+.txt")));
    assert_eq!(texts(verified.parameters()), ["tagging="]);
    assert_eq!(verified.header("content-type"), Some("a/b"));
}

#[cfg(feature = "post")]
#[test]
fn a_form() {
    use super::form_rules::verify;

    let requests = Requests::load();
    let form = verify(&requests, "f/fields", |_, form| form.file_name = "C:\\dir\\ü.png".into()).expect("accepted");
    assert_eq!(
        (form.access_key_id(), form.region(), form.bucket(), form.key()),
        (ID, "eu-west-1", "user-media", "users/42/ü.png")
    );
    assert_eq!((form.signed_at(), form.expires_at()), (time("20240315T081530Z"), time("20240315T091530Z")));
    assert_eq!(form.content_length_range(), Some(1..=1_000));
    // Without those of the signature, and without what has no condition.
    assert_eq!(
        texts(form.fields()),
        ["acl=private", "content-type=image/png", "key=users/42/ü.png", "success_action_status=201", "x-amz-meta-a=1"]
    );
    assert_eq!((form.field("content-type"), form.field("x-ignore-b")), (Some("image/png"), None));

    let joined = verify(&requests, "f/fields twice", |_, _| {}).expect("accepted");
    assert_eq!(joined.field("acl"), Some("a,b"));

    for name in ["f/token", "f/signature with a condition"] {
        let form = verify(&requests, name, |server, form| {
            if form.fields.iter().any(|(name, _)| name == "X-Amz-Security-Token") {
                server.use_token();
            }
        })
        .expect("accepted");
        assert_eq!(texts(form.fields()), ["key=users/42/a.png"], "{name}");
        assert!(!format!("{form:?}").contains("AQoDYXdz"), "{name}");
    }
}

#[cfg(feature = "post")]
#[test]
fn a_received_form_shows_no_values() {
    use presign::verify::ReceivedForm;

    let request = ReceivedRequest::new("POST", "/b?secret=1", "s3.example.com").header("cookie", "secret");
    let form = ReceivedForm::new(request).field("policy", "secret").file_name("secret");
    assert!(!format!("{form:?}").contains("secret"), "{form:?}");
}

#[test]
fn a_received_request_shows_no_values() {
    let request =
        ReceivedRequest::new("GET", "/b/k?X-Amz-Signature=secret", "s3.example.com").header("authorization", "secret");
    let debug = format!("{request:?}");
    assert!(!debug.contains("secret") && debug.contains("/b/k") && debug.contains("authorization"), "{debug}");
}

#[test]
fn hosts_that_cannot_be_served() {
    for (host, expected) in [
        ("", Error::Empty(Field::Host).to_string()),
        ("https://s3.example.com", "host".into()),
        ("s3.example.com/path", "host".into()),
        ("user@s3.example.com", "host".into()),
        ("s3.example.com\n", "host".into()),
        ("münchen.example", "host".into()),
    ] {
        for error in [ServedHost::new(host), ServedHost::with_bucket_subdomains(host), ServedHost::of_bucket(host, "b")]
        {
            let message = error.expect_err("refused").to_string();
            assert!(message.contains(&expected), "{host:?}: {message}");
        }
    }
    let message = ServedHost::new("s3.example.com/path").expect_err("refused").to_string();
    assert_eq!(
        message,
        "the host has a character that is not allowed at byte 14: a host name or address with an optional port is allowed, without a scheme and a path"
    );
    assert!(ServedHost::of_bucket("s3.example.com", "a/b").is_err());
    assert!(ServedHost::of_bucket("s3.example.com", "").is_err());
}

#[test]
fn strangers_learn_nothing() {
    let response = ErrorResponse::access_denied();
    assert_eq!((response.status(), response.code(), response.message()), (403, "AccessDenied", "Access Denied"));
    assert_eq!(response.details().count(), 0);
    assert_eq!(
        response.to_xml(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
    );
}

/// Names of headers come from the request.
#[test]
fn markup_in_a_name_is_escaped() {
    let requests = Requests::load();
    let mut request = requests.get("q");
    request.add("x-amz-</HeadersNotSigned>&\0", "x");
    let response = Server::for_host(&request.authority).verify(&request).expect_err("refused").response();
    let xml = response.to_xml();
    assert!(xml.contains("<HeadersNotSigned>x-amz-&lt;/headersnotsigned&gt;&amp;\u{fffd}</HeadersNotSigned>"), "{xml}");
}
