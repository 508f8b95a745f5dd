//! Percent-encoding, and the order of percent-encoded texts. The only file that knows which characters are encoded.
//!
//! Source: [Create a signed AWS API request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html),
//! `UriEncode`: everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX` in upper case, a space is `%20`, and `/` stays in
//! paths only.

#[cfg(feature = "verify")]
use alloc::borrow::Cow;
use alloc::string::String;
#[cfg(feature = "verify")]
use alloc::vec::Vec;
use core::cmp::Ordering;

use percent_encoding::percent_encode_byte;
#[cfg(feature = "verify")]
use zeroize::Zeroizing;

use crate::byte_set::ByteSet;
#[cfg(feature = "verify")]
use crate::positions::positions;

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
    let mut percent_signs = positions(encoded, b'%').peekable();
    if percent_signs.peek().is_none() {
        return Ok(Cow::Borrowed(encoded));
    }
    let encoded = encoded.as_bytes();
    // Growing would leave a copy of a session token behind.
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest_start = 0;
    for position in percent_signs {
        // An escape with a percent sign in it has no piece before that.
        decoded.extend_from_slice(encoded.get(rest_start..position).ok_or(NotDecodable)?);
        let [_, high, low] = encoded.get(position..).and_then(<[u8]>::first_chunk).ok_or(NotDecodable)?;
        decoded.push(hex_digit(*high).ok_or(NotDecodable)? << 4 | hex_digit(*low).ok_or(NotDecodable)?);
        rest_start = position + 3;
    }
    decoded.extend_from_slice(encoded.get(rest_start..).unwrap_or_default());
    String::from_utf8(decoded).map(Cow::Owned).map_err(|_| NotDecodable)
}

#[cfg(feature = "verify")]
#[inline]
fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
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
/// and empty pairs are dropped.
///
/// A plus sign is a plus sign, or a space if that is said.
#[cfg(feature = "verify")]
pub(crate) fn query_again(encoded: &str, plus_is_space: bool) -> Result<Zeroizing<String>, NotDecodable> {
    // With room for the longest result: growing would leave a copy of a session token behind.
    let mut again = Zeroizing::new(String::with_capacity(3 * encoded.len() + 1));
    for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
        if !again.is_empty() {
            again.push('&');
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        for (part, end) in [(name, "="), (value, "")] {
            let spaced = plus_is_space.then(|| Zeroizing::new(part.replace('+', "%20")));
            match decode(spaced.as_deref().map_or(part, String::as_str))? {
                Cow::Borrowed(decoded) => query(decoded, &mut again),
                Cow::Owned(decoded) => query(&Zeroizing::new(decoded), &mut again),
            }
            again.push_str(end);
        }
    }
    Ok(again)
}

/// Whether a query has only unreserved characters, and those that mean something in a query: the compiler looks at many at a
/// time, which it cannot with a [`ByteSet`].
#[cfg(feature = "verify")]
#[inline]
pub(crate) fn is_all_of_query(text: &str) -> bool {
    text.bytes().fold(true, |all, byte| {
        all & (byte.is_ascii_alphanumeric() | matches!(byte, b'-'..=b'.' | b'_' | b'~' | b'%'..=b'&' | b'='))
    })
}

/// Whether a text starts with an escape that [`query`] writes.
#[cfg(feature = "verify")]
#[inline]
pub(crate) fn starts_with_query_escape(text: &[u8]) -> bool {
    starts_with_strict_escape(text, &UNRESERVED)
}

/// Whether a text starts with an escape that [`encode`] writes, as far as ASCII goes: other escapes have to be decoded to know
/// whether they are UTF-8.
#[cfg(feature = "verify")]
#[inline]
fn starts_with_strict_escape(text: &[u8], kept: &ByteSet) -> bool {
    match *text {
        [b'%', high @ b'0'..=b'7', low @ (b'0'..=b'9' | b'A'..=b'F'), ..] => {
            let low = if low.is_ascii_digit() { low - b'0' } else { low - b'A' + 10 };
            !kept.contains((high - b'0') * 16 + low)
        }
        _ => false,
    }
}

/// Whether a text is what [`encode`] writes, as far as ASCII goes.
#[cfg(feature = "verify")]
fn is_strictly_encoded(text: &str, kept: &ByteSet) -> bool {
    let mut rest = text;
    loop {
        rest = rest.get(kept.run(rest)..).unwrap_or_default();
        if rest.is_empty() {
            return true;
        }
        if !starts_with_strict_escape(rest.as_bytes(), kept) {
            return false;
        }
        rest = rest.get(3..).unwrap_or_default();
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
