//! The header lines of the canonical request, and the list of their names.

use alloc::string::String;
use core::cmp::Ordering;

use crate::parameters::{HTTP_SPACES, Header};
use crate::sigv4::hash::HashedText;

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
    pub(super) fn write_lines(&self, out: &mut HashedText<'_>) {
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
                    write_canonical_value(header, out);
                }
            }
            out.push('\n');
            out.hash_ahead();
        });
    }

    /// The signed headers: all names, separated by semicolons.
    #[inline]
    pub(super) fn write_names(&self, out: &mut String) {
        self.for_each(|line| {
            match line {
                Line::Caller(Header { is_repeated: true, .. }) => return,
                Line::Caller(header) => header.name.write(out),
                Line::Signer(name, _) => out.push_str(name),
            }
            out.push(';');
        });
        out.pop();
    }

    /// The same as the value of a query parameter.
    #[inline]
    pub(super) fn write_encoded_names(&self, out: &mut HashedText<'_>) {
        const SEPARATOR: &str = "%3B";
        self.for_each(|line| {
            match line {
                Line::Caller(Header { is_repeated: true, .. }) => return,
                Line::Caller(header) => header.name.write_encoded(out),
                Line::Signer(name, _) => out.push_str(name),
            }
            out.push_str(SEPARATOR);
            out.hash_ahead();
        });
        let end = out.len() - SEPARATOR.len();
        out.truncate(end);
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
fn write_canonical_value(header: &Header<'_>, out: &mut String) {
    let value = &*header.value;
    if header.is_visible || is_canonical(value) {
        return out.push_str(value);
    }
    let mut separator = "";
    for word in value.split(HTTP_SPACES).filter(|word| !word.is_empty()) {
        out.push_str(separator);
        separator = " ";
        out.push_str(word);
    }
}

/// Whether nothing is to be done, which is seen faster than done.
fn is_canonical(value: &str) -> bool {
    !(value.starts_with(' ') || value.ends_with(' ') || value.contains("  ") || value.contains('\t'))
}
