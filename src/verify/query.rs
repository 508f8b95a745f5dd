//! The query of a received request.

use alloc::borrow::Cow;

use crate::encode;
use crate::short_list::ShortList;
use crate::sigv4::EncodedParameter;
use crate::verify::VerifyError;

/// The most query parameters.
const MAX_PARAMETERS: usize = 256;

/// The parameters of a query in the order in which they came, in the encoding of the canonical request.
pub(super) struct ReceivedQuery<'r> {
    text: Cow<'r, str>,
}

impl<'r> ReceivedQuery<'r> {
    /// Decodes each name and value once and encodes it strictly. If they were, nothing is copied.
    pub(super) fn new(query: &'r str, plus_is_space: bool) -> Result<Self, VerifyError> {
        let text = encode::query_again(query, plus_is_space).map_err(|_| VerifyError::Encoding)?;
        if text.split('&').count() > MAX_PARAMETERS {
            return Err(VerifyError::TooMany { what: "query parameters", max: MAX_PARAMETERS });
        }
        Ok(Self { text })
    }

    /// Returns the parameters in the order in which they came.
    pub(super) fn iter(&self) -> impl Iterator<Item = EncodedParameter<'_>> {
        parameters(&self.text)
    }

    /// Returns the parameters in canonical order, without those that the signature does not cover.
    pub(super) fn canonical(&self, is_signed: impl Fn(&str) -> bool) -> ShortList<EncodedParameter<'_>, 16> {
        let mut list = ShortList::default();
        self.iter().filter(|parameter| is_signed(parameter.name)).for_each(|parameter| list.push(parameter));
        let parameters = list.as_mut_slice();
        if !parameters.is_sorted() {
            parameters.sort_unstable();
        }
        list
    }

    /// Returns the percent-encoded value of the first parameter with this name, which needs no encoding.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value)
    }

    /// Returns how many parameters have this name, which needs no encoding, in any case.
    pub(super) fn count_ignoring_case(&self, name: &str) -> usize {
        self.iter().filter(|parameter| parameter.name.eq_ignore_ascii_case(name)).count()
    }
}

/// Splits a query in canonical form, possibly an empty one, into its parameters.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = EncodedParameter<'_>> {
    query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some(EncodedParameter { name, value })
    })
}
