//! Two threads that share one presigner.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use hmac::{Hmac, KeyInit as _, Mac as _};
use presign::s3::GetObject;
use sha2::{Digest as _, Sha256};

use super::Row;
use super::task::{KEY, LIFE, PRESIGNER, now};
use super::work::Work;

/// Compares two threads, each of which does the work, with one thread that does it.
///
/// Two threads that do not disturb each other take as long as one. The second row is the most that the machine allows:
/// two threads that hash and share nothing.
pub fn thread_rows() -> [Row; 2] {
    let row = |name: &str, goal, two, one| Row {
        name: format!("{name}, two threads"),
        work: two,
        floor_name: format!("{name}, one thread"),
        floor: one,
        goal,
    };
    // Two threads should do 1.9 times as much as one.
    let goal = Some(2.0 / 1.9);
    [
        row("get, one presigner", goal, on_threads(2, sign), on_threads(1, sign)),
        row("hash and HMAC, nothing shared", None, on_threads(2, hash), on_threads(1, hash)),
    ]
}

fn sign(count: u32) {
    let (now, mut url) = (now(), String::new());
    for _ in 0..count {
        url.clear();
        PRESIGNER.presign_into_at(&mut url, GetObject::new(black_box(KEY)), LIFE, black_box(now)).expect("valid");
        black_box(&url);
    }
}

fn hash(count: u32) {
    let keyed = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("any length");
    for _ in 0..count {
        black_box(Sha256::digest(black_box(&[0; 384])));
        black_box(keyed.clone().chain_update(black_box(&[0; 136])).finalize());
    }
}

/// Returns work that each of the threads does `count` times, timed from the first start to the last end.
fn on_threads(threads: usize, work: fn(u32)) -> Work {
    Work::timed(move |count| {
        let barrier = Barrier::new(threads);
        let one = || {
            barrier.wait();
            let start = Instant::now();
            work(count);
            (start, Instant::now())
        };
        thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
            let times: Vec<_> = running.into_iter().map(|thread| thread.join().expect("no panic")).collect();
            let start = times.iter().map(|time| time.0).min().expect("a thread");
            let end = times.iter().map(|time| time.1).max().expect("a thread");
            end - start
        })
    })
}
