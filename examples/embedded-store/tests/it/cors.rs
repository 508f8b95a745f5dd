//! Browsers let a page use the store if, and only if, its origin is one of the options.

use embedded_store::{EmbeddedStore, Options};
use ureq::http::Request;

use crate::server::{Response, Server};

const PAGE: &str = "http://127.0.0.1:3000";

fn server(origins: &[&str]) -> Server {
    Server::start_with(&Options { origins: origins.iter().map(ToString::to_string).collect(), ..Options::default() })
}

fn preflight(server: &Server, origin: &str) -> Response {
    let request = Request::options(format!("{}/bucket/key", server.store.endpoint()))
        .header("origin", origin)
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "content-type");
    server.run(request.body(()).unwrap())
}

#[test]
fn a_named_origin_may_upload() {
    let server = server(&["https://app.example", PAGE]);
    let response = preflight(&server, PAGE);
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(response.header("access-control-allow-methods"), Some("GET,HEAD,PUT,POST,DELETE"));
    assert_eq!(response.header("access-control-allow-headers"), Some("content-type"));
    assert_eq!(response.header("access-control-max-age"), Some("3600"));
}

#[test]
fn a_named_origin_may_read_why_it_was_refused() {
    let server = server(&[PAGE]);
    let url = format!("{}/bucket/key", server.store.endpoint());
    let response = server.run(Request::get(url).header("origin", PAGE).body(()).unwrap());
    assert_eq!(response.error(), (403, "AccessDenied"));
    assert_eq!(response.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(response.header("access-control-expose-headers"), Some("etag,retry-after"));
}

#[test]
fn other_origins_may_not() {
    for (server, origin) in [(server(&[PAGE]), "http://127.0.0.1:3001"), (Server::start(), PAGE)] {
        assert_eq!(preflight(&server, origin).header("access-control-allow-origin"), None);
    }
}

#[test]
fn origins_that_no_page_has_are_errors() {
    for origin in ["*", "http://a\nb"] {
        let error = EmbeddedStore::on_disk_with(&[], &Options { origins: vec![origin.into()], ..Options::default() })
            .unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    }
}
