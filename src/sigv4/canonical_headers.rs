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
    signer: &'r [SignerHeader<'r>],
    caller: &'r [Header<'r>],
    /// How many of the caller's are before each of the signer's.
    places: [usize; MOST_SIGNER_HEADERS],
}

/// `host`, `x-amz-content-sha256`, `x-amz-date` and the session token.
const MOST_SIGNER_HEADERS: usize = 4;

/// A header of either list. The caller may give a name several values, which come one after the other.
enum Line<'l> {
    Signer(&'static str, &'l str),
    Caller(&'l Header<'l>),
}

impl<'r> CanonicalHeaders<'r> {
    #[inline]
    pub(super) fn new(signer: &'r [SignerHeader<'r>], caller: &'r [Header<'r>]) -> Self {
        let mut places = [0; MOST_SIGNER_HEADERS];
        for (place, (name, _)) in places.iter_mut().zip(signer) {
            *place = caller.iter().take_while(|header| header.name.compare(name) == Ordering::Less).count();
        }
        Self { signer, caller, places }
    }

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
                Line::Caller(header) => header.write_encoded_name(out),
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
        let mut start = 0;
        for ((name, value), &place) in self.signer.iter().zip(&self.places) {
            self.caller.get(start..place).unwrap_or_default().iter().for_each(|header| take(Line::Caller(header)));
            take(Line::Signer(name, value));
            start = place;
        }
        self.caller.get(start..).unwrap_or_default().iter().for_each(|header| take(Line::Caller(header)));
    }
}

/// Trims the value and makes one space of every run of spaces and tabs, also between quotes.
#[inline]
fn write_canonical_value(header: &Header<'_>, out: &mut String) {
    if header.is_canonical() {
        return header.value.write(out);
    }
    let mut separator = "";
    for word in header.value.split(HTTP_SPACES).filter(|word| !word.is_empty()) {
        out.push_str(separator);
        separator = " ";
        out.push_str(word);
    }
}
