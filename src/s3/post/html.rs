//! A form as HTML.

use alloc::string::String;

/// The pieces of the form around its URL, and those of a field around its name and its value.
const FORM_START: &str = "<form action=\"";
const FORM_END: &str = "\" method=\"post\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n";
const FIELD_START: &str = "  <input type=\"hidden\" name=\"";
const FIELD_MIDDLE: &str = "\" value=\"";
const FIELD_END: &str = "\">\n";
/// The file is last, because stores ignore the fields behind it. The button has no name, so that it is no field.
const FILE: &str =
    "  <input type=\"file\" name=\"file\" required>\n  <button type=\"submit\">Upload</button>\n</form>\n";

pub(super) fn html_form<'f>(url: &str, fields: impl Iterator<Item = (&'f str, &'f str)> + Clone) -> String {
    let field_length = |(name, value)| {
        FIELD_START.len() + escaped_length(name) + FIELD_MIDDLE.len() + escaped_length(value) + FIELD_END.len()
    };
    let frame = FORM_START.len() + escaped_length(url) + FORM_END.len() + FILE.len();
    // Growing would leave copies of the fields behind, one of which may be a session token.
    let mut html = String::with_capacity(frame + fields.clone().map(field_length).sum::<usize>());
    html.push_str(FORM_START);
    put_attribute(&mut html, url);
    html.push_str(FORM_END);
    for (name, value) in fields {
        html.push_str(FIELD_START);
        put_attribute(&mut html, name);
        html.push_str(FIELD_MIDDLE);
        put_attribute(&mut html, value);
        html.push_str(FIELD_END);
    }
    html.push_str(FILE);
    html
}

/// The value of an attribute in double quotes. Signing refuses the control characters that HTML would rewrite.
fn put_attribute(html: &mut String, text: &str) {
    for c in text.chars() {
        match entity(c) {
            Some(entity) => html.push_str(entity),
            None => html.push(c),
        }
    }
}

/// How long the value of an attribute becomes.
fn escaped_length(text: &str) -> usize {
    text.chars().map(|c| entity(c).map_or(c.len_utf8(), str::len)).sum()
}

fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_known_before() {
        let html = html_form("https://h/?a&b", [("a<", ">\"'&\u{e4}"), ("b", "")].into_iter());
        assert_eq!(html.len(), html.capacity());
    }
}
