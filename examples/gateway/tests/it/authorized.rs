//! Signatures in the `Authorization` header.

use presign::Method;
use presign::sigv4::Payload;
use ureq::http::{self, HeaderValue};

use crate::client::{authorized_get, authorized_put, object, seconds_from_now, sha256, signer};
use crate::server::{BUCKET, Server, alice, credentials, temporary};

type Request = http::Request<Vec<u8>>;

fn set(mut request: Request, name: &'static str, value: &str) -> Request {
    request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
    request
}

fn header<'r>(request: &'r Request, name: &str) -> &'r str {
    request.headers()[name].to_str().unwrap()
}

#[test]
fn bodies() {
    let server = Server::start();
    assert_eq!(server.send(authorized_put(&server, "hash.txt", b"body")).status(), 200);
    assert_eq!(server.memory.object(BUCKET, "hash.txt").unwrap().body, b"body");
    for body in [&b"bodY"[..], b"bod", b"body!", b""] {
        let mut request = authorized_put(&server, "wrong.txt", b"body");
        *request.body_mut() = body.to_vec();
        assert_eq!(server.send(request).refusal(), (400, "XAmzContentSHA256Mismatch"), "{body:?}");
    }
    assert_eq!(server.memory.keys().len(), 1);

    let unsigned = object(&server, Method::Put, "unsigned.txt").payload(Payload::Unsigned);
    let unsigned = signer(credentials()).authorize(&unsigned).unwrap();
    assert_eq!(server.send(unsigned.to_http(b"any".to_vec()).unwrap()).status(), 200);
    let empty = server.send(authorized_put(&server, "empty.txt", b""));
    assert_eq!(empty.status(), 200);
    assert!(server.memory.object(BUCKET, "empty.txt").unwrap().body.is_empty());
    // Another hash in the header is another request.
    let other = set(authorized_put(&server, "a.txt", b"body"), "x-amz-content-sha256", &hex::encode(sha256(b"other")));
    assert_eq!(server.send(other).refusal(), (403, "SignatureDoesNotMatch"));
}

/// MinIO's CVE-2025-31489 was such a variant without a check.
#[test]
fn chunks_are_refused() {
    let server = Server::start();
    for line in [
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    ] {
        let request = set(authorized_put(&server, "a.txt", b"body"), "x-amz-content-sha256", line);
        let refusal = server.send(request);
        assert!(matches!(refusal.status(), 400 | 501), "{refusal:?}");
    }
    assert!(server.memory.keys().is_empty());
}

#[test]
fn times() {
    let server = Server::start();
    server.send(authorized_put(&server, "a.txt", b"body"));
    let at = |seconds| server.send(authorized_get(&server, "a.txt", seconds_from_now(seconds)));
    for seconds in [0, -890, 890] {
        assert_eq!(at(seconds).status(), 200, "{seconds}");
    }
    for seconds in [-910, 910, -86_400, 86_400] {
        assert_eq!(at(seconds).refusal(), (403, "RequestTimeTooSkewed"), "{seconds}");
    }
}

#[test]
fn each_part_of_the_signature_counts() {
    let server = Server::start();
    server.send(authorized_put(&server, "a.txt", b"body"));
    let get = authorized_get(&server, "a.txt", seconds_from_now(0));
    assert_eq!(server.send(get.clone()).status(), 200);
    let authorization = header(&get, "authorization").to_owned();
    let signature = authorization.rsplit('=').next().unwrap().to_owned();
    let flipped = signature.replacen(&signature[..1], if signature.starts_with('0') { "1" } else { "0" }, 1);
    for (from, to) in [(signature.as_str(), flipped.as_str()), ("GATEWAYCLIENT", "GATEWAYALICE")] {
        let request = set(get.clone(), "authorization", &authorization.replacen(from, to, 1));
        assert_eq!(server.send(request).refusal(), (403, "SignatureDoesNotMatch"), "{to}");
    }
    let other_key = get.uri().to_string().replace("a.txt", "b.txt");
    let mut request = get.clone();
    *request.uri_mut() = other_key.parse().unwrap();
    assert_eq!(server.send(request).refusal(), (403, "SignatureDoesNotMatch"));
    let mut request = get.clone();
    request.headers_mut().append("authorization", HeaderValue::from_str(&authorization).unwrap());
    assert_eq!(server.send(request).refusal(), (400, "InvalidArgument"));
    let mut request = get;
    request.headers_mut().remove("x-amz-content-sha256");
    assert_ne!(server.send(request).status(), 200);
}

#[test]
fn a_session_token_is_a_signed_header() {
    let server = Server::start();
    server.send(authorized_put(&server, "a.txt", b"body"));
    let get = signer(temporary()).authorize(&object(&server, Method::Get, "a.txt")).unwrap();
    let request = get.to_http(Vec::new()).unwrap();
    assert_eq!(server.send(request.clone()).body(), b"body");
    assert_eq!(server.send(set(request, "x-amz-security-token", "other")).refusal(), (403, "SignatureDoesNotMatch"));
}

#[test]
fn alice_is_not_the_owner() {
    let server = Server::start();
    let put = object(&server, Method::Put, "users/alice/a.txt").payload(Payload::Unsigned);
    let signed = signer(alice()).authorize(&put).unwrap();
    assert_eq!(server.send(signed.to_http(b"body".to_vec()).unwrap()).status(), 200);
    let put = object(&server, Method::Put, "a.txt").payload(Payload::Unsigned);
    let signed = signer(alice()).authorize(&put).unwrap();
    assert_eq!(server.send(signed.to_http(b"body".to_vec()).unwrap()).refusal(), (403, "AccessDenied"));
}
