//! The third line of the canonical request, which is also the query of the URL.

use alloc::string::String;
use core::cmp::Ordering;
use core::fmt::Write as _;
use core::iter::Peekable;
use core::slice::Iter;

use crate::encode;
use crate::parameters::Parameter;
use crate::sink::Sink;

/// Writes a query in canonical order, merging the signer's parameters into the caller's.
pub(super) struct CanonicalQuery<'u, 'r> {
    url: &'u mut String,
    caller: Peekable<Iter<'r, Parameter<'r>>>,
    separator: &'static str,
}

impl<'u, 'r> CanonicalQuery<'u, 'r> {
    /// Starts the query of `url`. `caller` is in canonical order.
    pub(super) fn new(url: &'u mut String, caller: &'r [Parameter<'r>]) -> Self {
        Self { url, caller: caller.iter().peekable(), separator: "?" }
    }

    /// Writes the caller's parameters that come before `name`, then `name=`. What comes back takes the value and
    /// encodes it. Names have to come in ascending order.
    pub(super) fn parameter(&mut self, name: &str) -> Encoded<'_> {
        while let Some(parameter) = self.caller.next_if(|p| encode::compare_encoded(&p.name, name) == Ordering::Less) {
            self.put_caller(parameter);
        }
        self.put_name(name)
    }

    /// Writes the rest of the caller's parameters.
    pub(super) fn finish(mut self) {
        while let Some(parameter) = self.caller.next() {
            self.put_caller(parameter);
        }
    }

    fn put_caller(&mut self, parameter: &Parameter<'_>) {
        self.put_name(&parameter.name).put(&parameter.value);
    }

    fn put_name(&mut self, name: &str) -> Encoded<'_> {
        self.url.put(self.separator);
        self.separator = "&";
        encode::query(name, self.url);
        self.url.put("=");
        Encoded(self.url)
    }
}

/// Percent-encodes what is put into it.
pub(super) struct Encoded<'u>(&'u mut String);

impl Encoded<'_> {
    /// Digits need no encoding.
    pub(super) fn put_number(&mut self, number: u64) {
        let _ = write!(self.0, "{number}");
    }
}

impl Sink for Encoded<'_> {
    fn put(&mut self, text: &str) {
        encode::query(text, self.0);
    }
}
