//! The rows: the same requests, signed by each of the methods.

use std::hint::black_box;
use std::sync::LazyLock;

use presign::s3::{Batch, GetObject, MultipartPlan, UploadPart, UploadParts};
use presign::{Presigner, Timestamp};

use super::Row;
use super::floor::{floor, floor_of, floor_with_derivation};
use super::task::{KEY, LIFE, PART_SIZE, PARTS, PRESIGNER, UPLOAD_ID, credentials, now, put};
use super::work::Work;

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(gets());
    rows.extend(puts());
    rows.extend(cold());
    rows.extend(parts());
    rows.extend(batches());
    #[cfg(feature = "post")]
    rows.push(form());
    rows
}

fn get() -> GetObject<'static> {
    GetObject::new(black_box(KEY))
}

fn row(name: &str, goal: Option<f64>, floor_name: &str, floor: Work, work: Work) -> Row {
    Row { name: name.to_owned(), work, floor_name: floor_name.to_owned(), floor, goal }
}

fn gets() -> [Row; 6] {
    let row = |name, goal, work| row(name, goal, "get", floor(get()), work);
    let now = now();
    let into = move |url: &mut String| {
        PRESIGNER.presign_into_at(url, get(), LIFE, black_box(now)).expect("valid");
    };
    [
        row("get, reused buffer", Some(1.25), Work::reusing_a_buffer(into)),
        another_second(),
        another_bucket(),
        temporary_credentials(),
        row("get, new value", None, Work::new(move || PRESIGNER.presign_at(get(), LIFE, black_box(now)))),
        row("get, new value, clock read", Some(1.6), Work::new(|| PRESIGNER.presign(get(), LIFE))),
    ]
}

/// Makes a presigner for each URL, as a service with a bucket for each customer does.
fn another_bucket() -> Row {
    let buckets: Vec<_> = (10..20).map(|number| format!("examplebuck{number}")).collect();
    let (now, mut number) = (now(), 0);
    let into = move |url: &mut String| {
        number = (number + 1) % buckets.len();
        let presigner = PRESIGNER.with_bucket(&*buckets[number]).expect("valid");
        presigner.presign_into_at(url, get(), LIFE, black_box(now)).expect("valid");
    };
    row("get, another bucket each time, reused buffer", None, "get", floor(get()), Work::reusing_a_buffer(into))
}

/// Signs as of another second each time, so that only the signing key and the strings of the day are reused.
fn another_second() -> Row {
    let (start, mut seconds) = (now(), 0);
    let into = move |url: &mut String| {
        seconds = (seconds + 1) % 3_600;
        let now = Timestamp::from_unix_seconds(start.unix_seconds() + seconds).expect("in range");
        PRESIGNER.presign_into_at(url, get(), LIFE, black_box(now)).expect("valid");
    };
    row("get, another second each time, reused buffer", None, "get", floor(get()), Work::reusing_a_buffer(into))
}

/// Signs with a session token, which is wiped after each URL.
fn temporary_credentials() -> Row {
    let token = "IQoJb3JpZ2luX2VjEXAMPLE/".repeat(40);
    let presigner = PRESIGNER.with_credentials(credentials().with_session_token(token).expect("valid"));
    let (now, floor) = (now(), floor_of(&presigner, get()));
    let into = move |url: &mut String| {
        presigner.presign_into_at(url, get(), LIFE, black_box(now)).expect("valid");
    };
    row("get, session token of 960 bytes, reused buffer", None, "get with token", floor, Work::reusing_a_buffer(into))
}

fn puts() -> [Row; 4] {
    let row = |name, goal, work| row(name, goal, "put", floor(put()), work);
    let now = now();
    let built = move |url: &mut String| {
        PRESIGNER.presign_into_at(url, put(), LIFE, black_box(now)).expect("valid");
    };
    let operation = put();
    let given = move |url: &mut String| {
        PRESIGNER.presign_into_at(url, black_box(&operation), LIFE, black_box(now)).expect("valid");
    };
    let batch = PRESIGNER.batch_at(LIFE, now).expect("valid");
    let operation = put();
    let in_batch = move |url: &mut String| {
        batch.presign_into(url, black_box(&operation)).expect("valid");
    };
    [
        row("put, built, reused buffer", Some(1.4), Work::reusing_a_buffer(built)),
        row("put, given, reused buffer", Some(1.4), Work::reusing_a_buffer(given)),
        row("put, given, batch, reused buffer", None, Work::reusing_a_buffer(in_batch)),
        row("put, built, new value", None, Work::new(move || PRESIGNER.presign_at(put(), LIFE, black_box(now)))),
    ]
}

