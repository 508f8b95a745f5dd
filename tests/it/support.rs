//! A test vector, and what the crate makes of it; and the comparison of errors.

use std::fs;
use std::path::Path;
use std::time::Duration;

use presign::s3::{AddressingStyle, Operation, S3Request};
use presign::sigv4::{
    AuthorizedRequest, CanonicalRequest, Explanation, PathNormalization, Payload, Request, Service,
    SessionTokenPlacement, Signer, SigningContext, StringToSign,
};
use presign::{Credentials, Error, Method, PresignedRequest, Presigner, Region, Timestamp};
use serde_json::Value;

/// Compares an error with a variant and all of its fields, by the `Debug` text: the variants are `#[non_exhaustive]`, so
/// only the crate itself can construct them.
macro_rules! assert_variant {
    ($error:expr, $variant:ident { $($field:ident $(: $value:expr)?),+ } $(, $($context:tt)+)?) => {{
        let fields = [$({ $(let $field = $value;)? format!("{}: {:?}", stringify!($field), $field) }),+];
        let expected = format!("{} {{ {} }}", stringify!($variant), fields.join(", "));
        assert_eq!(format!("{:?}", $error), expected $(, $($context)+)?);
    }};
}

pub(crate) use assert_variant;

/// One line of a file in `tests/vectors`.
#[derive(Clone)]
pub struct Case(Value);

