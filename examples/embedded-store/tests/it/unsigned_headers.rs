//! Headers that a request has and its signature does not cover.

use presign::s3::{CopyObject, CopySource, GetObject, PutObject, S3Request};
use presign::sigv4::{Request, Service, Signer};
use presign::{Credentials, Method, Region};
use ureq::http::{HeaderName, HeaderValue};

use crate::server::{BUCKET, MINUTE, Response, Server};
use embedded_store::EmbeddedStore;

/// What a client could add to an upload.
const HEADERS: [(&str, &str); 9] = [
    ("x-amz-copy-source", "/user-media/secret.txt"),
    ("x-amz-acl", "public-read"),
    ("x-amz-tagging", "public=yes"),
    ("x-amz-storage-class", "STANDARD"),
    ("x-amz-website-redirect-location", "https://example.com/"),
    ("x-amz-object-lock-mode", "COMPLIANCE"),
    ("x-amz-server-side-encryption", "AES256"),
    ("x-amz-meta-owner", "mallory"),
    ("X-Amz-Anything", "at all"),
];

fn refused(response: &Response, name: &str) {
    assert_eq!(response.error(), (403, "AccessDenied"), "{name}: {response:?}");
    assert_eq!(response.element("HeadersNotSigned"), name.to_ascii_lowercase());
}

#[test]
fn an_unsigned_header_of_a_presigned_request_is_refused() {
    let server = Server::start();
    server.put("secret.txt", b"secret");
    let put = server.presigner().presign(PutObject::new("a.txt"), MINUTE).unwrap();
    for (name, value) in HEADERS {
        let mut request = put.to_http(()).unwrap();
        request.headers_mut().insert(name.parse::<HeaderName>().unwrap(), HeaderValue::from_static(value));
        refused(&server.run(request), name);
    }
    assert_eq!(server.content("a.txt"), None);
    // Other headers need no signature, and neither does the payload hash.
    let mut request = put.to_http(b"content").unwrap();
    request.headers_mut().insert("content-type", HeaderValue::from_static("text/plain"));
    request.headers_mut().insert("x-amz-content-sha256", HeaderValue::from_static("UNSIGNED-PAYLOAD"));
    assert_eq!(server.run(request).status(), 200);
    assert_eq!(server.content("a.txt").as_deref(), Some(&b"content"[..]));
}

#[test]
fn the_same_header_is_accepted_if_it_is_signed() {
    let server = Server::start();
    server.put("secret.txt", b"secret");
    for (name, value) in HEADERS.into_iter().filter(|(name, _)| *name != "x-amz-copy-source") {
        let put = S3Request::new(Method::Put).key("a.txt").header(name, value);
        assert_eq!(server.call(put, b"content").status(), 200, "{name}");
    }
    let copy = CopyObject::new("b.txt", CopySource::new(BUCKET, "secret.txt").unwrap());
    assert_eq!(server.call(copy, ()).status(), 200);
    assert_eq!(server.content("b.txt").as_deref(), Some(&b"secret"[..]));
}

#[test]
fn an_unsigned_header_of_an_authorized_request_is_refused() {
    let server = Server::start();
    server.put("a.txt", b"content");
    let signer = Signer::new(
        Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY).unwrap(),
        Region::new(EmbeddedStore::REGION).unwrap(),
        Service::s3(),
    );
    let url = server.store.endpoint();
    let get = Request::new(Method::Get, url.as_str()).unwrap().raw_path("/user-media/a.txt");
    let get = signer.authorize(&get).unwrap();
    assert_eq!(server.run(get.to_http(()).unwrap()).body(), b"content");
    for (name, value) in HEADERS {
        let mut request = get.to_http(()).unwrap();
        request.headers_mut().insert(name.parse::<HeaderName>().unwrap(), HeaderValue::from_static(value));
        refused(&server.run(request), name);
    }
}

#[test]
fn all_names_are_reported_and_a_get_is_refused_too() {
    let server = Server::start();
    server.put("a.txt", b"content");
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let mut request = get.to_http(()).unwrap();
    request.headers_mut().insert("x-amz-request-payer", HeaderValue::from_static("requester"));
    request.headers_mut().insert("x-amz-date", HeaderValue::from_static("20240315T081530Z"));
    refused(&server.run(request), "x-amz-date, x-amz-request-payer");
}
