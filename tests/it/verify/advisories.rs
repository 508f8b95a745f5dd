//! What went wrong in other servers, each as a test with the request that stays right beside it.
//!
//! The requests are those of `tests/vectors/verify-requests.jsonl`, which were signed without the crate.

use presign::verify::{ReceivedPayload, VerifiedPayload, Verifier, VerifyError};

use super::arrived::Arrived;
use super::rules::{ACCEPTED, AS_IT_IS, Change, NO_MATCH, Row, check, row};
use super::server::{ID, Requests, Server, time};

const NOT_SIGNED: Option<(&str, u16, &str)> = Some(("HeadersNotSigned", 403, "AccessDenied"));

fn accepts(request: &Arrived) -> bool {
    Server::for_host(&request.authority).verify(request).is_ok()
}

/// Ceph CVE-2026-54330, `RustFS` GHSA-g8w9-qw9q-fghr and GHSA-xm99-m3gq-83g8, s3s#818, seaweedfs#9121: with an unsigned
/// `x-amz-copy-source`, a URL for an upload read any object of its signer. And the same with what changes the object.
#[test]
fn no_unsigned_header_changes_what_an_upload_does() {
    let requests = Requests::load();
    for name in ["q/put", "h/put", "h/put unsigned", "q/hash in a header"] {
        let request = requests.get(name);
        assert!(accepts(&request), "{name}");
        for header in [
            "x-amz-copy-source",
            "X-Amz-Copy-Source",
            "x-amz-copy-source-range",
            "x-amz-copy-source-if-match",
            "x-amz-copy-source-server-side-encryption-customer-key",
            "x-amz-metadata-directive",
            "x-amz-tagging",
            "x-amz-tagging-directive",
            "x-amz-grant-full-control",
            "x-amz-storage-class",
            "x-amz-website-redirect-location",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-object-lock-legal-hold",
            "x-amz-bypass-governance-retention",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-meta-owner",
            "x-amz-expected-bucket-owner",
            "x-amz-request-payer",
            "x-amz-checksum-crc32",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-snowball-auto-extract",
        ] {
            for value in ["/secrets/passwords", ""] {
                let mut changed = request.clone();
                changed.add(header, value);
                let error = Server::for_host(&changed.authority).verify(&changed).expect_err("refused");
                let VerifyError::HeadersNotSigned { names, .. } = &error else { panic!("{name} {header}: {error:?}") };
                assert_eq!(*names, header.to_lowercase(), "{name}");
            }
        }
    }
    // A signed one cannot be given again, nor changed.
    let rows = [
        row(14, "q/put", AS_IT_IS, ACCEPTED),
        row(14, "q/put", |_, r| r.add("x-amz-acl", "public-read"), NO_MATCH),
        row(14, "q/put", |_, r| r.headers.insert(0, ("x-amz-acl".into(), "public-read".into())), NO_MATCH),
        row(14, "q/put", |_, r| r.set("x-amz-acl", "public-read"), NO_MATCH),
        // As a parameter, for servers that read those, too.
        row(14, "q/put", |_, r| r.add_parameter("x-amz-copy-source=%2Fsecrets%2Fpasswords"), NO_MATCH),
        row(14, "h/put", |_, r| r.target.push_str("?x-amz-copy-source=%2Fsecrets%2Fpasswords"), NO_MATCH),
    ];
    check(&rows, &requests);
}

/// apache/ozone#10539: the Ruby suite of mint sends an unsigned `x-amz-acl`; chainguard-forks/minio#38: a CDN adds a header.
/// Both need a list, and nothing that is not on it.
#[test]
fn unsigned_headers_have_to_be_permitted_by_name() {
    const ACL: Change = |s, r| {
        s.set(|policy| policy.unsigned_header("x-amz-acl").unsigned_header("X-Amz-Cf-Id"));
        r.add("X-Amz-Acl", "public-read");
        r.add("x-amz-cf-id", "1");
    };
    let requests = Requests::load();
    let rows: [Row; 5] = [
        row(14, "q", ACL, ACCEPTED),
        row(14, "h", ACL, ACCEPTED),
        row(14, "q", |_, r| r.add("x-amz-cf-id", "1"), NOT_SIGNED),
        row(
            14,
            "q",
            |s, r| {
                ACL(s, r);
                r.add("x-amz-cf-pop", "1");
            },
            NOT_SIGNED,
        ),
        row(
            14,
            "q",
            |s, r| {
                ACL(s, r);
                r.add("x-amz-copy-source", "/a/b");
            },
            NOT_SIGNED,
        ),
    ];
    check(&rows, &requests);
    // The permitted header is not in the result.
    let mut request = requests.get("q");
    let mut server = Server::for_host(&request.authority);
    ACL(&mut server, &mut request);
    let verified = server.verify(&request).expect("accepted");
    assert_eq!(verified.headers().collect::<Vec<_>>(), [("host", "s3.example.com")]);
}

