//! A request as it arrives: of a vector, or of `verify-requests.jsonl`, and what a test changes of it.

use presign::verify::{ReceivedPayload, ReceivedRequest, VerifiedRequest, VerifyError};
use serde_json::Value;

use super::vectors::verifier;
use crate::support::{Case, hex_decode};

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
                hex_decode(digits, &mut hash);
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
            if let (true, Some((_, value))) = (line.starts_with(' '), lines.last_mut()) {
                value.push_str(&format!("\n{line}"));
            } else {
                let (name, value) = line.split_once(':').expect("a header");
                lines.push((name.into(), value.into()));
            }
        }
        let host = lines.iter().find(|(name, _)| name.eq_ignore_ascii_case("host")).expect("a host").1.clone();
        Self { method: method.into(), target: target.into(), authority: host, headers: lines, payload }
    }

    fn of_parts(case: &Case, payload: ReceivedPayload) -> Self {
        let mut headers: Vec<_> = case.pairs("headers").map(|(name, value)| (name.into(), value.into())).collect();
        let authority = case.expected("host").expect("a host").to_owned();
        let target = if case.kind().starts_with("presign") {
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

    /// Of a line with `method`, `target`, `authority`, `headers` and perhaps `body_sha256`.
    pub fn of_line(line: &Value) -> Self {
        let text = |field: &str| line[field].as_str().expect("a text").to_owned();
        let payload = line["body_sha256"].as_str().map_or(ReceivedPayload::NotRead, |digits| {
            let mut hash = [0; 32];
            hex_decode(digits, &mut hash);
            ReceivedPayload::Sha256(hash)
        });
        let headers = pairs(&line["headers"]);
        Self { method: text("method"), target: text("target"), authority: text("authority"), headers, payload }
    }

    /// Adds a header line after the others.
    pub fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.into(), value.into()));
    }

    /// Adds a query parameter after the others, in front of which the query is not empty.
    pub fn add_parameter(&mut self, pair: &str) {
        self.target.push('&');
        self.target.push_str(pair);
    }

    pub fn remove(&mut self, name: &str) {
        let before = self.headers.len();
        self.headers.retain(|(given, _)| !given.eq_ignore_ascii_case(name));
        assert!(self.headers.len() < before, "{name}");
    }

    pub fn set(&mut self, name: &str, value: &str) {
        let header = self.headers.iter_mut().find(|(given, _)| given.eq_ignore_ascii_case(name));
        value.clone_into(&mut header.expect("the header").1);
    }

    pub fn header(&self, name: &str) -> &str {
        &self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).expect("the header").1
    }

    /// Replaces a part of the target, which occurs once.
    pub fn replace(&mut self, from: &str, to: &str) {
        assert_eq!(self.target.matches(from).count(), 1, "{from} in {}", self.target);
        self.target = self.target.replace(from, to);
    }

    /// Replaces a part of the `Authorization` header, which occurs once.
    pub fn replace_in_authorization(&mut self, from: &str, to: &str) {
        let authorization = self.header("authorization").to_owned();
        assert_eq!(authorization.matches(from).count(), 1, "{from} in {authorization}");
        self.set("authorization", &authorization.replace(from, to));
    }
}

/// An array of arrays of two texts.
pub fn pairs(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    value.as_array().expect("pairs").iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}
