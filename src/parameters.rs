//! Query parameters and headers, kept in the order in which they are signed.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::ops::Deref;

#[cfg(feature = "checksum")]
use zeroize::Zeroizing;

use crate::error::Field;
use crate::{Error, encode};

/// The server reads the payload line of the canonical request here, so we do too. Also a query parameter, in any case.
pub(crate) const CONTENT_SHA256: &str = "x-amz-content-sha256";

const CONTENT_LENGTH: &str = "content-length";

/// What the signer adds, as query parameters or headers, in lower case. A second one would let the server choose which
/// it believes.
const SIGNER_PARAMETERS: [&str; 9] = [
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-expires",
    "x-amz-region-set",
    "x-amz-s3session-token",
    "x-amz-security-token",
    "x-amz-signature",
    "x-amz-signedheaders",
];

/// What it adds as headers only.
const SIGNER_HEADERS: [&str; 2] = ["authorization", "host"];

/// Headers that end at the next proxy: RFC 9110 sections 7.6.1 and 11.7, and `Expect`, which a proxy may answer itself.
const HOP_BY_HOP_HEADERS: [&str; 10] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A name and a value, of a query or of a header.
#[derive(Clone)]
pub(crate) struct Parameter<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: ParameterValue<'a>,
}

/// The value of a parameter.
#[derive(Clone)]
pub(crate) enum ParameterValue<'a> {
    Text(Cow<'a, str>),
    /// Wiped from memory when it is dropped.
    #[cfg(feature = "checksum")]
    Secret(Zeroizing<String>),
}

impl Deref for ParameterValue<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Text(text) => text,
            #[cfg(feature = "checksum")]
            Self::Secret(secret) => secret,
        }
    }
}

/// What a request carries besides method, host, path and body. It takes anything; [`Parameters::check`] comes before
/// signing.
#[derive(Clone, Default)]
pub(crate) struct Parameters<'a> {
    /// By encoded name, then by encoded value.
    query: Vec<Parameter<'a>>,
    /// By name in lower case; values of one name stay in the order in which they came.
    headers: Vec<Parameter<'a>>,
}

impl<'a> Parameters<'a> {
    #[inline]
    pub(crate) fn query(&self) -> &[Parameter<'a>] {
        &self.query
    }

    #[inline]
    pub(crate) fn headers(&self) -> &[Parameter<'a>] {
        &self.headers
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.query.is_empty() && self.headers.is_empty()
    }

    /// Adds a parameter; a name may repeat.
    pub(crate) fn add_query(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        let new = Parameter { name, value: ParameterValue::Text(value) };
        let place = self.query.partition_point(|old| compare_query(old, &new) != Ordering::Greater);
        self.query.insert(place, new);
    }

    /// Adds a parameter in the place of all others of its name.
    pub(crate) fn set_query(&mut self, name: &'static str, value: Cow<'a, str>) {
        self.query.retain(|old| old.name != name);
        self.add_query(Cow::Borrowed(name), value);
    }

    /// Adds a header; a name may repeat.
    pub(crate) fn add_header(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            name
        };
        self.insert_header(name, ParameterValue::Text(value));
    }

    fn insert_header(&mut self, name: Cow<'a, str>, value: ParameterValue<'a>) {
        let place = self.headers.partition_point(|old| old.name <= name);
        self.headers.insert(place, Parameter { name, value });
    }

    /// Adds a header in the place of all others of its name, which is in lower case.
    pub(crate) fn set_header(&mut self, name: &'static str, value: Cow<'a, str>) {
        self.headers.retain(|old| old.name != name);
        self.add_header(Cow::Borrowed(name), value);
    }

    /// The same for a value that must not stay in memory.
    #[cfg(feature = "checksum")]
    pub(crate) fn set_secret_header(&mut self, name: &'static str, value: Zeroizing<String>) {
        self.headers.retain(|old| old.name != name);
        self.insert_header(Cow::Borrowed(name), ParameterValue::Secret(value));
    }

    /// The last header of this name, which is in lower case.
    pub(crate) fn header_mut(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        match &mut self.headers.iter_mut().rfind(|header| header.name == name)?.value {
            ParameterValue::Text(text) => Some(text),
            #[cfg(feature = "checksum")]
            ParameterValue::Secret(_) => None,
        }
    }

    /// Headers as the client has to send them. Values of one name are joined as they are signed: some clients would
    /// join them in another way.
    pub(crate) fn wire_headers(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.headers.chunk_by(|left, right| left.name == right.name).filter_map(|same_name| {
            let (first, others) = same_name.split_first()?;
            let mut value = Cow::Borrowed(trim(&first.value));
            for other in others {
                value.to_mut().push(',');
                value.to_mut().push_str(trim(&other.value));
            }
            Some((&*first.name, value))
        })
    }

    /// Refuses what cannot be sent, and what belongs to the signer.
    #[inline]
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.query.iter().try_for_each(check_query)?;
        self.headers.iter().try_for_each(check_header)?;
        let mut lengths = self.headers.iter().filter(|header| header.name == CONTENT_LENGTH);
        let is_number = |header: &Parameter<'_>| trim(&header.value).bytes().all(|byte| byte.is_ascii_digit());
        match (lengths.next(), lengths.next()) {
            // Two lengths, or one that is no number, are how requests are smuggled past proxies.
            (Some(_), Some(_)) => Err(Error::ContentLength),
            (Some(header), None) if !is_number(header) || trim(&header.value).is_empty() => Err(Error::ContentLength),
            _ => Ok(()),
        }
    }
}

/// Names only: values may be secrets, such as the key of SSE-C.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.query.iter().chain(&self.headers).map(|parameter| &parameter.name)).finish()
    }
}

fn compare_query(left: &Parameter<'_>, right: &Parameter<'_>) -> Ordering {
    encode::compare_encoded(&left.name, &right.name).then_with(|| encode::compare_encoded(&left.value, &right.value))
}

fn check_query(parameter: &Parameter<'_>) -> Result<(), Error> {
    if parameter.name.is_empty() {
        return Err(Error::Empty(Field::QueryName));
    }
    if SIGNER_PARAMETERS.iter().any(|reserved| reserved.eq_ignore_ascii_case(&parameter.name)) {
        return Err(Error::ReservedQueryParameter { name: String::from(&*parameter.name) });
    }
    Ok(())
}

fn check_header(header: &Parameter<'_>) -> Result<(), Error> {
    let name = &*header.name;
    if name.is_empty() {
        return Err(Error::Empty(Field::HeaderName));
    }
    if let Some(position) = name.bytes().position(|byte| !is_token(byte)) {
        return Err(Error::HeaderName { position });
    }
    if SIGNER_HEADERS.contains(&name) || SIGNER_PARAMETERS.contains(&name) {
        return Err(Error::ReservedHeader { name: String::from(name) });
    }
    if HOP_BY_HOP_HEADERS.contains(&name) {
        return Err(Error::HopByHopHeader { name: String::from(name) });
    }
    match header.value.find(|c: char| !(c.is_ascii_graphic() || is_http_space(c))) {
        Some(position) => Err(Error::HeaderValue { name: String::from(name), position }),
        None => Ok(()),
    }
}

/// RFC 9110 section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// RFC 9110 section 5.6.3, optional white space.
pub(crate) fn is_http_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

pub(crate) fn trim(value: &str) -> &str {
    value.trim_matches(is_http_space)
}
