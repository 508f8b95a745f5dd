//! A server of the tests: its policy, its keys and its clock.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use presign::sigv4::Service;
#[cfg(feature = "post")]
use presign::verify::{ReceivedForm, VerifiedForm};
use presign::verify::{ServedHost, VerifiedRequest, Verifier, VerifyError, VerifyPolicy};
use presign::{Credentials, Region, Timestamp};
use serde_json::Value;

use super::arrived::Arrived;

pub const ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub const TOKEN: &str = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQW+LWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi==";

/// The requests of `tests/vectors/verify-requests.jsonl`, by name.
pub struct Requests(BTreeMap<String, Value>);

impl Requests {
    pub fn load() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/verify-requests.jsonl");
        let text = fs::read_to_string(path).expect("the requests are there");
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
        Self(lines.map(|line| (line["name"].as_str().expect("a name").to_owned(), line)).collect())
    }

    pub fn line(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or_else(|| panic!("no request {name:?}"))
    }

    pub fn get(&self, name: &str) -> Arrived {
        Arrived::of_line(self.line(name))
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

pub struct Server {
    pub policy: VerifyPolicy,
    pub keys: Vec<Credentials>,
    pub now: Timestamp,
}

impl Server {
    /// Serves the host, when all requests were signed. For S3, buckets are also subdomains.
    pub fn for_host(authority: &str) -> Self {
        let (name, host) = match authority.split('.').next() {
            Some("sts") => ("sts", "sts.example.com"),
            Some("api") => ("execute-api", "api.example.com"),
            Some("iot") => ("iotdevicegateway", "iot.example.com"),
            Some("kafka") => ("kafka-cluster", "kafka.example.com"),
            _ => ("s3", "s3.example.com"),
        };
        let host = ServedHost::new(host).expect("a host");
        let service = Service::new(name).expect("a service");
        let mut policy = VerifyPolicy::new(Region::new("eu-west-1").expect("a region"), service, host);
        if name == "s3" {
            policy = policy.host(ServedHost::with_bucket_subdomains("s3.example.com").expect("a host"));
        }
        let keys = [ID, "id+1"].map(|id| Credentials::new(id, SECRET).expect("credentials"));
        Self { policy, keys: keys.into(), now: time("20240315T081530Z") }
    }

    /// Changes the policy.
    pub fn set(&mut self, change: impl FnOnce(VerifyPolicy) -> VerifyPolicy) {
        self.policy = change(self.policy.clone());
    }

    /// Has temporary credentials instead.
    pub fn use_token(&mut self) {
        self.keys = [temporary()].into();
    }

    pub fn find(&self, id: &str) -> Option<Credentials> {
        self.keys.iter().find(|key| key.access_key_id() == id).cloned()
    }

    pub fn verify(&self, request: &Arrived) -> Result<VerifiedRequest, VerifyError> {
        Verifier::new(self.policy.clone()).verify_at(&request.request(), |id| self.find(id), self.now)
    }

    #[cfg(feature = "post")]
    pub fn verify_form(&self, form: &ReceivedForm<'_>) -> Result<VerifiedForm, VerifyError> {
        Verifier::new(self.policy.clone()).verify_form_at(form, |id| self.find(id), self.now)
    }
}

pub fn temporary() -> Credentials {
    let credentials = Credentials::new(ID, SECRET).expect("credentials");
    credentials.with_session_token(TOKEN).expect("a token")
}

pub fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}
