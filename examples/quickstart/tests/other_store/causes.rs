//! What a store refuses, and the cause that is found in its response.

use presign::PresignedRequest;
use presign::diagnose::Cause::{self, *};
use presign::diagnose::{Refusal, Signed, diagnose};
use presign::s3::{GetObject, PutObject};
use ureq::http::{HeaderName, HeaderValue, Method, Request};

use crate::store::{MINUTE, Store};

const KEY: &str = "folder/signed url+1.txt";

type Sent = Request<Vec<u8>>;

fn get(store: &Store) -> PresignedRequest {
    store.sign(GetObject::new(KEY).query("response-cache-control", "no-store"))
}

fn put(store: &Store) -> PresignedRequest {
    store.sign(PutObject::new(KEY).content_type("text/plain").metadata("user", "42"))
}

fn forged(store: &Store) -> PresignedRequest {
    store.forger().presign(GetObject::new(KEY), MINUTE).unwrap()
}

fn sent(signed: &PresignedRequest) -> Sent {
    signed.to_http(Vec::new()).unwrap()
}

fn with(signed: &PresignedRequest, from: &str, to: &str) -> Sent {
    let mut request = sent(signed);
    *request.uri_mut() = signed.url().replacen(from, to, 1).parse().unwrap();
    request
}

fn with_method(signed: &PresignedRequest, method: Method) -> Sent {
    let mut request = sent(signed);
    *request.method_mut() = method;
    request
}

fn with_header(signed: &PresignedRequest, name: &'static str, value: Option<&'static str>) -> Sent {
    let mut request = sent(signed);
    match value {
        Some(value) => _ = request.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value)),
        None => _ = request.headers_mut().remove(name),
    }
    request
}

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn causes_of_refusals() {
    type Change = fn(&PresignedRequest) -> Sent;
    type Row = (&'static str, fn(&Store) -> PresignedRequest, Change, Cause);
    let rows: &[Row] = &[
        ("another secret", forged, sent, WrongSecret),
        ("GET as DELETE", get, |signed| with_method(signed, Method::DELETE), Method),
        ("encoded again", get, |signed| with(signed, "signed%20url", "signed%2520url"), UrlRewritten),
        ("two slashes", get, |signed| with(signed, "/folder/", "//folder/"), KeySlashes),
        ("another value", get, |signed| with(signed, "no-store", "public"), QueryChanged),
        ("one parameter less", get, |signed| with(signed, "response-cache-control=no-store&", ""), QueryChanged),
        ("another type", put, |signed| with_header(signed, "content-type", Some("text/html")), ContentType),
        ("no type", put, |signed| with_header(signed, "content-type", None), ContentType),
        ("other metadata", put, |signed| with_header(signed, "x-amz-meta-user", Some("43")), HeaderChanged),
        ("no metadata", put, |signed| with_header(signed, "x-amz-meta-user", None), HeaderNotSent),
    ];
    let store = Store::from_env();
    store.put(KEY, b"abc");
    let mut complaints = Vec::new();
    for (what, sign, change, cause) in rows {
        let signed = sign(&store);
        let request = change(&signed);
        let (method, uri) = (request.method().to_string(), request.uri().to_string());
        let headers: Vec<_> = request
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        let answer = store.send(request);
        let body = String::from_utf8_lossy(answer.body()).into_owned();
        let given = Signed::from_url(signed.method().as_str(), signed.url(), signed.headers()).unwrap();
        let refusal = Refusal::parse(Some(answer.status()), &body);
        let of_response = diagnose(&given, &refusal);
        println!("causes at {}: {what} | {:?}", store.name, of_response.causes());
        let is_certain = refusal.canonical_request().is_some();
        let is_right =
            if is_certain { of_response.cause() == Some(*cause) } else { of_response.causes().contains(cause) };
        // With what arrived, every store is as good as one that returns the strings.
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let of_both = diagnose(&given, &refusal.received_request(&method, &uri, headers));
        if answer.is_success() || !is_right || of_both.causes()[0] != *cause {
            complaints.push(format!("{what}: {} {of_response:?} {of_both:?}", answer.summary()));
        }
    }
    assert!(complaints.is_empty(), "{}:\n{}", store.name, complaints.join("\n"));
}
