//! What the store refuses, and the cause that is found: from its response alone, and with the request that arrived.
//!
//! It returns neither of the two strings, so the response alone leaves several causes for a signature that does not match.

use embedded_store::EmbeddedStore;
use presign::diagnose::Cause::{self, *};
use presign::diagnose::{Diagnosis, Line, Refusal, Signed, diagnose};
use presign::s3::{GetObject, MultipartBody, PostPolicy, PutObject};
use presign::{Credentials, PresignedRequest, Timestamp};
use ureq::http::{HeaderName, HeaderValue, Method, Request};

use crate::server::{MINUTE, Server};

const KEY: &str = "folder/signed url+1.txt";
const BODY: &[u8] = b"abc";

type Sent = Request<Vec<u8>>;

/// What is said of the response alone, and what with the request.
struct Said {
    status: u16,
    code: String,
    of_response: Diagnosis,
    of_both: Diagnosis,
}

fn send(server: &Server, signed: &PresignedRequest, request: Sent) -> Said {
    let (method, uri) = (request.method().clone(), request.uri().to_string());
    let headers: Vec<_> =
        request.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let answer = server.send(request);
    let body = str::from_utf8(answer.body()).unwrap();
    let given = Signed::from_url(signed.method().as_str(), signed.url(), signed.headers()).unwrap();
    let refusal = Refusal::parse(Some(answer.status()), body);
    let of_response = diagnose(&given, &refusal);
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let of_both = diagnose(&given, &refusal.clone().received_request(method.as_str(), &uri, headers));
    Said { status: answer.status(), code: refusal.code().unwrap_or_default().to_owned(), of_response, of_both }
}

fn get(server: &Server) -> PresignedRequest {
    server.presigner().presign(GetObject::new(KEY).query("response-cache-control", "no-store"), MINUTE).unwrap()
}

fn put(server: &Server) -> PresignedRequest {
    server.presigner().presign(PutObject::new(KEY).content_type("text/plain").metadata("user", "42"), MINUTE).unwrap()
}

fn download(signed: &PresignedRequest) -> Sent {
    signed.to_http(Vec::new()).unwrap()
}

/// The download with another URL.
fn with(signed: &PresignedRequest, from: &str, to: &str) -> Sent {
    assert!(signed.url().contains(from), "{from} is not in {}", signed.url());
    let mut request = download(signed);
    *request.uri_mut() = signed.url().replacen(from, to, 1).parse().unwrap();
    request
}

fn with_method(signed: &PresignedRequest, method: Method) -> Sent {
    let mut request = download(signed);
    *request.method_mut() = method;
    request
}

fn with_header(signed: &PresignedRequest, name: &'static str, value: Option<&'static str>) -> Sent {
    let mut request = signed.to_http(BODY.to_vec()).unwrap();
    match value {
        Some(value) => _ = request.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value)),
        None => _ = request.headers_mut().remove(name),
    }
    request
}

