//! Signatures of SigV4A, by AWS and by its Common Runtime.

use presign::Region;
use presign::verify::{VerifiedRequest, Verifier, VerifyError, VerifyPolicy};

use super::arrived::Arrived;
use super::vectors::policy;
use crate::support::Case;

fn verify(case: &Case, arrived: &Arrived, policy: VerifyPolicy) -> Result<VerifiedRequest, VerifyError> {
    let credentials = case.credentials().expect("credentials");
    let find = |id: &str| (id == credentials.access_key_id()).then(|| credentials.clone());
    Verifier::new(policy).verify_at(&arrived.request(), find, case.now().expect("a time"))
}

/// The policy of a server in a region of the set.
fn policy_of(case: &Case) -> VerifyPolicy {
    let region = match case.input("region_set").split(',').next() {
        Some("*") | None => "eu-west-1",
        Some(region) => region,
    };
    policy(case, Region::new(region.replace('*', "east-1")).expect("a region"))
}

#[test]
fn every_public_vector_verifies() {
    for (file, count) in [("aws-suite-v4a.jsonl", 76), ("presign-sigv4a.jsonl", 6)] {
        let cases = Case::load(file);
        assert_eq!(cases.len(), count);
        for case in cases {
            let arrived = Arrived::of(&case);
            let verified = verify(&case, &arrived, policy_of(&case).sigv4a());
            let verified = verified.unwrap_or_else(|error| panic!("{}: {error}", case.name()));
            assert_eq!(verified.access_key_id(), case.input("access_key"), "{}", case.name());
            assert_eq!(verified.region(), None);
            assert_eq!(verified.region_set().as_deref(), Some(case.input("region_set")), "{}", case.name());
            assert_eq!(verified.service(), case.input("service"));
            assert!(verified.parameter("X-Amz-Region-Set").is_none());

            let refused = |policy| verify(&case, &arrived, policy).map(|_| ()).expect_err(case.name());
            // Only where it is enabled, and for a region of the set.
            assert!(matches!(refused(policy_of(&case)), VerifyError::Algorithm { .. }), "{}", case.name());
            if case.input("region_set") != "*" {
                let elsewhere = policy(&case, Region::new("ap-south-1").expect("a region")).sigv4a();
                assert!(matches!(refused(elsewhere), VerifyError::Region { .. }), "{}", case.name());
            }
            let mut another = arrived.clone();
            another.method = "PATCH".into();
            let another = verify(&case, &another, policy_of(&case).sigv4a()).map(|_| ());
            assert_eq!(another, Err(VerifyError::SignatureDoesNotMatch), "{}", case.name());
        }
    }
}

#[test]
fn a_signature_that_is_none() {
    let case = Case::load("presign-sigv4a.jsonl").remove(0);
    let arrived = Arrived::of(&case);
    let signature = case.expected("signature").expect("digits");
    for changed in [
        "",
        "30",
        &signature[2..],
        &signature[..signature.len() - 2],
        &signature.to_uppercase(),
        &"00".repeat(70),
        &[signature, "00"].concat(),
        // Zero is no signature: CVE-2022-21449.
        "3006020100020100",
        "zz",
    ] {
        let mut arrived = arrived.clone();
        arrived.target = arrived.target.replace(signature, changed);
        let result = verify(&case, &arrived, policy_of(&case).sigv4a()).map(|_| ());
        assert_eq!(result, Err(VerifyError::SignatureDoesNotMatch), "{changed}");
    }
    let mut without = arrived.clone();
    without.replace("&X-Amz-Region-Set=%2A", "");
    let result = verify(&case, &without, policy_of(&case).sigv4a()).map(|_| ()).expect_err("no set");
    assert_eq!(result.to_string(), "X-Amz-Region-Set is missing");
    let mut twice = arrived;
    twice.add_parameter("x-amz-region-set=us-east-1");
    let result = verify(&case, &twice, policy_of(&case).sigv4a()).map(|_| ()).expect_err("two sets");
    assert_eq!(result.to_string(), "X-Amz-Region-Set is given more than once");
}
