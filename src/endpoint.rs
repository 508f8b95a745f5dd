//! Where requests go: scheme, host, port, base path.
//!
//! This is the only parser of endpoints, with and without the feature `url`. It accepts less than a browser does: only
//! texts that every URL parser leaves as they are once the host is in lower case and the default port is dropped, since
//! any later rewriting would break the signature.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::sync::Arc;
use core::fmt::{self, Write as _};
use core::net::{Ipv4Addr, Ipv6Addr};
use core::str::FromStr;

use crate::byte_set::ByteSet;
use crate::encode;
use crate::error::EndpointError;

/// A parsed endpoint, such as `https://s3.eu-west-1.amazonaws.com` or `http://[::1]:9000/base`.
///
/// The scheme is `http` or `https` (or `ws` or `wss`, which S3 does not have). The host is a DNS name in ASCII without
/// a dot at its end, an IPv4 address in dotted decimal, or an IPv6 address in brackets. The base path has unreserved
/// characters and percent-encoded bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Endpoint {
    scheme: Scheme,
    host: Host,
    /// `scheme://` and the `Host` header: the host in lower case, and the port unless it is the default of the scheme.
    origin: String,
    /// The length of the host in `origin`.
    host_bytes: usize,
    /// Empty, or `/` and segments, without a slash at the end.
    base_path: String,
    /// What clients see in the place of the origin, if a proxy changes it on the way.
    published: Option<Arc<str>>,
}

impl Endpoint {
    /// What URLs start with, before the base path: scheme, host and port, unless another base is published.
    #[inline]
    pub(crate) fn url_base(&self) -> &str {
        self.published.as_deref().unwrap_or(&self.origin)
    }

    /// The same endpoint, with another base for URLs.
    pub(crate) fn published_at(self, base: Arc<str>) -> Self {
        Self { published: Some(base), ..self }
    }

    /// The value of the `Host` header.
    #[inline]
    pub(crate) fn authority(&self) -> &str {
        self.origin.get(self.scheme.start().len()..).unwrap_or_default()
    }

    /// The host in lower case, without the port.
    pub(crate) fn host(&self) -> &str {
        self.authority().get(..self.host_bytes).unwrap_or_default()
    }

    /// The path before every request's own path: empty, or starting with a slash and ending without one.
    #[inline]
    pub(crate) fn base_path(&self) -> &str {
        &self.base_path
    }

    pub(crate) const fn is_http(&self) -> bool {
        matches!(self.scheme, Scheme::Http | Scheme::Https)
    }

    pub(crate) const fn is_https(&self) -> bool {
        matches!(self.scheme, Scheme::Https)
    }

    /// Whether the host is a name, to which another label can be added in front.
    pub(crate) const fn has_dns_host(&self) -> bool {
        matches!(self.host, Host::Dns)
    }

    /// The same endpoint on the host `label.host`.
    pub(crate) fn with_subdomain(&self, label: &str) -> Result<Self, EndpointError> {
        let authority = self.authority();
        let host_bytes = label.len() + ".".len() + self.host_bytes;
        if !self.has_dns_host() || host_bytes > MAX_HOST_BYTES || !are_host_labels(label) {
            return Err(EndpointError::Host);
        }
        let mut origin = String::with_capacity(self.origin.len() + label.len() + ".".len());
        origin.push_str(self.scheme.start());
        origin.push_str(label);
        origin.push('.');
        origin.push_str(authority);
        let base_path = self.base_path.clone();
        Ok(Self { scheme: self.scheme, host: self.host, origin, host_bytes, base_path, published: None })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.base_path)
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let (scheme, rest) = text.split_once("://").ok_or(EndpointError::NoScheme)?;
        let scheme = Scheme::parse(scheme)?;
        if rest.contains('#') {
            return Err(EndpointError::Fragment);
        }
        if rest.contains('?') {
            return Err(EndpointError::Query);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(EndpointError::UserInfo);
        }
        let (host, port) = split_port(authority)?;
        let (kind, mut authority) = parse_host(host)?;
        let host_bytes = authority.len();
        if let Some(port) = port.filter(|&port| port != scheme.default_port()) {
            let _ = write!(authority, ":{port}");
        }
        let origin = [scheme.start(), &authority].concat();
        Ok(Self { scheme, host: kind, origin, host_bytes, base_path: parse_base_path(path)?, published: None })
    }
}

/// Source: [RFC 1035, section 2.3.4](https://www.rfc-editor.org/rfc/rfc1035.html#section-2.3.4), without the root label.
const MAX_HOST_BYTES: usize = 253;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scheme {
    Http,
    Https,
    Ws,
    Wss,
}

