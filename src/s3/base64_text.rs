//! Base64 as text: its length, and a few bytes of it. The feature `checksum` brings a whole library; this is for builds
//! without it.

use alloc::string::String;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns the decoded length of a base64 string, or none if it is not base64 with its padding.
///
/// Source: [RFC 4648 section 4](https://www.rfc-editor.org/rfc/rfc4648.html#section-4).
pub(super) fn decoded_length(text: &str) -> Option<usize> {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let is_base64 = text.len().is_multiple_of(4) && digits.bytes().all(is_digit);
    is_base64.then_some(digits.len() * 3 / 4)
}

/// Appends the base64 of these bytes, with padding.
pub(super) fn encode(bytes: &[u8], out: &mut String) {
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = ALPHABET.get((bits >> (18 - 6 * place) & 63) as usize);
            out.push(if place <= group.len() { digit.map_or('=', |&digit| char::from(digit)) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 4648 section 10, and digits of both ends of the alphabet.
    #[test]
    fn encoded_and_measured() {
        for (bytes, expected) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
            (b"fooba", "Zm9vYmE="),
            (b"foobar", "Zm9vYmFy"),
            (b"\xff\xef\xbe\x00", "/+++AA=="),
        ] {
            let mut text = String::new();
            encode(bytes, &mut text);
            assert_eq!(text, expected);
            assert_eq!(decoded_length(&text), Some(bytes.len()));
        }
        for text in ["Zg", "Zg=", "Zg===", "====", "Z===", "Zm-v", "Zm_v", "Zm9v\n", "Z g=", "Zm9ü"] {
            assert_eq!(decoded_length(text), None, "{text}");
        }
    }
}
