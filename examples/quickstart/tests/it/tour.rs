//! The quickstart itself, against its own store.

use quickstart::{Store, tour};

#[test]
fn takes_every_step() {
    let store = Store::embedded().unwrap();
    let mut log = Vec::new();
    tour(&store, b"a file", &mut log).unwrap();

    let log = String::from_utf8(log).unwrap();
    let steps: Vec<_> =
        log.lines().filter_map(|line| Some((line.get(..3)?.parse::<u16>().ok()?, line.get(3..)?.trim()))).collect();
    let expected = [
        (200, "upload"),
        (200, "download"),
        (403, "another key in the path"),
        (403, "another digit in the signature"),
        (403, "expired 59 minutes ago"),
        (403, "upload as another Content-Type"),
        (204, "deletion"),
    ];
    assert_eq!(steps, expected, "{log}");
}
