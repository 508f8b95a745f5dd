//! A second implementation, as slow and as plain as the specification, sharing no code with the crate. It takes what
//! the crate's types have already accepted: it signs, it does not validate.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use sha2::{Digest, Sha256};

/// What services do with the path of the URL before it becomes the canonical URI.
#[derive(Clone, Copy, Debug)]
pub struct PathRules {
    pub normalize: bool,
    pub encode_again: bool,
}

impl PathRules {
    /// "You do not normalize URI paths for requests to Amazon S3", and S3 encodes once; all others do both.
    pub fn of(service: &str) -> Self {
        let is_s3 = service.starts_with("s3");
        Self { normalize: !is_s3, encode_again: !is_s3 }
    }
}

/// Everything that a signer needs, as text.
#[derive(Clone, Debug)]
pub struct Input {
    pub method: &'static str,
    pub scheme: String,
    /// The `Host` header.
    pub host: String,
    /// As it goes into the URL.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    /// The payload line that is asked for, if it is not the usual one of the service.
    pub payload: Option<String>,
    pub path_rules: PathRules,
    pub access_key_id: String,
    pub secret: String,
    pub token: Option<String>,
    pub unix_seconds: i64,
    pub expires: u64,
    pub region: String,
    pub service: String,
}

impl Input {
    fn is_s3(&self) -> bool {
        self.service.starts_with("s3")
    }

    fn is_lattice(&self) -> bool {
        self.service == "vpc-lattice-svcs"
    }

    fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", date(self.unix_seconds), self.region, self.service)
    }

    /// The whole presigned URL.
    pub fn presign(&self) -> String {
        let query = self.presigned_query();
        let signature = self.signature(&self.presigned_request());
        let mut url = format!("{}://{}{}?{}&X-Amz-Signature={}", self.scheme, self.host, self.path, query, signature);
        if let (Some(token), "iotdevicegateway") = (&self.token, self.service.as_str()) {
            url += &format!("&X-Amz-Security-Token={}", uri_encode(token, true));
        }
        url
    }

    /// The canonical request and the string to sign of the presigned URL.
    pub fn explain(&self) -> (String, String) {
        let canonical_request = self.presigned_request();
        let string_to_sign = self.string_to_sign(&canonical_request);
        (canonical_request, string_to_sign)
    }

    fn presigned_query(&self) -> String {
        let names: Vec<_> = self.presigned_headers().into_iter().map(|(name, _)| name).collect();
        let mut query = self.query.clone();
        let mut add = |name: &str, value: String| query.push((name.to_owned(), value));
        add("X-Amz-Algorithm", "AWS4-HMAC-SHA256".into());
        add("X-Amz-Credential", format!("{}/{}", self.access_key_id, self.scope()));
        add("X-Amz-Date", date_time(self.unix_seconds));
        add("X-Amz-Expires", self.expires.to_string());
        add("X-Amz-SignedHeaders", names.join(";"));
        if let Some(token) = &self.token {
            let name = if self.service == "s3express" { "X-Amz-S3session-Token" } else { "X-Amz-Security-Token" };
            if self.service != "iotdevicegateway" {
                add(name, token.clone());
            }
        }
        canonical_query(&query)
    }

    fn presigned_headers(&self) -> Vec<(String, String)> {
        let payload = self.presigned_payload();
        // A server would expect the usual one otherwise; VPC Lattice wants to be told always.
        let is_unusual = self.is_s3() && payload != "UNSIGNED-PAYLOAD";
        self.canonical_headers((is_unusual || self.is_lattice()).then_some(&payload))
    }

    fn presigned_payload(&self) -> String {
        let usual =
            if self.is_s3() || self.is_lattice() { "UNSIGNED-PAYLOAD".into() } else { hex(&Sha256::digest(b"")) };
        self.payload_line(usual)
    }

    fn presigned_request(&self) -> String {
        self.canonical_request(&self.presigned_query(), &self.presigned_headers(), &self.presigned_payload())
    }

    /// The value of the `Authorization` header, for an empty body if no payload is asked for.
    pub fn authorize(&self) -> String {
        let mut with_signers = self.clone();
        let usual = if self.is_lattice() { "UNSIGNED-PAYLOAD".into() } else { hex(&Sha256::digest(b"")) };
        let payload = self.payload_line(usual);
        let mut add = |name: &str, value: &str| with_signers.headers.push((name.to_owned(), value.to_owned()));
        add("x-amz-date", &date_time(self.unix_seconds));
        if let Some(token) = &self.token {
            match self.service.as_str() {
                "iotdevicegateway" => {}
                "s3express" => add("x-amz-s3session-token", token),
                _ => add("x-amz-security-token", token),
            }
        }
        let headers = with_signers.canonical_headers((self.is_s3() || self.is_lattice()).then_some(&payload));
        let names: Vec<_> = headers.iter().map(|(name, _)| name.clone()).collect();
        let request = self.canonical_request(&canonical_query(&self.query), &headers, &payload);
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
            self.access_key_id,
            self.scope(),
            names.join(";"),
            self.signature(&request)
        )
    }

    /// The header or the parameter `x-amz-content-sha256` is the line, because the server reads it there.
    fn payload_line(&self, usual: String) -> String {
        self.given_payload().or_else(|| self.payload.clone()).unwrap_or(usual)
    }

    fn given_payload(&self) -> Option<String> {
        let mut given = self.headers.iter().chain(&self.query);
        given.find(|(name, _)| name.to_lowercase() == "x-amz-content-sha256").map(|(_, value)| value.trim().into())
    }

    fn canonical_request(&self, query: &str, headers: &[(String, String)], payload: &str) -> String {
        let mut uri = self.path.clone();
        if self.path_rules.normalize {
            uri = normalize(&uri);
        }
        if self.path_rules.encode_again {
            uri = uri_encode(&uri, false);
        }
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
        format!("{}\n{}\n{}\n{}\n{}\n{}", self.method, uri, query, lines, names.join(";"), payload)
    }

    /// With the payload line in a header, if the request needs one and has none.
    fn canonical_headers(&self, payload: Option<&String>) -> Vec<(String, String)> {
        let mut canonical: Vec<(String, String)> = vec![("host".into(), self.host.clone())];
        if let (Some(payload), None) = (payload, self.given_payload()) {
            canonical.push(("x-amz-content-sha256".into(), payload.clone()));
        }
        for (name, value) in &self.headers {
            let name = name.to_lowercase();
            let value = value.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            match canonical.iter_mut().find(|(other, _)| *other == name) {
                Some((_, values)) => *values += &format!(",{value}"),
                None => canonical.push((name, value)),
            }
        }
        canonical.sort();
        canonical
    }

    fn string_to_sign(&self, canonical_request: &str) -> String {
        let hash = hex(&Sha256::digest(canonical_request));
        format!("AWS4-HMAC-SHA256\n{}\n{}\n{hash}", date_time(self.unix_seconds), self.scope())
    }

    fn signature(&self, canonical_request: &str) -> String {
        let mut key = format!("AWS4{}", self.secret).into_bytes();
        for part in self.scope().split('/') {
            key = hmac(&key, part);
        }
        hex(&hmac(&key, &self.string_to_sign(canonical_request)))
    }
}

