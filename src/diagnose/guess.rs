//! What a store received, if it returns only the hash of its canonical request: likely requests are hashed until one fits.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};

use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::diagnose::canonical::Canonical;
use crate::encode;

const METHODS: &[&str] = &["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"];
const PAYLOADS: &[&str] = &["UNSIGNED-PAYLOAD", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"];
const CONTENT_TYPES: &[&str] = &[
    "",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "text/plain;charset=UTF-8",
    "binary/octet-stream",
];
const ACCEPT_ENCODINGS: &[&str] =
    &["", "identity", "gzip", "gzip,gzip(gfe)", "gzip, br", "gzip, deflate", "gzip, deflate, br"];
/// What the AWS SDKs add.
const OPERATIONS: &[&str] = &["GetObject", "PutObject", "HeadObject", "DeleteObject", "UploadPart", "ListObjectsV2"];

/// Returns the canonical request that has a hash, if it is one of those that clients and proxies commonly make of this one.
pub(super) fn canonical_request_with(hash: &str, text: &str) -> Option<Zeroizing<String>> {
    let signed = Canonical::parse(text)?;
    candidates(&signed).into_iter().find(|candidate| hex::encode(Sha256::digest(candidate.as_bytes())) == hash)
}

/// They hold the session token, if there is one.
fn candidates(signed: &Canonical<'_>) -> Vec<Zeroizing<String>> {
    let mut candidates = Vec::new();
    let mut add = |method: &str, path: &str, query: &str, header: Option<(&str, &str)>, payload: &str| {
        candidates.push(write(signed, [method, path, query, payload], header));
    };
    let Canonical { method, path, query, payload, .. } = *signed;
    for method in METHODS {
        add(method, path, query, None, payload);
    }
    for payload in PAYLOADS {
        add(method, path, query, None, payload);
    }
    for path in paths(path) {
        add(method, &path, query, None, payload);
    }
    for query in queries(signed) {
        add(method, path, &query, None, payload);
    }
    for (name, value) in &signed.headers {
        for value in values(name, value) {
            add(method, path, query, Some((name, &value)), payload);
        }
    }
    candidates
}

fn write(
    signed: &Canonical<'_>,
    [method, path, query, payload]: [&str; 4],
    changed: Option<(&str, &str)>,
) -> Zeroizing<String> {
    let mut text = Zeroizing::new(format!("{method}\n{path}\n{query}\n"));
    for (name, value) in &signed.headers {
        let value = changed.filter(|(other, _)| other == name).map_or(*value, |(_, value)| value);
        text.extend([*name, ":", value, "\n"]);
    }
    text.extend(["\n", signed.signed_headers, "\n", payload]);
    text
}

fn paths(path: &str) -> Vec<String> {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let (mut again, mut strict) = (String::new(), String::new());
    encode::path(path, &mut again);
    encode::path(&decoded, &mut strict);
    let mut merged = path.to_owned();
    while merged.contains("//") {
        merged = merged.replace("//", "/");
    }
    let spaces = path.replace("%2B", "%20");
    vec![merged, format!("/{path}"), format!("{path}/"), again, strict, decoded.into_owned(), spaces]
}

fn queries(signed: &Canonical<'_>) -> Vec<String> {
    let pairs: Vec<&str> = signed.query.split('&').collect();
    let with = |pair: &str| {
        let mut all = pairs.clone();
        all.push(pair);
        all.sort_unstable();
        all.join("&")
    };
    let mut queries: Vec<String> = OPERATIONS.iter().map(|operation| with(&format!("x-id={operation}"))).collect();
    // A query has few parameters; of one that has many, only the first are left out.
    for left_out in pairs.iter().take(50) {
        let rest: Vec<&str> = pairs.iter().filter(|pair| *pair != left_out).copied().collect();
        queries.push(rest.join("&"));
    }
    queries.push(signed.query.replace("%2B", "%20"));
    queries.push(signed.query.replace("%25", "%"));
    queries.push(signed.query.replace('%', "%25"));
    queries
}

fn values(name: &str, value: &str) -> Vec<String> {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    match name {
        "host" => {
            let host =
                value.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(value, |(host, _)| host);
            vec![host.to_owned(), format!("{host}:80"), format!("{host}:443"), format!("{host}:9000")]
        }
        "content-type" => {
            let mut values = owned(CONTENT_TYPES);
            values.extend(
                ["; charset=utf-8", "; charset=UTF-8", ";charset=utf-8", ";charset=UTF-8"]
                    .map(|end| format!("{value}{end}")),
            );
            values
        }
        "accept-encoding" => owned(ACCEPT_ENCODINGS),
        _ => owned(&[""]),
    }
}
