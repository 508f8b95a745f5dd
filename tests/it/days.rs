//! A signature has the key of its own day, whatever days were signed for before, and on whatever thread.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use presign::s3::{GetObject, PutObject};
use presign::{Credentials, Error, Presigner, Timestamp};

use crate::naive;

const LIFE: Duration = Duration::from_secs(900);
const DAY: i64 = 86_400;
const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// Yesterday, today and tomorrow in alternation, then the last second of a day and the first of the next, then days that a
/// table could mix up.
fn instants(midnight: i64) -> Vec<i64> {
    let noon = midnight + DAY / 2;
    let alternating = [-1, 0, 1, 0, -1, 1, 0].map(|days| noon + days * DAY);
    let at_midnight = [-1, 0, -1, 1, DAY - 1, DAY, DAY - 1].map(|seconds| midnight + seconds);
    let apart = [1, 2, 7, 31, 64, 365, 366, 4_095, 4_096, 4_097].map(|days| noon + days * DAY);
    [&alternating[..], &at_midnight, &apart, &alternating].concat()
}

/// A bare request and one that is not.
fn urls(presigner: &Presigner, unix_seconds: i64) -> Result<[String; 2], Error> {
    let now = Timestamp::from_unix_seconds(unix_seconds)?;
    let put = PutObject::new("a b").content_type("text/plain");
    let (get, put) = (presigner.presign_at(GetObject::new("a b"), LIFE, now)?, presigner.presign_at(put, LIFE, now)?);
    Ok([get.into_url(), put.into_url()])
}

fn expected(unix_seconds: i64) -> [String; 2] {
    let get = naive::Input {
        method: "GET",
        scheme: "https".into(),
        host: "user-media.s3.eu-west-1.amazonaws.com".into(),
        path: "/a%20b".into(),
        query: Vec::new(),
        headers: Vec::new(),
        payload: None,
        path_rules: naive::PathRules::of("s3"),
        access_key_id: ID.into(),
        secret: SECRET.into(),
        token: None,
        unix_seconds,
        expires: 900,
        region: "eu-west-1".into(),
        service: "s3".into(),
    };
    let headers = vec![("content-type".into(), "text/plain".into())];
    [get.presign(), naive::Input { method: "PUT", headers, ..get }.presign()]
}

fn presigners() -> Result<[Presigner; 2], Error> {
    let credentials = Credentials::new(ID, SECRET)?;
    let builder = Presigner::builder().region("eu-west-1").bucket("user-media");
    let provided = credentials.clone();
    let provider = move || Ok(provided.clone());
    Ok([builder.clone().credentials(credentials).build()?, builder.credentials_provider(provider).build()?])
}

/// The first of January, the 29th of February, and the first day of all but one.
const MIDNIGHTS: [i64; 3] = [1_704_067_200, 1_709_164_800, DAY];

#[test]
fn neighboring_days_on_one_thread() -> Result<(), Error> {
    for midnight in MIDNIGHTS {
        let instants: Vec<_> = instants(midnight).into_iter().map(|at| (at, expected(at))).collect();
        // Each of them is once the first, which may be kept in another way.
        for start in 0..instants.len() {
            for presigner in presigners()? {
                for (at, expected) in instants.iter().cycle().skip(start).take(8) {
                    assert_eq!(urls(&presigner, *at)?, *expected, "{at} after {start}");
                }
            }
        }
        for presigner in presigners()? {
            for (at, expected) in &instants {
                assert_eq!(urls(&presigner, *at)?, *expected, "{at}");
            }
        }
    }
    Ok(())
}

#[test]
fn neighboring_days_on_several_threads() -> Result<(), Error> {
    const THREADS: usize = 4;
    for midnight in MIDNIGHTS {
        let instants: Vec<_> = instants(midnight).into_iter().map(|at| (at, expected(at))).collect();
        for presigner in presigners()? {
            let barrier = Barrier::new(THREADS);
            thread::scope(|scope| {
                for thread in 0..THREADS {
                    let (presigner, instants, barrier) = (presigner.clone(), &instants, &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        // Some go forwards and some backwards.
                        let step = if thread % 2 == 0 { 1 } else { instants.len() - 1 };
                        for position in 0..instants.len() {
                            let (at, expected) = &instants[(thread + position * step) % instants.len()];
                            assert_eq!(urls(&presigner, *at).expect("signed"), *expected, "{at}");
                        }
                    });
                }
            });
        }
    }
    Ok(())
}
