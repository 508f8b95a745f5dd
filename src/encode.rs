//! Percent-encoding, and the order of percent-encoded texts. The only file that knows which characters are encoded.
//!
//! Source: [Create a signed AWS API request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html),
//! `UriEncode`: everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX` in upper case, a space is `%20`, and `/` stays in
//! paths only.

use alloc::string::String;
use core::cmp::Ordering;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, where `/` separates segments.
const PATH: &AsciiSet = &QUERY.remove(b'/');

/// The name or the value of a query parameter.
#[inline]
pub(crate) fn query(raw: &str, out: &mut String) {
    out.extend(utf8_percent_encode(raw, QUERY));
}

/// A path, whose slashes stay.
#[inline]
pub(crate) fn path(raw: &str, out: &mut String) {
    out.extend(utf8_percent_encode(raw, PATH));
}

/// RFC 3986 section 2.3.
#[inline]
pub(crate) const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Compares two raw texts as their encoded forms compare, without writing them.
///
/// An encoded byte starts with `%`, which is less than every unreserved character, and two encoded bytes compare as
/// their values do, because `0`-`9` are less than `A`-`F`.
#[inline]
pub(crate) fn compare_encoded(left: &str, right: &str) -> Ordering {
    let rank = |byte: u8| (is_unreserved(byte), byte);
    left.bytes().map(rank).cmp(right.bytes().map(rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(raw: &str) -> String {
        let mut out = String::new();
        query(raw, &mut out);
        out
    }

    #[test]
    fn every_pair_of_short_texts_compares_as_encoded() {
        let characters =
            ["", "%", "a", "Z", "0", "~", "_", "-", ".", "/", " ", ":", "é", "\u{1F680}", "\u{0}", "\u{7f}"];
        for a in characters {
            for b in characters {
                for c in characters {
                    let (left, right) = ([a, b].concat(), [c, b, a].concat());
                    assert_eq!(
                        compare_encoded(&left, &right),
                        encoded(&left).cmp(&encoded(&right)),
                        "{left:?} {right:?}"
                    );
                }
            }
        }
    }
}