impl Scheme {
    fn parse(text: &str) -> Result<Self, EndpointError> {
        [Self::Http, Self::Https, Self::Ws, Self::Wss]
            .into_iter()
            .find(|scheme| scheme.as_str().eq_ignore_ascii_case(text))
            .ok_or(EndpointError::Scheme)
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Ws => "ws",
            Self::Wss => "wss",
        }
    }

    /// The start of a URL.
    const fn start(self) -> &'static str {
        match self {
            Self::Http => "http://",
            Self::Https => "https://",
            Self::Ws => "ws://",
            Self::Wss => "wss://",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Http | Self::Ws => 80,
            Self::Https | Self::Wss => 443,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Host {
    Dns,
    Ip,
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`.
fn split_port(authority: &str) -> Result<(&str, Option<u16>), EndpointError> {
    let host_end = if authority.starts_with('[') {
        authority.find(']').ok_or(EndpointError::Host)? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, rest) = authority.split_at(host_end);
    let Some(port) = rest.strip_prefix(':') else {
        return if rest.is_empty() { Ok((host, None)) } else { Err(EndpointError::Host) };
    };
    match port.parse() {
        // `parse` alone would take a sign.
        Ok(number @ 1..) if port.bytes().all(|byte| byte.is_ascii_digit()) => Ok((host, Some(number))),
        _ => Err(EndpointError::Port),
    }
}

/// The host as the `Host` header has it.
fn parse_host(host: &str) -> Result<(Host, String), EndpointError> {
    if host.is_empty() {
        return Err(EndpointError::NoHost);
    }
    if let Some(v6) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let address = v6.parse().map_err(|_| EndpointError::Host)?;
        return Ok((Host::Ip, write_ipv6(address)));
    }
    if host.parse::<Ipv4Addr>().is_ok() {
        return Ok((Host::Ip, host.to_owned()));
    }
    if host.len() > MAX_HOST_BYTES || !are_host_labels(host) || ends_in_number(host) {
        return Err(EndpointError::Host);
    }
    Ok((Host::Dns, host.to_ascii_lowercase()))
}

/// Whether a text is one or more labels of a host, with dots between them.
fn are_host_labels(text: &str) -> bool {
    static IN_LABEL: ByteSet = ByteSet::alphanumeric_and(b"-_");
    let is_label = |label: &[u8]| (1..=63).contains(&label.len()) && IN_LABEL.contains_all(label);
    // Most are one label.
    is_label(text.as_bytes()) || text.as_bytes().split(|&byte| byte == b'.').all(is_label)
}

/// Browsers read such a host as an IPv4 address, `0x7f.1` as 127.0.0.1 (WHATWG URL, "ends in a number checker").
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    last.bytes().all(|byte| byte.is_ascii_digit())
        || hexadecimal.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// WHATWG's form of an address, which is that of RFC 5952, but never with dotted decimal at the end.
fn write_ipv6(address: Ipv6Addr) -> String {
    let mut text = String::from("[");
    let _ = match address.segments() {
        // Where the standard library writes dotted decimal.
        [0, 0, 0, 0, 0, 0xffff, high, low] => write!(text, "::ffff:{high:x}:{low:x}"),
        _ => write!(text, "{address}"),
    };
    text.push(']');
    text
}

/// Drops the slash at the end and writes every byte in its canonical form: what needs no encoding plain, the rest as
/// `%XX` in upper case.
fn parse_base_path(path: &str) -> Result<String, EndpointError> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut canonical = String::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'/' => canonical.push('/'),
            _ if encode::is_unreserved(byte) => canonical.push(char::from(byte)),
            b'%' => {
                let digits = [rest.next(), rest.next()].map(Option::unwrap_or_default);
                let mut decoded = [0];
                hex::decode_to_slice(digits, &mut decoded).map_err(|_| EndpointError::BasePath)?;
                match decoded {
                    [byte] if encode::is_unreserved(byte) => canonical.push(char::from(byte)),
                    // A server that decodes the path would see one segment more than was signed.
                    [b'/'] => return Err(EndpointError::BasePath),
                    [byte] => {
                        let _ = write!(canonical, "%{byte:02X}");
                    }
                }
            }
            _ => return Err(EndpointError::BasePath),
        }
    }
    if canonical.split('/').skip(1).any(|segment| matches!(segment, "" | "." | "..")) {
        return Err(EndpointError::BasePath);
    }
    Ok(canonical)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn accepted_forms() {
        for (text, canonical) in [
            ("https://s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com"),
            ("http://Localhost:9000", "http://localhost:9000"),
            ("http://my_minio:9000/", "http://my_minio:9000"),
            ("https://a.example:443", "https://a.example"),
            ("http://a.example:443", "http://a.example:443"),
            ("http://a.example:080", "http://a.example"),
            ("wss://iot.example:443/mqtt", "wss://iot.example/mqtt"),
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
            ("http://[0:0::1]:9000", "http://[::1]:9000"),
            ("http://[2001:DB8::A]", "http://[2001:db8::a]"),
            ("http://[::ffff:1.2.3.4]", "http://[::ffff:102:304]"),
            ("http://[::1.2.3.4]", "http://[::102:304]"),
            ("https://h/s%33/%c3%bc", "https://h/s3/%C3%BC"),
        ] {
            let endpoint: Endpoint = text.parse().unwrap();
            assert_eq!(endpoint.to_string(), canonical, "{text}");
            // A browser finds the same host and port, and changes nothing more.
            let [given, ours] = [text, canonical].map(|text| url::Url::parse(text).unwrap());
            assert_eq!(given.origin(), ours.origin(), "{text}");
            assert_eq!(ours.as_str().trim_end_matches('/'), canonical);
        }
    }

    #[test]
    fn refused_forms() {
        use EndpointError::{BasePath, Fragment, Host, NoHost, NoScheme, Port, Query, Scheme, UserInfo};
        for (text, error) in [
            ("", NoScheme),
            ("s3.example.com", NoScheme),
            ("//s3.example.com", NoScheme),
            ("ftp://s3.example.com", Scheme),
            (" https://s3.example.com", Scheme),
            ("://s3.example.com", Scheme),
            ("https://", NoHost),
            ("https:///bucket", NoHost),
            ("https://:9000", NoHost),
            ("https://h:", Port),
            ("https://h:0", Port),
            ("https://h:65536", Port),
            ("https://h:+80", Port),
            ("https://h:80:80", Port),
            ("https://user@h", UserInfo),
            ("https://user:password@h", UserInfo),
            ("https://h?x", Query),
            ("https://h/?", Query),
            ("https://h/#a", Fragment),
            ("https://h#", Fragment),
            ("https://a b", Host),
            ("https://h\\evil.example", Host),
            ("https://h%2e", Host),
            ("https://b\u{fc}cher.example", Host),
            ("https://a..b", Host),
            ("https://.a", Host),
            ("https://a.", Host),
            ("https://h\r\n", Host),
            ("https://127.1", Host),
            ("https://0x7f.0.0.1", Host),
            ("https://a.0x", Host),
            ("https://a.1", Host),
            ("https://256.0.0.1", Host),
            ("https://[::1", Host),
            ("https://::1", Port),
            ("https://[fe80::1%25eth0]", Host),
            ("https://[::1]x", Host),
            ("https://h/a b", BasePath),
            ("https://h/a//b", BasePath),
            ("https://h//", BasePath),
            ("https://h/a/../b", BasePath),
            ("https://h/%2e%2E", BasePath),
            ("https://h/a%2Fb", BasePath),
            ("https://h/%", BasePath),
            ("https://h/%4", BasePath),
            ("https://h/%zz", BasePath),
            ("https://h/a\\b", BasePath),
            ("https://h/a!", BasePath),
        ] {
            assert_eq!(text.parse::<Endpoint>(), Err(error), "{text:?}");
        }
    }

    #[test]
    fn lengths_of_labels_and_hosts() {
        let label = "a".repeat(63);
        let host = [label.as_str(); 4].join(".");
        assert!(alloc::format!("https://{}", &host[..253]).parse::<Endpoint>().is_ok());
        assert_eq!(alloc::format!("https://{}", &host[..254]).parse::<Endpoint>(), Err(EndpointError::Host));
        assert!(alloc::format!("https://{label}").parse::<Endpoint>().is_ok());
        assert_eq!(alloc::format!("https://{label}a").parse::<Endpoint>(), Err(EndpointError::Host));
    }

    #[test]
    fn a_subdomain_must_leave_a_dns_name() {
        let dns: Endpoint = "https://h:9000/base".parse().unwrap();
        assert_eq!(dns.with_subdomain("bucket").unwrap().to_string(), "https://bucket.h:9000/base");
        assert_eq!(dns.with_subdomain("a..b"), Err(EndpointError::Host));
        assert_eq!(dns.with_subdomain("a/b"), Err(EndpointError::Host));
        for ip in ["http://127.0.0.1", "http://[::1]"] {
            assert_eq!(ip.parse::<Endpoint>().unwrap().with_subdomain("a"), Err(EndpointError::Host));
        }
    }
}
