//! The query of a received request.

use alloc::string::String;

use zeroize::Zeroizing;

use crate::encode;
use crate::short_list::ShortList;
use crate::sigv4::EncodedParameter;
use crate::verify::VerifyError;

/// The most query parameters.
const MAX_PARAMETERS: usize = 256;

/// The parameters of a query, in the encoding and the order of the canonical request.
pub(super) struct ReceivedQuery<'r>(ShortList<EncodedParameter<'r>, 8>);

impl<'r> ReceivedQuery<'r> {
    /// Splits a query into its parameters. If a name or a value is not strictly percent-encoded, all are decoded once and encoded
    /// again, into `again`.
    pub(super) fn new(
        query: &'r str,
        plus_is_space: bool,
        again: &'r mut Zeroizing<String>,
    ) -> Result<Self, VerifyError> {
        let mut list = ShortList::default();
        if let Some(strict) = split_strict(query) {
            list = strict;
        } else {
            *again = encode::query_again(query, plus_is_space).map_err(|_| VerifyError::Encoding)?;
            for parameter in parameters(again) {
                list.push(parameter);
            }
        }
        if list.as_slice().len() > MAX_PARAMETERS {
            return Err(VerifyError::TooMany { what: "query parameters", max: MAX_PARAMETERS });
        }
        let parameters = list.as_mut_slice();
        if !parameters.is_sorted() {
            parameters.sort_unstable();
        }
        Ok(Self(list))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = EncodedParameter<'r>> {
        self.0.as_slice().iter().copied()
    }

    /// Returns the parameters in canonical order.
    pub(super) fn as_slice(&self) -> &[EncodedParameter<'r>] {
        self.0.as_slice()
    }

    /// Returns the percent-encoded value of the first parameter with this name, which needs no encoding.
    pub(super) fn value(&self, name: &str) -> Option<&'r str> {
        self.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value)
    }
}

/// Splits a query in one pass, unless a name or a value is not strictly percent-encoded, or has no equals sign.
fn split_strict(query: &str) -> Option<ShortList<EncodedParameter<'_>, 8>> {
    let mut list = ShortList::default();
    let mut rest = query;
    while !rest.is_empty() {
        let (name, value) = encode::split_query(rest);
        let (value, others) = encode::split_query(value.strip_prefix('=')?);
        let pair = rest.get(..rest.len() - others.len())?;
        list.push(EncodedParameter { name, value, pair });
        rest = match others.strip_prefix('&') {
            // An empty pair is dropped.
            Some("") => return None,
            Some(others) => others,
            None if others.is_empty() => "",
            None => return None,
        };
    }
    Some(list)
}

/// Splits a query in canonical form, possibly an empty one, into its parameters.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = EncodedParameter<'_>> {
    query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some(EncodedParameter { name, value, pair })
    })
}
