//! Headers that the signature does not cover: refused if a store could act on them, dropped or forwarded otherwise.
//!
//! The class of 2026: a presigned upload with an unsigned `x-amz-copy-source` read any object of the signer. It was
//! CVE-2026-54330 of Ceph, and GHSA-g8w9-qw9q-fghr and GHSA-xm99-m3gq-83g8 of `RustFS`.

use presign::Method;
use presign::s3::{CopyObject, CopySource, GetObject, HeadObject, PutObject, S3Request};
use ureq::http::{HeaderName, HeaderValue, Request};

use crate::client::{authorized_get, authorized_put, seconds_from_now};
use crate::server::{Answer, BUCKET, MINUTE, Server};

/// What somebody could add to an upload, with values that a store accepts if they are signed.
const HEADERS: [(&str, &str); 16] = [
    ("x-amz-copy-source", "/round-trip/secret.txt"),
    ("x-amz-copy-source-range", "bytes=0-1"),
    ("x-amz-tagging", "public=yes"),
    ("x-amz-acl", "public-read"),
    ("x-amz-grant-read", "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\""),
    ("x-amz-storage-class", "STANDARD"),
    ("x-amz-website-redirect-location", "https://example.com/"),
    ("x-amz-object-lock-mode", "COMPLIANCE"),
    ("x-amz-object-lock-legal-hold", "ON"),
    ("x-amz-bypass-governance-retention", "true"),
    ("x-amz-server-side-encryption", "AES256"),
    ("x-amz-server-side-encryption-customer-algorithm", "AES256"),
    ("x-amz-meta-owner", "mallory"),
    ("x-amz-security-token", "token"),
    ("x-amz-date", "20240315T081530Z"),
    ("X-AMZ-ANYTHING", "at all"),
];

/// Those that need no other header beside them, and that the store behind knows.
const ALONE: [&str; 6] = [
    "x-amz-tagging",
    "x-amz-acl",
    "x-amz-storage-class",
    "x-amz-website-redirect-location",
    "x-amz-server-side-encryption",
    "x-amz-meta-owner",
];

fn with<B>(mut request: Request<B>, name: &str, value: &str) -> Request<B> {
    request.headers_mut().append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
    request
}

fn refused(answer: &Answer, name: &str) {
    assert_eq!(answer.refusal(), (403, "AccessDenied"), "{name}: {answer:?}");
    assert_eq!(answer.element("HeadersNotSigned"), Some(&*name.to_ascii_lowercase()));
}

#[test]
fn a_presigned_upload_takes_no_unsigned_header_that_a_store_acts_on() {
    let server = Server::start();
    let put = server.presigner().presign(PutObject::new("a.txt"), MINUTE).unwrap();
    for (name, value) in HEADERS {
        refused(&server.send(with(put.to_http(b"body").unwrap(), name, value)), name);
    }
    assert!(server.memory.keys().is_empty());
    assert_eq!(server.send(put.to_http(b"body").unwrap()).status(), 200);
}

#[test]
fn an_authorized_upload_neither() {
    let server = Server::start();
    for (name, value) in HEADERS.into_iter().filter(|(name, _)| *name != "x-amz-date") {
        refused(&server.send(with(authorized_put(&server, "a.txt", b"body"), name, value)), name);
    }
    assert!(server.memory.keys().is_empty());
    assert_eq!(server.send(authorized_put(&server, "a.txt", b"body")).status(), 200);
}

#[test]
fn a_download_neither() {
    let server = Server::start();
    assert_eq!(server.call(&server.presigner(), PutObject::new("a.txt"), b"body").status(), 200);
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let head = server.presigner().presign(HeadObject::new("a.txt"), MINUTE).unwrap();
    for (name, value) in [("x-amz-request-payer", "requester"), ("x-amz-expected-bucket-owner", "1"), HEADERS[11]] {
        refused(&server.send(with(get.to_http(()).unwrap(), name, value)), name);
        refused(&server.send(with(authorized_get(&server, "a.txt", seconds_from_now(0)), name, value)), name);
        assert_eq!(server.send(with(head.to_http(()).unwrap(), name, value)).status(), 403);
    }
    assert_eq!(server.send(get.to_http(()).unwrap()).body(), b"body");
    assert_eq!(server.send(head.to_http(()).unwrap()).status(), 200);
}

