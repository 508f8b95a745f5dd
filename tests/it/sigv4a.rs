//! SigV4A: the vectors of AWS and of its Common Runtime. Their signatures have a random number in them, so ours are compared with
//! the deterministic ones that another implementation computed (`tests/vectors/sigv4a-signatures.py`).

use std::collections::BTreeMap;

use presign::sigv4::{
    AsymmetricSigningKey, CanonicalRequest, RegionSet, Request, Service, Signer, SigningContext, StringToSign,
};
use presign::{Credentials, Error};

use crate::support::{Case, hex_decode, query_value, sorted_query};

#[test]
fn keys() {
    let cases: Vec<_> =
        Case::load("signing-key.jsonl").into_iter().filter(|case| case.kind() == "signing-key-v4a").collect();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let credentials = Credentials::new(case.input("access_key"), case.input("secret_key")).expect("valid");
        let key = AsymmetricSigningKey::derive(&credentials);
        let mut expected = [0; 32];
        hex_decode(case.expected("private_key").expect("a key"), &mut expected);
        assert_eq!(key.as_bytes(), expected, "{}", case.name());
        for (coordinate, name) in key.public_key().iter().zip(["x", "y"]) {
            hex_decode(case.expected_json("public_key")[name].as_str().expect("digits"), &mut expected);
            assert_eq!(*coordinate, expected, "{}", case.name());
        }
    }
}

/// The signatures of another implementation, by the name of their case.
fn signatures() -> BTreeMap<String, String> {
    let cases = Case::load("sigv4a-signatures.jsonl").into_iter();
    let signatures = cases.map(|case| (case.name().to_owned(), case.text("signature").expect("digits").to_owned()));
    signatures.collect()
}

struct SignedCase {
    canonical_request: String,
    string_to_sign: String,
    signature: String,
    /// The URL, or the value of the `Authorization` header.
    result: String,
}

fn sign(case: &Case) -> Result<SignedCase, Error> {
    let (credentials, service): (_, Service) = (case.credentials()?, case.service()?);
    let (regions, now) = (RegionSet::new(case.input("region_set"))?, case.now()?);
    let signer = Signer::sigv4a(credentials.clone(), regions.clone(), service.clone());
    let request: Request<'_> = case.request()?;
    if case.kind() == "presign-v4a" {
        let explanation = signer.explain_at(&request, case.expires(), now)?;
        let mut url = String::from("before ");
        signer.presign_into_at(&mut url, &request, case.expires(), now)?;
        let signed = signer.presign_at(&request, case.expires(), now)?;
        assert_eq!(url, ["before ", signed.url()].concat(), "the signature is the same each time");
        return Ok(SignedCase {
            canonical_request: explanation.canonical_request().into(),
            string_to_sign: explanation.string_to_sign().into(),
            signature: query_value(signed.url(), "X-Amz-Signature=").into(),
            result: signed.into_url(),
        });
    }
    let context = SigningContext::for_region_set(&credentials, &regions, &service, now);
    let canonical_request = CanonicalRequest::authorized(&request, &context)?;
    let string_to_sign = StringToSign::new(context.scope(), canonical_request.sha256());
    let signature = AsymmetricSigningKey::derive(&credentials).sign(&string_to_sign).to_hex();
    let authorized = signer.authorize_at(&request, now)?;
    let header = |wanted| authorized.headers().find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned());
    assert_eq!(header("x-amz-region-set").as_deref(), Some(case.input("region_set")));
    let result = header("authorization").expect("signed");
    Ok(SignedCase {
        canonical_request: canonical_request.to_string(),
        string_to_sign: string_to_sign.to_string(),
        signature,
        result,
    })
}

/// Cases whose request no client can send: the crate refuses them for SigV4, too.
const REFUSED: [&str; 4] = ["get-header-value-multiline", "get-space-normalized", "get-space-unnormalized", "get-utf8"];

fn run(file: &str, count: usize, refused: usize) {
    let signatures = signatures();
    let cases = Case::load(file);
    assert_eq!(cases.len(), count);
    let mut failed = 0;
    for case in cases {
        let signed = match sign(&case) {
            Ok(signed) => signed,
            Err(error) => {
                assert!(REFUSED.iter().any(|name| case.name().contains(name)), "{}: {error}", case.name());
                failed += 1;
                continue;
            }
        };
        let expected = |field| case.expected(field).expect("a text");
        assert_eq!(signed.canonical_request, expected("canonical_request"), "{}", case.name());
        assert_eq!(signed.string_to_sign, expected("string_to_sign"), "{}", case.name());
        let ours = &signatures[case.name()];
        assert_eq!(signed.signature, *ours, "{}", case.name());
        if case.kind() == "presign-v4a" {
            let signature = query_value(expected("url"), "X-Amz-Signature=");
            // One URL of the suite is not percent-encoded.
            let url = expected("url").replace(signature, ours).replace('\u{1234}', "%E1%88%B4");
            assert_eq!(sorted_query(&signed.result), sorted_query(&url), "{}", case.name());
        } else {
            let (before, _) = expected("authorization").split_once("Signature=").expect("a signature");
            assert_eq!(signed.result, [before, "Signature=", ours].concat(), "{}", case.name());
        }
    }
    assert_eq!(failed, refused);
}

#[test]
fn suite_of_aws() {
    run("aws-suite-v4a.jsonl", 76, 8);
}

#[test]
fn presigned_by_the_common_runtime() {
    run("presign-sigv4a.jsonl", 6, 0);
}

#[test]
fn region_sets() {
    for text in ["*", "us-east-1", "us-east-1,us-west-2", "us-*,eu-*"] {
        assert_eq!(RegionSet::new(text).expect(text).as_str(), text);
    }
    for (text, position) in
        [(",us-east-1", 0), ("us-east-1,", 9), ("us-east-1,,us-west-2", 10), ("us-east-1, us-west-2", 10), ("a/b", 1)]
    {
        let error = RegionSet::new(text).expect_err(text).to_string();
        assert_eq!(
            error,
            format!(
                "the region set has a character that is not allowed at byte {position}: regions separated by commas are allowed, in which `*` stands for any characters"
            )
        );
    }
    assert_eq!(RegionSet::new("").expect_err("empty").to_string(), "the region set is empty");
}
