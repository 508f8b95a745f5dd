//! A store runs until its value is dropped.

use std::io::{Read, Write};
use std::net::TcpStream;

use embedded_store::{EmbeddedStore, Memory};

#[test]
fn stores_do_not_share_a_port() {
    let one = EmbeddedStore::in_memory(Memory::new(&[])).unwrap();
    let other = EmbeddedStore::in_memory(Memory::new(&[])).unwrap();
    assert_ne!(one.endpoint(), other.endpoint());
}

#[test]
fn a_drop_ends_it_in_spite_of_open_connections() {
    let store = EmbeddedStore::on_disk(&["bucket"]).unwrap();
    let address = store.endpoint().replace("http://", "");
    let mut idle = TcpStream::connect(&address).unwrap();
    idle.write_all(b"GET /bucket/key HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut start = [0; 12];
    idle.read_exact(&mut start).unwrap();
    assert_eq!(start, *b"HTTP/1.1 403");

    drop(store);
    assert!(TcpStream::connect(&address).is_err());
}
