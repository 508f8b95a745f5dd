//! The header lines of the canonical request, and the list of their names.

use alloc::string::String;
use core::cmp::Ordering;

use crate::header::{HTTP_SPACES, Header};
use crate::short_list::ShortList;
use crate::sigv4::hashed_text::HashedText;

/// The signer's headers and the caller's, sorted by name. The caller may give a name several values, which come one after
/// the other. No name is in both: the caller may not set the signer's.
pub(super) struct CanonicalHeaders<'r>(ShortList<Option<&'r Header<'r>>, 8>);

impl<'r> CanonicalHeaders<'r> {
    /// Both lists are sorted.
    #[inline]
    pub(super) fn new(signer: &'r [Header<'r>], mut caller: &'r [Header<'r>]) -> Self {
        let mut merged = ShortList::default();
        for own in signer {
            while let Some((header, others)) = caller.split_first()
                && header.name.cmp(&own.name) == Ordering::Less
            {
                merged.push(Some(header));
                caller = others;
            }
            merged.push(Some(own));
        }
        for header in caller {
            merged.push(Some(header));
        }
        Self(merged)
    }

    #[inline]
    fn iter(&self) -> impl Iterator<Item = &Header<'r>> {
        self.0.as_slice().iter().copied().flatten()
    }

    /// `name:value` and a line feed for each name.
    #[inline]
    pub(super) fn write_lines(&self, out: &mut HashedText<'_>) {
        for header in self.iter() {
            if header.is_repeated {
                // In the place of the line feed.
                out.pop();
                out.push(',');
            } else {
                header.name.write(out);
                out.push(':');
            }
            write_canonical_value(header, out);
            out.push('\n');
            out.hash_ahead();
        }
    }

    /// The signed headers: all names, separated by semicolons.
    #[inline]
    pub(super) fn write_names(&self, out: &mut String) {
        for header in self.iter().filter(|header| !header.is_repeated) {
            header.name.write(out);
            out.push(';');
        }
        out.pop();
    }

    /// The same as the value of a query parameter.
    #[inline]
    pub(super) fn write_encoded_names(&self, out: &mut HashedText<'_>) {
        const SEPARATOR: &str = "%3B";
        for header in self.iter().filter(|header| !header.is_repeated) {
            header.write_encoded_name(out);
            out.push_str(SEPARATOR);
            out.hash_ahead();
        }
        let end = out.len() - SEPARATOR.len();
        out.truncate(end);
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
