//! The third line of the canonical request, which is also the query of the URL.

use alloc::string::String;
use core::cmp::Ordering;
use core::iter::Peekable;

use crate::encode;
use crate::parameters::QueryParameter;

/// Writes a query in canonical order, merging the signer's parameters into the caller's.
pub(super) struct CanonicalQuery<'u, I: Iterator> {
    url: &'u mut String,
    caller: Peekable<I>,
    has_caller: bool,
    separator: &'static str,
}

impl<'u, 'r, I: Iterator<Item = &'r QueryParameter<'r>>> CanonicalQuery<'u, I> {
    /// Starts the query of `url`. `caller` is in canonical order.
    #[inline]
    pub(super) fn new(url: &'u mut String, caller: I) -> Self {
        let mut caller = caller.peekable();
        let has_caller = caller.peek().is_some();
        Self { url, caller, has_caller, separator: "?" }
    }

    /// Writes the caller's parameters that come before this one of the signer, then `name=`. What comes back takes the
    /// value. The signer's have to come in ascending order, and need no encoding.
    #[inline]
    pub(super) fn signer(&mut self, name: &'static str) -> &mut String {
        if self.has_caller {
            let is_before = |old: &&QueryParameter<'_>| encode::compare_encoded(&old.name, name) == Ordering::Less;
            while let Some(parameter) = self.caller.next_if(is_before) {
                self.put_caller(parameter);
            }
        }
        self.put_separator();
        self.url.push_str(name);
        self.url.push('=');
        self.url
    }

    /// Writes the rest of the caller's parameters.
    #[inline]
    pub(super) fn finish(mut self) {
        while let Some(parameter) = self.caller.next() {
            self.put_caller(parameter);
        }
    }

    fn put_caller(&mut self, parameter: &QueryParameter<'_>) {
        self.put_separator();
        encode::query(&parameter.name, self.url);
        self.url.push('=');
        encode::query(&parameter.value, self.url);
    }

    #[inline]
    fn put_separator(&mut self) {
        self.url.push_str(self.separator);
        self.separator = "&";
    }
}
