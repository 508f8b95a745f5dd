//! The third line of the canonical request, which is also the query of the URL.

use alloc::string::String;
use core::cmp::Ordering;

use crate::encode;
use crate::parameters::QueryParameter;
use crate::sigv4::ALGORITHM;
use crate::sigv4::hashed_text::HashedText;

/// A parameter that the signer adds: its name, and the text in front of its value.
pub(super) type SignerParameter<'t> = (&'static str, &'t str);

/// The two texts of a [`SignerParameter`], which needs no encoding.
macro_rules! signer_parameter {
    ($name:literal) => {
        ($name, concat!("&", $name, "="))
    };
}

pub(super) use signer_parameter;

/// The signer's first three parameters, up to the time of day: the same all day.
#[derive(Clone)]
pub(super) struct QueryStart {
    text: String,
    /// Where the first and the second end.
    ends: [usize; 2],
}

impl QueryStart {
    pub(super) fn new(credential: &str, date: &str) -> Self {
        let mut text = String::with_capacity(2 * credential.len() + 100);
        text.push_str("X-Amz-Algorithm=");
        text.push_str(ALGORITHM);
        let algorithm_end = text.len();
        text.push_str("&X-Amz-Credential=");
        encode::query(credential, &mut text);
        let credential_end = text.len();
        text.push_str("&X-Amz-Date=");
        text.push_str(date);
        Self { text, ends: [algorithm_end, credential_end] }
    }

    pub(super) const fn len(&self) -> usize {
        self.text.len()
    }

    fn parameters(&self) -> [SignerParameter<'_>; 3] {
        let [algorithm_end, credential_end] = self.ends;
        let (start, date) = self.text.split_at_checked(credential_end).unwrap_or_default();
        let (algorithm, credential) = start.split_at_checked(algorithm_end).unwrap_or_default();
        [("X-Amz-Algorithm", algorithm), ("X-Amz-Credential", credential), ("X-Amz-Date", date)]
    }
}

/// Writes a query in canonical order, merging the signer's parameters into the caller's.
pub(super) struct CanonicalQuery<'u, 'r, 't> {
    text: &'u mut HashedText<'t>,
    /// What is not written yet.
    caller: &'r [QueryParameter<'r>],
}

impl<'u, 'r, 't> CanonicalQuery<'u, 'r, 't> {
    /// Starts the query with the signer's first parameters, which end with the time of day, and those of the caller that
    /// come before them. `caller` is in canonical order.
    #[inline]
    pub(super) fn new(
        text: &'u mut HashedText<'t>,
        start: &QueryStart,
        time: &str,
        caller: &'r [QueryParameter<'r>],
    ) -> Self {
        let mut query = Self { text, caller };
        if query.caller.is_empty() {
            query.text.push_str(&start.text);
        } else {
            query.merge(start);
        }
        query.text.push_str(time);
        query
    }

    fn merge(&mut self, start: &QueryStart) {
        let [(first, text), others @ ..] = start.parameters();
        while let Some(parameter) = self.next_before(first) {
            put(parameter, self.text);
            self.text.push('&');
        }
        self.text.push_str(text);
        for parameter in others {
            self.signer(parameter);
        }
    }

    /// Writes the caller's parameters that come before this one of the signer, then `&name=`. What comes back takes the
    /// value. The signer's have to come in ascending order.
    #[inline]
    pub(super) fn signer(&mut self, (name, text): SignerParameter<'_>) -> &mut HashedText<'t> {
        while let Some(parameter) = self.next_before(name) {
            self.text.push('&');
            put(parameter, self.text);
        }
        self.text.push_str(text);
        self.text
    }

    /// Writes the rest of the caller's parameters.
    #[inline]
    pub(super) fn finish(self) {
        for parameter in self.caller {
            self.text.push('&');
            put(parameter, self.text);
        }
    }

    #[inline]
    fn next_before(&mut self, name: &str) -> Option<&'r QueryParameter<'r>> {
        let (first, others) = self.caller.split_first()?;
        if encode::compare_encoded(&first.name, name) != Ordering::Less {
            return None;
        }
        self.caller = others;
        Some(first)
    }
}

/// Writes a query that has only the caller's parameters.
pub(super) fn write_caller_query(caller: &[QueryParameter<'_>], text: &mut HashedText<'_>) {
    for parameter in caller {
        put(parameter, text);
        text.push('&');
    }
    if !caller.is_empty() {
        text.pop();
    }
}

fn put(parameter: &QueryParameter<'_>, text: &mut HashedText<'_>) {
    encode::query(&parameter.name, text);
    text.push('=');
    encode::query(&parameter.value, text);
    text.hash_ahead();
}
