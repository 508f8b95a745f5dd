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

#[cfg(feature = "verify")]
use percent_encoding::percent_decode_str;
use percent_encoding::percent_encode_byte;
#[cfg(feature = "verify")]
use zeroize::Zeroizing;

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
    if pieces.next().is_some_and(|piece| piece.len() == encoded.len()) {
        return Ok(Cow::Borrowed(encoded));
    }
    let has_digits = |piece: &str| matches!(piece.as_bytes(), [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    if !pieces.all(has_digits) {
        return Err(NotDecodable);
    }
    // Growing would leave a copy of a session token behind.
    let mut decoded = Vec::with_capacity(encoded.len());
    decoded.extend(percent_decode_str(encoded));
    String::from_utf8(decoded).map(Cow::Owned).map_err(|_| NotDecodable)
}

/// Decodes a path once and encodes it as [`path`] does. If that changes nothing, it is the path itself.
#[cfg(feature = "verify")]
pub(crate) fn path_again(encoded: &str) -> Result<Cow<'_, str>, NotDecodable> {
    if strictly_encoded(encoded, &IN_PATH) == encoded.len() {
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

/// Splits the name or the value at the start of a query from the rest, if it is what [`query`] writes.
#[cfg(feature = "verify")]
#[inline]
pub(crate) fn split_query(encoded: &str) -> (&str, &str) {
    encoded.split_at_checked(strictly_encoded(encoded, &UNRESERVED)).unwrap_or_default()
}

/// Returns how many bytes at the start are what [`encode`] writes, as far as ASCII goes: other escapes have to be decoded to
/// know whether they are UTF-8.
#[cfg(feature = "verify")]
#[inline]
fn strictly_encoded(text: &str, kept: &ByteSet) -> usize {
    let mut rest = text.as_bytes();
    loop {
        let run = rest.iter().position(|&byte| !kept.contains(byte)).unwrap_or(rest.len());
        rest = rest.get(run..).unwrap_or_default();
        match rest {
            [b'%', high @ b'0'..=b'7', low @ (b'0'..=b'9' | b'A'..=b'F'), others @ ..] => {
                let low = if low.is_ascii_digit() { low - b'0' } else { low - b'A' + 10 };
                if kept.contains((high - b'0') * 16 + low) {
                    return text.len() - rest.len();
                }
                rest = others;
            }
            _ => return text.len() - rest.len(),
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
