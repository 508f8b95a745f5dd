//! Counts how often signing asks the allocator for memory, new or more of it.
//!
//! The counts are published in `benches/RESULTS.md`, by
//! `cargo test --test allocations --features post,verify -- --nocapture | benches/publish`.

#[expect(dead_code, unused_imports, reason = "only some rows are counted, and their floors are for the benches")]
#[path = "../benches/rows/mod.rs"]
mod rows;

use std::time::Duration;

use allocation_counter::measure;
use presign::s3::{GetObject, PutObject};
use presign::sigv4::{CanonicalRequest, Request, Service, Signer, SigningContext};
use presign::{Credentials, Method, Presigner, Region, Timestamp};

use crate::rows::rows;

/// The names of the rows that are counted, and how many allocations each should have at most.
const GOALS: &[(&str, Option<u64>)] = &[
    ("get, reused buffer", Some(0)),
    // The list of its headers.
    ("put, built, reused buffer", Some(1)),
    ("10,000 parts, reused buffer, each", Some(0)),
    ("1,000 keys in a batch, reused buffer, each", Some(0)),
    ("get, new value, clock read", Some(2)),
    #[cfg(feature = "post")]
    ("post, form", None),
    // The text that was signed, which is in the result.
    #[cfg(feature = "verify")]
    ("verify get", Some(1)),
];

/// Returns the highest count of 100 URLs, after 100 others: the first derives the signing key, and until part 100 the URLs
/// of parts become longer, so that the buffer grows.
fn allocations(name: &str) -> u64 {
    let rows = rows().into_iter();
    #[cfg(feature = "verify")]
    let rows = rows.chain(rows::verify_rows());
    let mut row = { rows }.find(|row| row.name == name).expect("a row of this name");
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
    let credentials = |id| Credentials::new(id, "secret").and_then(|it| it.with_session_token("token"));
    let cell = presign::CredentialsCell::new(credentials("first").expect("valid"));
    let builder = Presigner::builder().credentials_provider(cell.clone());
    let presigner = builder.region("eu-west-1").bucket("user-media").build().expect("valid");
    let mut url = String::new();
    let mut count = || {
        let now = Timestamp::from_unix_seconds(1_710_490_530).expect("in range");
        let get = GetObject::new("a b.png");
        url.clear();
        let sign = || presigner.presign_into_at(&mut url, get, Duration::from_secs(60), now);
        measure(|| _ = sign().expect("signed")).count_total
    };
    let first = count();
    assert_eq!(count(), 0);
    // The same test sees the allocations of a new signing key.
    cell.set(credentials("second").expect("valid"));
    assert!(first > 0 && count() > 0);
    assert_eq!(count(), 0);
}

/// As most clients send a `GET`. The request is the caller's.
#[cfg(feature = "verify")]
#[test]
fn verifying_a_get_allocates_only_its_result() {
    use presign::verify::{ReceivedRequest, ServedHost, Verifier, VerifyPolicy};

    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid");
    let signed = presigner(credentials.clone()).presign_at(GetObject::new("a b.png"), LIFE, now()).expect("valid");
    let host = "user-media.s3.eu-west-1.amazonaws.com";
    let target = signed.url().strip_prefix("https://").and_then(|url| url.strip_prefix(host)).expect("virtual-hosted");
    let request = ReceivedRequest::new("GET", target, host)
        .header("Host", host)
        .header("User-Agent", "Mozilla/5.0")
        .header("Accept", "*/*")
        .header("Range", "bytes=0-9");
    let served = ServedHost::with_bucket_subdomains("s3.eu-west-1.amazonaws.com").expect("valid");
    let verifier = Verifier::new(VerifyPolicy::new(Region::new("eu-west-1").expect("valid"), Service::s3(), served));
    let count = || {
        let verify = || verifier.verify_at(&request, |_| Some(credentials.clone()), now());
        measure(|| drop(verify().expect("signed"))).count_total
    };
    // The first derives the signing key.
    assert!(count() > 1);
    assert_eq!(count(), 1);
}

