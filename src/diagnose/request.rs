//! A request from its parts: the one that a client was given, or the one that arrived.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use crate::diagnose::canonical::decoded;
use crate::diagnose::string_to_sign::Scope;
use crate::encode;
use crate::sigv4::{CONTENT_SHA256, Header, HeaderName, ParameterValue, ReceivedParts, Service};

/// Method, URL and headers, of which nothing is checked, so that damage on the way stays visible.
#[derive(Clone)]
pub(super) struct RequestParts {
    method: String,
    url: Zeroizing<String>,
    headers: Vec<(String, Zeroizing<String>)>,
}

/// What is signed of a request, by what the request itself says.
pub(super) struct Rebuilt {
    pub(super) canonical_request: Zeroizing<String>,
    pub(super) string_to_sign: Zeroizing<String>,
    pub(super) signature: Zeroizing<String>,
    /// The names of headers that start with `x-amz-` and are not signed.
    pub(super) unsigned_headers: Vec<String>,
    /// The names of signed headers that the request does not have.
    pub(super) missing_headers: Vec<String>,
    /// Whether it has a signature in its query and an `Authorization` header.
    pub(super) has_two_signatures: bool,
}

/// What a request says about its signature.
struct Claim {
    credential: String,
    signed_headers: String,
    time: String,
    signature: String,
}

