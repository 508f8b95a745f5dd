//! A URL and the fields of a form.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroize as _;

/// All in one text, in the order in which they are added. It is wiped from memory when it is dropped if it has a secret.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct FormText {
    text: String,
    url_end: usize,
    fields: Vec<FieldEnds>,
    has_secret: bool,
}

/// Where in the text a field is: its name, and behind it its value.
#[derive(Clone, Copy, PartialEq, Eq)]
struct FieldEnds {
    start: usize,
    name_end: usize,
    end: usize,
}

impl FormText {
    /// With room for so many bytes, and for so many fields. Growing would leave a copy of a secret behind.
    pub(super) fn new(url: &[&str], bytes: usize, fields: usize) -> Self {
        let mut text = String::with_capacity(bytes);
        text.extend(url.iter().copied());
        Self { url_end: text.len(), text, fields: Vec::with_capacity(fields), has_secret: false }
    }

    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.push_with(name, |text| text.push_str(value));
    }

    /// Adds a field whose value is appended to the text that is given.
    pub(super) fn push_with(&mut self, name: &str, append_value: impl FnOnce(&mut String)) {
        self.has_secret |= is_secret(name);
        let start = self.text.len();
        self.text.push_str(name);
        let name_end = self.text.len();
        append_value(&mut self.text);
        self.fields.push(FieldEnds { start, name_end, end: self.text.len() });
    }

    pub(super) fn url(&self) -> &str {
        self.part(0, self.url_end)
    }

    pub(super) fn fields(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        let parts = |ends: &FieldEnds| (self.part(ends.start, ends.name_end), self.part(ends.name_end, ends.end));
        self.fields.iter().map(parts)
    }

    /// The length of all names and values.
    pub(super) const fn fields_bytes(&self) -> usize {
        self.text.len() - self.url_end
    }

    /// Whether a value must not stay in memory.
    pub(super) const fn has_secret(&self) -> bool {
        self.has_secret
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}

impl Drop for FormText {
    fn drop(&mut self) {
        if self.has_secret {
            self.text.zeroize();
        }
    }
}

/// Whether the value of a field is a session token or a key of SSE-C.
fn is_secret(name: &str) -> bool {
    ["-token", "-customer-key"].iter().any(|end| {
        let start = name.len().checked_sub(end.len());
        start.and_then(|start| name.get(start..)).is_some_and(|name_end| name_end.eq_ignore_ascii_case(end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_names() {
        for (name, expected) in [
            ("X-Amz-Security-Token", true),
            ("x-amz-security-token", true),
            ("X-Amz-S3session-Token", true),
            ("x-amz-server-side-encryption-customer-key", true),
            ("x-amz-server-side-encryption-customer-key-MD5", false),
            ("X-Amz-Signature", false),
            ("Policy", false),
            ("token", false),
            ("\u{e4}-token", true),
            ("\u{20ac}token", false),
        ] {
            assert_eq!(is_secret(name), expected, "{name}");
        }
    }
}