/// Signs with a signing key that has to be derived first.
fn cold() -> [Row; 2] {
    let row = |name, work| row(name, Some(1.5), "get and key derivation", floor_with_derivation(get()), work);
    let now = now();
    // A presigner keeps the signing keys of two days.
    let mut days = 0;
    let new_day = move |url: &mut String| {
        days += 1;
        let now = Timestamp::from_unix_seconds(now.unix_seconds() + days % 65_536 * 86_400).expect("in range");
        PRESIGNER.presign_into_at(url, get(), LIFE, now).expect("valid");
    };
    let given = credentials();
    let new_credentials = move |url: &mut String| {
        let presigner: Presigner = PRESIGNER.with_credentials(black_box(&given).clone());
        presigner.presign_into_at(url, get(), LIFE, now).expect("valid");
    };
    [
        row("get, first of a new day, reused buffer", Work::reusing_a_buffer(new_day)),
        row("get, first of new credentials, reused buffer", Work::reusing_a_buffer(new_credentials)),
    ]
}

/// Signs all parts of one upload, again and again.
fn parts() -> [Row; 2] {
    // The floor is that of a part in the middle: the URLs of others have fewer digits.
    let part = || UploadPart::new(KEY, UPLOAD_ID, 5_000).content_length(PART_SIZE);
    let row = |name, goal, work| row(name, goal, "part", floor(part()), work);
    let all = || -> UploadParts<'static> {
        let plan = MultipartPlan::with_part_size(PARTS * PART_SIZE, PART_SIZE).expect("valid");
        PRESIGNER.upload_parts_at(KEY, UPLOAD_ID, &plan, LIFE, now())
    };
    let mut parts = all();
    let into = move |url: &mut String| {
        let signed = parts.next_into(url).unwrap_or_else(|| {
            parts = all();
            parts.next_into(url).expect("at least one")
        });
        signed.expect("valid");
    };
    let mut parts = all();
    let next = move || {
        parts.next().unwrap_or_else(|| {
            parts = all();
            parts.next().expect("at least one")
        })
    };
    [
        row("10,000 parts, reused buffer, each", Some(0.8), Work::reusing_a_buffer(into)),
        row("10,000 parts, new values, each", None, Work::new(next)),
    ]
}

/// Signs 1,000 keys in each batch, as many as a page of a listing has.
fn batches() -> [Row; 2] {
    let row = |name, goal, work| row(name, goal, "get", floor(GetObject::new(&*KEYS[500])), work);
    let mut url = String::new();
    let into = in_batches(move |batch, get| {
        url.clear();
        batch.presign_into(&mut url, get).expect("valid");
        black_box(&url);
    });
    [
        row("1,000 keys in a batch, reused buffer, each", Some(1.2), Work::new(into)),
        row("1,000 keys in a batch, new values, each", None, Work::new(in_batches(Batch::presign))),
    ]
}

/// Keys of 28 bytes, with one space.
static KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..1_000).map(|number| format!("photos/2024/summer t{number:04}.jpg")).collect());

/// Signs the next key, and starts a new batch after all of them.
fn in_batches<T>(mut sign: impl FnMut(&Batch<'static>, GetObject<'static>) -> T) -> impl FnMut() -> T {
    let now = now();
    let start = move || PRESIGNER.batch_at(LIFE, black_box(now)).expect("valid");
    let (mut keys, mut batch) = (KEYS.iter().enumerate().cycle(), start());
    move || {
        let (index, key) = keys.next().expect("endless");
        if index == 0 {
            batch = start();
        }
        sign(&batch, GetObject::new(black_box(&**key)))
    }
}

/// Signs a form. The floor is the HMAC of its policy; its goal is compared with other crates, in `benches/peers`.
#[cfg(feature = "post")]
fn form() -> Row {
    use super::floor::keyed_hmac;
    use presign::s3::PostPolicy;

    let now = now();
    let form = move || {
        let policy = PostPolicy::new(black_box(KEY)).content_type("image/jpeg").content_length_range(1..=5_000_000);
        PRESIGNER.presign_post_at(&policy, LIFE, black_box(now)).expect("valid")
    };
    let policy = form().fields().find(|(name, _)| *name == "Policy").expect("signed").1.to_owned();
    row("post, form", None, "policy", Work::new(keyed_hmac(policy)), Work::new(form))
}
