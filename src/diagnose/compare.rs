//! What differs between two canonical requests, and what causes it.

use alloc::borrow::ToOwned as _;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::diagnose::canonical::{Canonical, decoded};
use crate::diagnose::cause::Cause;
use crate::diagnose::difference::{Difference, Line};
use crate::diagnose::string_to_sign::Scope;
use crate::encode;

/// A line that differs, and why.
pub(super) struct Finding {
    pub(super) cause: Cause,
    pub(super) difference: Difference,
}

impl Finding {
    pub(super) fn new(cause: Cause, line: Line, signed: Option<&str>, received: Option<&str>) -> Self {
        Self { cause, difference: Difference::new(line, signed, received) }
    }
}

/// Compares line by line, in the order of the lines.
///
/// Of unknown headers, only the presence is compared.
pub(super) fn findings(
    signed: &Canonical<'_>,
    received: &Canonical<'_>,
    service: &str,
    unknown_headers: &[String],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if signed.method != received.method {
        findings.push(Finding::new(Cause::Method, Line::Method, Some(signed.method), Some(received.method)));
    }
    if signed.path != received.path {
        let cause = path_cause(signed.path, received.path, service);
        findings.push(Finding::new(cause, Line::Path, Some(signed.path), Some(received.path)));
    }
    let has_other_names = signed.signed_headers != received.signed_headers;
    if signed.query != received.query {
        query_findings(signed, received, has_other_names, &mut findings);
    }
    header_findings(signed, received, unknown_headers, &mut findings);
    if has_other_names && !findings.iter().any(|finding| matches!(finding.difference.line(), Line::Header(_))) {
        let (names, other_names) = (signed.signed_headers, received.signed_headers);
        let cause = signed_headers_cause(names, other_names);
        findings.push(Finding::new(cause, Line::SignedHeaders, Some(names), Some(other_names)));
    }
    let hash_header = Line::Header("x-amz-content-sha256".to_owned());
    if signed.payload != received.payload && !findings.iter().any(|finding| *finding.difference.line() == hash_header) {
        findings.push(Finding::new(Cause::PayloadHash, Line::Payload, Some(signed.payload), Some(received.payload)));
    }
    findings
}

fn path_cause(signed: &str, received: &str, service: &str) -> Cause {
    let encoded_again = |path: &str| {
        let mut again = String::with_capacity(path.len());
        encode::path(path, &mut again);
        again
    };
    // S3 encodes the path once, and all other services encode it twice.
    if service != "s3" && (encoded_again(signed) == received || encoded_again(received) == signed) {
        return Cause::WrongService;
    }
    let (signed, received) = (decoded(signed), decoded(received));
    if signed == received {
        return Cause::UrlRewritten;
    }
    let without_slashes = |path: &str| -> Vec<String> {
        path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
    };
    let (short, long) = (without_slashes(&signed), without_slashes(&received));
    if short == long {
        return Cause::KeySlashes;
    }
    let is_dot = |segment: &String| matches!(segment.as_str(), "." | "..");
    if short.iter().any(is_dot) || long.iter().any(is_dot) {
        return Cause::UrlRewritten;
    }
    // A proxy strips a path or adds one, or the bucket is in the host on one side only.
    if !short.is_empty() && long.ends_with(&short) || !long.is_empty() && short.ends_with(&long) {
        return Cause::Host;
    }
    Cause::UrlRewritten
}

/// Each parameter by its decoded name, so that the two sides of one that is only encoded in another way are together.
fn query_findings(
    signed: &Canonical<'_>,
    received: &Canonical<'_>,
    has_other_names: bool,
    findings: &mut Vec<Finding>,
) {
    type Sides<'t> = [Vec<(&'t str, &'t str)>; 2];
    // In the order in which a store sorts them.
    let mut parameters = BTreeMap::<String, Sides<'_>>::new();
    for (name, value) in signed.parameters() {
        let [side, _] = parameters.entry(decoded(name).to_string()).or_default();
        side.push((name, value));
    }
    for (name, value) in received.parameters() {
        let name_in_html = name.strip_prefix("amp%3B").or_else(|| name.strip_prefix("amp;"));
        let [_, side] = parameters.entry(decoded(name_in_html.unwrap_or(name)).to_string()).or_default();
        side.push((name, value));
    }
    let is_only_encoded = decoded(signed.query) == decoded(received.query);
    let before = findings.len();
    for [signed, received] in parameters.values() {
        let longest = signed.len().max(received.len());
        for position in 0..longest {
            let (signed, received) = (signed.get(position), received.get(position));
            if signed == received {
                continue;
            }
            let Some((name, _)) = signed.or(received) else { continue };
            if has_other_names && *name == "X-Amz-SignedHeaders" {
                continue;
            }
            let cause = if is_only_encoded { Cause::UrlRewritten } else { parameter_cause(name, signed, received) };
            let value = |side: Option<&(&str, &str)>| side.map(|(_, value)| value.to_string());
            let (signed, received) = (value(signed), value(received));
            let line = Line::Parameter((*name).to_owned());
            findings.push(Finding::new(cause, line, signed.as_deref(), received.as_deref()));
        }
    }
    if findings.len() == before && !has_other_names {
        // The same parameters in another order.
        let line = Line::Parameter(signed.parameters().next().unwrap_or_default().0.to_owned());
        findings.push(Finding::new(Cause::QueryChanged, line, None, None));
    }
}

