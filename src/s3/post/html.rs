//! A form as HTML.

use alloc::string::String;

pub(super) fn html_form<'f>(url: &str, fields: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let mut html = String::from("<form action=\"");
    put_attribute(&mut html, url);
    html.push_str("\" method=\"post\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n");
    for (name, value) in fields {
        html.push_str("  <input type=\"hidden\" name=\"");
        put_attribute(&mut html, name);
        html.push_str("\" value=\"");
        put_attribute(&mut html, value);
        html.push_str("\">\n");
    }
    // Last, because stores ignore the fields behind it.
    html.push_str("  <input type=\"file\" name=\"file\" required>\n");
    // Without a name, so that the button is no field.
    html.push_str("  <button type=\"submit\">Upload</button>\n</form>\n");
    html
}

/// The value of an attribute in double quotes. Signing refuses the control characters that HTML would rewrite.
fn put_attribute(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}
