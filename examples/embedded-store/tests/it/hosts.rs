//! Under which addresses and host names the store can be reached.

use embedded_store::{EmbeddedStore, Options};
use presign::s3::{AddressingStyle, PutObject};

use crate::server::{BUCKET, MINUTE, Server, presigner_at};

/// Uploads an object under a host name and returns the status, after a check that the object is in the bucket.
fn upload(server: &Server, host: &str, style: AddressingStyle) -> u16 {
    let port = server.store.endpoint().rsplit_once(':').unwrap().1.to_owned();
    let key = format!("{host}/{style:?}");
    let presigner = presigner_at(&format!("http://{host}:{port}"), style);
    let response = server.send(&presigner.presign(PutObject::new(&key), MINUTE).unwrap(), b"content");
    assert_eq!(server.content(&key).is_some(), response.status() == 200, "{response:?}");
    response.status()
}

fn with_public_url(url: &str) -> Server {
    Server::start_with(&Options { public_url: Some(url.into()), ..Options::default() })
}

#[test]
fn path_style_works_under_every_host() {
    let server = with_public_url("http://store.localhost:9000");
    for host in ["127.0.0.1", "localhost", "store.localhost", "store", "store.example.com", "host.docker.internal"] {
        assert_eq!(upload(&server, host, AddressingStyle::Path), 200, "{host}");
    }
}

#[test]
fn virtual_hosted_style_works_under_the_known_hosts() {
    let server = with_public_url("https://Store.localhost");
    for host in ["localhost", "store.localhost"] {
        assert_eq!(upload(&server, host, AddressingStyle::VirtualHosted), 200, "{host}");
    }
    assert_ne!(upload(&server, "example.com", AddressingStyle::VirtualHosted), 200);
    let server = with_public_url("https://example.com");
    assert_eq!(upload(&server, "example.com", AddressingStyle::VirtualHosted), 200);
}

/// The host then looks like a bucket below `localhost`.
#[test]
fn a_host_below_localhost_must_be_known() {
    assert_eq!(upload(&Server::start(), "store.localhost", AddressingStyle::Path), 404);
}

#[test]
fn a_server_on_every_address_can_be_reached() {
    let server = Server::start_with(&Options { listen: "0.0.0.0:0".parse().unwrap(), ..Options::default() });
    assert!(server.store.endpoint().starts_with("http://127.0.0.1:"));
    assert!(server.store.virtual_host_endpoint().starts_with("http://localhost:"));
    server.put("key", b"content");
    assert_eq!(server.content("key").as_deref(), Some(&b"content"[..]));
}

#[test]
fn a_port_that_is_in_use_is_an_error() {
    let server = Server::start();
    let listen = server.store.endpoint().replace("http://", "").parse().unwrap();
    let second = EmbeddedStore::on_disk_with(&[BUCKET], &Options { listen, ..Options::default() });
    assert_eq!(second.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}

#[test]
fn public_urls_that_are_refused() {
    for url in ["store.localhost", "store.localhost:9000", "http://", "http://host/path", "http://host?query", ""] {
        let options = Options { public_url: Some(url.into()), ..Options::default() };
        let error = EmbeddedStore::on_disk_with(&[BUCKET], &options).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput, "{url}");
    }
}
