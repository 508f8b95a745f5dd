//! The query of a received request.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::encode;
use crate::positions::positions_in_query;
use crate::short_list::ShortList;
use crate::verify::VerifyError;

/// The most query parameters.
const MAX_PARAMETERS: usize = 256;

/// The parameters of a query, percent-encoded as in the canonical request, in the order in which they were sent.
pub(super) struct ReceivedQuery<'r> {
    text: &'r str,
    parameters: ShortList<EncodedParameter<'r>, 8>,
}

/// A name and a value of a query, both percent-encoded as [`encode::query`] does. They compare as the canonical query has them.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EncodedParameter<'r> {
    pub(super) name: &'r str,
    pub(super) value: &'r str,
    /// Where both are in the query.
    start: usize,
    end: usize,
}

impl<'r> ReceivedQuery<'r> {
    /// Splits a query into its parameters. If a name or a value is not strictly percent-encoded, all are decoded once and encoded
    /// again, into `again`.
    pub(super) fn new(
        query: &'r str,
        plus_is_space: bool,
        again: &'r mut Zeroizing<String>,
    ) -> Result<Self, VerifyError> {
        let mut split = Self { text: query, parameters: ShortList::default() };
        let is_strict = encode::is_all_of_query(query) && split.split(encode::starts_with_query_escape).is_some();
        if !is_strict && !split.has_too_many() {
            *again = encode::query_again(query, plus_is_space).map_err(|_| VerifyError::Encoding)?;
            split = Self { text: again, parameters: ShortList::default() };
            let is_split = split.split(|_| true).is_some();
            if !is_split && !split.has_too_many() {
                return Err(VerifyError::Encoding);
            }
        }
        if split.has_too_many() {
            return Err(VerifyError::TooMany { what: "query parameters", max: MAX_PARAMETERS });
        }
        Ok(split)
    }

    fn has_too_many(&self) -> bool {
        self.parameters.as_slice().len() > MAX_PARAMETERS
    }

    /// Fills the list, unless an escape is not a right one, a parameter does not have one equals sign, or there are too many.
    #[inline]
    fn split(&mut self, is_escape: impl Fn(&[u8]) -> bool) -> Option<()> {
        let (mut start, mut equals_sign) = (0, None);
        for position in positions_in_query(self.text) {
            match self.text.as_bytes().get(position..)? {
                rest @ [b'%', ..] if is_escape(rest) => {}
                [b'=', ..] if equals_sign.is_none() => equals_sign = Some(position),
                [b'&', ..] => {
                    self.push(start, equals_sign.take()?, position)?;
                    start = position + 1;
                }
                _ => return None,
            }
        }
        if self.text.is_empty() { Some(()) } else { self.push(start, equals_sign?, self.text.len()) }
    }

    #[inline]
    fn push(&mut self, start: usize, equals_sign: usize, end: usize) -> Option<()> {
        let (name, value) = (self.text.get(start..equals_sign)?, self.text.get(equals_sign + 1..end)?);
        self.parameters.push(EncodedParameter { name, value, start, end });
        (!self.has_too_many()).then_some(())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = EncodedParameter<'r>> {
        self.parameters.as_slice().iter().copied()
    }

    /// Returns the percent-encoded value of the first parameter with this name, which needs no encoding.
    pub(super) fn value(&self, name: &str) -> Option<&'r str> {
        self.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value)
    }

    /// Returns the canonical query without some parameters, in pieces between which an ampersand is missing.
    pub(super) fn canonical(&self, unsigned: &[&str]) -> ShortList<&'r str, 8> {
        let signed = || self.iter().filter(|parameter| !unsigned.contains(&parameter.name));
        // Most clients send them in canonical order.
        if signed().is_sorted() {
            return self.pieces(signed());
        }
        let mut sorted: Vec<_> = signed().collect();
        sorted.sort_unstable();
        self.pieces(sorted.into_iter())
    }

    /// Makes one piece of parameters that follow each other in the query.
    #[inline]
    fn pieces(&self, mut parameters: impl Iterator<Item = EncodedParameter<'r>>) -> ShortList<&'r str, 8> {
        let mut pieces = ShortList::default();
        let Some(EncodedParameter { mut start, mut end, .. }) = parameters.next() else { return pieces };
        for next in parameters {
            if next.start != end + 1 {
                pieces.push(self.text.get(start..end).unwrap_or_default());
                start = next.start;
            }
            end = next.end;
        }
        pieces.push(self.text.get(start..end).unwrap_or_default());
        pieces
    }
}

/// Splits a query in canonical form, possibly an empty one, into names and values.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}
