//! How long one presigned URL takes: `cargo bench`.
//!
//! The floor is what no implementation can go below with the same hash: SHA-256 over as many bytes as the canonical
//! request has, and one HMAC, under a key that is set up already, over as many as the string to sign has.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use hmac::{Hmac, KeyInit, Mac};
use presign::s3::{GetObject, PutObject};
use presign::{Credentials, Presigner, Timestamp};
use sha2::{Digest, Sha256};

const KEY: &str = "photos/2024/summer trip.jpeg";
const LIFE: Duration = Duration::from_secs(900);

fn presigner() -> Presigner {
    Presigner::builder()
        .credentials(
            Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").expect("valid"),
        )
        .region("eu-west-1")
        .bucket("examplebucket")
        .build()
        .expect("valid")
}

fn put() -> PutObject<'static> {
    PutObject::new(KEY)
        .content_type("image/jpeg")
        .content_length(1_048_576)
        .metadata("author", "Jane Doe")
        .metadata("album", "summer")
}

fn benchmarks(criterion: &mut Criterion) {
    let presigner = presigner();
    let now: Timestamp = "20240315T081530Z".parse().expect("a time");
    let explanation = presigner.explain_at(GetObject::new(KEY), LIFE, now).expect("valid");
    let keyed = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("any length");

    let mut group = criterion.benchmark_group("presign");
    group.bench_function("floor", |bencher| {
        bencher.iter(|| {
            let hash = Sha256::digest(black_box(explanation.canonical_request()));
            let mut mac = keyed.clone();
            mac.update(black_box(explanation.string_to_sign()).as_bytes());
            (hash, mac.finalize().into_bytes())
        });
    });
    group.bench_function("get/reused buffer", |bencher| {
        let mut url = String::new();
        bencher.iter(|| {
            url.clear();
            presigner.presign_into(&mut url, GetObject::new(black_box(KEY)), LIFE, now).expect("valid")
        });
    });
    group.bench_function("get/new value, clock read", |bencher| {
        bencher.iter(|| presigner.presign(GetObject::new(black_box(KEY)), LIFE).expect("valid"));
    });
    group.bench_function("put with 4 headers/reused buffer", |bencher| {
        let mut url = String::new();
        bencher.iter(|| {
            url.clear();
            presigner.presign_into(&mut url, put(), LIFE, now).expect("valid")
        });
    });
    group.bench_function("get/first of a day", |bencher| {
        let mut url = String::new();
        let tomorrow = Timestamp::from_unix_seconds(now.unix_seconds() + 86_400).expect("in range");
        let mut days = [now, tomorrow].into_iter().cycle();
        bencher.iter(|| {
            url.clear();
            let now = days.next().expect("endless");
            presigner.presign_into(&mut url, GetObject::new(black_box(KEY)), LIFE, now).expect("valid")
        });
    });
    group.finish();
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
