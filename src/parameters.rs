//! Query parameters and headers, kept in the order in which they are signed.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;

use crate::error::Field;
use crate::header::{Header, trim};
use crate::header_name::HeaderName;
use crate::parameter_value::ParameterValue;
use crate::reserved_names::is_signer_parameter;
use crate::short_list::ShortList;
use crate::{Error, encode};

/// The server reads the payload line of the canonical request here, so we do too. Also a query parameter, in any case.
pub(crate) const CONTENT_SHA256: &str = "x-amz-content-sha256";

const CONTENT_LENGTH: &str = "content-length";

/// A name and a value of a query.
#[derive(Clone, Default)]
pub(crate) struct QueryParameter<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: ParameterValue<'a>,
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
        let header = Header::new(name, value, is_repeated);
        self.has_secret |= header.is_secret();
        self.headers.insert(place, header);
    }

    /// The last header of this name, which is in lower case. Only visible characters may be added.
    pub(crate) fn header_mut(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        let headers = self.headers.as_mut_slice().iter_mut();
        match &mut headers.rev().find(|header| header.name.plain() == Some(name))?.value {
            ParameterValue::Text(text) => Some(text),
            ParameterValue::Number(_) => None,
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
        self.headers().iter().try_for_each(Header::check)?;
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
