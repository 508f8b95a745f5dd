//! Random requests: what the naive implementation signs verifies, and the result has what was signed; and no bytes panic.

use std::sync::LazyLock;

use presign::s3::AddressingStyle;
use presign::sigv4::Service;
use presign::verify::{Mechanism, ReceivedPayload, ServedHost, VerifiedRequest, Verifier, VerifyPolicy};
use presign::{Region, Timestamp};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::arrived::Arrived;
use super::server::{Requests, Server};
use crate::naive::{self, uri_encode};
use crate::properties::{credentials, deterministic, endpoint, headers, key, method, query, text, who_and_when};

static REQUESTS: LazyLock<Requests> = LazyLock::new(Requests::load);

/// What the result has to say about a request, as it was signed.
fn check(verified: &VerifiedRequest, signed: &naive::Input, path: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(verified.access_key_id(), &signed.access_key_id);
    prop_assert_eq!(verified.region(), Some(signed.region.as_str()));
    prop_assert_eq!(verified.service(), &signed.service);
    prop_assert_eq!(verified.method(), signed.method);
    prop_assert_eq!(verified.host(), &signed.host);
    prop_assert_eq!(verified.signed_at().unix_seconds(), signed.unix_seconds);
    prop_assert_eq!(verified.path(), path);
    let mut expected = signed.query.clone();
    expected.sort_by_key(|(name, value)| (uri_encode(name, true), uri_encode(value, true)));
    let found: Vec<_> = verified.parameters().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    prop_assert_eq!(found, expected);
    let mut expected = vec![("host".to_owned(), signed.host.clone())];
    for (name, value) in &signed.headers {
        let value = value.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        match expected.iter_mut().find(|(given, _)| *given == name.to_lowercase()) {
            Some((_, values)) => *values += &format!(",{value}"),
            None => expected.push((name.to_lowercase(), value)),
        }
    }
    expected.sort();
    let of_signer = ["x-amz-date", "x-amz-content-sha256"];
    let found: Vec<_> = verified
        .headers()
        .filter(|(name, _)| !of_signer.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    prop_assert_eq!(found, expected);
    let debug = format!("{verified:?}");
    prop_assert!(
        !debug.contains("X-Amz-Signature")
            && signed.token.as_ref().is_none_or(|token| token.len() < 20 || !debug.contains(token))
    );
    Ok(())
}

proptest! {
    #![proptest_config(deterministic(200))]

    #[test]
    fn presigned_urls_of_the_naive_implementation_verify(
        method in method(),
        (endpoint, authority, base) in endpoint(),
        bucket in "[a-z0-9][a-z0-9-]{1,20}[a-z0-9]",
        key in key(),
        query in query(),
        headers in headers(),
        (id, secret, token, unix_seconds, expires) in who_and_when(),
        style in prop_oneof![Just(AddressingStyle::Path), Just(AddressingStyle::VirtualHosted), Just(AddressingStyle::BucketEndpoint)],
        service in prop_oneof![Just("s3"), Just("s3express"), Just("sts"), Just("iotdevicegateway"), Just("vpc-lattice-svcs")],
    ) {
        let (host, path, served) = match style {
            AddressingStyle::Path => (authority.clone(), format!("{base}/{bucket}/{key}"), ServedHost::new(&authority)?),
            AddressingStyle::VirtualHosted =>
                (format!("{bucket}.{authority}"), format!("{base}/{key}"), ServedHost::with_bucket_subdomains(&authority)?),
            _ => (authority.clone(), format!("{base}/{key}"), ServedHost::of_bucket(&authority, &bucket)?),
        };
        let signed = naive::Input {
            method: method.as_str(), scheme: endpoint.split(':').next().unwrap_or_default().into(), host, path: uri_encode(&path, false),
            query, headers, payload: None, path_rules: naive::PathRules::of(service), access_key_id: id, secret, token, unix_seconds, expires,
            region: "eu-west-1".into(), service: service.into(),
        };
        let known = credentials(&signed.access_key_id, &signed.secret, signed.token.as_ref())?;
        let verifier = Verifier::new(VerifyPolicy::new(Region::new("eu-west-1")?, Service::new(service)?, served));
        let url = signed.presign();
        let mut headers = signed.headers.clone();
        if service == "vpc-lattice-svcs" {
            headers.push(("x-amz-content-sha256".into(), "UNSIGNED-PAYLOAD".into()));
        }
        let arrived = Arrived {
            method: signed.method.into(), target: url[signed.scheme.len() + "://".len() + signed.host.len()..].into(),
            authority: signed.host.clone(), headers, payload: ReceivedPayload::Empty,
        };
        let now = Timestamp::from_unix_seconds(unix_seconds)?;
        let verified = verifier.verify_at(&arrived.request(), |_| Some(known), now);
        prop_assert!(verified.is_ok(), "{:?}", verified);
        let verified = verified.expect("accepted");
        let is_s3 = service.starts_with("s3");
        let path = if is_s3 { path } else { naive::normalize(&path) };
        check(&verified, &signed, &path)?;
        prop_assert_eq!(verified.mechanism(), Mechanism::Query);
        prop_assert_eq!(verified.addressing_style(), style);
        if is_s3 {
            let path = &path[1..];
            let (expected_bucket, expected_key) = match style {
                AddressingStyle::Path => path.split_once('/').expect("a key"),
                _ => (&*bucket, path),
            };
            prop_assert_eq!(verified.bucket(), Some(expected_bucket.into()));
            prop_assert_eq!(verified.key(), Some(expected_key.into()));
        }
    }

    #[test]
    fn authorization_headers_of_the_naive_implementation_verify(
        method in method(),
        path in key(),
        query in query(),
        headers in headers(),
        (id, secret, token, unix_seconds, expires) in who_and_when(),
        service in prop_oneof![Just("s3"), Just("s3express"), Just("sts"), Just("iotdevicegateway")],
    ) {
        let path = format!("/{path}");
        let signed = naive::Input {
            method: method.as_str(), scheme: "https".into(), host: "h.example".into(), path: uri_encode(&path, false), query, headers,
            payload: None, path_rules: naive::PathRules::of(service), access_key_id: id, secret, token, unix_seconds, expires,
            region: "eu-west-1".into(), service: service.into(),
        };
        let known = credentials(&signed.access_key_id, &signed.secret, signed.token.as_ref())?;
        let verifier = Verifier::new(VerifyPolicy::new(Region::new("eu-west-1")?, Service::new(service)?, ServedHost::any()));
        let now = Timestamp::from_unix_seconds(unix_seconds)?;
        let mut headers = signed.headers.clone();
        let mut add = |name: &str, value: String| headers.push((name.into(), value));
        add("Authorization", signed.authorize());
        add("X-Amz-Date", now.amz_date().to_string());
        if service.starts_with("s3") {
            add("x-amz-content-sha256", naive::hex(&Sha256::digest(b"")));
        }
        if let Some(token) = &signed.token {
            add(if service == "s3express" { "x-amz-s3session-token" } else { "x-amz-security-token" }, token.clone());
        }
        let pairs: Vec<_> = signed.query.iter().map(|(name, value)| format!("{}={}", uri_encode(name, true), uri_encode(value, true))).collect();
        let arrived = Arrived {
            method: signed.method.into(), target: format!("{}?{}", signed.path, pairs.join("&")), authority: "h.example".into(), headers,
            payload: ReceivedPayload::Empty,
        };
        let verified = verifier.verify_at(&arrived.request(), |_| Some(known), now);
        prop_assert!(verified.is_ok(), "{:?}", verified);
        let verified = verified.expect("accepted");
        let path = if service.starts_with("s3") { path } else { naive::normalize(&path) };
        check(&verified, &signed, &path)?;
        prop_assert_eq!((verified.mechanism(), verified.expires_at()), (Mechanism::Header, None));
    }

    #[test]
    fn no_request_panics(
        method in text(),
        target in prop_oneof![text(), text().prop_map(|text| format!("/{text}?{text}")), "/[a?&=%+;/.]{0,9}\\?(X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature)=[A-Za-z0-9%/&=;]{0,9}&){0,7}"],
        authority in text(),
        headers in proptest::collection::vec((prop_oneof![text(), "(?i)authorization|x-amz-date|host|date|x-amz-[a-z]"], text()), 0..6),
        authorization in "AWS4-HMAC-SHA256( ?,? ?(Credential|SignedHeaders|Signature)=[A-Za-z0-9/;]{0,12}){0,4}",
    ) {
        let mut arrived = Arrived { method, target, authority, headers, payload: ReceivedPayload::NotRead };
        for is_authorized in [false, true] {
            if is_authorized {
                arrived.add("authorization", &authorization);
            }
            for host in ["s3.example.com", "sts.example.com"] {
                let mut server = Server::for_host(host);
                server.set(|policy| policy.host(ServedHost::any()));
                let verified = server.verify(&arrived);
                prop_assert!(verified.is_err());
                let response = verified.expect_err("refused").response();
                prop_assert!((400..=501).contains(&response.status()) && response.to_xml().ends_with("</Error>"));
            }
            let _ = format!("{:?}", arrived.request());
        }
    }

    /// Good requests with some bytes in them.
    #[test]
    fn no_changed_request_panics(
        name in prop_oneof![Just("q/query"), Just("h/query"), Just("q/other"), Just("h/put"), Just("q/token")],
        place in 0..4_usize,
        position in any::<prop::sample::Index>(),
        inserted in text(),
        length in 0..9_usize,
    ) {
        let mut arrived = REQUESTS.get(name);
        let server = Server::for_host(&arrived.authority);
        let number = arrived.headers.len();
        let text = match place {
            0 => &mut arrived.method,
            1 => &mut arrived.authority,
            2 if number > 0 => &mut arrived.headers[position.index(number)].1,
            _ => &mut arrived.target,
        };
        let start = position.index(text.len() + 1);
        let end = (start + length).min(text.len());
        if text.is_char_boundary(start) && text.is_char_boundary(end) {
            text.replace_range(start..end, &inserted);
        }
        if let Ok(verified) = server.verify(&arrived) {
            let _ = format!("{verified:?}{:?}{:?}", verified.bucket(), verified.key());
        }
    }
}
