//! A request as it arrived.

use alloc::vec::Vec;
use core::fmt;

use crate::positions::positions;
use crate::sigv4::trim;
use crate::verify::VerifyError;

/// The longest request target, in bytes. A URL with a session token has some 2,000.
const MAX_TARGET_BYTES: usize = 16_384;

/// The most header lines.
const MAX_HEADERS: usize = 256;

/// The most bytes in all header names and values together: eight times what S3 accepts.
const MAX_HEADER_BYTES: usize = 65_536;

/// A request as a server received it: nothing is decoded, normalized or merged.
///
/// | part | what |
/// |---|---|
/// | method | as in the request line |
/// | target | the request target, with path and query, as the client sent it. Give what arrived, not what a framework made of it: a decoded or normalized path is another request. The absolute form (`http://host/path`) is accepted too |
/// | authority | the host that the request is for: the header `Host` of HTTP/1.1, `:authority` of HTTP/2. Behind a proxy, what the proxy says the client sent, if the proxy can be trusted |
/// | headers | all lines, in order, repeated ones too |
/// | payload | what is known of the body: see [`ReceivedPayload`] |
///
/// With the feature `http`, [`from_http`](Self::from_http) takes all but the payload from the parts of an `http::Request`.
///
/// ```
/// use presign::verify::ReceivedRequest;
///
/// let request = ReceivedRequest::new("GET", "/user-media/a%20b.png?X-Amz-Algorithm=AWS4-HMAC-SHA256", "s3.example.com")
///     .header("accept", "*/*")
///     .header("range", "bytes=0-9");
/// ```
#[derive(Clone)]
pub struct ReceivedRequest<'r> {
    pub(super) method: &'r str,
    pub(super) target: &'r str,
    pub(super) authority: &'r str,
    headers: Vec<(&'r str, &'r [u8])>,
    pub(super) payload: ReceivedPayload,
}

/// What the server knows of the body of a request when it verifies the signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceivedPayload {
    /// The body has not been read. If the signature names a hash, the body must be compared with it while it is read:
    /// [`VerifiedRequest::payload`](crate::verify::VerifiedRequest::payload).
    ///
    /// Enough for S3, whose requests name the hash. Requests to most other services do not, and are refused.
    #[default]
    NotRead,
    /// There is no body.
    Empty,
    /// The SHA-256 of the whole body.
    Sha256([u8; 32]),
}

impl<'r> ReceivedRequest<'r> {
    /// Creates a request without headers, whose body has not been read.
    #[must_use]
    pub fn new(method: &'r str, target: &'r str, authority: &'r str) -> Self {
        Self { method, target, authority, headers: Vec::new(), payload: ReceivedPayload::NotRead }
    }

    /// Adds a header line after the others.
    #[must_use]
    pub fn header(mut self, name: &'r str, value: &'r (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.headers.push((name, value.as_ref()));
        self
    }

    /// Adds header lines after the others.
    #[must_use]
    pub fn headers(mut self, headers: impl IntoIterator<Item = (&'r str, &'r [u8])>) -> Self {
        self.headers.extend(headers);
        self
    }

    /// Sets what is known of the body.
    #[must_use]
    pub fn payload(self, payload: ReceivedPayload) -> Self {
        Self { payload, ..self }
    }

    /// Creates a request from the parts of one that an HTTP server received. The body has not been read.
    ///
    /// The authority is that of the URI, as HTTP/2 and the absolute form have it, and otherwise the header `Host`.
    #[cfg(feature = "http")]
    #[must_use]
    pub fn from_http(parts: &'r http::request::Parts) -> Self {
        let host = || parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok());
        let authority = parts.uri.authority().map(http::uri::Authority::as_str).or_else(host).unwrap_or_default();
        let target = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        let headers = parts.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        Self::new(parts.method.as_str(), target, authority).headers(headers)
    }

    /// Returns all header lines, in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&'r str, &'r [u8])> + Clone {
        self.headers.iter().copied()
    }

    /// Returns the values of a header, in order. The name is in lower case.
    pub(super) fn values<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'r [u8]> + Clone + 's {
        self.lines().filter(move |(line, _)| line.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Returns the only value of a header, without spaces around it. The name is in lower case.
    pub(super) fn only_value(&self, name: &'static str) -> Result<Option<&'r str>, VerifyError> {
        let mut values = self.values(name);
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => match str::from_utf8(value) {
                Ok(value) => Ok(Some(trim(value))),
                Err(_) => Err(VerifyError::HeaderValue { name: name.into() }),
            },
            (Some(_), Some(_)) => Err(VerifyError::Repeated { name }),
        }
    }

    /// Returns the path and the query of the target, neither of which is decoded.
    pub(super) fn path_and_query(&self) -> Result<(&'r str, &'r str), VerifyError> {
        if self.target.starts_with('/') {
            let path_end = positions(self.target, b'?').next().unwrap_or(self.target.len());
            let (path, query) = self.target.split_at_checked(path_end).unwrap_or_default();
            return Ok((path, query.strip_prefix('?').unwrap_or_default()));
        }
        // The absolute form.
        let (scheme, rest) = self.target.split_once("://").ok_or(VerifyError::Target)?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, origin_form) = rest.split_at_checked(end).unwrap_or_default();
        if scheme.contains(['/', '?']) {
            return Err(VerifyError::Target);
        }
        if !authority.eq_ignore_ascii_case(self.authority) {
            return Err(VerifyError::Host);
        }
        match origin_form.split_once('?').unwrap_or((origin_form, "")) {
            ("", query) => Ok(("/", query)),
            path_and_query => Ok(path_and_query),
        }
    }

    /// Refuses what no signed request has, and what would take long to look at.
    pub(super) fn check_limits(&self) -> Result<(), VerifyError> {
        let is_token =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| matches!(byte, b'!'..=b'~') && byte != b':');
        if !is_token(self.method) || self.method.len() > 32 {
            return Err(VerifyError::Method);
        }
        if self.target.len() > MAX_TARGET_BYTES {
            return Err(VerifyError::TargetTooLong { bytes: self.target.len(), max: MAX_TARGET_BYTES });
        }
        let bytes = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        if self.headers.len() > MAX_HEADERS || bytes > MAX_HEADER_BYTES {
            return Err(VerifyError::HeadersTooLarge { lines: self.headers.len(), bytes });
        }
        Ok(())
    }
}

/// Without the query and the values of headers, which may be secrets.
impl fmt::Debug for ReceivedRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("path", &self.target.split('?').next())
            .field("authority", &self.authority)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}
