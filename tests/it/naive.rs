//! A second implementation, as slow and as plain as the specification, sharing no code with the crate. It takes what
//! the crate's types have already accepted: it signs, it does not validate.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use sha2::{Digest, Sha256};

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

    fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", date(self.unix_seconds), self.region, self.service)
    }

    /// The whole presigned URL.
    pub fn presign(&self) -> String {
        let headers = self.canonical_headers();
        let names: Vec<_> = headers.iter().map(|(name, _)| name.clone()).collect();

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
        let query = canonical_query(&query);

        let payload = if self.is_s3() { "UNSIGNED-PAYLOAD".into() } else { hex(&Sha256::digest(b"")) };
        let signature = self.signature(&self.canonical_request(&query, &headers, &payload));
        let mut url = format!("{}://{}{}?{}&X-Amz-Signature={}", self.scheme, self.host, self.path, query, signature);
        if let (Some(token), "iotdevicegateway") = (&self.token, self.service.as_str()) {
            url += &format!("&X-Amz-Security-Token={}", uri_encode(token, true));
        }
        url
    }

    /// The value of the `Authorization` header, for an empty body.
    pub fn authorize(&self) -> String {
        let mut with_signers = self.clone();
        let empty = hex(&Sha256::digest(b""));
        let mut add = |name: &str, value: &str| with_signers.headers.push((name.to_owned(), value.to_owned()));
        add("x-amz-date", &date_time(self.unix_seconds));
        if self.is_s3() {
            add("x-amz-content-sha256", &empty);
        }
        if let Some(token) = &self.token {
            match self.service.as_str() {
                "iotdevicegateway" => {}
                "s3express" => add("x-amz-s3session-token", token),
                _ => add("x-amz-security-token", token),
            }
        }
        let headers = with_signers.canonical_headers();
        let names: Vec<_> = headers.iter().map(|(name, _)| name.clone()).collect();
        let request = self.canonical_request(&canonical_query(&self.query), &headers, &empty);
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
            self.access_key_id,
            self.scope(),
            names.join(";"),
            self.signature(&request)
        )
    }

    fn canonical_request(&self, query: &str, headers: &[(String, String)], payload: &str) -> String {
        let uri = if self.is_s3() { self.path.clone() } else { uri_encode(&normalize(&self.path), false) };
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
        format!("{}\n{}\n{}\n{}\n{}\n{}", self.method, uri, query, lines, names.join(";"), payload)
    }

    fn canonical_headers(&self) -> Vec<(String, String)> {
        let mut canonical: Vec<(String, String)> = vec![("host".into(), self.host.clone())];
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

    fn signature(&self, canonical_request: &str) -> String {
        let hash = hex(&Sha256::digest(canonical_request));
        let string_to_sign = format!("AWS4-HMAC-SHA256\n{}\n{}\n{hash}", date_time(self.unix_seconds), self.scope());
        let mut key = format!("AWS4{}", self.secret).into_bytes();
        for part in self.scope().split('/') {
            key = hmac(&key, part);
        }
        hex(&hmac(&key, &string_to_sign))
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

fn normalize(path: &str) -> String {
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