impl RequestParts {
    pub(super) fn new<'h>(method: &str, url: &str, headers: impl IntoIterator<Item = (&'h str, &'h str)>) -> Self {
        // A fragment is never sent.
        let url = url.split('#').next().unwrap_or_default();
        let headers = headers.into_iter();
        let headers = headers.map(|(name, value)| (name.trim().to_ascii_lowercase(), Zeroizing::new(value.to_owned())));
        Self { method: method.to_owned(), url: Zeroizing::new(url.to_owned()), headers: headers.collect() }
    }

    /// The URL after its scheme, or the request target.
    fn authority_and_target(&self) -> (&str, &str) {
        match self.url.split_once("://") {
            Some((scheme, rest)) if !scheme.contains(['/', '?']) => {
                let (authority, target) =
                    rest.split_at_checked(rest.find(['/', '?']).unwrap_or(rest.len())).unwrap_or_default();
                let host = authority.rsplit('@').next().unwrap_or_default();
                let default_port = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
                (host.strip_suffix(default_port).unwrap_or(host), target)
            }
            _ => ("", self.url.as_str()),
        }
    }

    /// What a client sends as `Host`, or what arrived as `Host`.
    fn host(&self) -> Cow<'_, str> {
        match self.values("host").chain(self.values(":authority")).next() {
            Some(host) => Cow::Borrowed(host.trim()),
            None => Cow::Owned(self.authority_and_target().0.to_ascii_lowercase()),
        }
    }

    fn path_and_query(&self) -> (&str, &str) {
        let (_, target) = self.authority_and_target();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        (if path.is_empty() { "/" } else { path }, query)
    }

    fn values<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.headers.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter, decoded.
    fn parameter(&self, name: &str) -> Option<String> {
        let (_, query) = self.path_and_query();
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let mut values = pairs.filter(|(other, _)| *other == name).map(|(_, value)| value);
        Some(percent_decode_str(values.next()?).decode_utf8_lossy().into_owned())
    }

    /// Whether it has a signature of version 2 in its query.
    pub(super) fn is_version_2(&self) -> bool {
        let id = ["AWSAccessKeyId", "GoogleAccessId"].iter().any(|name| self.parameter(name).is_some());
        id && self.parameter("Signature").is_some()
    }

    /// Whether it has a signature of version 4 that something has encoded again.
    pub(super) fn has_encoded_signature(&self) -> bool {
        decoded(&self.url).contains("X-Amz-Signature=")
    }

    /// Whether a plus sign in its query is a space, as the signers that write one mean it.
    pub(super) fn has_plus(&self) -> bool {
        self.path_and_query().1.contains('+')
    }

    fn claim(&self) -> Option<Claim> {
        let in_query = || {
            Some(Claim {
                credential: self.parameter("X-Amz-Credential")?,
                signed_headers: self.parameter("X-Amz-SignedHeaders")?,
                time: self.parameter("X-Amz-Date")?,
                signature: self.parameter("X-Amz-Signature")?,
            })
        };
        let in_header = || {
            let components = self.values("authorization").next()?.split_once(' ')?.1;
            let component = |name: &str| {
                let mut pairs = components.split(',').filter_map(|pair| pair.trim().split_once('='));
                pairs.find(|(other, _)| *other == name).map(|(_, value)| value.to_owned())
            };
            Some(Claim {
                credential: component("Credential")?,
                signed_headers: component("SignedHeaders")?,
                time: self.values("x-amz-date").next()?.trim().to_owned(),
                signature: component("Signature")?,
            })
        };
        in_query().or_else(in_header)
    }

    /// Canonicalizes the request with the code that signs, or returns nothing if it has no signature of version 4.
    ///
    /// The path is taken as it is. Names and values of the query are decoded once and encoded strictly.
    ///
    /// A signed header that the request does not have gets an empty value.
    pub(super) fn rebuild(&self, plus_is_space: bool) -> Option<Rebuilt> {
        let claim = self.claim()?;
        // Encoded again, both are still those that were signed: only the query differs.
        let (credential, names) = (decoded(&claim.credential), decoded(&claim.signed_headers));
        let scope = Scope::parse(&credential)?;
        let service = Service::new(scope.service).unwrap_or_else(|_| Service::s3());
        let (path, query) = self.path_and_query();
        let pairs = strict_query(query, plus_is_space);
        let appended_token = if service.signs_session_token() { "" } else { service.session_token_query() };
        let mut parameters: Vec<&str> = pairs
            .iter()
            .map(|pair| pair.as_str())
            .filter(|pair| !["X-Amz-Signature", appended_token].contains(&name_and_value(pair).0))
            .collect();
        parameters.sort_unstable_by(|left, right| name_and_value(left).cmp(&name_and_value(right)));
        let (mut headers, mut missing_headers) = (Vec::new(), Vec::new());
        for name in names.split(';').filter(|name| *name != "host") {
            let before = headers.len();
            for value in self.values(name) {
                let value = ParameterValue::Text(Cow::Borrowed(value));
                headers.push(Header::new(HeaderName::new(Cow::Borrowed(name)), value, headers.len() > before));
            }
            if headers.len() == before {
                let value = ParameterValue::Text(Cow::Borrowed(""));
                headers.push(Header::new(HeaderName::new(Cow::Borrowed(name)), value, false));
                missing_headers.push(name.to_owned());
            }
        }
        let given = self.values(CONTENT_SHA256).next().map(|value| Cow::Borrowed(value.trim()));
        let in_query = || self.parameter("X-Amz-Content-Sha256").map(Cow::Owned);
        let default = || {
            let is_presigned = self.parameter("X-Amz-Date").is_some();
            let payload =
                if is_presigned { service.default_presigned_payload() } else { service.default_authorized_payload() };
            payload.line()
        };
        let parts = ReceivedParts {
            method: &self.method,
            path,
            service: &service,
            query: &parameters,
            host: &self.host(),
            headers: &headers,
            payload: &given.or_else(in_query).unwrap_or_else(default),
        };
        let mut canonical_request = Zeroizing::new(String::with_capacity(parts.room()));
        let hash = hex::encode(parts.write(&mut canonical_request));
        let Scope { date, region, service } = scope;
        let Claim { time, signature, .. } = &claim;
        let is_signed = |name: &str| names.split(';').any(|other| other == name);
        let unsigned = self.headers.iter().map(|(name, _)| name);
        let unsigned =
            unsigned.filter(|name| name.starts_with("x-amz-") && *name != CONTENT_SHA256 && !is_signed(name));
        Some(Rebuilt {
            canonical_request,
            string_to_sign: Zeroizing::new(format!(
                "AWS4-HMAC-SHA256\n{time}\n{date}/{region}/{service}/aws4_request\n{hash}"
            )),
            signature: Zeroizing::new(signature.clone()),
            unsigned_headers: unsigned.cloned().collect(),
            missing_headers,
            has_two_signatures: self.parameter("X-Amz-Signature").is_some()
                && self.values("authorization").next().is_some(),
        })
    }
}

fn name_and_value(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or_default()
}

/// Pairs of names and values, decoded once and encoded as they are signed. What cannot be decoded is replaced.
fn strict_query(query: &str, plus_is_space: bool) -> Vec<Zeroizing<String>> {
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let mut strict = Zeroizing::new(String::with_capacity(3 * pair.len() + 1));
        for (part, end) in [(name, "="), (value, "")] {
            let part = if plus_is_space { Cow::Owned(part.replace('+', " ")) } else { Cow::Borrowed(part) };
            encode::query(&percent_decode_str(&part).decode_utf8_lossy(), &mut strict);
            strict.push_str(end);
        }
        pairs.push(strict);
    }
    pairs
}
