//! The bodies of a few operations.

use alloc::string::String;

use crate::Error;
use crate::error::Field;

/// Appends a text so that it cannot become markup.
///
/// Line breaks are written as references, because a parser would make `\r\n` and `\r` into `\n`: see [XML-related
/// object key
/// constraints](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-xml-related-constraints).
/// XML 1.0 cannot contain most control characters in any form.
pub(super) fn put_text(xml: &mut String, field: Field, text: &str) -> Result<(), Error> {
    for (position, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            '\t' => xml.push_str("&#9;"),
            '\n' => xml.push_str("&#10;"),
            '\r' => xml.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => return Err(Error::InvalidCharacter { field, position }),
            other => xml.push(other),
        }
    }
    Ok(())
}

/// Appends an element with a text.
pub(super) fn put_element(xml: &mut String, name: &str, field: Field, text: &str) -> Result<(), Error> {
    open(xml, name);
    put_text(xml, field, text)?;
    close(xml, name);
    Ok(())
}

/// Appends an element with a text that has nothing to escape, such as a number, a fixed name or base64.
pub(super) fn put_plain_element(xml: &mut String, name: &str, text: &str) {
    open(xml, name);
    xml.push_str(text);
    close(xml, name);
}

/// Appends an element with any text. What XML cannot contain is replaced.
#[cfg(feature = "verify")]
pub(crate) fn put_any_element(xml: &mut String, name: &str, text: &str) {
    let is_no_character =
        |c| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    open(xml, name);
    // It does not fail then.
    let _ = put_text(xml, Field::Url, &text.replace(is_no_character, "\u{fffd}"));
    close(xml, name);
}

/// The start of a document.
pub(super) fn document(root: &str) -> String {
    ["<", root, " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"].concat()
}

pub(super) fn open(xml: &mut String, name: &str) {
    xml.extend(["<", name, ">"]);
}

pub(super) fn close(xml: &mut String, name: &str) {
    xml.extend(["</", name, ">"]);
}
