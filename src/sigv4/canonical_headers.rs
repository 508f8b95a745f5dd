//! The header lines of the canonical request, and the list of their names.

use alloc::string::String;
use core::cmp::Ordering;

use crate::parameters::{HTTP_SPACES, Header};

/// A header that the signer adds. Its value has no spaces.
pub(super) type SignerHeader<'r> = (&'static str, &'r str);

/// The signer's headers and the caller's, both sorted by name. No name is in both: the caller may not set the signer's.
#[derive(Clone, Copy)]
pub(super) struct CanonicalHeaders<'r> {
    pub(super) signer: &'r [SignerHeader<'r>],
    pub(super) caller: &'r [Header<'r>],
}

/// A header of either list. The caller may give a name several values, which come one after the other.
enum Line<'l> {
    Signer(&'static str, &'l str),
    Caller(&'l Header<'l>),
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
                Line::Caller(header) => {
                    if header.is_repeated {
                        // In the place of the line feed.
                        out.pop();
                        out.push(',');
                    } else {
                        header.name.write(out);
                        out.push(':');
                    }
                    if header.value.is_number() {
                        out.push_str(&header.value);
                    } else {
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
        let mut separator = "";
        self.for_each(|line| {
            if let Line::Caller(Header { is_repeated: true, .. }) = line {
                return;
            }
            out.push_str(core::mem::replace(&mut separator, ";"));
            match line {
                Line::Signer(name, _) => out.push_str(name),
                Line::Caller(header) => header.name.write(out),
            }
        });
    }

    /// The same as the value of a query parameter.
    #[inline]
    pub(super) fn write_encoded_names(&self, out: &mut String) {
        let mut separator = "";
        self.for_each(|line| {
            if let Line::Caller(Header { is_repeated: true, .. }) = line {
                return;
            }
            out.push_str(core::mem::replace(&mut separator, "%3B"));
            match line {
                Line::Signer(name, _) => out.push_str(name),
                Line::Caller(header) => header.name.write_encoded(out),
            }
        });
    }

    /// Both lists merged by name.
    #[inline]
    fn for_each(&self, mut take: impl FnMut(Line<'_>)) {
        let mut caller = self.caller;
        for (name, value) in self.signer {
            while let Some((header, others)) = caller.split_first()
                && header.name.compare(name) == Ordering::Less
            {
                take(Line::Caller(header));
                caller = others;
            }
            take(Line::Signer(name, value));
        }
        for header in caller {
            take(Line::Caller(header));
        }
    }
}

/// Trims the value and makes one space of every run of spaces and tabs, also between quotes.
#[inline]
fn write_canonical_value(value: &str, out: &mut String) {
    // Most values have no space at all, which is seen faster than anything else.
    if value.bytes().fold(false, |has_space, byte| has_space | (byte == b' ') | (byte == b'\t')) {
        write_words(value, out);
    } else {
        out.push_str(value);
    }
}

fn write_words(value: &str, out: &mut String) {
    let mut separator = "";
    for word in value.split(HTTP_SPACES).filter(|word| !word.is_empty()) {
        out.push_str(separator);
        separator = " ";
        out.push_str(word);
    }
}
