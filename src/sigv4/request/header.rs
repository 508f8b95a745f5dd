//! A header of a request.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::byte_set::ByteSet;
use crate::error::Field;
use crate::sigv4::request::header_name::HeaderName;
use crate::sigv4::request::parameter_value::ParameterValue;
use crate::sigv4::request::reserved_names::{is_hop_by_hop_header, is_signer_header, is_signer_parameter};
use crate::{Error, encode};

/// A name and a value of a header, both of which are examined once, when the header is added.
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
    #[inline]
    pub(crate) fn new(name: HeaderName<'a>, value: ParameterValue<'a>, is_repeated: bool) -> Self {
        let (name_form, value_form) = (NameForm::of(&name), ValueForm::of(&value));
        let header = Self { name, value, name_form, value_form, is_repeated };
        if header.is_secret() { header.with_secret_value() } else { header }
    }

    #[cold]
    fn with_secret_value(self) -> Self {
        Self { value: self.value.into_secret(), ..self }
    }

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

    /// One that a server received: the name is in lower case, and is never asked for its form, as it is not encoded.
    #[cfg(feature = "verify")]
    #[inline]
    pub(crate) fn received(name: &'a str, value: Cow<'a, str>, is_repeated: bool) -> Self {
        let value = ParameterValue::Text(value);
        let value_form = ValueForm::of(&value);
        let name = HeaderName::in_lower_case(name);
        let header = Self { name, value, name_form: NameForm::default(), value_form, is_repeated };
        if header.is_secret() { header.with_secret_value() } else { header }
    }

    pub(crate) fn reborrow(&self) -> Header<'_> {
        Header { name: self.name.reborrow(), value: self.value.reborrow(), ..*self }
    }

    /// Whether the value must not stay in memory: it was given as a secret, or it is a key of SSE-C that was given as text.
    #[inline]
    pub(crate) fn is_secret(&self) -> bool {
        self.value.is_secret() || !self.name.is_known() && self.name.given().ends_with("-customer-key")
    }

    /// Appends the name as a part of a query.
    #[inline]
    pub(crate) fn write_encoded_name(&self, out: &mut String) {
        match self.name_form {
            NameForm::Unreserved => self.name.write(out),
            _ => self.name.pieces().iter().for_each(|piece| encode::query(piece, out)),
        }
    }

    /// Refuses what cannot be sent, and what belongs to the signer.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.name_form == NameForm::Invalid {
            // The prefix of user metadata is a token.
            let [prefix, rest] = self.name.pieces();
            return Err(Error::HeaderName { position: prefix.len() + TOKEN.run(rest) });
        }
        if let (false, Some(name)) = (self.name.is_known(), self.name.plain()) {
            check_reserved(name)?;
        }
        if self.value_form == ValueForm::Invalid {
            let position = self.value.bytes().take_while(|&byte| is_field_content(byte)).count();
            return Err(Error::HeaderValue { name: self.name.to_text().into_owned(), position });
        }
        Ok(())
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
        match name.given() {
            _ if name.is_known() => Self::Unreserved,
            text if encode::is_all_unreserved(text) => Self::Unreserved,
            text if TOKEN.contains_all(text.as_bytes()) => Self::Token,
            _ => Self::Invalid,
        }
    }
}

impl ValueForm {
    #[inline]
    fn of(value: &ParameterValue<'_>) -> Self {
        // Of all bytes, so that the compiler can look at many at a time.
        if value.is_number() || value.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic()) {
            return Self::Canonical;
        }
        // As if a space came before the value, and one behind it.
        let (mut is_valid, mut is_spaced, mut previous) = (true, false, b' ');
        for byte in value.bytes() {
            is_valid &= is_field_content(byte);
            is_spaced |= byte == b'\t' || byte == b' ' && previous == b' ';
            previous = byte;
        }
        match (is_valid, is_spaced || previous == b' ') {
            (false, _) => Self::Invalid,
            (true, true) => Self::Spaced,
            (true, false) => Self::Canonical,
        }
    }
}

/// A token, or nothing.
fn check_reserved(name: &str) -> Result<(), Error> {
    if name.is_empty() {
        return Err(Error::Empty(Field::HeaderName));
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
#[inline]
fn is_field_content(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t')
}

/// RFC 9110 section 5.6.3, optional white space.
pub(crate) const HTTP_SPACES: [char; 2] = [' ', '\t'];

#[inline]
pub(crate) fn trim(value: &str) -> &str {
    match value.as_bytes() {
        [b' ' | b'\t', ..] | [.., b' ' | b'\t'] => value.trim_matches(HTTP_SPACES),
        _ => value,
    }
}
