//! Text beyond ASCII in a header, as mail writes it.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::s3::base64_text;

const START: &str = "=?UTF-8?B?";
const END: &str = "?=";

/// An encoded word has at most 75 characters, so its base64 has at most 63, and 60 of them are whole groups.
const MAX_BYTES: usize = 45;

/// Returns a text as encoded words, unless every reader takes it for itself as it is.
///
/// No character is in two words, and the space between two words is not a part of the text.
///
/// Source: [RFC 2047](https://www.rfc-editor.org/rfc/rfc2047.html), sections 2, 5 and 6.
pub(in crate::s3) fn encoded_words(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_plain(&text) {
        return text;
    }
    let mut words = String::with_capacity(2 * text.len() + START.len() + END.len());
    let mut rest = &*text;
    while !rest.is_empty() {
        let end =
            rest.char_indices().map(|(at, character)| at + character.len_utf8()).take_while(|&end| end <= MAX_BYTES);
        let (word, others) = rest.split_at_checked(end.last().unwrap_or_default()).unwrap_or((rest, ""));
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(START);
        base64_text::encode(word.as_bytes(), &mut words);
        words.push_str(END);
        rest = others;
    }
    words.into()
}

/// Printable ASCII in which no reader finds an encoded word, with spaces that no proxy and no signer changes.
fn is_plain(text: &str) -> bool {
    let is_printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    is_printable && !text.contains("=?") && !text.contains("  ") && text.trim_matches(' ') == text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected values are those of Python's `email.header.Header(text, "utf-8", maxlinelen=75)` where the text fits
    /// into one word; `decode_header` reads all of them.
    #[test]
    fn words() {
        for (text, expected) in [
            ("", ""),
            ("Jane Doe", "Jane Doe"),
            ("a=b?c", "a=b?c"),
            ("gro\u{df}.jpg", "=?UTF-8?B?Z3Jvw58uanBn?="),
            ("\u{65e5}\u{672c}", "=?UTF-8?B?5pel5pys?="),
            ("=?UTF-8?B?YQ==?=", "=?UTF-8?B?PT9VVEYtOD9CP1lRPT0/PQ==?="),
            (" a", "=?UTF-8?B?IGE=?="),
            ("a  b", "=?UTF-8?B?YSAgYg==?="),
            ("a\nb", "=?UTF-8?B?YQpi?="),
        ] {
            assert_eq!(encoded_words(text.into()), expected, "{text}");
        }
    }

    #[test]
    fn no_word_is_too_long_and_none_ends_inside_a_character() {
        for character in ["a", "\u{df}", "\u{65e5}", "\u{1f980}"] {
            for count in 1..100 {
                let text = ["\u{e9}", &*character.repeat(count)].concat();
                let words = encoded_words(text.into());
                for word in words.split(' ') {
                    let base64 = word.strip_prefix(START).and_then(|word| word.strip_suffix(END)).unwrap_or("?");
                    assert!(word.len() <= 75 && base64_text::decoded_length(base64).is_some(), "{word}");
                }
            }
        }
    }
}
