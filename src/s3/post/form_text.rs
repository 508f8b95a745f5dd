//! A URL and the fields of a form.

use alloc::string::String;
use alloc::vec::Vec;

/// All in one text, in the order in which they are added.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct FormText {
    text: String,
    url_end: usize,
    fields: Vec<FieldEnds>,
}

/// Where in the text a field is: its name, and behind it its value.
#[derive(Clone, Copy, PartialEq, Eq)]
struct FieldEnds {
    start: usize,
    name_end: usize,
    end: usize,
}

impl FormText {
    /// With room for so many bytes, and for so many fields.
    pub(super) fn new(url: &[&str], bytes: usize, fields: usize) -> Self {
        let mut text = String::with_capacity(bytes);
        text.extend(url.iter().copied());
        Self { url_end: text.len(), text, fields: Vec::with_capacity(fields) }
    }

    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.push_with(name, |text| text.push_str(value));
    }

    /// Adds a field whose value is appended to the text that is given, and returns the value.
    pub(super) fn push_with(&mut self, name: &str, append_value: impl FnOnce(&mut String)) -> &str {
        let start = self.text.len();
        self.text.push_str(name);
        let name_end = self.text.len();
        append_value(&mut self.text);
        self.fields.push(FieldEnds { start, name_end, end: self.text.len() });
        self.part(name_end, self.text.len())
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

    fn part(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}
