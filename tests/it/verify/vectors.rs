//! Every public vector verifies.

use presign::Region;
use presign::sigv4::{PathEncoding, PathNormalization, Payload, Service, SessionTokenPlacement};
use presign::verify::{ServedHost, Verifier, VerifyPolicy};

use super::arrived::Arrived;
use crate::support::Case;

pub fn verifier(case: &Case) -> Verifier {
    Verifier::new(policy(case, Region::new(case.input("region")).expect("a region")))
}

/// The policy of a server in a region, with the rules of the case.
pub fn policy(case: &Case, region: Region) -> VerifyPolicy {
    let encoding = if case.input("path_encoding") == "single" { PathEncoding::Once } else { PathEncoding::Twice };
    let normalization =
        if case.is_true("normalize_path") { PathNormalization::Normalize } else { PathNormalization::Keep };
    let placement = if case.is_true("session_token_signed") {
        SessionTokenPlacement::Signed
    } else {
        SessionTokenPlacement::AppendedAfterSigning
    };
    let service = Service::new(case.input("service"))
        .expect("a service")
        .path_encoding(encoding)
        .path_normalization(normalization)
        .session_token_placement(placement);
    let service = if case.input("payload_hash") == "UNSIGNED-PAYLOAD" && case.input("service") != "s3" {
        service.presigned_payload(Payload::Unsigned)
    } else {
        service
    };
    VerifyPolicy::new(region, service, ServedHost::any())
}

pub fn cases(file: &str) -> Vec<Case> {
    let is_signed_request = |case: &Case| matches!(case.kind(), "presign" | "header");
    Case::load(&format!("{file}.jsonl")).into_iter().filter(is_signed_request).collect()
}

pub const FILES: [(&str, usize); 5] =
    [("aws-docs", 7), ("aws-suite-v4", 78), ("presign-s3", 223), ("presign-sdk", 55), ("presign-services", 30)];

#[test]
fn every_public_vector_verifies() {
    for (file, count) in FILES {
        let cases = cases(file);
        assert_eq!(cases.len(), count, "{file}");
        for case in cases {
            let verified = Arrived::of(&case).verify(&case);
            let verified = verified.map(|verified| verified.access_key_id().to_owned());
            assert_eq!(verified.as_deref(), Ok(case.input("access_key")), "{}", case.name());
        }
    }
}