#[test]
fn the_same_headers_are_forwarded_if_they_are_signed() {
    let server = Server::start();
    for (name, value) in HEADERS.into_iter().filter(|(name, _)| ALONE.contains(name)) {
        let put = S3Request::new(Method::Put).key(name).header(name, value);
        let answer = server.call(&server.presigner(), put, b"body");
        assert_eq!(answer.status(), 200, "{name}: {answer:?}");
    }
    let stored = server.memory.object(BUCKET, "x-amz-meta-owner").unwrap();
    assert_eq!(stored.metadata["owner"], "mallory");
}

#[test]
fn a_signed_copy_copies() {
    let server = Server::on_disk();
    assert_eq!(server.call(&server.presigner(), PutObject::new("secret.txt"), b"secret").status(), 200);
    let copy = CopyObject::new("copy.txt", CopySource::new(BUCKET, "secret.txt").unwrap());
    let signed = server.presigner().presign(copy, MINUTE).unwrap();
    // With another value, or once more, it is another request.
    let mut other = signed.to_http(b"").unwrap();
    other.headers_mut().insert("x-amz-copy-source", HeaderValue::from_static("/round-trip/other.txt"));
    assert_eq!(server.send(other).refusal(), (403, "SignatureDoesNotMatch"));
    let twice = with(signed.to_http(b"").unwrap(), "x-amz-copy-source", "/round-trip/other.txt");
    assert_eq!(server.send(twice).refusal(), (403, "SignatureDoesNotMatch"));
    assert_eq!(server.send(signed.to_http(b"").unwrap()).status(), 200);
    assert_eq!(server.call(&server.presigner(), GetObject::new("copy.txt"), ()).body(), b"secret");
}

/// What a header is in one request, and a parameter in another, is not in both with different values.
#[test]
fn a_header_beside_a_parameter_of_its_name() {
    let server = Server::start();
    let put = S3Request::new(Method::Put).key("a.txt").query("x-amz-acl", "private");
    let signed = server.presigner().presign(put, MINUTE).unwrap();
    refused(&server.send(with(signed.to_http(b"body").unwrap(), "x-amz-acl", "public-read")), "x-amz-acl");
    let put = S3Request::new(Method::Put).key("a.txt").query("x-amz-acl", "private").header("x-amz-acl", "public-read");
    if let Ok(signed) = server.presigner().presign(put, MINUTE) {
        assert_eq!(server.send(signed.to_http(b"body").unwrap()).refusal(), (403, "SignatureDoesNotMatch"));
    }
    assert!(server.memory.keys().is_empty());
    assert_eq!(server.send(signed.to_http(b"body").unwrap()).status(), 200);
}

#[test]
fn harmless_headers_are_forwarded_and_others_dropped() {
    let server = Server::start();
    let put = server.presigner().presign(PutObject::new("a.txt"), MINUTE).unwrap();
    let put = with(put.to_http(b"0123456789").unwrap(), "content-type", "text/plain");
    // None of them reaches the store.
    let put = with(with(put, "cache-control", "max-age=1"), "authorization-info", "x");
    let put = with(with(put, "x-forwarded-host", "evil.example"), "x-http-method-override", "DELETE");
    assert_eq!(server.send(put).status(), 200);
    let object = server.memory.object(BUCKET, "a.txt").unwrap();
    assert_eq!((object.content_type.as_deref(), object.body.len()), (Some("text/plain"), 10));
    // The payload hash is the last line of what is signed, so that it need not be among the signed headers.
    let put = server.presigner().presign(PutObject::new("b.txt"), MINUTE).unwrap();
    let line = with(put.to_http(b"b").unwrap(), "x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    assert_eq!(server.send(line).status(), 200);
    let other = with(put.to_http(b"b").unwrap(), "x-amz-content-sha256", &"0".repeat(64));
    assert_eq!(server.send(other).refusal(), (403, "SignatureDoesNotMatch"));
}

#[test]
fn a_range_is_forwarded() {
    let server = Server::on_disk();
    assert_eq!(server.call(&server.presigner(), PutObject::new("a.txt"), b"0123456789").status(), 200);
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let part = server.send(with(get.to_http(()).unwrap(), "range", "bytes=2-4"));
    assert_eq!((part.status(), part.body()), (206, &b"234"[..]));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
}
