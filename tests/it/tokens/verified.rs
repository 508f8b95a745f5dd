//! Tokens as the services verify them.

use presign::sigv4::Service;
use presign::verify::{ReceivedPayload, ReceivedRequest, ServedHost, Verifier, VerifyError, VerifyPolicy};

use crate::tokens::{Vector, url_of};

#[test]
fn each_verifies_and_no_other_cluster() {
    let mut verified = 0;
    for vector in Vector::load().iter().filter(|vector| vector.text("name") != "rds/paws") {
        let (name, kind) = (vector.text("name"), vector.text("kind"));
        let credentials = vector.credentials();
        let token = vector.sign(&credentials).expect(name);
        let url = url_of(token.as_str());
        let url =
            ["&User-Agent=presign", "&Version=1"].iter().fold(&*url, |url, end| url.strip_suffix(end).unwrap_or(url));
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, _) = rest.split_once('/').expect("a path");
        let service = match kind {
            "rds" => "rds-db",
            "eks" => "sts",
            "msk" => "kafka-cluster",
            "iot" => "iotdevicegateway",
            other => other,
        };
        let service = Service::new(service).expect("a service");
        let policy = VerifyPolicy::new(vector.region(), service, ServedHost::new(host).expect("a host"));
        let method = if kind == "bedrock" { "POST" } else { "GET" };
        let request = ReceivedRequest::new(method, &rest[host.len()..], host).payload(ReceivedPayload::Empty);
        let verify = |request: &ReceivedRequest<'_>, now| {
            let find = |id: &str| (id == credentials.access_key_id()).then(|| credentials.clone());
            Verifier::new(policy.clone()).verify_at(request, find, now)
        };
        if kind == "eks" {
            let verify = |cluster: &str| verify(&request.clone().header("x-k8s-aws-id", cluster), vector.now());
            verify(vector.text("cluster")).expect(name);
            assert_eq!(verify("other").err(), Some(VerifyError::SignatureDoesNotMatch));
        } else {
            let found = verify(&request, vector.now()).expect(name);
            assert_eq!(found.expires_at(), Some(token.expires_at()), "{name}");
            let second = std::time::Duration::from_secs(1);
            let late = token.expires_at().checked_add(second).expect("in range");
            assert!(matches!(verify(&request, late).err(), Some(VerifyError::Expired { .. })), "{name}");
        }
        verified += 1;
    }
    assert_eq!(verified, 19);
}
