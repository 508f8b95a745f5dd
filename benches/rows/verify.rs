//! Verifying, compared with signing the same request.

use std::hint::black_box;

use presign::s3::{GetObject, Operation};
use presign::sigv4::{Request, Service, Signer};
use presign::verify::{ReceivedPayload, ReceivedRequest, ServedHost, Verifier, VerifyPolicy};
use presign::{Credentials, Method, Presigner, Region};

use super::Row;
use super::task::{KEY, LIFE, PRESIGNER, REGION, credentials, now, put};
use super::work::Work;

/// The signing key of the day is kept by both sides. Signing appends to a buffer that is used again, unless the name says
/// otherwise.
pub fn verify_rows() -> [Row; 5] {
    let token = "IQoJb3JpZ2luX2VjEXAMPLE/".repeat(40);
    let temporary = credentials().with_session_token(token).expect("valid");
    let of_role = PRESIGNER.with_credentials(temporary.clone());
    let row = |name: &str, verify, sign| Row {
        name: format!("verify {name}"),
        work: verify,
        floor_name: format!("sign {name}"),
        floor: sign,
        goal: Some(1.5),
    };
    let get = || GetObject::new(black_box(KEY));
    [
        row("get", verifying(&PRESIGNER, credentials(), get()), signing(PRESIGNER.clone(), get)),
        row("get, compared with a new value", verifying(&PRESIGNER, credentials(), get()), signing_a_new_value()),
        row("put with four headers", verifying(&PRESIGNER, credentials(), put()), signing(PRESIGNER.clone(), put)),
        row("get with a session token of 960 bytes", verifying(&of_role, temporary, get()), signing(of_role, get)),
        row("get in the Authorization header", verifying_a_header(), authorizing()),
    ]
}

fn signing<O: Operation>(presigner: Presigner, operation: impl Fn() -> O + 'static) -> Work {
    let now = now();
    Work::reusing_a_buffer(move |url| {
        presigner.presign_into_at(url, operation(), LIFE, black_box(now)).expect("valid");
    })
}

fn signing_a_new_value() -> Work {
    let now = now();
    Work::new(move || PRESIGNER.presign_at(GetObject::new(black_box(KEY)), LIFE, black_box(now)))
}

fn verifier(host: &str) -> Verifier {
    let host = ServedHost::with_bucket_subdomains(host).expect("valid");
    Verifier::new(VerifyPolicy::new(Region::new(REGION).expect("valid"), Service::s3(), host))
}

fn verifying(presigner: &Presigner, known: Credentials, operation: impl Operation) -> Work {
    let signed = presigner.presign_at(operation, LIFE, now()).expect("valid");
    let (host, _) = signed.url()["https://".len()..].split_once('/').expect("a path");
    let target = signed.url()["https://".len() + host.len()..].to_owned();
    let headers: Vec<_> = signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (method, host) = (signed.method().as_str(), host.to_owned());
    let (verifier, now) = (verifier("s3.eu-west-1.amazonaws.com"), now());
    Work::new(move || {
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let request = ReceivedRequest::new(method, black_box(&target), &host).headers(headers);
        let find = |id: &str| (id == known.access_key_id()).then(|| known.clone());
        verifier.verify_at(&request, find, black_box(now)).expect("signed")
    })
}

fn signer() -> Signer {
    Signer::new(credentials(), Region::new(REGION).expect("valid"), Service::s3())
}

fn authorizing() -> Work {
    let (signer, now) = (signer(), now());
    Work::new(move || {
        let request = Request::new(Method::Get, "https://examplebucket.s3.eu-west-1.amazonaws.com").expect("valid");
        signer.authorize_at(&request.path("/photos/2024/summer.jpeg"), black_box(now)).expect("valid")
    })
}

fn verifying_a_header() -> Work {
    let host = "examplebucket.s3.eu-west-1.amazonaws.com";
    let request = Request::new(Method::Get, "https://examplebucket.s3.eu-west-1.amazonaws.com").expect("valid");
    let signed = signer().authorize_at(&request.path("/photos/2024/summer.jpeg"), now()).expect("valid");
    let headers: Vec<_> = signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (verifier, known, now) = (verifier("s3.eu-west-1.amazonaws.com"), credentials(), now());
    Work::new(move || {
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let request = ReceivedRequest::new("GET", black_box("/photos/2024/summer.jpeg"), host)
            .headers(headers)
            .payload(ReceivedPayload::Empty);
        let find = |id: &str| (id == known.access_key_id()).then(|| known.clone());
        verifier.verify_at(&request, find, black_box(now)).expect("signed")
    })
}
