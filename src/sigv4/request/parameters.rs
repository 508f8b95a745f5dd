//! Query parameters and headers, in the order in which they are signed.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;

use crate::error::Field;
use crate::sigv4::request::header::{Header, trim};
use crate::sigv4::request::header_name::HeaderName;
use crate::sigv4::request::parameter_value::ParameterValue;
use crate::sigv4::request::reserved_names::is_signer_parameter;
use crate::{Error, encode};

/// The header, or the query parameter in any case, in which a server reads the payload line of the canonical request.
pub(crate) const CONTENT_SHA256: &str = "x-amz-content-sha256";

const CONTENT_LENGTH: &str = "content-length";

/// A longer list is sorted only once, when it is signed: to insert into it would take longer the longer it is.
const LONGEST_SORTED: usize = 16;

/// A name and a value of a query.
#[derive(Clone, Default)]
pub(crate) struct QueryParameter<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: ParameterValue<'a>,
}

impl QueryParameter<'_> {
    fn reborrow(&self) -> QueryParameter<'_> {
        QueryParameter { name: Cow::Borrowed(&*self.name), value: self.value.reborrow() }
    }
}

/// What a request carries besides method, host, path and body. It takes anything; [`Parameters::check`] comes before
/// signing.
#[derive(Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each saves a look at all parameters")]
pub(crate) struct Parameters<'a> {
    /// By encoded name, then by encoded value.
    query: Vec<QueryParameter<'a>>,
    /// By name in lower case; values of one name stay in the order in which they came.
    headers: Vec<Header<'a>>,
    /// Whether a value must not stay in memory.
    has_secret: bool,
    /// Whether a list is so long that it has not been sorted yet.
    is_unsorted: bool,
    /// Whether something may be wrong, and has to be looked at again when the request is signed.
    is_suspect: bool,
    /// Whether there may be a payload line.
    may_have_content_sha256: bool,
}

impl<'a> Parameters<'a> {
    #[inline]
    pub(crate) fn query(&self) -> &[QueryParameter<'a>] {
        &self.query
    }

    #[inline]
    pub(crate) fn headers(&self) -> &[Header<'a>] {
        &self.headers
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

    /// The same in canonical order.
    #[inline]
    pub(crate) fn sorted(&self) -> Cow<'_, Parameters<'_>> {
        if self.is_unsorted { Cow::Owned(self.sorted_copy()) } else { Cow::Borrowed(self) }
    }

    #[cold]
    fn sorted_copy(&self) -> Parameters<'_> {
        let mut query: Vec<_> = self.query().iter().map(QueryParameter::reborrow).collect();
        query.sort_unstable_by(compare_query);
        let mut headers: Vec<_> = self.headers().iter().map(Header::reborrow).collect();
        headers.sort_by(|left, right| left.name.cmp(&right.name));
        let names = headers.windows(2).map(|pair| matches!(pair, [left, right] if left.name == right.name));
        let repeated: Vec<_> = names.collect();
        headers.iter_mut().skip(1).zip(repeated).for_each(|(header, is_repeated)| header.is_repeated = is_repeated);
        Parameters { query, headers, is_unsorted: false, ..*self }
    }

    /// Adds a parameter; a name may repeat.
    pub(crate) fn add_query(&mut self, name: Cow<'a, str>, value: ParameterValue<'a>) {
        let new = QueryParameter { name, value };
        self.is_suspect |= check_query(&new).is_err();
        self.may_have_content_sha256 |= new.name.eq_ignore_ascii_case(CONTENT_SHA256);
        let place = self.place_in(&self.query, |old| compare_query(old, &new) != Ordering::Greater);
        self.query.insert(place, new);
        self.is_unsorted |= self.query.len() > LONGEST_SORTED;
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
        let place = self.place_in(&self.headers, |old| old.name <= name);
        let before = place.checked_sub(1).and_then(|before| self.headers.get(before));
        let is_repeated = before.is_some_and(|before| before.name == name);
        let header = Header::new(name, value, is_repeated);
        self.has_secret |= header.is_secret();
        let has_one_length = header.value.is_number() && !is_repeated;
        self.is_suspect |= header.check().is_err() || header.name.plain() == Some(CONTENT_LENGTH) && !has_one_length;
        self.may_have_content_sha256 |= header.name.plain() == Some(CONTENT_SHA256);
        self.headers.insert(place, header);
        self.is_unsorted |= self.headers.len() > LONGEST_SORTED;
    }

    /// Adds a header in the place of all others of its name, which is one of this crate's own.
    pub(crate) fn set_header(&mut self, name: &'static str, value: ParameterValue<'a>) {
        let name = HeaderName::Known(name);
        if self.headers().iter().any(|old| old.name == name) {
            self.headers.retain(|old| old.name != name);
        }
        self.add_header(name, value);
    }

    /// Where in a sorted list something belongs that comes after all for which `is_before` holds: at the end, if the list is
    /// not to be sorted yet.
    #[inline]
    fn place_in<T>(&self, list: &[T], is_before: impl Fn(&T) -> bool) -> usize {
        if self.is_unsorted { list.len() } else { list.iter().rposition(is_before).map_or(0, |last| last + 1) }
    }

    /// The last header of this name, which is in lower case. Only visible characters may be added.
    pub(crate) fn header_mut(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        let headers = self.headers.iter_mut();
        match &mut headers.rev().find(|header| header.name.plain() == Some(name))?.value {
            ParameterValue::Text(text) => Some(text),
            ParameterValue::Number(_) | ParameterValue::Secret(_) => None,
        }
    }

    /// How many bytes all names and values have, and what separates them.
    pub(crate) fn byte_count(&self) -> usize {
        let query = self.query().iter().map(|parameter| parameter.name.len() + parameter.value.len() + 2);
        query.chain(self.headers().iter().map(|header| header.name.len() + header.value.len() + 8)).sum()
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
        if self.is_suspect { self.check_all() } else { Ok(()) }
    }

    fn check_all(&self) -> Result<(), Error> {
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

    /// All values that are a payload line by their name.
    #[inline]
    pub(crate) fn content_sha256(&self) -> impl Iterator<Item = &str> {
        let headers = if self.may_have_content_sha256 { self.headers() } else { &[] };
        let query = if self.may_have_content_sha256 { self.query() } else { &[] };
        let headers = headers.iter().filter(|header| header.name.plain() == Some(CONTENT_SHA256));
        let query = query.iter().filter(|parameter| parameter.name.eq_ignore_ascii_case(CONTENT_SHA256));
        headers.map(|header| &*header.value).chain(query.map(|parameter| &*parameter.value))
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
