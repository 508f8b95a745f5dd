//! `CanonicalHeaders` and `SignedHeaders`: the header lines, and the list of their names.

use alloc::string::String;
use core::mem;

use crate::short_list::ShortList;
use crate::sigv4::request::{HTTP_SPACES, Header};

/// The headers that are signed, sorted by name. A name may have several values, which come one after the other.
pub(in crate::sigv4) struct CanonicalHeaders<'r>(ShortList<Option<&'r Header<'r>>, 8>);

impl<'r> CanonicalHeaders<'r> {
    /// Merges the signer's headers into the others. Both lists are sorted, and no name is in both: the caller may not set the
    /// signer's.
    #[inline]
    pub(super) fn new(signer: &'r [Header<'r>], mut others: &'r [Header<'r>]) -> Self {
        let mut merged = ShortList::default();
        for own in signer {
            let (before, after) = others.split_at(others.partition_point(|header| header.name < own.name));
            for header in before {
                merged.push(Some(header));
            }
            merged.push(Some(own));
            others = after;
        }
        for header in others {
            merged.push(Some(header));
        }
        Self(merged)
    }

    #[inline]
    fn iter(&self) -> impl Iterator<Item = &Header<'r>> {
        self.0.as_slice().iter().copied().flatten()
    }

    /// Writes `name:value` and a line feed for each name.
    #[inline]
    pub(super) fn write_lines(&self, out: &mut String) {
        let mut is_first = true;
        for header in self.iter() {
            if header.is_repeated {
                out.push(',');
            } else {
                if !mem::take(&mut is_first) {
                    out.push('\n');
                }
                header.name.write(out);
                out.push(':');
            }
            write_canonical_value(header, out);
        }
        if !is_first {
            out.push('\n');
        }
    }

    /// Writes all names, separated by semicolons.
    #[inline]
    pub(super) fn write_names(&self, out: &mut String) {
        self.write_each_name(out, |out| out.push(';'), |header, out| header.name.write(out));
    }

    /// Writes the same as the value of a query parameter.
    #[inline]
    pub(super) fn write_encoded_names(&self, out: &mut String) {
        self.write_each_name(out, |out| out.push_str("%3B"), Header::write_encoded_name);
    }

    #[inline]
    fn write_each_name(
        &self,
        out: &mut String,
        separate: impl Fn(&mut String),
        write: impl Fn(&Header<'r>, &mut String),
    ) {
        let mut is_first = true;
        for header in self.iter().filter(|header| !header.is_repeated) {
            if !mem::take(&mut is_first) {
                separate(out);
            }
            write(header, out);
        }
    }
}

/// Trims the value and makes one space of every run of spaces and tabs, also between quotes, as AWS's test suite does.
///
/// Source: [Create a canonical request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request).
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
