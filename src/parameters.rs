//! Query parameters and headers, kept in the order in which they are signed.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;

use crate::byte_set::ByteSet;
use crate::error::Field;
use crate::header_name::{HeaderName, METADATA_PREFIX};
use crate::parameter_value::ParameterValue;
use crate::short_list::ShortList;
use crate::{Error, encode};

/// The server reads the payload line of the canonical request here, so we do too. Also a query parameter, in any case.
pub(crate) const CONTENT_SHA256: &str = "x-amz-content-sha256";

const CONTENT_LENGTH: &str = "content-length";

/// What the signer adds, as query parameters or headers, in lower case. A second one would let the server choose which
/// it believes.
fn is_signer_parameter(name: &str) -> bool {
    matches!(
        name,
        "x-amz-algorithm"
            | "x-amz-credential"
            | "x-amz-date"
            | "x-amz-expires"
            | "x-amz-region-set"
            | "x-amz-s3session-token"
            | "x-amz-security-token"
            | "x-amz-signature"
            | "x-amz-signedheaders"
    )
}

/// What it adds as headers only.
fn is_signer_header(name: &str) -> bool {
    matches!(name, "authorization" | "host")
}

/// Headers that end at the next proxy: RFC 9110 sections 7.6.1 and 11.7, and `Expect`, which a proxy may answer itself.
fn is_hop_by_hop_header(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "expect"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}

/// A name and a value of a query.
#[derive(Clone, Default)]
pub(crate) struct QueryParameter<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: ParameterValue<'a>,
}

/// A name and a value of a header. What there is to know of both is found out once, when the header is added.
#[derive(Clone, Default)]
pub(crate) struct Header<'a> {
    pub(crate) name: HeaderName<'a>,
    pub(crate) value: ParameterValue<'a>,
    name_form: NameForm,
    value_form: ValueForm,
    /// Whether the header before it has the same name.
    pub(crate) is_repeated: bool,
}

/// What the name of a header is made of.
#[derive(Clone, Copy, Default, PartialEq)]
enum NameForm {
    /// Characters that need no encoding.
    #[default]
    Unreserved,
    Token,
    Invalid,
}

/// What the value of a header is made of.
#[derive(Clone, Copy, Default, PartialEq)]
enum ValueForm {
    /// Characters that all clients send in the same way, in their canonical form.
    #[default]
    Canonical,
    /// The same characters, with too many spaces.
    Spaced,
    Invalid,
}

impl<'a> Header<'a> {
    /// One that the signer adds. Its value is canonical.
    #[inline]
    pub(crate) fn of_signer(name: &'static str, value: &'a str) -> Self {
        Self {
            name: HeaderName::Known(name),
            value: ParameterValue::Text(Cow::Borrowed(value)),
            name_form: NameForm::Unreserved,
            value_form: ValueForm::Canonical,
            is_repeated: false,
        }
    }

    /// Appends the name as a part of a query.
    #[inline]
    pub(crate) fn write_encoded_name(&self, out: &mut String) {
        match self.name_form {
            NameForm::Unreserved => self.name.write(out),
            NameForm::Token | NameForm::Invalid => {
                self.name.pieces().iter().for_each(|piece| encode::query(piece, out));
            }
        }
    }

    /// Whether the value is what is signed; if not, its spaces have to be dealt with.
    #[inline]
    pub(crate) fn is_canonical(&self) -> bool {
        self.value_form == ValueForm::Canonical
    }
}

impl NameForm {
    #[inline]
    fn of(name: &HeaderName<'_>) -> Self {
        match name {
            HeaderName::Known(_) => Self::Unreserved,
            HeaderName::Plain(text) | HeaderName::Metadata(text) if encode::is_all_unreserved(text) => Self::Unreserved,
            HeaderName::Plain(text) | HeaderName::Metadata(text) if TOKEN.contains_all(text.as_bytes()) => Self::Token,
            HeaderName::Plain(_) | HeaderName::Metadata(_) => Self::Invalid,
        }
    }
}

