//! The tour of the quickstart, through the gateway.

use quickstart::{Store, tour};

use crate::server::Server;

#[test]
fn the_tour_runs_through_the_gateway() {
    for server in [Server::start(), Server::silent()] {
        let mut log = Vec::new();
        tour(&Store::local(server.presigner(), "gateway"), b"a file", &mut log).unwrap();
        let log = String::from_utf8(log).unwrap();
        assert_eq!(log.matches("\n403 ").count(), 4, "{log}");
        assert!(server.memory.keys().is_empty());
    }
}
