//! The lines of a canonical request.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::string::String;
use alloc::vec::Vec;

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

/// A canonical request, cut into its lines.
pub(super) struct Canonical<'t> {
    pub(super) method: &'t str,
    pub(super) path: &'t str,
    pub(super) query: &'t str,
    /// Names and values.
    pub(super) headers: Vec<(&'t str, &'t str)>,
    pub(super) signed_headers: &'t str,
    pub(super) payload: &'t str,
}

impl<'t> Canonical<'t> {
    /// Returns nothing for a text with fewer lines than the specification has.
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let lines: Vec<&str> = text.split('\n').collect();
        let [method, path, query, headers @ .., signed_headers, payload] = lines.as_slice() else { return None };
        let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        let headers = headers.iter().filter_map(|line| line.split_once(':')).collect();
        is_method.then_some(Self { method, path, query, headers, signed_headers, payload })
    }

    /// Names and values, as they are encoded.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }

    /// The value of the first parameter with a name, as it is encoded.
    pub(super) fn parameter(&self, name: &str) -> Option<&'t str> {
        self.parameters().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    pub(super) fn signs(&self, header: &str) -> bool {
        self.signed_headers.split(';').any(|name| name == header)
    }
}

/// Decodes a text until nothing in it is encoded, at most four times. `+` is a space: one encoding or the other is meant.
pub(super) fn decoded(text: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(text.to_owned());
    for _ in 0..4 {
        let decoded = match percent_decode_str(&text).decode_utf8_lossy() {
            Cow::Owned(decoded) => Zeroizing::new(decoded),
            Cow::Borrowed(_) => break,
        };
        text = decoded;
    }
    Zeroizing::new(text.replace('+', " "))
}
