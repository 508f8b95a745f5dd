//! The crate against what other implementations computed. `tests/vectors/README.md` says where the data comes from.
//!
//! All of it runs with and without `std`, so both builds make the same URLs: without, nothing is kept from one signature
//! to the next. `.ci/run test-minimal` is without, and has the forms of `post_policy.rs`, too.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use presign::sigv4::{CredentialScope, Service, SigningKey};
use presign::{Credentials, Region, Timestamp};

use crate::support::{Case, hex_decode};

/// Runs the cases of a file, but for those of a kind that the crate does not have yet. A case that stands in
/// `exceptions.json` has to fail in the way that is written there.
fn run(file: &str, run: usize, left_out: usize) {
    let exceptions = exceptions();
    let (cases, others): (Vec<_>, Vec<_>) =
        Case::load(file).into_iter().partition(|case| matches!(case.kind(), "presign" | "header"));
    assert_eq!((cases.len(), others.len()), (run, left_out), "{file} has other cases than it had");

    let mut failures = Vec::new();
    for case in &cases {
        match (case.check(), exceptions.get(case.name())) {
            (Ok(()), None) => {}
            (Ok(()), Some(_)) => failures.push(format!("{}: passes, so take it out of exceptions.json", case.name())),
            (Err(difference), Some(expected)) if difference == *expected => {}
            (Err(difference), _) => failures.push(format!("{}: {difference}", case.name())),
        }
    }
    assert!(failures.is_empty(), "{} of {run} cases of {file} failed\n\n{}", failures.len(), failures.join("\n\n"));
}

/// Names of cases with the outcome that is expected instead.
fn exceptions() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/exceptions.json");
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).expect("the file")).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    json.as_array()
        .expect("a list")
        .iter()
        .map(|exception| {
            assert!(!text(&exception["reason"]).is_empty());
            (text(&exception["name"]), text(&exception["outcome"]))
        })
        .collect()
}

#[test]
fn presign_s3() {
    run("presign-s3.jsonl", 223, 0);
}

#[test]
fn presign_services() {
    run("presign-services.jsonl", 30, 0);
}

#[test]
fn presign_sdk() {
    run("presign-sdk.jsonl", 55, 0);
}

/// The POST policy is in `post_policy.rs`.
#[test]
fn aws_docs() {
    run("aws-docs.jsonl", 7, 1);
}

#[test]
fn aws_suite_v4() {
    run("aws-suite-v4.jsonl", 78, 0);
}

/// The keys of SigV4A are left out.
#[test]
fn signing_key() {
    let (cases, others): (Vec<_>, Vec<_>) =
        Case::load("signing-key.jsonl").into_iter().partition(|case| case.kind() == "signing-key");
    assert_eq!((cases.len(), others.len()), (50, 8));
    for case in cases {
        let day: Timestamp = format!("{}T000000Z", case.input("date")).parse().expect("a date");
        let (region, service) = (Region::new(case.input("region")), Service::new(case.input("service")));
        let (region, service) = (region.expect("a region"), service.expect("a service"));
        let credentials = Credentials::new("id", case.input("secret_key")).expect("a secret");
        let key = SigningKey::derive(&credentials, &CredentialScope::new(day.amz_date(), &region, &service));
        let mut expected = [0; 32];
        hex_decode(case.expected("signing_key").expect("a key"), &mut expected);
        assert_eq!(key.as_bytes(), &expected, "{}", case.name());
    }
}

#[test]
fn every_exception_is_a_case() {
    let files = ["presign-s3", "presign-services", "presign-sdk", "aws-docs", "aws-suite-v4"];
    let cases: Vec<_> = files.iter().flat_map(|file| Case::load(&format!("{file}.jsonl"))).collect();
    for name in exceptions().keys() {
        assert!(cases.iter().any(|case| case.name() == name), "{name} is no case");
    }
}
