//! Counts how often signing asks the allocator for memory, new or more of it.
//!
//! The counts are published in `benches/RESULTS.md`, by
//! `cargo test --test allocations --features post -- --nocapture | benches/publish`.

#[expect(dead_code, unused_imports, reason = "only some rows are counted, and their floors are for the benches")]
#[path = "../benches/rows/mod.rs"]
mod rows;

use allocation_counter::measure;

use crate::rows::rows;

/// The names of the rows that are counted, and how many allocations each should have at most.
const GOALS: &[(&str, Option<u64>)] = &[
    ("get, reused buffer", Some(0)),
    ("put, built, reused buffer", Some(0)),
    ("10,000 parts, reused buffer, each", Some(0)),
    ("1,000 keys in a batch, reused buffer, each", Some(0)),
    ("get, new value, clock read", Some(2)),
    #[cfg(feature = "post")]
    ("post, form", None),
];

/// Returns the highest count of 100 URLs, after 100 others: the first derives the signing key, and until part 100 the URLs
/// of parts become longer, so that the buffer grows.
fn allocations(name: &str) -> u64 {
    let mut row = rows().into_iter().find(|row| row.name == name).expect("a row of this name");
    row.work.run(100);
    let counts = (0..100).map(|_| measure(|| _ = row.work.run(1)).count_total);
    counts.max().expect("100 counts")
}

#[test]
fn the_counter_counts() {
    let mut text = String::new();
    let count = |work: &mut dyn FnMut()| measure(work).count_total;
    assert_eq!(count(&mut || text.push('x')), 1);
    assert_eq!(count(&mut || text.push_str(&"y".repeat(1_000))), 2);
    assert_eq!(count(&mut || text.clear()), 0);
}

/// A provider is called for each signature, so what it costs is paid each time.
#[test]
fn a_url_with_the_credentials_of_a_cell_allocates_nothing() {
    let credentials = |id| presign::Credentials::new(id, "secret").and_then(|it| it.with_session_token("token"));
    let cell = presign::CredentialsCell::new(credentials("first").expect("valid"));
    let builder = presign::Presigner::builder().credentials_provider(cell.clone());
    let presigner = builder.region("eu-west-1").bucket("user-media").build().expect("valid");
    let mut url = String::new();
    let mut count = || {
        let now = presign::Timestamp::from_unix_seconds(1_710_490_530).expect("in range");
        let get = presign::s3::GetObject::new("a b.png");
        url.clear();
        let sign = || presigner.presign_into_at(&mut url, get, std::time::Duration::from_secs(60), now);
        measure(|| _ = sign().expect("signed")).count_total
    };
    let first = count();
    assert_eq!(count(), 0);
    // The same test sees the allocations of a new signing key.
    cell.set(credentials("second").expect("valid"));
    assert!(first > 0 && count() > 0);
    assert_eq!(count(), 0);
}

#[test]
fn no_row_allocates_more_often_than_its_goal() {
    for (name, goal) in GOALS {
        let count = allocations(name);
        assert!(goal.is_none_or(|goal| count <= goal), "{name}: {count}");
    }
}

#[cfg(feature = "post")]
#[test]
fn the_published_counts_are_true() {
    use std::fmt::Write as _;

    let mut table = "<!-- table: allocations -->\n| work | allocations | goal, at most |\n|---|---:|---:|\n".to_owned();
    for (name, goal) in GOALS {
        let goal = goal.map_or(String::new(), |goal| goal.to_string());
        writeln!(table, "| {name} | {} | {goal} |", allocations(name)).unwrap();
    }
    table += "<!-- end -->\n";
    // On a line of its own, also after what the test harness has printed.
    println!("\n{table}");
    assert!(include_str!("../benches/RESULTS.md").contains(&table), "benches/RESULTS.md has other counts");
}
