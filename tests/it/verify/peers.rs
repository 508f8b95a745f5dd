//! Requests that other implementations signed verify: those of `tests/vectors/verify-peers.jsonl`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use presign::sigv4::Service;
use presign::verify::{ServedHost, Verifier, VerifyError, VerifyPolicy};
use presign::{Credentials, Region};
use serde_json::Value;

use super::arrived::Arrived;
use super::server::{ID, SECRET, time};

#[test]
fn requests_of_other_implementations_verify() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/verify-peers.jsonl");
    let text = fs::read_to_string(path).expect("the requests are there");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("a line is JSON");
        let field = |name: &str| line[name].as_str().expect("a text");
        let name = field("name");
        let mut arrived = Arrived::of_line(&line);
        let credentials = Credentials::new(ID, SECRET).expect("credentials");
        let credentials = match line["session_token"].as_str() {
            Some(token) => credentials.with_session_token(token).expect("a token"),
            None => credentials,
        };
        let region = Region::new(field("region")).expect("a region");
        let policy = VerifyPolicy::new(region, Service::new(field("service")).expect("a service"), ServedHost::any());
        let verify = |policy: VerifyPolicy, arrived: &Arrived| {
            let find = |id: &str| (id == ID).then(|| credentials.clone());
            Verifier::new(policy).verify_at(&arrived.request(), find, time("20240315T081530Z")).map(|_| ())
        };
        let is_plus = line["plus_is_space"] == true;
        let spaced = if is_plus { policy.clone().plus_is_space() } else { policy.clone() };
        assert_eq!(verify(spaced.clone(), &arrived), Ok(()), "{name}");
        if is_plus {
            assert_eq!(verify(policy, &arrived), Err(VerifyError::SignatureDoesNotMatch), "{name}");
        }
        *counts.entry(field("signer").to_owned()).or_default() += 1;
        arrived.target.insert(1, 'x');
        assert_eq!(verify(spaced, &arrived), Err(VerifyError::SignatureDoesNotMatch), "{name} after a change");
    }
    let expected = [
        ("@aws-sdk/s3-request-presigner", 18),
        ("@smithy/signature-v4", 6),
        ("aws-sigv4", 18),
        ("aws4", 4),
        ("aws4fetch", 18),
        ("boto3", 6),
        ("botocore", 74),
        ("minio", 2),
        ("minio-py", 6),
        ("rusty-s3", 20),
    ];
    assert_eq!(counts, expected.map(|(signer, count)| (signer.to_owned(), count)).into());
}
