//! What is to be signed: a request as plain data, made with the operations and the setters of the crate.

use presign::Method;
use presign::s3::{DeleteObject, GetObject, HeadObject, ListBuckets, ListObjectsV2, Operation, PutObject, S3Request};
use presign::sigv4::{Payload, Request};

use super::place::{Place, Signs};
use super::random::Random;
use crate::naive::uri_encode;

/// A request, in the words of the naive implementation.
#[derive(Clone, Debug)]
pub struct Ask {
    kind: Kind,
    pub method: Method,
    /// A key, or a path without the slash at its start. Plain text.
    pub key: Option<String>,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub payload: Option<[u8; 32]>,
    /// The name of the error, if it must be one.
    pub fault: Option<&'static str>,
}

/// How the request is made.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Get,
    Head,
    Delete,
    Put,
    List,
    /// Without a bucket, at another host.
    Buckets,
    Raw,
    /// A path that is given percent-encoded. For signers.
    Encoded,
}

const KEYS: [&str; 14] = [
    "a",
    "a b",
    "photos/2024/summer trip.jpeg",
    "ä//+?#%&=日本",
    "&partNumber=7/content-length:8",
    "%41%2F",
    "/lead",
    "trail/",
    "a//b/",
    "line\nbreak\thost:evil.example",
    "~!$'()*,;:@",
    "😀",
    "...",
    ".hidden/..x",
];
const NAMES: [&str; 8] = ["prefix", "A", "a", "z z", "ä", "x-id", "X-Amz-Zzz", "&=%"];
const VALUES: [&str; 8] = ["", "1", "a b", "ü+/=&", "~", "20240315T081530Z", "%20", "host:a\n"];
const HEADERS: [&str; 6] = ["X-Custom-B", "x-custom-a", "x-amz-meta-k", "Aaa", "zzz", "x-custom-b"];
const HEADER_VALUES: [&str; 6] = ["1", " a  b ", "\t c", "c,d", "\"a   b\"", "20240315T081530Z"];
/// Of SSE-C, given as text: zeros, and their MD5.
const CUSTOMER_KEY: [(&str, &str); 3] = [
    ("x-amz-server-side-encryption-customer-algorithm", "AES256"),
    ("x-amz-server-side-encryption-customer-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ("x-amz-server-side-encryption-customer-key-MD5", "cLyL+MzMdTMqE+tS7J6Qlg=="),
];
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

impl Ask {
    pub fn random(place: &Place, random: &mut Random) -> Self {
        let is_s3 = matches!(place.signs, Signs::S3(..));
        let kind = match random.below(10) {
            0..=3 => Kind::Get,
            4 => Kind::Head,
            5 => Kind::Delete,
            6 | 7 => Kind::Put,
            8 => [Kind::List, Kind::Buckets][random.below(2)],
            _ => Kind::Raw,
        };
        let kind = match kind {
            Kind::Buckets if place.service_root().is_none() => Kind::Raw,
            kind if is_s3 => kind,
            Kind::Get | Kind::Put => Kind::Encoded,
            _ => Kind::Raw,
        };
        let mut ask = Self::bare(kind, random);
        // Half of the requests are bare.
        if random.one_in(2) {
            for _ in 0..random.below(4) {
                ask.query.push(pair(random.pick(&NAMES), random.pick(&VALUES)));
            }
            for _ in 0..random.below(4) {
                ask.headers.push(pair(random.pick(&HEADERS), random.pick(&HEADER_VALUES)));
            }
            ask.add_what_is_special(is_s3, random);
        }
        // VPC Lattice takes none.
        if !is_s3 && place.service != "vpc-lattice-svcs" && random.one_in(3) {
            ask.payload = Some([u8::try_from(random.below(256)).expect("a byte"); 32]);
        }
        // The path is then another one.
        let is_kept = !place.path_rules.encode_again && !place.path_rules.normalize;
        if ask.kind == Kind::Encoded && is_kept && random.one_in(4) {
            ask.fault = Some("PathNotCanonical");
        } else if random.one_in(24) {
            ask.spoil(is_s3, random);
        }
        ask
    }

    fn bare(kind: Kind, random: &mut Random) -> Self {
        let method = match kind {
            Kind::Get | Kind::List | Kind::Buckets => Method::Get,
            Kind::Head => Method::Head,
            Kind::Delete => Method::Delete,
            Kind::Put => Method::Put,
            Kind::Raw | Kind::Encoded => [Method::Get, Method::Post, Method::Get][random.below(3)],
        };
        let key = match kind {
            Kind::List | Kind::Buckets => None,
            Kind::Raw if random.one_in(4) => None,
            _ if random.one_in(16) => Some("k".repeat(1_024)),
            _ => Some(random.pick(&KEYS).to_owned()),
        };
        let query = if kind == Kind::List { vec![pair("list-type", "2")] } else { Vec::new() };
        Self { kind, method, key, query, headers: Vec::new(), payload: None, fault: None }
    }

    fn add_what_is_special(&mut self, is_s3: bool, random: &mut Random) {
        if self.kind == Kind::Put {
            self.headers.push(pair("content-type", random.pick(&["image/png", "text/plain; charset=utf-8"])));
            self.headers.push(pair("content-length", random.pick(&["0", "7", "1000000"])));
        }
        match random.below(8) {
            0 if matches!(self.kind, Kind::Put | Kind::Get | Kind::Head) => {
                self.headers.extend(CUSTOMER_KEY.map(|(name, value)| pair(name, value)));
            }
            1 if is_s3 => self.headers.push(pair("x-amz-content-sha256", SHA256)),
            2 if is_s3 => self.query.push(pair("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")),
            3 => self.headers.push(pair("x-long", &"v".repeat(300))),
            _ => {}
        }
    }

    /// Adds one thing that is an error.
    fn spoil(&mut self, is_s3: bool, random: &mut Random) {
        let fault = match random.below(5) {
            0 if is_s3 && self.key.is_some() => {
                self.key = Some(String::new());
                "Empty"
            }
            1 if is_s3 && self.key.is_some() => {
                self.key = Some("k".repeat(1_025));
                "KeyTooLong"
            }
            2 if self.key.is_some() => {
                self.key = Some("a/../b".into());
                "DotSegment"
            }
            3 => {
                self.headers.push(pair("X-Amz-Date", "20240315T081530Z"));
                "ReservedHeader"
            }
            _ => {
                self.query.push(pair("X-Amz-Signature", "0"));
                "ReservedQueryParameter"
            }
        };
        self.fault = Some(fault);
    }

    /// One part of an upload.
    pub fn of_part(key: &str, upload_id: &str, number: u32, length: u64, added: Option<(&str, &str)>) -> Self {
        Self {
            kind: Kind::Put,
            method: Method::Put,
            key: Some(key.to_owned()),
            query: vec![pair("partNumber", &number.to_string()), pair("uploadId", upload_id)],
            headers: [pair("content-length", &length.to_string())]
                .into_iter()
                .chain(added.map(|(name, value)| pair(name, value)))
                .collect(),
            payload: None,
            fault: None,
        }
    }

    /// The host and the path of the URL.
    pub fn host_and_path(&self, place: &Place) -> (String, String) {
        match place.service_root() {
            Some(host_and_path) if self.kind == Kind::Buckets => host_and_path,
            _ => (place.host.clone(), self.path(place)),
        }
    }

    fn path(&self, place: &Place) -> String {
        match (&self.key, &place.signs) {
            (Some(key), Signs::S3(..)) => format!("{}{}", place.prefix, uri_encode(key, false)),
            (key, Signs::Any(_)) => format!("{}/{}", place.prefix, uri_encode(key.as_deref().unwrap_or(""), false)),
            (None, Signs::S3(..)) if place.prefix == "/" => "/".into(),
            (None, Signs::S3(..)) => place.prefix.trim_end_matches('/').into(),
        }
    }

    /// Does something with the operation.
    pub fn with_operation<T>(&self, work: impl FnOnce(&dyn Operation) -> T) -> T {
        let key = self.key.as_deref().unwrap_or_default();
        macro_rules! with {
            ($operation:expr, $query:expr) => {{
                let mut operation = $operation;
                for (name, value) in $query {
                    operation = operation.query(name, value);
                }
                for (name, value) in &self.headers {
                    operation = operation.header(name, value);
                }
                work(&operation)
            }};
        }
        match self.kind {
            Kind::Get => with!(GetObject::new(key), &self.query),
            Kind::Head => with!(HeadObject::new(key), &self.query),
            Kind::Delete => with!(DeleteObject::new(key), &self.query),
            // It adds `list-type`.
            Kind::List => with!(ListObjectsV2::new(), &self.query[1..]),
            Kind::Buckets => with!(ListBuckets::new(), &self.query),
            Kind::Put => work(&self.put(key)),
            Kind::Raw | Kind::Encoded => {
                let request = S3Request::new(self.method);
                with!(if self.key.is_some() { request.key(key) } else { request }, &self.query)
            }
        }
    }

    /// With the setters that there are.
    fn put<'a>(&'a self, key: &'a str) -> PutObject<'a> {
        let mut put = PutObject::new(key);
        for (name, value) in &self.headers {
            put = match (name.as_str(), name.strip_prefix("x-amz-meta-")) {
                ("content-type", _) => put.content_type(value),
                ("content-length", _) => put.content_length(value.parse().expect("a number")),
                (_, Some(name)) => put.metadata(name, value),
                _ => put.header(name, value),
            };
        }
        for (name, value) in &self.query {
            put = put.query(name, value);
        }
        put
    }

    /// The request for a signer.
    pub fn request(&self, place: &Place) -> Request<'_> {
        let endpoint = format!("{}://{}{}", place.scheme, place.host, place.prefix);
        let mut request = Request::new(self.method, endpoint).expect("an endpoint");
        let raw = format!("/{}", self.key.as_deref().unwrap_or_default());
        request = match self.kind {
            Kind::Encoded if self.fault == Some("PathNotCanonical") => request.path("/%61"),
            Kind::Encoded => request.path(uri_encode(&raw, false)),
            _ => request.raw_path(raw),
        };
        for (name, value) in &self.query {
            request = request.query(name, value);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        match self.payload {
            Some(hash) => request.payload(Payload::Sha256(hash)),
            None => request,
        }
    }
}
