//! Bodies that are wrong, end early, or have no length, and stores that are not there.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use presign::Method;
use presign::s3::{GetObject, PutObject, S3Request};
use presign::sigv4::Payload;
use ureq::SendBody;
use ureq::http::HeaderValue;

use crate::client::{authorized_put, object, raw, signer, target};
use crate::form::Form;
use crate::server::{BUCKET, MINUTE, Server, credentials};

/// More than what any part of the way buffers.
fn large() -> Vec<u8> {
    (0_u32..3 << 20).map(|index| u8::try_from(index % 253).unwrap()).collect()
}

/// Of a body with another hash, all but the end arrives at the store, which makes no object of it.
#[test]
fn the_hash_of_a_large_body_is_checked_while_it_streams() {
    let server = Server::start();
    let body = large();
    assert_eq!(server.send(authorized_put(&server, "large", &body)).status(), 200);
    assert_eq!(server.memory.object(BUCKET, "large").unwrap().body, body);
    for at in [0, body.len() / 2, body.len() - 1] {
        let mut request = authorized_put(&server, "wrong", &body);
        request.body_mut()[at] ^= 1;
        assert_eq!(server.send(request).refusal(), (400, "XAmzContentSHA256Mismatch"), "{at}");
    }
    // It does not replace an object either.
    let mut request = authorized_put(&server, "large", &body);
    request.body_mut()[0] ^= 1;
    assert_eq!(server.send(request).status(), 400);
    assert_eq!(server.memory.keys(), [(BUCKET.to_owned(), "large".to_owned())]);
    assert_eq!(server.memory.object(BUCKET, "large").unwrap().body, body);
}

#[test]
fn a_store_on_disk_keeps_nothing_of_a_wrong_body() {
    let server = Server::on_disk();
    let mut request = authorized_put(&server, "wrong", &large());
    request.body_mut()[0] ^= 1;
    assert_eq!(server.send(request).refusal(), (400, "XAmzContentSHA256Mismatch"));
    assert_eq!(server.call(&server.presigner(), GetObject::new("wrong"), ()).refusal(), (404, "NoSuchKey"));
}

/// Sends the head of an upload and a part of the body, and goes away.
fn disconnect(server: &Server, head: &str, part: &[u8]) {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(part).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    // Until the gateway has closed the connection, too: it has given up the upload then.
    stream.read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn a_client_that_goes_away_stores_nothing() {
    let server = Server::start();
    let put = server.presigner().presign(PutObject::new("a.txt"), MINUTE).unwrap();
    let body = large();
    let start = format!("PUT {} HTTP/1.1\r\nhost: {}\r\n", target(&server, put.url()), server.address());
    for sent in [0, 1, 1_000, body.len() - 1] {
        disconnect(&server, &format!("{start}content-length: {}\r\n\r\n", body.len()), &body[..sent]);
        assert!(server.memory.keys().is_empty(), "{sent}");
    }
    let form = Form { file: Some(body), ..Form::new() };
    let (body, content_type) = (form.body(), &form.headers[0].1);
    let start = format!("POST /{BUCKET} HTTP/1.1\r\nhost: {}\r\ncontent-type: {content_type}\r\n", server.address());
    for sent in [10, 100, 5_000, body.len() - 100, body.len() - 1] {
        disconnect(&server, &format!("{start}content-length: {}\r\n\r\n", body.len()), &body[..sent]);
        assert!(server.memory.keys().is_empty(), "{sent}");
    }
    assert_eq!(server.send(put.to_http(b"body").unwrap()).status(), 200);
}

#[test]
fn a_client_that_does_not_read_a_download() {
    let server = Server::start();
    assert_eq!(server.call(&server.presigner(), PutObject::new("large"), &large()).status(), 200);
    let get = server.presigner().presign(GetObject::new("large"), MINUTE).unwrap();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        let head = format!("GET {} HTTP/1.1\r\nhost: {}\r\n\r\n", target(&server, get.url()), server.address());
        stream.write_all(head.as_bytes()).unwrap();
        stream.read_exact(&mut [0; 1_000]).unwrap();
    }
    assert_eq!(server.send(get.to_http(()).unwrap()).body(), large());
}

#[test]
fn a_body_needs_a_length() {
    let server = Server::start();
    let put = server.presigner().presign(PutObject::new("a.txt"), MINUTE).unwrap();
    let chunked = put.to_http(SendBody::from_owned_reader(std::io::Cursor::new(b"body"))).unwrap();
    assert_eq!(server.send(chunked).refusal(), (411, "MissingContentLength"));
    let chunked = ureq::http::Request::post(format!("{}/{BUCKET}", server.endpoint()))
        .header("content-type", &Form::new().headers[0].1)
        .body(SendBody::from_owned_reader(std::io::Cursor::new(Form::new().body())))
        .unwrap();
    assert_eq!(server.send(chunked).refusal(), (411, "MissingContentLength"));
    // Two lengths are none.
    let two = format!(
        "PUT {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nbody",
        target(&server, put.url()),
        server.address()
    );
    assert_ne!(raw(&server, &two).0, 200);
    assert!(server.memory.keys().is_empty());
    let empty = server.send(put.to_http(b"").unwrap());
    assert_eq!(empty.status(), 200);
}

#[test]
fn a_signed_length_is_the_length() {
    let server = Server::start();
    let put = object(&server, Method::Put, "a.txt").payload(Payload::Unsigned).header("content-length", "4");
    let signed = signer(credentials()).authorize(&put).unwrap();
    assert_eq!(server.send(signed.to_http(b"body".to_vec()).unwrap()).status(), 200);
    let mut other = signed.to_http(b"bodies".to_vec()).unwrap();
    other.headers_mut().insert("content-length", HeaderValue::from_static("6"));
    assert_eq!(server.send(other).refusal(), (403, "SignatureDoesNotMatch"));
}

#[test]
fn what_the_store_responds() {
    let mut server = Server::start();
    assert_eq!(server.call(&server.presigner(), GetObject::new("none"), ()).refusal(), (404, "NoSuchKey"));
    server.stop_store();
    assert_eq!(server.call(&server.presigner(), GetObject::new("none"), ()).refusal(), (503, "ServiceUnavailable"));
    assert_eq!(server.call(&server.presigner(), PutObject::new("a"), b"body").refusal(), (503, "ServiceUnavailable"));
    // What the store says about the gateway's own key stays here.
    let server = Server::with_wrong_store_key();
    for answer in [
        server.call(&server.presigner(), GetObject::new("none"), ()),
        server.call(&server.presigner(), PutObject::new("a"), b"body"),
        Form::new().send(&server),
    ] {
        assert_eq!(answer.refusal(), (403, "AccessDenied"));
        assert!(!String::from_utf8_lossy(answer.body()).contains(embedded_store::EmbeddedStore::ACCESS_KEY_ID));
    }
}

#[test]
fn only_uploads_have_a_body() {
    let server = Server::start();
    for method in [Method::Get, Method::Delete] {
        let signed = server.presigner().presign(S3Request::new(method).key("a.txt"), MINUTE).unwrap();
        let target = target(&server, signed.url()).to_owned();
        let head = format!("{method} {target} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", server.address());
        let with_body = format!("{head}content-length: 4\r\n\r\nbody");
        assert_eq!(raw(&server, &with_body), (400, "InvalidRequest".into()), "{method}");
        assert_ne!(raw(&server, &format!("{head}\r\n")).0, 400, "{method}");
    }
}
