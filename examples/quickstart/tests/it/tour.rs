//! The quickstart itself, against its own store.

use quickstart::{Store, tour};

#[test]
fn takes_every_step() {
    let store = Store::embedded().unwrap();
    let mut log = Vec::new();
    let seen = tour(&store, b"a file", &mut log).unwrap();

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

    let cells: Vec<_> = seen.row().split('|').map(str::trim).collect();
    let [_, day, name, version, what, _] = cells[..] else { panic!("{seen:?}") };
    assert!(day.len() == 10 && day.split('-').count() == 3, "{day}");
    assert_eq!((name, what), ("s3s, embedded", "quickstart: upload, download, deletion, 4 refusals"));
    assert_eq!(version.split('.').count(), 3, "{version}");
}