/// Only what arrived tells these from each other.
#[test]
fn a_signature_that_does_not_match() {
    type Change = fn(&PresignedRequest) -> Sent;
    type Row = (&'static str, fn(&Server) -> PresignedRequest, Change, Cause);
    let rows: &[Row] = &[
        ("GET as DELETE", get, |signed| with_method(signed, Method::DELETE), Method),
        ("GET as PUT", get, |signed| with_method(signed, Method::PUT), Method),
        ("encoded again", get, |signed| with(signed, "signed%20url", "signed%2520url"), UrlRewritten),
        ("decoded", get, |signed| with(signed, "%2B1", "%201"), UrlRewritten),
        ("two slashes", get, |signed| with(signed, "/folder/", "//folder/"), KeySlashes),
        ("another value", get, |signed| with(signed, "no-store", "public"), QueryChanged),
        ("one parameter less", get, |signed| with(signed, "response-cache-control=no-store&", ""), QueryChanged),
        ("one parameter more", get, |signed| with(signed, "no-store", "no-store&utm_source=mail"), QueryChanged),
        ("another expiry", get, |signed| with(signed, "X-Amz-Expires=60", "X-Amz-Expires=61"), QueryChanged),
        ("another host", get, |signed| with(signed, "127.0.0.1", "localhost"), Host),
        ("another type", put, |signed| with_header(signed, "content-type", Some("text/html")), ContentType),
        ("no type", put, |signed| with_header(signed, "content-type", None), ContentType),
        ("other metadata", put, |signed| with_header(signed, "x-amz-meta-user", Some("43")), HeaderChanged),
        ("no metadata", put, |signed| with_header(signed, "x-amz-meta-user", None), HeaderNotSent),
    ];
    let server = Server::start();
    for (what, sign, change, cause) in rows {
        let signed = sign(&server);
        let request = change(&signed);
        let said = send(&server, &signed, request);
        assert_eq!((said.status, &*said.code), (403, "SignatureDoesNotMatch"), "{what}");
        assert_eq!(said.of_both.cause(), Some(*cause), "{what}: {}", said.of_both);
        assert!(said.of_both.difference().is_some(), "{what}");
        assert!(said.of_response.causes().contains(cause), "{what}: {}", said.of_response);
        assert!(said.of_response.experiment().is_some(), "{what}");
    }
}

#[test]
fn another_key() {
    let server = Server::start();
    for id in [EmbeddedStore::ACCESS_KEY_ID, "AKIAIOSFODNN7EXAMPLE"] {
        let presigner = server.presigner().with_credentials(Credentials::new(id, "wJalrXUtnFEMI").unwrap());
        let signed = presigner.presign(GetObject::new(KEY), MINUTE).unwrap();
        let said = send(&server, &signed, download(&signed));
        assert_eq!((said.status, &*said.code), (403, "SignatureDoesNotMatch"), "{id}");
        assert_eq!(said.of_both.causes(), [WrongSecret, WrongRegion, SecretAltered, UnknownAccessKey], "{id}");
        assert_eq!(said.of_response.causes()[0], WrongSecret, "{id}");
    }
}

/// A file that is larger than the policy allows.
#[test]
fn a_form() {
    let server = Server::start();
    let policy = PostPolicy::new("a.txt").content_length_range(1..=3);
    let post = server.presigner().presign_post(&policy, MINUTE).unwrap();
    let body = MultipartBody::new(post.fields(), "a.txt", "text/plain", b"abcd").unwrap();
    let request = Request::post(post.url()).header("content-type", body.content_type());
    let answer = server.send(request.body(body.into_bytes()).unwrap());
    let signed = Signed::form(post.fields().find(|(name, _)| name.eq_ignore_ascii_case("policy")).unwrap().1);
    let refusal = Refusal::parse(Some(answer.status()), str::from_utf8(answer.body()).unwrap());
    assert_eq!(diagnose(&signed, &refusal).cause(), Some(FormRefused), "{answer:?}");
}

#[test]
fn a_head_has_no_body() {
    let server = Server::start();
    let signed = get(&server);
    let said = send(&server, &signed, with_method(&signed, Method::HEAD));
    assert_eq!((said.status, &*said.code), (403, ""));
    assert_eq!(said.of_both.cause(), Some(Method));
    assert!(said.of_response.causes().contains(&Method) && said.of_response.causes().contains(&UrlExpired));
}

/// These have codes of their own.
#[test]
fn what_the_response_decides() {
    let server = Server::start();
    let now = Timestamp::now().unwrap().unix_seconds();
    let presign_at = |seconds: i64| {
        let at = Timestamp::from_unix_seconds(now + seconds).unwrap();
        server.presigner().presign_at(GetObject::new(KEY), MINUTE, at).unwrap()
    };
    let missing = server.presigner().presign(GetObject::new("no such key"), MINUTE).unwrap();
    for (what, signed, causes) in [
        ("expired", presign_at(-120), [UrlExpired]),
        ("from the future", presign_at(3_600), [Clock]),
        ("no such object", missing, [NotTheSignature]),
    ] {
        let said = send(&server, &signed, download(&signed));
        assert_eq!(said.of_response.causes(), causes, "{what}: {} {}", said.status, said.code);
        assert_eq!(said.of_both.causes(), causes, "{what}");
    }
    let expired = presign_at(-120);
    let said = send(&server, &expired, download(&expired));
    assert!(said.of_response.difference().is_none_or(|difference| *difference.line() == Line::Time));
}