impl Case {
    pub fn load(file: &str) -> Vec<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(file);
        let text = fs::read_to_string(path).expect("the vectors are there");
        text.lines().map(|line| Self(serde_json::from_str(line).expect("a line is JSON"))).collect()
    }

    pub fn name(&self) -> &str {
        self.0["name"].as_str().expect("every case has a name")
    }

    pub fn kind(&self) -> &str {
        self.0["kind"].as_str().expect("every case has a kind")
    }

    /// A member of the input that is not a text.
    #[cfg(feature = "post")]
    pub fn input_json(&self, field: &str) -> &Value {
        &self.0["input"][field]
    }

    /// The same of the result.
    #[cfg(any(feature = "post", feature = "sigv4a"))]
    pub fn expected_json(&self, field: &str) -> &Value {
        &self.0["expected"][field]
    }

    /// A text of the case itself.
    #[cfg(any(feature = "sigv4a", feature = "verify"))]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.0[field].as_str()
    }

    /// A flag of the input.
    #[cfg(feature = "verify")]
    pub fn is_true(&self, field: &str) -> bool {
        self.0["input"][field].as_bool().unwrap_or_default()
    }

    pub fn has_flag(&self, flag: &str) -> bool {
        self.0["flags"].as_array().is_some_and(|flags| flags.iter().any(|f| f == flag))
    }

    /// A text of the input; empty where it is null or missing.
    pub fn input(&self, field: &str) -> &str {
        self.0["input"][field].as_str().unwrap_or_default()
    }

    pub fn input_opt(&self, field: &str) -> Option<&str> {
        self.0["input"][field].as_str()
    }

    pub fn pairs(&self, field: &str) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0["input"][field].as_array().expect("pairs");
        pairs.iter().map(|pair| (pair[0].as_str().expect("a name"), pair[1].as_str().expect("a value")))
    }

    pub fn expected(&self, field: &str) -> Option<&str> {
        self.0["expected"][field].as_str()
    }

    /// Every URL that is as good as the expected one.
    pub fn expected_urls(&self) -> impl Iterator<Item = &str> {
        let alternatives = self.0["expected"]["alternatives"].as_array().into_iter().flatten();
        self.expected("url").into_iter().chain(alternatives.filter_map(Value::as_str))
    }

    fn method(&self) -> Method {
        self.input("method").parse().expect("a method")
    }

    pub fn expires(&self) -> Duration {
        Duration::from_secs(self.0["input"]["expires_s"].as_u64().expect("expires_s"))
    }

    pub fn now(&self) -> Result<Timestamp, Error> {
        self.input("now").parse()
    }

    pub fn credentials(&self) -> Result<Credentials, Error> {
        let credentials = Credentials::new(self.input("access_key"), self.input("secret_key"))?;
        match self.input_opt("session_token") {
            Some(token) => credentials.with_session_token(token),
            None => Ok(credentials),
        }
    }

    pub fn endpoint(&self) -> String {
        format!("{}://{}{}", self.input("scheme"), self.input("endpoint"), self.input("base_path"))
    }

    /// The rules that the crate has for this service, and those of the case where the suite deviates from them.
    pub fn service(&self) -> Result<Service, Error> {
        let mut service = Service::new(self.input("service"))?;
        if self.input("path_encoding") == "double" && self.0["input"]["normalize_path"] == false {
            service = service.path_normalization(PathNormalization::Keep);
        }
        if self.0["input"]["session_token_signed"] == false && self.input("service") != "iotdevicegateway" {
            service = service.session_token_placement(SessionTokenPlacement::AppendedAfterSigning);
        }
        Ok(service)
    }

    fn signer(&self) -> Result<Signer, Error> {
        Ok(Signer::new(self.credentials()?, Region::new(self.input("region"))?, self.service()?))
    }

    pub fn request(&self) -> Result<Request<'_>, Error> {
        let mut request = Request::new(self.method(), self.endpoint())?.path(self.input("path"));
        if let Some(key) = self.input_opt("key") {
            // The host is that of the bucket.
            let endpoint = format!("{}://{}", self.input("scheme"), self.expected("host").expect("a host"));
            request = Request::new(self.method(), endpoint)?.raw_path(format!("/{key}"));
        }
        for (name, value) in self.pairs("query") {
            request = request.query(name, value);
        }
        for (name, value) in self.pairs("headers") {
            request = request.header(name, value);
        }
        if self.has_flag("url-parser-rewrites") {
            request = request.allow_dot_segments();
        }
        let sign_body = self.0["input"]["sign_body"] == true;
        match self.input("payload_hash") {
            // What the crate does by itself, for which nothing is set.
            "UNSIGNED-PAYLOAD" if self.input("path_encoding") == "single" => {}
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" => {}
            hash if sign_body && self.input("path_encoding") == "double" => {
                request = request.header("x-amz-content-sha256", hash);
            }
            hash => {
                let mut bytes = [0; 32];
                hex_decode(hash, &mut bytes);
                request = request.payload(Payload::Sha256(bytes));
            }
        }
        Ok(request)
    }

    fn presigner(&self) -> Result<Presigner, Error> {
        let style = match self.input("style") {
            "virtual-host" => AddressingStyle::VirtualHosted,
            "path" => AddressingStyle::Path,
            "cname" => AddressingStyle::BucketEndpoint,
            other => panic!("style {other}"),
        };
        let mut builder = Presigner::builder()
            .credentials(self.credentials()?)
            .region(self.input("region"))
            .endpoint(self.endpoint())
            .addressing_style(style)
            .service(self.service()?);
        if let Some(bucket) = self.input_opt("bucket") {
            builder = builder.bucket(bucket);
        }
        builder.build()
    }

    fn s3_request(&self) -> S3Request<'_> {
        let mut request = S3Request::new(self.method());
        if let Some(key) = self.input_opt("key") {
            request = request.key(key);
        }
        for (name, value) in self.pairs("query") {
            request = request.query(name, value);
        }
        for (name, value) in self.pairs("headers") {
            request = request.header(name, value);
        }
        if self.has_flag("url-parser-rewrites") {
            request = request.allow_dot_segments();
        }
        request
    }

    /// Through the API that fits: `Presigner` if there is a bucket or its host, else `Signer`. In each way that there is,
    /// also after another signature, of which a thread keeps something with `std`.
    fn presign(&self) -> Result<(Explanation, PresignedRequest), Error> {
        let (expires, now) = (self.expires(), self.now()?);
        let later = now.checked_add(Duration::from_secs(1))?;
        let mut others = Vec::new();
        let mut buffer = String::from("before ");
        let (explanation, signed) = if self.input("style") == "raw" {
            let (signer, request) = (self.signer()?, self.request()?);
            let signed = signer.presign_at(&request, expires, now)?;
            assert_ne!(signer.presign_at(&request, expires, later)?.url(), signed.url(), "{}", self.name());
            others.push(signer.presign_at(&request, expires, now)?);
            signer.presign_into_at(&mut buffer, &request, expires, now)?;
            (signer.explain_at(&request, expires, now)?, signed)
        } else {
            let (presigner, request) = (self.presigner()?, self.s3_request());
            let signed = presigner.presign_at(&request, expires, now)?;
            assert_ne!(presigner.presign_at(&request, expires, later)?.url(), signed.url(), "{}", self.name());
            others.push(presigner.presign_at(&request, expires, now)?);
            others.push(presigner.batch_at(expires, now)?.presign(&request)?);
            presigner.presign_into_at(&mut buffer, &request, expires, now)?;
            (presigner.explain_at(&request, expires, now)?, signed)
        };
        for other in others {
            assert!(other == signed, "{}: another URL after other signatures, or in a batch", self.name());
        }
        assert_eq!(buffer, ["before ", signed.url()].concat(), "{}: `presign_into` differs", self.name());
        Ok((explanation, signed))
    }

    fn authorize(&self) -> Result<(String, String, AuthorizedRequest), Error> {
        let (credentials, region, service) = (self.credentials()?, Region::new(self.input("region"))?, self.service()?);
        let context = SigningContext::new(&credentials, &region, &service, self.now()?);
        let request = self.request()?;
        let canonical = CanonicalRequest::authorized(&request, &context)?;
        let string_to_sign = StringToSign::new(context.scope(), canonical.sha256()).to_string();
        Ok((canonical.to_string(), string_to_sign, self.signer()?.authorize_at(&request, self.now()?)?))
    }

    /// The call of an SDK that the case was made from.
    pub fn sdk(&self) -> &Value {
        &self.0["sdk"]
    }

    /// Signs another operation in the place of that of the case, and names the first stage whose result differs.
    pub fn check_operation(&self, operation: impl Operation) -> Result<(), String> {
        let refused = |error| format!("refused: {error}");
        let now = self.now().map_err(refused)?;
        let presigner = self.presigner().map_err(refused)?;
        let explanation = presigner.explain_at(&operation, self.expires(), now).map_err(refused)?;
        let signed = presigner.presign_at(&operation, self.expires(), now).map_err(refused)?;
        self.compare("canonical_request", explanation.canonical_request())?;
        self.compare("signature", query_value(signed.url(), "X-Amz-Signature="))
    }

    /// Signs the case and names the first stage whose result is not the expected one.
    pub fn check(&self) -> Result<(), String> {
        match self.kind() {
            "presign" => self.check_presigned(),
            "header" => self.check_authorized(),
            other => panic!("kind {other}"),
        }
    }

    fn check_presigned(&self) -> Result<(), String> {
        let (explanation, signed) = self.presign().map_err(|error| format!("refused: {error}"))?;
        self.compare("canonical_request", explanation.canonical_request())?;
        self.compare("string_to_sign", explanation.string_to_sign())?;
        self.compare("signature", query_value(signed.url(), "X-Amz-Signature="))?;
        self.compare("signed_headers", &query_value(signed.url(), "X-Amz-SignedHeaders=").replace("%3B", ";"))?;
        if !self.expected_urls().any(|expected| sorted_query(expected) == sorted_query(signed.url())) {
            return Err(format!("url: expected {:?}, got {:?}", self.expected("url"), signed.url()));
        }
        let keeps_order = url::Url::parse(signed.url()).is_ok_and(|parsed| parsed.as_str() == signed.url());
        if keeps_order == self.has_flag("url-parser-rewrites") {
            return Err(format!("a URL parser makes something unexpected of {:?}", signed.url()));
        }
        #[cfg(feature = "serde")]
        {
            let json = serde_json::to_string(&signed).expect("serializable");
            let read: PresignedRequest = serde_json::from_str(&json).map_err(|error| format!("{error}: {json}"))?;
            assert!(read == signed, "{}: {json}", self.name());
        }
        #[cfg(feature = "http")]
        assert_eq!(signed.to_http(()).expect("a request").uri().to_string(), signed.url(), "{}", self.name());
        Ok(())
    }

    fn check_authorized(&self) -> Result<(), String> {
        let (canonical_request, string_to_sign, signed) =
            self.authorize().map_err(|error| format!("refused: {error}"))?;
        self.compare("canonical_request", &canonical_request)?;
        self.compare("string_to_sign", &string_to_sign)?;
        let header = |wanted| signed.headers().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let authorization = header("authorization").unwrap_or_default();
        self.compare("signature", authorization.rsplit('=').next().unwrap_or_default())?;
        self.compare("authorization", authorization)?;
        self.check_sent(&signed)
    }

    /// A header form sends the URL, the method, the caller's headers, the signer's, and nothing else.
    fn check_sent(&self, signed: &AuthorizedRequest) -> Result<(), String> {
        let mut expected: Vec<(String, String)> = vec![("x-amz-date".into(), self.input("now").into())];
        for (name, value) in self.pairs("headers") {
            let (name, value) = (name.to_lowercase(), value.trim());
            match expected.iter_mut().find(|(other, _)| *other == name) {
                Some((_, values)) => *values += &format!(",{value}"),
                None => expected.push((name, value.into())),
            }
        }
        if self.0["input"]["sign_body"] == true {
            expected.push(("x-amz-content-sha256".into(), self.input("payload_hash").into()));
        }
        if let Some(token) = self.input_opt("session_token") {
            expected.push(("x-amz-security-token".into(), token.into()));
        }
        expected.push(("authorization".into(), self.expected("authorization").unwrap_or_default().into()));
        expected.sort();
        let mut sent: Vec<_> = signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        sent.sort();
        if sent != expected {
            return Err(format!("headers: expected {expected:?}, got {sent:?}"));
        }
        let query = self.expected("canonical_request").and_then(|text| text.split('\n').nth(2)).unwrap_or_default();
        let separator = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{}{separator}{query}", self.endpoint(), self.input("path"));
        if signed.url() != url || signed.method() != self.method() {
            return Err(format!("url: expected {url}, got {}", signed.url()));
        }
        #[cfg(feature = "http")]
        assert_eq!(signed.to_http(()).expect("a request").uri().to_string(), signed.url(), "{}", self.name());
        Ok(())
    }

    fn compare(&self, stage: &str, actual: &str) -> Result<(), String> {
        match self.expected(stage) {
            Some(expected) if expected != actual => Err(format!("{stage}:\n{expected}\n-- but got --\n{actual}")),
            _ => Ok(()),
        }
    }
}

pub fn query_value<'u>(url: &'u str, name: &str) -> &'u str {
    let start = url.find(name).map_or(url.len(), |at| at + name.len());
    url[start..].split('&').next().unwrap_or_default()
}

/// The order of parameters in a URL is free, and `name` is `name=`. See `tests/vectors/README.md`.
pub fn sorted_query(url: &str) -> (&str, Vec<String>) {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut parts: Vec<_> =
        query.split('&').map(|part| if part.contains('=') { part.into() } else { format!("{part}=") }).collect();
    parts.sort();
    (base, parts)
}

pub fn hex_decode(text: &str, bytes: &mut [u8]) {
    assert_eq!(text.len(), bytes.len() * 2);
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).expect("ASCII"), 16).expect("digits");
    }
}