/// MinIO CVE-2025-31489: the header `x-amz-content-sha256`, which is not signed, selected a path that checked nothing.
#[test]
fn no_payload_in_chunks_is_accepted() {
    let requests = Requests::load();
    for name in ["q", "q/put", "h", "h/put"] {
        for value in [
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER",
        ] {
            let mut request = requests.get(name);
            request.headers.retain(|(name, _)| name != "x-amz-content-sha256");
            request.add("x-amz-content-sha256", value);
            request.add("content-encoding", "aws-chunked");
            let verified = Server::for_host(&request.authority).verify(&request).map(|_| ());
            assert_eq!(verified, Err(VerifyError::StreamingPayload), "{name} {value}");
        }
    }
}

/// MinIO CVE-2026-40344: an archive was unpacked before the request was verified. A result has no body, and says what the
/// signature covers of it.
#[test]
fn a_body_is_not_believed_before_its_hash() {
    let request = Requests::load().get("q/hash in a header");
    let verified = Server::for_host(&request.authority).verify(&request).expect("accepted");
    assert!(matches!(verified.payload(), VerifiedPayload::Sha256(_)));
    let mut check = verified.payload().check();
    check.update(b"an archive");
    assert_eq!(check.finish(), Err(VerifyError::PayloadMismatch));
    let mut read = request;
    read.payload = ReceivedPayload::Sha256([0; 32]);
    assert_eq!(Server::for_host(&read.authority).verify(&read).map(|_| ()), Err(VerifyError::PayloadMismatch));
}

/// MinIO CVE-2026-41145: the credential of one mechanism was believed after the check of another.
#[test]
fn the_identity_is_that_of_the_signature() {
    let requests = Requests::load();
    let mut other = requests.get("q");
    other.add("authorization", requests.get("h/id with a plus").header("authorization"));
    let server = Server::for_host(&other.authority);
    assert_eq!(server.verify(&other).map(|_| ()), Err(VerifyError::SeveralMechanisms));
    let verifier = Verifier::new(server.policy.clone());
    assert_eq!(verifier.claimed_access_key_id(&other.request()), Err(VerifyError::SeveralMechanisms));
    // The other id in the place of the right one.
    for (name, from) in [("q", "Credential=AKIAIOSFODNN7EXAMPLE%2F"), ("h", "Credential=AKIAIOSFODNN7EXAMPLE/")] {
        let mut request = requests.get(name);
        assert_eq!(server.verify(&request).expect("accepted").access_key_id(), ID);
        let to = from.replace(ID, "id%2B1");
        if name == "q" {
            request.replace(from, &to);
        } else {
            request.replace_in_authorization(from, "Credential=id+1/");
        }
        assert_eq!(verifier.claimed_access_key_id(&request.request()).as_deref(), Ok("id+1"));
        // The secret is the same, so only the query, which has the id in it, can be told from the signed one.
        match server.verify(&request) {
            Ok(verified) => assert_eq!((name, verified.access_key_id()), ("h", "id+1")),
            Err(error) => assert_eq!((name, error), ("q", VerifyError::SignatureDoesNotMatch)),
        }
    }
    // A lookup that returns the credentials of somebody else has found nothing.
    let found = server.find("id+1");
    let request = requests.get("q");
    let verified = verifier.verify_at(&request.request(), |_| found, server.now).map(|_| ());
    assert_eq!(verified, Err(VerifyError::UnknownAccessKey));
}

/// MinIO#5334: how many digits are right cannot be learned. Time is not measured here; each wrong digit is the same error.
#[test]
fn each_wrong_digit_is_the_same_error() {
    let requests = Requests::load();
    for name in ["q", "h"] {
        for position in 1..=64 {
            let mut request = requests.get(name);
            let place = if name == "q" { &mut request.target } else { &mut request.headers[0].1 };
            let at = place.len() - position;
            let digit = if place.ends_with(&place[at..]) && &place[at..=at] == "0" { "1" } else { "0" };
            place.replace_range(at..=at, digit);
            let error = Server::for_host(&request.authority).verify(&request).map(|_| ());
            assert_eq!(error, Err(VerifyError::SignatureDoesNotMatch), "{name} {position}");
        }
    }
}