#[test]
fn no_row_allocates_more_often_than_its_goal() {
    for (name, goal) in GOALS {
        let count = allocations(name);
        assert!(goal.is_none_or(|goal| count <= goal), "{name}: {count}");
    }
}

#[cfg(all(feature = "post", feature = "verify"))]
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

/// Signs once with new credentials, and returns how often it asked for memory.
type SignOnce = fn(Credentials) -> u64;

const LIFE: Duration = Duration::from_secs(900);

fn now() -> Timestamp {
    Timestamp::from_unix_seconds(1_710_490_530).expect("in range")
}

fn presigner(credentials: Credentials) -> Presigner {
    let builder = Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media");
    builder.build().expect("valid")
}

fn request() -> Request<'static> {
    let request = Request::new(Method::Get, "https://h.example").expect("valid");
    request.path("/a%20b").header("x-a", "b")
}

/// What is done with a session token.
const WITH_TOKEN: &[(&str, SignOnce)] = &[
    ("get", |credentials| {
        let presigner = presigner(credentials);
        measure(|| drop(presigner.presign_at(GetObject::new("a b.png"), LIFE, now()))).count_total
    }),
    ("put", |credentials| {
        let presigner = presigner(credentials);
        let put = PutObject::new("a.png").content_type("image/png").header("x-a", "a  b").query("a", "ä");
        measure(|| drop(presigner.presign_at(&put, LIFE, now()))).count_total
    }),
    ("batch", |credentials| {
        let presigner = presigner(credentials);
        let sign = || presigner.batch_at(LIFE, now())?.presign(GetObject::new("a"));
        measure(|| drop(sign())).count_total
    }),
    ("authorization header", |credentials| {
        let (region, service) = (Region::new("eu-west-1").expect("valid"), Service::s3());
        let signer = Signer::new(credentials, region, service);
        measure(|| drop(signer.authorize_at(&request(), now()))).count_total
    }),
    ("explanation", |credentials| {
        let presigner = presigner(credentials);
        measure(|| drop(presigner.explain_at(GetObject::new("a b.png"), LIFE, now()))).count_total
    }),
    ("canonical request", |credentials| {
        let (region, service) = (Region::new("eu-west-1").expect("valid"), Service::s3());
        let context = SigningContext::new(&credentials, &region, &service, now());
        measure(|| drop(CanonicalRequest::presigned(&request(), &context, LIFE))).count_total
    }),
    #[cfg(feature = "post")]
    ("form", |credentials| {
        let presigner = presigner(credentials);
        let policy = presign::s3::PostPolicy::new("a\"\\/").content_type("image/png").content_length_range(1..=9);
        measure(|| drop(presigner.presign_post_at(&policy, LIFE, now()))).count_total
    }),
    #[cfg(feature = "post")]
    ("form as HTML and as a body", |credentials| {
        let post = presigner(credentials).presign_post_at(&presign::s3::PostPolicy::new("a"), LIFE, now());
        let post = post.expect("valid");
        measure(|| drop((post.to_html(), post.multipart_body("a\"", "b/c", b"d")))).count_total
    }),
];

/// A buffer that grows leaves a copy of the token behind, and grows the more often the longer the token is. A thread of its
/// own keeps no buffer from before, and none that is larger than 8 KiB.
#[test]
fn no_buffer_with_a_session_token_grows() {
    let tokens = [("a", 1), ("a", 100), ("a", 2_000), ("/", 1), ("/", 15), ("=", 300), ("\"", 700), ("+", 2_000)];
    for (name, sign_once) in WITH_TOKEN {
        let counts = tokens.map(|(text, count)| {
            let credentials = Credentials::new("id", "secret").expect("valid");
            let credentials = credentials.with_session_token(text.repeat(count)).expect("valid");
            std::thread::spawn(move || sign_once(credentials)).join().expect("no panic")
        });
        let is_same = counts.iter().all(|count| *count == counts[0] && *count > 0);
        assert!(is_same, "{name}: {counts:?}");
    }
}
