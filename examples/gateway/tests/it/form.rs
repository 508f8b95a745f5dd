//! Forms of any kind, also such as no library would write.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use presign::sigv4::{CredentialScope, Service, SigningKey};
use presign::{Credentials, Region};
use sha2::Sha256;
use ureq::http::Request;

use crate::client::seconds_from_now;
use crate::server::{Answer, BUCKET, Server, credentials};

/// A form of `users/a.txt` that a store accepts, until it is changed.
pub(crate) struct Form {
    /// The policy's, as JSON, besides those on the bucket and on the fields of the signature.
    pub(crate) conditions: String,
    /// The whole policy in place of these conditions.
    pub(crate) document: Option<String>,
    /// What is signed and sent in place of its base64.
    pub(crate) policy: Option<String>,
    pub(crate) expires_in: i64,
    pub(crate) signed_in: i64,
    pub(crate) credentials: Credentials,
    pub(crate) region: &'static str,
    pub(crate) service: &'static str,
    pub(crate) fields: Vec<(String, String)>,
    /// Changes after signing: a field that is set, or removed.
    pub(crate) changed: Vec<(&'static str, Option<String>)>,
    /// Fields that are added after signing, even if there are some of that name.
    pub(crate) added: Vec<(&'static str, String)>,
    pub(crate) file_name: &'static str,
    pub(crate) file: Option<Vec<u8>>,
    /// What comes after the file, up to the end.
    pub(crate) end: &'static str,
    pub(crate) target: String,
    pub(crate) headers: Vec<(&'static str, String)>,
}

pub(crate) const BOUNDARY: &str = "----presign-test-boundary";
pub(crate) const END: &str = "\r\n------presign-test-boundary--\r\n";

impl Form {
    pub(crate) fn new() -> Self {
        Self {
            conditions: r#"["starts-with","$key","users/"]"#.into(),
            document: None,
            policy: None,
            expires_in: 600,
            signed_in: 0,
            credentials: credentials(),
            region: "us-east-1",
            service: "s3",
            fields: vec![("key".into(), "users/a.txt".into())],
            changed: Vec::new(),
            added: Vec::new(),
            file_name: "a.txt",
            file: Some(b"the file".to_vec()),
            end: END,
            target: format!("/{BUCKET}"),
            headers: vec![("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))],
        }
    }

    /// A form with further conditions.
    pub(crate) fn with(conditions: &str) -> Self {
        let form = Self::new();
        Self { conditions: format!("{},{conditions}", form.conditions), ..form }
    }

    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    pub(crate) fn key(mut self, key: &str) -> Self {
        self.fields[0].1 = key.into();
        self
    }

    /// Changes a field that was signed.
    pub(crate) fn set(mut self, name: &'static str, value: &str) -> Self {
        self.changed.push((name, Some(value.into())));
        self
    }

    pub(crate) fn without(mut self, name: &'static str) -> Self {
        self.changed.push((name, None));
        self
    }

    pub(crate) fn add(mut self, name: &'static str, value: &str) -> Self {
        self.added.push((name, value.into()));
        self
    }

    /// The fields as they are sent.
    pub(crate) fn signed(&self) -> Vec<(String, String)> {
        let (date, region) = (seconds_from_now(self.signed_in).amz_date(), Region::new(self.region).unwrap());
        let service = Service::new(self.service).unwrap();
        let scope = CredentialScope::new(date, &region, &service);
        let credential = format!(
            "{}/{}/{}/{}/aws4_request",
            self.credentials.access_key_id(),
            date.date(),
            self.region,
            self.service
        );
        let document = self.document.clone().unwrap_or_else(|| {
            format!(
                r#"{{"expiration":"{}","conditions":[{{"bucket":"{BUCKET}"}},{},{{"x-amz-algorithm":"AWS4-HMAC-SHA256"}},{{"x-amz-credential":"{credential}"}},{{"x-amz-date":"{}"}}]}}"#,
                seconds_from_now(self.expires_in),
                self.conditions,
                date.as_str(),
            )
        });
        let policy = self.policy.clone().unwrap_or_else(|| STANDARD.encode(document));
        let key = SigningKey::derive(&self.credentials, &scope);
        let signature = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap().chain_update(&policy).finalize();
        let of_signature = [
            ("policy", policy),
            ("x-amz-algorithm", "AWS4-HMAC-SHA256".into()),
            ("x-amz-credential", credential),
            ("x-amz-date", date.as_str().into()),
            ("x-amz-signature", hex::encode(signature.into_bytes())),
        ];
        let mut fields = self.fields.clone();
        fields.extend(of_signature.map(|(name, value)| (name.to_owned(), value)));
        for (changed, value) in &self.changed {
            match value {
                Some(value) => fields.iter_mut().find(|(name, _)| name == changed).unwrap().1.clone_from(value),
                None => fields.retain(|(name, _)| name != changed),
            }
        }
        fields.extend(self.added.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        fields
    }

    pub(crate) fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in self.signed() {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        if let Some(file) = &self.file {
            let file_name = self.file_name;
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(part.as_bytes());
            body.extend_from_slice(file);
            body.extend_from_slice(self.end.as_bytes());
        } else {
            body.extend_from_slice(&self.end.as_bytes()[2..]);
        }
        body
    }

    pub(crate) fn send(&self, server: &Server) -> Answer {
        let mut request = Request::post(format!("{}{}", server.endpoint(), self.target));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        server.send(request.body(self.body()).unwrap())
    }
}
