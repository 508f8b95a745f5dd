//! Percent-encoding, and the order of percent-encoded texts. The only file that knows which characters are encoded.
//!
//! Source: [Create a signed AWS API request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html),
//! `UriEncode`: everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX` in upper case, a space is `%20`, and `/` stays in
//! paths only.

#[cfg(feature = "verify")]
use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;

use percent_encoding::percent_encode_byte;

use crate::byte_set::ByteSet;

/// RFC 3986's unreserved characters.
static UNRESERVED: ByteSet = ByteSet::alphanumeric_and(b"-._~");

/// The same, and the `/` that separates segments.
static IN_PATH: ByteSet = ByteSet::alphanumeric_and(b"-._~/");

/// The name or the value of a query parameter.
#[inline]
pub(crate) fn query(raw: &str, out: &mut String) {
    encode(raw, &UNRESERVED, out);
}

/// A path, whose slashes stay.
#[inline]
pub(crate) fn path(raw: &str, out: &mut String) {
    encode(raw, &IN_PATH, out);
}

/// In runs of what stays, which are as long as they can be: most texts are one.
#[inline]
fn encode(raw: &str, kept: &ByteSet, out: &mut String) {
    let mut rest = raw;
    loop {
        let (stays, others) = rest.split_at_checked(kept.run(rest)).unwrap_or_default();
        out.push_str(stays);
        // What is encoded ends with a whole character, because all bytes of characters beyond ASCII are encoded.
        let encoded = others.bytes().take_while(|&byte| !kept.contains(byte));
        let count = encoded.map(|byte| out.push_str(percent_encode_byte(byte))).count();
        if count == 0 {
            return;
        }
        rest = others.get(count..).unwrap_or_default();
    }
}

/// RFC 3986 section 2.3.
#[inline]
pub(crate) fn is_unreserved(byte: u8) -> bool {
    UNRESERVED.contains(byte)
}

/// Whether nothing in a text has to be encoded.
#[inline]
pub(crate) fn is_all_unreserved(text: &str) -> bool {
    UNRESERVED.contains_all(text.as_bytes())
}

/// Something that is not percent-encoded UTF-8: a percent sign without two digits after it, or bytes that are no text.
#[cfg(feature = "verify")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotDecodable;

/// Decodes a percent-encoded string once. Without a percent sign, it is the string itself.
#[cfg(feature = "verify")]
pub(crate) fn decode(encoded: &str) -> Result<Cow<'_, str>, NotDecodable> {
    let mut pieces = encoded.split('%');
    // The first piece follows no percent sign.
    pieces.next();
    let has_digits = |piece: &str| matches!(piece.as_bytes(), [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    if !pieces.all(has_digits) {
        return Err(NotDecodable);
    }
    percent_encoding::percent_decode_str(encoded).decode_utf8().map_err(|_| NotDecodable)
}

/// Decodes a path once and encodes it as [`path`] does. If that changes nothing, it is the path itself.
#[cfg(feature = "verify")]
pub(crate) fn path_again(encoded: &str) -> Result<Cow<'_, str>, NotDecodable> {
    if is_strictly_encoded(encoded, &IN_PATH) {
        return Ok(Cow::Borrowed(encoded));
    }
    let mut again = String::with_capacity(encoded.len());
    path(&decode(encoded)?, &mut again);
    Ok(Cow::Owned(again))
}

/// Decodes the names and values of a query once and encodes them as [`query`] does. A name without a value gets an empty one,
/// and empty pairs are dropped. If that changes nothing, it is the query itself.
///
/// A plus sign is a plus sign, or a space if that is said.
#[cfg(feature = "verify")]
pub(crate) fn query_again(encoded: &str, plus_is_space: bool) -> Result<Cow<'_, str>, NotDecodable> {
    let is_strict = |pair: &str| {
        pair.split_once('=')
            .is_some_and(|(name, value)| [name, value].iter().all(|part| is_strictly_encoded(part, &UNRESERVED)))
    };
    if encoded.is_empty() || encoded.split('&').all(is_strict) {
        return Ok(Cow::Borrowed(encoded));
    }
    let mut again = String::with_capacity(2 * encoded.len());
    for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
        if !again.is_empty() {
            again.push('&');
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        for (part, end) in [(name, "="), (value, "")] {
            let part = if plus_is_space { Cow::Owned(part.replace('+', " ")) } else { Cow::Borrowed(part) };
            query(&decode(&part)?, &mut again);
            again.push_str(end);
        }
    }
    Ok(Cow::Owned(again))
}

/// Whether a string is what [`encode`] would write, as far as ASCII goes: everything else has to be decoded to know.
#[cfg(feature = "verify")]
fn is_strictly_encoded(text: &str, kept: &ByteSet) -> bool {
    let mut rest = text;
    loop {
        let (_, others) = rest.split_at_checked(kept.run(rest)).unwrap_or_default();
        match others.as_bytes() {
            [] => return true,
            [b'%', high @ b'0'..=b'7', low @ (b'0'..=b'9' | b'A'..=b'F'), ..] => {
                let low = if low.is_ascii_digit() { low - b'0' } else { low - b'A' + 10 };
                if kept.contains((high - b'0') * 16 + low) {
                    return false;
                }
                rest = others.get("%XX".len()..).unwrap_or_default();
            }
            _ => return false,
        }
    }
}

/// Compares two raw texts as their encoded forms compare, without writing them.
///
/// An encoded byte starts with `%`, which is less than every unreserved character, and two encoded bytes compare as
/// their values do, because `0`-`9` are less than `A`-`F`.
#[inline]
pub(crate) fn compare_encoded<'t>(left: &'t str, right: &'t str) -> Ordering {
    let rank = |byte: &u8| (is_unreserved(*byte), *byte);
    let [left, right] = [left.as_bytes(), right.as_bytes()];
    // Eight bytes at a time, as long as all of them are the same.
    let (left_eights, right_eights) = (left.as_chunks::<8>().0, right.as_chunks::<8>().0);
    let start = 8 * left_eights.iter().zip(right_eights).take_while(|(left, right)| left == right).count();
    let rest = |text: &'t [u8]| text.get(start..).unwrap_or_default();
    let same = start + rest(left).iter().zip(rest(right)).take_while(|(left, right)| left == right).count();
    left.get(same).map(rank).cmp(&right.get(same).map(rank))
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
