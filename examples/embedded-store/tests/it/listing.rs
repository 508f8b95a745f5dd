//! Listings, with prefixes, delimiters and pages.

use presign::Method;
use presign::s3::{ListObjectsV2, Operation, S3Request};

use crate::server::Server;

const KEYS: [&str; 7] = ["a", "b/1", "b/2", "b/c/3", "b//4", "long", "d"];

/// Returns a server with these objects, and the name of the last one: a long one.
fn server() -> (Server, String) {
    let server = Server::start();
    let long = format!("long/{}", "l".repeat(1_000));
    for key in KEYS.into_iter().filter(|&key| key != "long").chain([&*long]) {
        server.put(key, b"12");
    }
    (server, long)
}

fn list(server: &Server, operation: impl Operation) -> (Vec<String>, Vec<String>) {
    let response = server.call(operation, ());
    let prefixes = response.elements("CommonPrefixes");
    let prefixes = prefixes.iter().map(|prefix| prefix.replace("<Prefix>", "").replace("</Prefix>", ""));
    (response.elements("Key"), prefixes.collect())
}

#[test]
fn all_keys_are_in_the_order_of_their_bytes() {
    let (server, long) = server();
    let response = server.call(ListObjectsV2::new(), ());
    assert_eq!(response.elements("Key"), ["a", "b//4", "b/1", "b/2", "b/c/3", "d", &long]);
    assert_eq!(response.elements("Size"), ["2"; 7]);
    assert_eq!((&*response.element("KeyCount"), &*response.element("IsTruncated")), ("7", "false"));
}

#[test]
fn prefixes_and_delimiters() {
    let (server, _) = server();
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    for (prefix, delimiter, keys, prefixes) in [
        ("", "/", &["a", "d"][..], &["b/", "long/"][..]),
        ("b/", "/", &["b/1", "b/2"], &["b//", "b/c/"]),
        ("b", "/c/", &["b//4", "b/1", "b/2"], &["b/c/"]),
        ("/", "/", &[], &[]),
        ("b/2", "/", &["b/2"], &[]),
    ] {
        let listed = list(&server, ListObjectsV2::new().prefix(prefix).delimiter(delimiter));
        assert_eq!(listed, (owned(keys), owned(prefixes)), "{prefix} {delimiter}");
    }
}

#[test]
fn pages() {
    let (server, long) = server();
    let mut pages = Vec::new();
    let mut token = None;
    loop {
        let mut operation = ListObjectsV2::new().delimiter("/").max_keys(1);
        if let Some(token) = token {
            operation = operation.continuation_token(token);
        }
        let response = server.call(operation, ());
        pages.push([response.elements("Key"), response.elements("CommonPrefixes")].concat().concat());
        if response.element("IsTruncated") == "false" {
            break;
        }
        token = Some(response.element("NextContinuationToken"));
    }
    assert_eq!(pages, ["a", "<Prefix>b/</Prefix>", "d", "<Prefix>long/</Prefix>"]);
    assert_eq!(server.call(ListObjectsV2::new().start_after("b/c/3"), ()).elements("Key"), ["d", &long]);
    let none = server.call(ListObjectsV2::new().max_keys(0), ());
    assert_eq!((none.elements("Key"), &*none.element("IsTruncated")), (vec![], "false"));
}

#[test]
fn the_first_version_of_the_operation() {
    let (server, _) = server();
    let first = S3Request::new(Method::Get).query("max-keys", "2").query("delimiter", "/");
    let response = server.call(first.clone(), ());
    assert_eq!((response.elements("Key"), &*response.element("NextMarker")), (vec!["a".to_owned()], "b/"));
    let second = list(&server, first.query("marker", "b/"));
    assert_eq!(second, (vec!["d".to_owned()], vec!["long/".to_owned()]));
}
