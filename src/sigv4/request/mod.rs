//! The input: a request to any service.

mod header;
mod header_name;
mod parameter_value;
mod parameters;
mod reserved_names;

use alloc::borrow::Cow;
use alloc::string::String;

use crate::endpoint::Endpoint;
use crate::sigv4::canonical::{Path, has_dot_segment};
use crate::sigv4::{Payload, Service};
use crate::{Error, IntoText, Method, encode};

pub(crate) use header::{HTTP_SPACES, Header, trim};
pub(crate) use header_name::{HeaderName, METADATA_PREFIX};
pub(crate) use parameter_value::ParameterValue;
pub(crate) use parameters::{CONTENT_SHA256, Parameters, QueryParameter};

/// A request that is not signed yet, for any AWS service. For S3, [`s3`](crate::s3) has the operations.
///
/// Setters accept any value; signing reports what is wrong.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    method: Method,
    endpoint: Endpoint,
    /// Percent-encoded.
    path: Cow<'a, str>,
    /// Plain text, behind `path`; one of both is empty.
    raw_path: Cow<'a, str>,
    parameters: Parameters<'a>,
    payload: Option<Payload>,
    dot_segments_allowed: bool,
}

impl<'a> Request<'a> {
    /// Creates a request for `/` of an endpoint, such as `https://sts.eu-west-1.amazonaws.com`.
    ///
    /// # Errors
    /// [`Error::Endpoint`] unless it is a scheme (`http`, `https`, `ws`, `wss`), a host in ASCII and, if needed, a port
    /// and a base path.
    pub fn new<'e>(method: Method, endpoint: impl IntoText<'e>) -> Result<Self, Error> {
        Ok(Self {
            method,
            endpoint: endpoint.into_text().parse()?,
            path: Cow::Borrowed(""),
            raw_path: Cow::Borrowed("/"),
            parameters: Parameters::default(),
            payload: None,
            dot_segments_allowed: false,
        })
    }

    /// The path below the base path of the endpoint, percent-encoded: it goes into the URL as it is.
    #[must_use]
    pub fn path(self, encoded: impl IntoText<'a>) -> Self {
        Self { path: encoded.into_text(), raw_path: Cow::Borrowed(""), ..self }
    }

    /// The path below the base path of the endpoint, as plain text: it is percent-encoded once, except for its slashes.
    #[must_use]
    pub fn raw_path(self, raw: impl IntoText<'a>) -> Self {
        Self { path: Cow::Borrowed(""), raw_path: raw.into_text(), ..self }
    }

    /// Adds a query parameter, as plain text. A name may repeat.
    #[must_use]
    pub fn query(mut self, name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        self.parameters.add_query(name.into_text(), ParameterValue::Text(value.into_text()));
        self
    }

    /// Adds a header, which is signed, so that the client has to send it. A name may repeat.
    #[must_use]
    pub fn header(mut self, name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        self.parameters.add_header(HeaderName::new(name.into_text()), ParameterValue::Text(value.into_text()));
        self
    }

    /// Sets the payload hash, if it is not the default of the service.
    #[must_use]
    pub fn payload(self, payload: Payload) -> Self {
        Self { payload: Some(payload), ..self }
    }

    /// Allows `.` and `..` segments in the path. The URL is right only for clients that send it as it is; browsers and
    /// most libraries do not.
    #[must_use]
    pub fn allow_dot_segments(self) -> Self {
        Self { dot_segments_allowed: true, ..self }
    }

    /// Returns the request as the stages take it, if its path is one.
    pub(super) fn target(&self) -> Result<Target<'_>, Error> {
        check_encoded(&self.path)?;
        if !(self.path.starts_with('/') || self.raw_path.starts_with('/')) {
            return Err(Error::InvalidPath { position: 0 });
        }
        if !self.dot_segments_allowed && (has_encoded_dot_segment(&self.path) || has_dot_segment(&self.raw_path)) {
            return Err(Error::DotSegment);
        }
        Ok(Target {
            method: self.method,
            endpoint: &self.endpoint,
            path: Path { base: self.endpoint.base_path(), encoded: &self.path, raw: &self.raw_path },
            parameters: self.parameters.sorted(),
            payload: self.payload,
        })
    }
}

/// What the stages need of a [`Request`] or of an S3 operation, borrowed from wherever it is kept.
#[derive(Debug)]
pub(crate) struct Target<'r> {
    pub(crate) method: Method,
    pub(crate) endpoint: &'r Endpoint,
    pub(crate) path: Path<'r>,
    /// In canonical order.
    pub(crate) parameters: Cow<'r, Parameters<'r>>,
    pub(crate) payload: Option<Payload>,
}

impl Target<'_> {
    /// The URL without a query.
    pub(crate) fn plain_url(&self) -> String {
        let mut url = String::from(self.endpoint.url_base());
        self.path.write(&mut url);
        url
    }

    /// Whether it is a method and a path in plain text, and nothing else: then there is nothing to check.
    #[cfg(feature = "std")]
    #[inline]
    pub(super) fn is_bare(&self) -> bool {
        self.parameters.is_empty() && self.payload.is_none() && self.path.encoded.is_empty()
    }

    /// Refuses what cannot be sent, and what belongs to the signer.
    #[inline]
    pub(super) fn check(&self, service: &Service) -> Result<(), Error> {
        self.parameters.check()?;
        if !service.encodes_path_twice() {
            // The path is signed as it is sent, so it has to be in the form that the server will compute.
            self.path.check_canonical()?;
        }
        Ok(())
    }

    /// How many bytes the canonical request takes besides what the signer adds. With a secret in it, they are enough whatever
    /// has to be encoded: growing would leave a copy behind.
    #[inline]
    pub(super) fn room(&self, has_secret: bool) -> usize {
        let fixed = self.endpoint.url_base().len() + self.endpoint.authority().len() + 300;
        // A path that is encoded twice, and a name of a header with its three places, take five bytes for one, at most.
        let given = if has_secret { 5 * (self.path.len() + self.parameters.byte_count()) } else { self.path.len() };
        given + fixed
    }
}

/// RFC 3986 section 3.3: segments of `pchar`.
fn check_encoded(path: &str) -> Result<(), Error> {
    let is_triplet = |position: usize| {
        path.as_bytes().get(position + 1..position + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let is_allowed = |(position, byte): (usize, u8)| match byte {
        b'%' => is_triplet(position),
        _ => encode::is_unreserved(byte) || b"/!$&'()*+,;=:@".contains(&byte),
    };
    match path.bytes().enumerate().find(|&at| !is_allowed(at)) {
        Some((position, _)) => Err(Error::InvalidPath { position }),
        None => Ok(()),
    }
}

/// URL parsers take `%2e` for a dot.
fn has_encoded_dot_segment(path: &str) -> bool {
    path.contains('.') && has_dot_segment(path)
        || path.contains('%') && has_dot_segment(&path.to_ascii_lowercase().replace("%2e", "."))
}
