//! The header lines of the canonical request, and the list of their names.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::encode;
use crate::parameters::{Parameter, is_http_space};

/// The signer's headers and the caller's, both sorted by name.
pub(super) struct CanonicalHeaders<'r> {
    /// At most `host`, `x-amz-content-sha256`, `x-amz-date` and the session token, in this order. Their values have no
    /// spaces.
    pub(super) signer: [Option<(&'static str, Cow<'r, str>)>; 4],
    pub(super) caller: &'r [Parameter<'r>],
}

/// One line: a name with its value, or with all of its values.
enum Line<'l> {
    Signer(&'static str, &'l str),
    Caller(&'l [Parameter<'l>]),
}

impl CanonicalHeaders<'_> {
    /// `name:value` and a line feed for each header.
    #[inline]
    pub(super) fn write_lines(&self, out: &mut String) {
        self.for_each_line(|line| {
            out.push_str(line.name());
            out.push(':');
            match line {
                Line::Signer(_, value) => out.push_str(value),
                Line::Caller(headers) => {
                    for (position, header) in headers.iter().enumerate() {
                        if position > 0 {
                            out.push(',');
                        }
                        write_canonical_value(&header.value, out);
                    }
                }
            }
            out.push('\n');
        });
    }

    /// The signed headers: all names, separated by semicolons.
    #[inline]
    pub(super) fn write_names(&self, out: &mut String) {
        self.write_separated_names(";", String::push_str, out);
    }

    /// The same as the value of a query parameter.
    #[inline]
    pub(super) fn write_encoded_names(&self, out: &mut String) {
        self.write_separated_names("%3B", |out, name| encode::query(name, out), out);
    }

    #[inline]
    fn write_separated_names(&self, separator: &str, write: impl Fn(&mut String, &str), out: &mut String) {
        let mut is_first = true;
        self.for_each_line(|line| {
            if !core::mem::take(&mut is_first) {
                out.push_str(separator);
            }
            write(out, line.name());
        });
    }

    /// Both lists merged by name. No name is in both: the caller may not set the signer's headers.
    #[inline]
    fn for_each_line(&self, mut write: impl FnMut(Line<'_>)) {
        let mut caller = self.caller;
        for (name, value) in self.signer.iter().flatten() {
            let before = caller.partition_point(|header| *header.name < **name);
            let (lines, rest) = caller.split_at_checked(before).unwrap_or_default();
            same_names(lines).for_each(|headers| write(Line::Caller(headers)));
            caller = rest;
            write(Line::Signer(name, value));
        }
        same_names(caller).for_each(|headers| write(Line::Caller(headers)));
    }
}

#[inline]
fn same_names<'l>(headers: &'l [Parameter<'l>]) -> impl Iterator<Item = &'l [Parameter<'l>]> {
    headers.chunk_by(|left, right| left.name == right.name)
}

impl Line<'_> {
    #[inline]
    fn name(&self) -> &str {
        match self {
            Self::Signer(name, _) => name,
            Self::Caller(headers) => headers.first().map_or("", |header| &*header.name),
        }
    }
}

/// Trims the value and makes one space of every run of spaces and tabs, also between quotes.
fn write_canonical_value(value: &str, out: &mut String) {
    let mut separator = "";
    for word in value.split(is_http_space).filter(|word| !word.is_empty()) {
        out.push_str(separator);
        separator = " ";
        out.push_str(word);
    }
}
