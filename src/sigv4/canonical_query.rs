//! The third line of the canonical request, which is also the query of the URL.

use alloc::string::String;
use core::cmp::Ordering;

use crate::encode;
use crate::parameters::QueryParameter;
use crate::sigv4::ALGORITHM;

/// A parameter that the signer adds: its name, and the text in front of its value.
pub(super) type SignerParameter = (&'static str, &'static str);

/// The two texts of a [`SignerParameter`], which needs no encoding.
macro_rules! signer_parameter {
    ($name:literal) => {
        ($name, concat!("&", $name, "="))
    };
}

pub(super) use signer_parameter;

/// Writes a query in canonical order, merging the signer's parameters into the caller's.
pub(super) struct CanonicalQuery<'u, 'r> {
    url: &'u mut String,
    /// What is not written yet.
    caller: &'r [QueryParameter<'r>],
}

impl<'u, 'r> CanonicalQuery<'u, 'r> {
    /// Starts the query with the signer's first parameter, and those of the caller that come before it. `caller` is in
    /// canonical order.
    #[inline]
    pub(super) fn new(url: &'u mut String, caller: &'r [QueryParameter<'r>]) -> Self {
        url.push('?');
        let mut query = Self { url, caller };
        while let Some(parameter) = query.next_before("X-Amz-Algorithm") {
            put(parameter, query.url);
            query.url.push('&');
        }
        query.url.push_str("X-Amz-Algorithm=");
        query.url.push_str(ALGORITHM);
        query
    }

    /// Writes the caller's parameters that come before this one of the signer, then `&name=`. What comes back takes the
    /// value. The signer's have to come in ascending order.
    #[inline]
    pub(super) fn signer(&mut self, (name, text): SignerParameter) -> &mut String {
        while let Some(parameter) = self.next_before(name) {
            self.url.push('&');
            put(parameter, self.url);
        }
        self.url.push_str(text);
        self.url
    }

    /// Writes the rest of the caller's parameters.
    #[inline]
    pub(super) fn finish(self) {
        for parameter in self.caller {
            self.url.push('&');
            put(parameter, self.url);
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

/// Writes a query that has only the caller's parameters, with its question mark; nothing, if there are none.
pub(super) fn write_caller_query(url: &mut String, caller: &[QueryParameter<'_>]) {
    let mut separator = '?';
    for parameter in caller {
        url.push(separator);
        separator = '&';
        put(parameter, url);
    }
}

fn put(parameter: &QueryParameter<'_>, url: &mut String) {
    encode::query(&parameter.name, url);
    url.push('=');
    encode::query(&parameter.value, url);
}
