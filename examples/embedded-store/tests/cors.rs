//! Browsers let a page use the store if, and only if, its origin was named.

use std::io::{Read, Write};
use std::net::TcpStream;

use embedded_store::EmbeddedStore;

const PAGE: &str = "http://127.0.0.1:3000";

/// The head of the answer, in lower case.
fn head(store: &EmbeddedStore, request: &str) -> String {
    let mut stream = TcpStream::connect(store.endpoint().replace("http://", "")).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split("\r\n\r\n").next().unwrap().to_lowercase()
}

fn preflight(origin: &str) -> String {
    format!(
        "OPTIONS /bucket/key HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: {origin}\r\n\
         Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: content-type\r\n\r\n"
    )
}

#[test]
fn a_named_origin_may_upload() {
    let store = EmbeddedStore::on_disk_for_pages(&["bucket"], &[PAGE.into()]).unwrap();
    let head = head(&store, &preflight(PAGE));
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("access-control-allow-origin: http://127.0.0.1:3000"), "{head}");
    assert!(head.contains("access-control-allow-methods: get,head,put,post"), "{head}");
    assert!(head.contains("access-control-allow-headers: content-type"), "{head}");
}

#[test]
fn a_named_origin_may_read_why_it_was_refused() {
    let store = EmbeddedStore::on_disk_for_pages(&["bucket"], &[PAGE.into()]).unwrap();
    let request =
        "GET /bucket/key HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: http://127.0.0.1:3000\r\n\r\n";
    let head = head(&store, request);
    assert!(head.starts_with("http/1.1 403"), "{head}");
    assert!(head.contains("access-control-allow-origin: http://127.0.0.1:3000"), "{head}");
    assert!(head.contains("access-control-expose-headers: etag"), "{head}");
}

#[test]
fn other_origins_may_not() {
    let for_a_page = EmbeddedStore::on_disk_for_pages(&["bucket"], &[PAGE.into()]).unwrap();
    let for_none = EmbeddedStore::on_disk(&["bucket"]).unwrap();
    for (store, origin) in [(&for_a_page, "http://127.0.0.1:3001"), (&for_none, PAGE)] {
        let head = head(store, &preflight(origin));
        assert!(!head.contains("access-control-allow-origin"), "{head}");
    }
}
