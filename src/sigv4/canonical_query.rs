//! The third line of the canonical request, which is also the query of the URL.

use alloc::string::String;
use core::cmp::Ordering;

use crate::encode;
use crate::parameters::Parameter;

/// Writes a query in canonical order, merging the signer's parameters into the caller's.
pub(super) struct CanonicalQuery<'u, 'r> {
    url: &'u mut String,
    caller: &'r [Parameter<'r>],
}

impl<'u, 'r> CanonicalQuery<'u, 'r> {
    /// Starts the query of `url`. `caller` is in canonical order.
    #[inline]
    pub(super) fn new(url: &'u mut String, caller: &'r [Parameter<'r>]) -> Self {
        url.push('?');
        Self { url, caller }
    }

    /// Writes the caller's parameters that come before this one of the signer, then this one. The signer's have to come
    /// in ascending order, and need no encoding.
    #[inline]
    pub(super) fn signer(&mut self, name: &'static str, write_value: impl FnOnce(&mut String)) {
        while let Some((first, rest)) = self.caller.split_first()
            && encode::compare_encoded(&first.name, name) == Ordering::Less
        {
            self.put_caller(first);
            self.caller = rest;
        }
        self.url.push_str(name);
        self.url.push('=');
        write_value(self.url);
        self.url.push('&');
    }

    /// Writes the rest of the caller's parameters.
    #[inline]
    pub(super) fn finish(mut self) {
        self.caller.iter().for_each(|parameter| self.put_caller(parameter));
        // The last separator, or the `?` if there is no query.
        self.url.pop();
    }

    fn put_caller(&mut self, parameter: &Parameter<'_>) {
        encode::query(&parameter.name, self.url);
        self.url.push('=');
        encode::query(&parameter.value, self.url);
        self.url.push('&');
    }
}