/// aws-iam-authenticator CVE-2022-2385: `action` next to `Action`. Those of the signature are refused; what others mean is
/// for the caller, who gets both, each in its case.
#[test]
fn names_that_differ_in_case_are_different_parameters() {
    let requests = Requests::load();
    let request = requests.get("q/action twice");
    let verified = Server::for_host(&request.authority).verify(&request).expect("accepted");
    let parameters: Vec<_> = verified.parameters().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(parameters, ["Action=GetCallerIdentity", "action=AssumeRole"]);
    let rows = [
        row(3, "q/sts", AS_IT_IS, ACCEPTED),
        row(3, "q/sts", |_, r| r.add_parameter("action=AssumeRole"), NO_MATCH),
        row(3, "q/sts", |_, r| r.replace("Action=", "action="), NO_MATCH),
        row(
            3,
            "q/sts",
            |_, r| r.add_parameter("x-amz-date=1"),
            Some(("Repeated", 400, "AuthorizationQueryParametersError")),
        ),
    ];
    check(&rows, &requests);
}

/// Vault CVE-2020-16250 and CVE-2020-16251: a signed request for an identity was sent to a host of the attacker's choice, and
/// with headers of the attacker's choice.
#[test]
fn a_token_for_an_identity_is_for_one_host() {
    let other = Some(("Host", 403, "SignatureDoesNotMatch"));
    let rows = [
        row(17, "q/sts", AS_IT_IS, ACCEPTED),
        row(17, "q/sts", |_, r| r.authority = "sts.evil.example".into(), other),
        row(17, "q/sts", |_, r| r.authority = "sts.example.com.evil.example".into(), other),
        row(17, "q/sts", |_, r| r.authority = "evil-sts.example.com".into(), other),
        row(17, "q/sts", |_, r| r.authority = "sts.example.com:8443".into(), other),
        row(17, "q/sts", |_, r| r.add("host", "sts.evil.example"), other),
        row(17, "q/sts", |_, r| r.target = format!("https://sts.evil.example{}", r.target), other),
        row(17, "q/sts", |_, r| r.method = "POST".into(), NO_MATCH),
        row(17, "q/sts", |_, r| r.add("x-amz-target", "x"), NOT_SIGNED),
        // The body would be another action.
        row(17, "q/sts", |_, r| r.payload = ReceivedPayload::Sha256([1; 32]), NO_MATCH),
    ];
    check(&rows, &Requests::load());
}

/// s3s 0.14 accepted 604801 seconds.
#[test]
fn a_url_is_valid_for_a_week_at_most() {
    let too_long = Some(("ExpiresTooLong", 400, "AuthorizationQueryParametersError"));
    let rows = [
        row(8, "q/expires 604800", |s, _| s.now = time("20240322T081530Z"), ACCEPTED),
        row(8, "q/expires 604801", AS_IT_IS, too_long),
        row(8, "q/expires 99999999999999999999", AS_IT_IS, too_long),
    ];
    check(&rows, &Requests::load());
}

/// localiam: a field that the signature does not cover is refused unless it is named, and then it is not in the result.
#[test]
fn an_unsigned_parameter_has_to_be_permitted_by_name() {
    const AGENT: Change = |s, r| {
        s.set(|policy| policy.unsigned_parameter("User-Agent"));
        r.add_parameter("User-Agent=x%2F1");
    };
    let requests = Requests::load();
    let rows = [
        row(19, "q/unsigned parameter", AS_IT_IS, ACCEPTED),
        row(19, "q/unsigned parameter", |_, r| r.add_parameter("User-Agent=x%2F1"), NO_MATCH),
        row(19, "q/unsigned parameter", AGENT, ACCEPTED),
        row(
            19,
            "q/unsigned parameter",
            |s, r| {
                AGENT(s, r);
                r.add_parameter("user-agent=x");
            },
            NO_MATCH,
        ),
        row(
            19,
            "q/unsigned parameter",
            |s, r| {
                AGENT(s, r);
                r.add_parameter("Role=admin");
            },
            NO_MATCH,
        ),
    ];
    check(&rows, &requests);
    let mut request = requests.get("q/unsigned parameter");
    let mut server = Server::for_host(&request.authority);
    AGENT(&mut server, &mut request);
    let verified = server.verify(&request).expect("accepted");
    let names: Vec<_> = verified.parameters().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["Action"]);
}

/// `RustFS` GHSA-w5fh-f8xh-5x3p: the signature of a form was checked, and its conditions were not. The other rows are in
/// `form_rules.rs`.
#[cfg(feature = "post")]
#[test]
fn a_form_that_breaks_its_policy_is_refused() {
    use super::form_rules::verify;

    let requests = Requests::load();
    assert!(verify(&requests, "f", |_, _| {}).is_ok());
    for name in ["f/condition that fails", "f/prefix that fails", "f/extra field", "f/prefix of the key"] {
        let error = verify(&requests, name, |_, _| {}).map(|_| ()).expect_err(name);
        assert!(matches!(error, VerifyError::Policy(_)), "{name}: {error:?}");
    }
}