fn parameter_cause(name: &str, signed: Option<&(&str, &str)>, received: Option<&(&str, &str)>) -> Cause {
    let lower = name.to_ascii_lowercase();
    let (Some((signed_name, signed)), Some((received_name, received))) = (signed, received) else {
        return if is_checksum(&lower) { Cause::BakedChecksum } else { Cause::QueryChanged };
    };
    if signed_name != received_name {
        return Cause::UrlRewritten;
    }
    let (signed, received) = (decoded(signed), decoded(received));
    if signed == received {
        return Cause::UrlRewritten;
    }
    if is_checksum(&lower) {
        return Cause::BakedChecksum;
    }
    if name == "X-Amz-Credential"
        && let (Some(signed), Some(received)) = (Scope::parse(&signed), Scope::parse(&received))
    {
        return scope_cause(signed, received).unwrap_or(Cause::QueryChanged);
    }
    Cause::QueryChanged
}

/// Whether a parameter or a header is that of a checksum which SDKs add.
pub(super) fn is_checksum(lower: &str) -> bool {
    lower.starts_with("x-amz-checksum-") && lower != "x-amz-checksum-mode" || lower == "x-amz-sdk-checksum-algorithm"
}

/// Returns what two scopes differ in, if that is region or service.
pub(super) fn scope_cause(signed: Scope<'_>, received: Scope<'_>) -> Option<Cause> {
    if signed.service != received.service {
        return Some(Cause::WrongService);
    }
    (signed.region != received.region).then_some(Cause::WrongRegion)
}

fn header_findings(
    signed: &Canonical<'_>,
    received: &Canonical<'_>,
    unknown_headers: &[String],
    findings: &mut Vec<Finding>,
) {
    let mut headers = BTreeMap::<&str, [Option<&str>; 2]>::new();
    for (name, value) in &signed.headers {
        let [side, _] = headers.entry(name).or_default();
        side.get_or_insert(value);
    }
    for (name, value) in &received.headers {
        let [_, side] = headers.entry(name).or_default();
        side.get_or_insert(value);
    }
    for (name, [signed, received]) in headers {
        let is_unknown = unknown_headers.iter().any(|unknown| unknown == name);
        let is_sent = received.is_some_and(|value| !value.is_empty());
        if if is_unknown { !is_sent } else { signed != received } {
            let cause = header_cause(name, signed, received);
            findings.push(Finding::new(cause, Line::Header(name.to_owned()), signed, received));
        }
    }
}

pub(super) fn header_cause(name: &str, signed: Option<&str>, received: Option<&str>) -> Cause {
    match name {
        "host" => Cause::Host,
        "content-type" => Cause::ContentType,
        "accept-encoding" => Cause::AcceptEncoding,
        "x-amz-content-sha256" => Cause::PayloadHash,
        _ if is_of_proxies(name) => Cause::ProxyHeaderSigned,
        _ if is_checksum(name) && received.is_some_and(|value| !value.is_empty()) => Cause::BakedChecksum,
        _ if signed.is_none() => Cause::HeaderNotSigned,
        _ if received.unwrap_or_default().is_empty() => Cause::HeaderNotSent,
        _ => Cause::HeaderChanged,
    }
}

fn signed_headers_cause(signed: &str, received: &str) -> Cause {
    let only_in = |names: &str, others: &str| {
        names.split(';').find(|name| !others.split(';').any(|other| other == *name)).map(str::to_owned)
    };
    let (unsent, unsigned) = (only_in(signed, received), only_in(received, signed));
    match (unsent, unsigned) {
        (Some(name), _) | (_, Some(name)) if is_of_proxies(&name) => Cause::ProxyHeaderSigned,
        (Some(name), _) => header_cause(&name, Some(""), None),
        (None, Some(name)) => header_cause(&name, None, Some("")),
        (None, None) => Cause::HeaderNotSigned,
    }
}

/// Headers that proxies, load balancers and tracing add or rewrite.
pub(super) fn is_of_proxies(name: &str) -> bool {
    const PREFIXES: &[&str] =
        &["cf-", "cloudfront-", "cdn-", "fastly-", "x-forwarded-", "x-envoy-", "x-b3-", "x-amzn-", "x-amz-cf-"];
    const NAMES: &[&str] = &[
        "forwarded",
        "via",
        "true-client-ip",
        "x-real-ip",
        "x-request-id",
        "x-correlation-id",
        "x-cloud-trace-context",
        "traceparent",
        "tracestate",
        "x-cache",
        "x-varnish",
    ];
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Says where a parameter that was added or removed comes from, if that is known.
pub(super) fn origin_of_parameter(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    Some(match lower.as_str() {
        "x-id" => "`x-id` is added by AWS SDKs: they make a request of their own, in place of sending the URL",
        "fbclid" | "gclid" | "gbraid" | "wbraid" | "dclid" | "msclkid" | "yclid" | "ttclid" | "twclid" | "igshid"
        | "li_fat_id" | "mc_cid" | "mc_eid" | "_ga" | "_gl" | "_hsenc" | "_hsmi" | "mkt_tok" | "srsltid"
        | "vero_id" => "the parameter is a tracking parameter: exclude these links from link decoration",
        "_" | "cachebuster" | "cache_buster" | "cb" | "_t" | "nocache" => {
            "the parameter keeps caches from responding: turn that option of the HTTP client off"
        }
        _ if lower.starts_with("utm_") => {
            "the parameter is a tracking parameter: exclude these links from link decoration"
        }
        _ if lower.starts_with("x-amz-") => return None,
        _ => return None,
    })
}