fn canonical_query(query: &[(String, String)]) -> String {
    let mut encoded: Vec<(String, String)> =
        query.iter().map(|(name, value)| (uri_encode(name, true), uri_encode(value, true))).collect();
    encoded.sort();
    encoded.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

pub fn uri_encode(text: &str, encode_slash: bool) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte as char),
            b'/' if !encode_slash => encoded.push('/'),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

pub fn normalize(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        if segment == ".." {
            segments.pop();
        } else if !segment.is_empty() && segment != "." {
            segments.push(segment);
        }
    }
    if segments.is_empty() {
        return "/".into();
    }
    format!("/{}{}", segments.join("/"), if path.ends_with('/') { "/" } else { "" })
}

/// RFC 2104.
pub fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut block = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |byte: u8| block.iter().map(|b| b ^ byte).collect::<Vec<u8>>();
    let inner = Sha256::digest([pad(0x36), text.as_bytes().to_vec()].concat());
    Sha256::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn date(unix_seconds: i64) -> String {
    date_time(unix_seconds)[..8].into()
}

/// Counts years and months from 1970 on.
fn date_time(unix_seconds: i64) -> String {
    let (mut days, seconds) = (unix_seconds / 86_400, unix_seconds % 86_400);
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= 365 + i64::from(is_leap(year)) {
        days -= 365 + i64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + i64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}{month:02}{:02}T{:02}{:02}{:02}Z", days + 1, seconds / 3600, seconds / 60 % 60, seconds % 60)
}
