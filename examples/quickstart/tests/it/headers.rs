//! Signed headers: accepted as they were signed, and in no other way.

use presign::PresignedRequest;
use presign::s3::{Checksum, GetObject, PutObject};
use ureq::SendBody;
use ureq::http::{HeaderName, HeaderValue};

use crate::server::{BUCKET, MINUTE, Server};

const KEY: &str = "folder/signed headers.txt";
const BODY: &[u8] = b"abc";
const SHA256_OF_BODY: [u8; 32] = [
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61,
    0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
];

fn signed_put(server: &Server) -> PresignedRequest {
    let put = PutObject::new(KEY)
        .content_type("text/plain; charset=utf-8")
        .content_length(3)
        .content_language("de, en")
        .cache_control("public,  max-age=60")
        .content_disposition("attachment; filename=\"a.txt\"; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt")
        .checksum(Checksum::Sha256(SHA256_OF_BODY))
        .metadata("uploaded-by", "42")
        .metadata("note", "one  two, \"three\"")
        .storage_class("STANDARD");
    server.presigner().presign(put, MINUTE).unwrap()
}

#[test]
fn accepted_as_signed() {
    let server = Server::start();
    let put = signed_put(&server);
    assert_eq!(put.headers().len(), 9);
    let answer = server.send(put.to_http(BODY).unwrap());
    assert_eq!(answer.status(), 200, "{answer:?}");

    let stored = server.memory.object(BUCKET, KEY).unwrap();
    assert_eq!(stored.body, BODY);
    assert_eq!(stored.content_type.as_deref(), Some("text/plain; charset=utf-8"));
    assert_eq!(stored.metadata["uploaded-by"], "42");

    let get = server.call(&server.presigner(), GetObject::new(KEY), ());
    assert_eq!(get.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(get.header("x-amz-meta-uploaded-by"), Some("42"));
}

#[test]
fn each_is_refused_with_another_value() {
    let server = Server::start();
    let put = signed_put(&server);
    for (name, value) in put.headers().filter(|&(name, _)| name != "content-length") {
        let mut request = put.to_http(BODY).unwrap();
        let other = HeaderValue::try_from([value, "x"].concat()).unwrap();
        request.headers_mut().insert(HeaderName::try_from(name).unwrap(), other);
        assert_eq!(server.send(request).refusal(), (403, "SignatureDoesNotMatch"), "{name}");
    }
    assert_eq!(server.memory.keys(), []);
}

#[test]
fn each_is_refused_when_missing() {
    let server = Server::start();
    let put = signed_put(&server);
    for (name, _) in put.headers().filter(|&(name, _)| name != "content-length") {
        let mut request = put.to_http(BODY).unwrap();
        request.headers_mut().remove(name);
        assert_eq!(server.send(request).refusal(), (403, "SignatureDoesNotMatch"), "{name}");
    }
    assert_eq!(server.memory.keys(), []);
}

#[test]
fn another_length_is_refused() {
    let server = Server::start();
    let put = signed_put(&server);
    for body in [&b""[..], b"ab", b"abcd"] {
        let mut request = put.to_http(body).unwrap();
        // The client sets the true length then.
        request.headers_mut().remove("content-length");
        assert_eq!(server.send(request).refusal(), (403, "SignatureDoesNotMatch"), "{body:?}");
    }
    assert_eq!(server.memory.keys(), []);
}

#[test]
fn chunks_in_place_of_a_signed_length_are_refused() {
    let server = Server::start();
    let put = signed_put(&server);
    let mut reader = BODY;
    let mut request = put.to_http(SendBody::from_reader(&mut reader)).unwrap();
    request.headers_mut().remove("content-length");
    assert_eq!(server.send(request).refusal(), (403, "SignatureDoesNotMatch"));
    assert_eq!(server.memory.keys(), []);
}

#[test]
fn what_is_not_signed_is_free() {
    let server = Server::start();
    let put = server.presigner().presign(PutObject::new(KEY), MINUTE).unwrap();
    let mut request = put.to_http(BODY).unwrap();
    request.headers_mut().insert("content-type", HeaderValue::from_static("text/html"));
    assert_eq!(server.send(request).status(), 200);
    assert_eq!(server.memory.object(BUCKET, KEY).unwrap().content_type.as_deref(), Some("text/html"));
}

#[test]
fn the_refusal_of_a_large_upload_arrives() {
    let server = Server::start();
    let put = server.presigner().presign(PutObject::new(KEY).content_type("text/plain"), MINUTE).unwrap();
    let mut request = put.to_http(vec![0; 8 * 1024 * 1024]).unwrap();
    request.headers_mut().insert("content-type", HeaderValue::from_static("text/html"));
    assert_eq!(server.send(request).refusal(), (403, "SignatureDoesNotMatch"));
}