impl ValueForm {
    #[inline]
    fn of(value: &ParameterValue<'_>) -> Self {
        if value.is_number() || VISIBLE.contains_all(value.as_bytes()) {
            return Self::Canonical;
        }
        let has_spaces = value.starts_with(' ') || value.ends_with(' ') || value.contains("  ") || value.contains('\t');
        match FIELD_CONTENT.contains_all(value.as_bytes()) {
            true if has_spaces => Self::Spaced,
            true => Self::Canonical,
            false => Self::Invalid,
        }
    }
}

/// What a request carries besides method, host, path and body. It takes anything; [`Parameters::check`] comes before
/// signing.
#[derive(Clone, Default)]
pub(crate) struct Parameters<'a> {
    /// By encoded name, then by encoded value.
    query: ShortList<QueryParameter<'a>, 2>,
    /// By name in lower case; values of one name stay in the order in which they came.
    headers: ShortList<Header<'a>, 4>,
    /// Whether a value must not stay in memory.
    has_secret: bool,
}

impl<'a> Parameters<'a> {
    #[inline]
    pub(crate) fn query(&self) -> &[QueryParameter<'a>] {
        self.query.as_slice()
    }

    #[inline]
    pub(crate) fn headers(&self) -> &[Header<'a>] {
        self.headers.as_slice()
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.query().is_empty() && self.headers().is_empty()
    }

    /// Whether a value must not stay in memory.
    #[inline]
    pub(crate) const fn has_secret(&self) -> bool {
        self.has_secret
    }

    /// Adds a parameter; a name may repeat.
    pub(crate) fn add_query(&mut self, name: Cow<'a, str>, value: ParameterValue<'a>) {
        let new = QueryParameter { name, value };
        let place = self.query().partition_point(|old| compare_query(old, &new) != Ordering::Greater);
        self.query.insert(place, new);
    }

    /// Adds a parameter in the place of all others of its name.
    pub(crate) fn set_query(&mut self, name: &'static str, value: ParameterValue<'a>) {
        if self.query().iter().any(|old| old.name == name) {
            self.query.retain(|old| old.name != name);
        }
        self.add_query(Cow::Borrowed(name), value);
    }

    /// Adds a header; a name may repeat.
    pub(crate) fn add_header(&mut self, name: HeaderName<'a>, value: ParameterValue<'a>) {
        let place = self.headers().partition_point(|old| old.name <= name);
        let before = place.checked_sub(1).and_then(|before| self.headers().get(before));
        let is_repeated = before.is_some_and(|before| before.name == name);
        self.insert_header(place, name, value, is_repeated);
    }

    /// Adds a header in the place of all others of its name, which is one that [`HeaderName::Known`] may have.
    pub(crate) fn set_header(&mut self, name: &'static str, value: ParameterValue<'a>) {
        let name = HeaderName::Known(name);
        let place = self.headers().partition_point(|old| old.name < name);
        if self.headers().get(place).is_some_and(|old| old.name == name) {
            self.headers.retain(|old| old.name != name);
        }
        self.insert_header(place, name, value, false);
    }

    #[inline]
    fn insert_header(&mut self, place: usize, name: HeaderName<'a>, value: ParameterValue<'a>, is_repeated: bool) {
        self.has_secret |= value.is_secret();
        let (name_form, value_form) = (NameForm::of(&name), ValueForm::of(&value));
        self.headers.insert(place, Header { name, value, name_form, value_form, is_repeated });
    }

    /// The last header of this name, which is in lower case. Only visible characters may be added.
    pub(crate) fn header_mut(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        let headers = self.headers.as_mut_slice().iter_mut();
        match &mut headers.rev().find(|header| header.name.plain() == Some(name))?.value {
            ParameterValue::Text(text) => Some(text),
            ParameterValue::Number(..) => None,
            #[cfg(feature = "checksum")]
            ParameterValue::Secret(_) => None,
        }
    }

    /// Headers as the client has to send them. Values of one name are joined as they are signed: some clients would
    /// join them in another way.
    pub(crate) fn wire_headers(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        self.headers().chunk_by(|_, next| next.is_repeated).filter_map(|headers| {
            let (first, others) = headers.split_first()?;
            let mut value = Cow::Borrowed(trim(&first.value));
            for other in others {
                value.to_mut().push(',');
                value.to_mut().push_str(trim(&other.value));
            }
            Some((first.name.to_text(), value))
        })
    }

