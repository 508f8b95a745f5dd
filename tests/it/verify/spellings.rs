//! Parameters of a signature in another case, or in two of them, where the signature covers all.
//!
//! The requests are signed by hand: no signer writes them.

use presign::sigv4::{CredentialScope, Service, SigningKey, StringToSign};
use presign::verify::{ReceivedRequest, ServedHost, VerifiedRequest, Verifier, VerifyError, VerifyPolicy};
use presign::{Credentials, Region, Timestamp};
use sha2::{Digest as _, Sha256};

fn long_term() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").unwrap()
}

/// Signs `GET /b/k` with these parameters besides those of every presigned URL, and verifies it.
fn verify(others: &[(&str, &str)], payload: &str, credentials: &Credentials) -> Result<VerifiedRequest, VerifyError> {
    let now: Timestamp = "20240315T081530Z".parse().unwrap();
    let (region, service) = (Region::new("us-east-1").unwrap(), Service::s3());
    let mut parameters = vec![
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE%2F20240315%2Fus-east-1%2Fs3%2Faws4_request"),
        ("X-Amz-Date", "20240315T081530Z"),
        ("X-Amz-Expires", "60"),
        ("X-Amz-SignedHeaders", "host"),
    ];
    parameters.extend(others);
    parameters.sort_unstable();
    let query = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let canonical_request = format!("GET\n/b/k\n{query}\nhost:s3.example.com\n\nhost\n{payload}");
    let scope = CredentialScope::new(now.amz_date(), &region, &service);
    let string_to_sign = StringToSign::new(scope, Sha256::digest(canonical_request).into());
    let signature = SigningKey::derive(credentials, &scope).sign(&string_to_sign).to_hex();

    let target = format!("/b/k?{query}&X-Amz-Signature={signature}");
    let request = ReceivedRequest::new("GET", &target, "s3.example.com");
    let policy = VerifyPolicy::new(region.clone(), service.clone(), ServedHost::new("s3.example.com").unwrap());
    Verifier::new(policy).verify_at(&request, |_| Some(credentials.clone()), now)
}

#[test]
fn a_session_token_has_one_spelling() {
    let temporary = long_term().with_session_token("token").unwrap();
    for (name, credentials, is_right) in [
        ("X-Amz-Security-Token", &temporary, true),
        ("X-Amz-S3session-Token", &temporary, true),
        ("X-Amz-Security-Token", &long_term(), false),
        ("x-amz-security-token", &temporary, false),
        // It would be a parameter like any other, and a store could act on it.
        ("x-amz-security-token", &long_term(), false),
        ("X-AMZ-SECURITY-TOKEN", &long_term(), false),
        ("x-amz-s3session-token", &long_term(), false),
    ] {
        let result = verify(&[(name, "token")], "UNSIGNED-PAYLOAD", credentials).map(|_| ());
        assert_eq!(result, if is_right { Ok(()) } else { Err(VerifyError::SessionToken) }, "{name}");
    }
}

#[test]
fn a_payload_hash_is_given_once() {
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let verify = |others: &[(&str, &str)]| {
        let payload = others.first().map_or("UNSIGNED-PAYLOAD", |(_, value)| value);
        verify(others, payload, &long_term()).map(|_| ())
    };
    assert_eq!(verify(&[]), Ok(()));
    assert_eq!(verify(&[("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")]), Ok(()));
    assert_eq!(verify(&[("x-amz-content-sha256", hash)]), Ok(()));
    for other in
        [("x-amz-content-sha256", hash), ("X-Amz-Content-Sha256", hash), ("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")]
    {
        let error = verify(&[("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), other]).unwrap_err();
        assert_eq!(error.to_string(), "x-amz-content-sha256 is given more than once");
    }
}
