//! The header lines of the canonical request, and the list of their names.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;

use crate::encode;
use crate::parameters::{Header, Parameters, is_http_space};

/// The signer's headers and the caller's, both sorted by name.
pub(super) struct CanonicalHeaders<'r> {
    /// At most `host`, `x-amz-content-sha256`, `x-amz-date` and the session token, in this order. Their values have no
    /// spaces.
    pub(super) signer: [Option<(&'static str, Cow<'r, str>)>; 4],
    pub(super) caller: &'r Parameters<'r>,
}

/// A header of either list. The caller may give a name several values, which come one after the other.
enum Line<'l> {
    Signer(&'static str, &'l str),
    First(&'l Header<'l>),
    Repeated(&'l Header<'l>),
}

impl CanonicalHeaders<'_> {
    /// `name:value` and a line feed for each name.
    #[inline]
    pub(super) fn write_lines(&self, out: &mut String) {
        self.for_each(|line| {
            match line {
                Line::Signer(name, value) => {
                    out.push_str(name);
                    out.push(':');
                    out.push_str(value);
                }
                Line::First(header) => {
                    header.name.pieces().iter().for_each(|piece| out.push_str(piece));
                    out.push(':');
                    write_canonical_value(&header.value, out);
                }
                Line::Repeated(header) => {
                    // In the place of the line feed.
                    out.pop();
                    out.push(',');
                    write_canonical_value(&header.value, out);
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
        self.for_each(|line| {
            if let Line::Repeated(_) = line {
                return;
            }
            if !core::mem::take(&mut is_first) {
                out.push_str(separator);
            }
            match line {
                Line::Signer(name, _) => write(out, name),
                Line::First(header) | Line::Repeated(header) => header.name.pieces().iter().for_each(|p| write(out, p)),
            }
        });
    }

    /// Both lists merged by name. No name is in both: the caller may not set the signer's headers.
    #[inline]
    fn for_each(&self, mut take: impl FnMut(Line<'_>)) {
        let mut signer = self.signer.iter().flatten().peekable();
        let mut last_name = None;
        for header in self.caller.headers() {
            while let Some((name, value)) = signer.next_if(|(name, _)| header.name.compare(name) == Ordering::Greater) {
                take(Line::Signer(name, value));
            }
            take(if last_name == Some(&header.name) { Line::Repeated(header) } else { Line::First(header) });
            last_name = Some(&header.name);
        }
        signer.for_each(|(name, value)| take(Line::Signer(name, value)));
    }
}

/// Trims the value and makes one space of every run of spaces and tabs, also between quotes.
fn write_canonical_value(value: &str, out: &mut String) {
    if is_canonical_value(value.as_bytes()) {
        return out.push_str(value);
    }
    let mut separator = "";
    for word in value.split(is_http_space).filter(|word| !word.is_empty()) {
        out.push_str(separator);
        separator = " ";
        out.push_str(word);
    }
}

/// Whether nothing is to be done, which is so for most values and seen faster than done.
fn is_canonical_value(value: &[u8]) -> bool {
    let pairs = value.iter().zip(value.iter().skip(1));
    let has_run = pairs.filter(|pair| *pair == (&b' ', &b' ')).count() > 0;
    !has_run && !value.contains(&b'\t') && value.first() != Some(&b' ') && value.last() != Some(&b' ')
}
