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
}

impl<'u, 'r, I: Iterator<Item = &'r QueryParameter<'r>>> CanonicalQuery<'u, I> {
    /// Starts the query of `url`. `caller` is in canonical order.
    #[inline]
    pub(super) fn new(url: &'u mut String, caller: I) -> Self {
        url.push('?');
        Self { url, caller: caller.peekable() }
    }

    /// Writes the caller's parameters that come before this one of the signer, then this one. The signer's have to come
    /// in ascending order, and need no encoding.
    #[inline]
    pub(super) fn signer(&mut self, name: &'static str, write_value: impl FnOnce(&mut String)) {
        let is_before = |caller: &&QueryParameter<'_>| encode::compare_encoded(&caller.name, name) == Ordering::Less;
        while let Some(parameter) = self.caller.next_if(is_before) {
            self.put_caller(parameter);
        }
        self.url.push_str(name);
        self.url.push('=');
        write_value(self.url);
        self.url.push('&');
    }

    /// Writes the rest of the caller's parameters.
    #[inline]
    pub(super) fn finish(mut self) {
        while let Some(parameter) = self.caller.next() {
            self.put_caller(parameter);
        }
        // The last separator, or the `?` if there is no query.
        self.url.pop();
    }

    fn put_caller(&mut self, parameter: &QueryParameter<'_>) {
        encode::query(&parameter.name, self.url);
        self.url.push('=');
        encode::query(&parameter.value, self.url);
        self.url.push('&');
    }
}