    /// Refuses what cannot be sent, and what belongs to the signer.
    #[inline]
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_empty() {
            return Ok(());
        }
        self.query().iter().try_for_each(check_query)?;
        self.headers().iter().try_for_each(check_header)?;
        let mut lengths = self.headers().iter().filter(|header| header.name.plain() == Some(CONTENT_LENGTH));
        // `parse` takes a sign.
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u64>().is_ok();
        match (lengths.next(), lengths.next()) {
            // Two lengths, or one that is no number, are how requests are smuggled past proxies.
            (Some(_), Some(_)) => Err(Error::ContentLength),
            (Some(length), None) if !(length.value.is_number() || is_number(trim(&length.value))) => {
                Err(Error::ContentLength)
            }
            _ => Ok(()),
        }
    }
}

/// Names only: values may be secrets, such as the key of SSE-C.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        list.entries(self.query().iter().map(|parameter| &parameter.name));
        list.entries(self.headers().iter().map(|header| &header.name)).finish()
    }
}

fn compare_query(left: &QueryParameter<'_>, right: &QueryParameter<'_>) -> Ordering {
    encode::compare_encoded(&left.name, &right.name).then_with(|| encode::compare_encoded(&left.value, &right.value))
}

fn check_query(parameter: &QueryParameter<'_>) -> Result<(), Error> {
    let name = &*parameter.name;
    if name.is_empty() {
        return Err(Error::Empty(Field::QueryName));
    }
    let may_be_signers = matches!(name.as_bytes(), [b'x' | b'X', b'-', ..]);
    if may_be_signers && is_signer_parameter(&name.to_ascii_lowercase()) {
        return Err(Error::ReservedQueryParameter { name: String::from(name) });
    }
    Ok(())
}

fn check_header(header: &Header<'_>) -> Result<(), Error> {
    match &header.name {
        HeaderName::Plain(name) => check_plain_name(name)?,
        // The prefix is a token.
        HeaderName::Metadata(rest) if header.name_form == NameForm::Invalid => {
            return Err(Error::HeaderName { position: METADATA_PREFIX.len() + TOKEN.run(rest) });
        }
        HeaderName::Known(_) | HeaderName::Metadata(_) => {}
    }
    if header.value_form == ValueForm::Invalid {
        let position = FIELD_CONTENT.run(&header.value);
        return Err(Error::HeaderValue { name: header.name.to_text().into_owned(), position });
    }
    Ok(())
}

fn check_plain_name(name: &str) -> Result<(), Error> {
    if name.is_empty() {
        return Err(Error::Empty(Field::HeaderName));
    }
    let token = TOKEN.run(name);
    if token < name.len() {
        return Err(Error::HeaderName { position: token });
    }
    if is_signer_header(name) || is_signer_parameter(name) {
        return Err(Error::ReservedHeader { name: name.into() });
    }
    if is_hop_by_hop_header(name) {
        return Err(Error::HopByHopHeader { name: name.into() });
    }
    Ok(())
}

/// RFC 9110 section 5.6.2.
static TOKEN: ByteSet = ByteSet::alphanumeric_and(b"!#$%&'*+-.^_`|~");

/// What every client sends in the same way: RFC 9110 section 5.5 without its other characters.
static FIELD_CONTENT: ByteSet = ByteSet::alphanumeric_and(b" \t!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/// The same without spaces.
static VISIBLE: ByteSet = ByteSet::alphanumeric_and(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/// RFC 9110 section 5.6.3, optional white space.
pub(crate) const HTTP_SPACES: [char; 2] = [' ', '\t'];

#[inline]
pub(crate) fn trim(value: &str) -> &str {
    match value.as_bytes() {
        [b' ' | b'\t', ..] | [.., b' ' | b'\t'] => value.trim_matches(HTTP_SPACES),
        _ => value,
    }
}
