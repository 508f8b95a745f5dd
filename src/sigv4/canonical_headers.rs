//! The header lines of the canonical request, and the list of their names.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;

use crate::parameters::{Header, Parameters, is_http_space};

/// The signer's headers and the caller's, both sorted by name.
pub(super) struct CanonicalHeaders<'r> {
    /// At most `host`, `x-amz-content-sha256`, `x-amz-date` and the session token, in this order.
    signer: [Option<SignerHeader<'r>>; 4],
    caller: &'r Parameters<'r>,
}

/// A header that the signer adds. Its value has no spaces.
struct SignerHeader<'r> {
    name: &'static str,
    value: Cow<'r, str>,
    /// How many of the caller's are before it.
    place: usize,
}

/// A header of either list. The caller may give a name several values, which come one after the other.
enum Line<'l> {
    Signer(&'l SignerHeader<'l>),
    Caller(&'l Header<'l>),
}

impl<'r> CanonicalHeaders<'r> {
    /// Both lists. The signer's are sorted, and no name is in both: the caller may not set the signer's headers.
    #[inline]
    pub(super) fn new(signer: [Option<(&'static str, Cow<'r, str>)>; 4], caller: &'r Parameters<'r>) -> Self {
        let place_of = |name| caller.headers().take_while(|old| old.name.compare(name) == Ordering::Less).count();
        let signer = signer.map(|own| own.map(|(name, value)| SignerHeader { name, value, place: place_of(name) }));
        Self { signer, caller }
    }

    /// The signer's own.
    pub(super) fn signer(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.signer.iter().flatten().map(|own| (own.name, &*own.value))
    }

    /// `name:value` and a line feed for each name.
    #[inline]
    pub(super) fn write_lines(&self, out: &mut String) {
        self.for_each(|line| {
            match line {
                Line::Signer(own) => {
                    out.push_str(own.name);
                    out.push(':');
                    out.push_str(&own.value);
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
                Line::Signer(own) => out.push_str(own.name),
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
                Line::Signer(own) => out.push_str(own.name),
                Line::Caller(header) => header.name.write_encoded(out),
            }
        });
    }

    /// Both lists merged by name.
    #[inline]
    fn for_each(&self, mut take: impl FnMut(Line<'_>)) {
        let mut signer = self.signer.iter().flatten().peekable();
        for (place, header) in self.caller.headers().enumerate() {
            while let Some(own) = signer.next_if(|own| own.place == place) {
                take(Line::Signer(own));
            }
            take(Line::Caller(header));
        }
        signer.for_each(|own| take(Line::Signer(own)));
    }
}

/// Trims the value and makes one space of every run of spaces and tabs, also between quotes.
fn write_canonical_value(value: &str, out: &mut String) {
    if is_canonical_value(value) {
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
#[inline]
fn is_canonical_value(value: &str) -> bool {
    // A space at either end is like a run of two.
    let (mut last, mut is_canonical) = (b' ', true);
    for byte in value.bytes() {
        is_canonical &= byte != b'\t' && (byte, last) != (b' ', b' ');
        last = byte;
    }
    is_canonical && last != b' '
}
