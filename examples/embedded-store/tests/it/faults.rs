//! Faults on purpose.

use std::num::NonZeroU32;

use embedded_store::Options;
use presign::s3::{HeadObject, PutObject};
use ureq::http::Request;

use crate::server::{Response, Server};

const PAGE: &str = "http://127.0.0.1:3000";
const SLOW_DOWN: (u16, &str) = (503, "SlowDown");

fn server(every: u32) -> Server {
    let options = Options { origins: vec![PAGE.into()], fail_every: NonZeroU32::new(every), ..Options::default() };
    Server::start_with(&options)
}

fn put(server: &Server, key: &str) -> Response {
    server.call(PutObject::new(key), b"content")
}

fn exists(server: &Server, key: &str) -> bool {
    server.call(HeadObject::new(key), ()).status() == 200
}

#[test]
fn every_third_response_is_a_fault() {
    let server = server(3);
    let statuses: Vec<_> = (0..9).map(|_| put(&server, "key").status()).collect();
    assert_eq!(statuses, [200, 200, 503, 200, 200, 503, 200, 200, 503]);
}

#[test]
fn faults_come_before_and_after_the_operation_in_turn() {
    let server = server(2);
    assert!(!exists(&server, "first"));
    for (key, stored) in [("first", false), ("second", true), ("third", false), ("fourth", true)] {
        assert_eq!(put(&server, key).error(), SLOW_DOWN);
        assert_eq!(exists(&server, key), stored, "{key}");
    }
}

/// The body of an upload is read although nothing needs it, so that the client reads the response.
#[test]
fn a_large_upload_can_fail() {
    let server = server(1);
    let body = vec![0; 20 << 20];
    assert_eq!(server.call(PutObject::new("key"), &body[..]).error(), SLOW_DOWN);
    assert_eq!(server.call(PutObject::new("key"), &body[..]).error(), SLOW_DOWN);
}

#[test]
fn pages_can_read_faults_and_preflights_do_not_fail() {
    let server = server(1);
    let url = format!("{}/bucket/key", server.store.endpoint());
    let preflight = Request::options(&url).header("origin", PAGE).header("access-control-request-method", "PUT");
    assert_eq!(server.run(preflight.body(()).unwrap()).status(), 200);
    let fault = server.run(Request::get(&url).header("origin", PAGE).body(()).unwrap());
    assert_eq!(fault.error(), SLOW_DOWN);
    assert_eq!(fault.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(fault.header("content-type"), Some("application/xml"));
}
