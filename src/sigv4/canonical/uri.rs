//! `CanonicalURI`: the path.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use percent_encoding::percent_decode_str;

use crate::sigv4::Service;
use crate::{Error, encode};

/// The path of a request, in parts so that each is encoded once, where it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'r> {
    /// Of the endpoint, percent-encoded.
    pub(crate) base: &'r str,
    /// Percent-encoded.
    pub(crate) encoded: &'r str,
    /// Plain text.
    pub(crate) raw: &'r str,
}

impl Path<'_> {
    /// Refuses an encoded path that another encoder would have written in another way: `%c3`, `%61`, `!`, `%2F`, which
    /// decodes to a slash, and `%EF`, which does not decode to UTF-8.
    pub(in crate::sigv4) fn check_canonical(&self) -> Result<(), Error> {
        if self.encoded.is_empty() {
            return Ok(());
        }
        let mut canonical = String::with_capacity(self.encoded.len());
        encode::path(&percent_decode_str(self.encoded).decode_utf8_lossy(), &mut canonical);
        if canonical == self.encoded {
            return Ok(());
        }
        let same = canonical.bytes().zip(self.encoded.bytes()).take_while(|(left, right)| left == right).count();
        Err(Error::PathNotCanonical { position: same })
    }

    /// Appends the path as the URL has it.
    #[inline]
    pub(in crate::sigv4) fn write(&self, out: &mut String) {
        out.push_str(self.base);
        if !self.encoded.is_empty() {
            out.push_str(self.encoded);
        }
        encode::path(self.raw, out);
    }

    pub(super) fn to_text(self) -> String {
        let mut text = String::with_capacity(self.len());
        self.write(&mut text);
        text
    }

    #[inline]
    pub(in crate::sigv4) const fn len(&self) -> usize {
        self.base.len() + self.encoded.len() + self.raw.len()
    }
}

/// The path, and the rules of the service by which it becomes the canonical URI.
#[derive(Clone, Copy)]
pub(in crate::sigv4) struct CanonicalUri<'r> {
    pub(in crate::sigv4) path: Path<'r>,
    pub(in crate::sigv4) service: &'r Service,
}

impl CanonicalUri<'_> {
    #[inline]
    pub(super) fn write(&self, out: &mut String) {
        if self.service.signs_path_of_url() {
            return self.path.write(out);
        }
        let path = self.path.to_text();
        let path = if self.service.normalizes_path() { Cow::Owned(normalize(&path)) } else { Cow::Borrowed(&*path) };
        if self.service.encodes_path_twice() {
            encode::path(&path, out);
        } else {
            out.push_str(&path);
        }
    }
}

/// Drops empty and `.` segments, lets `..` remove its predecessor, and keeps a slash at the end if there is any segment
/// left.
///
/// RFC 3986 section 5.2.4 would keep empty segments and make `/a/b/..` into `/a/`; the AWS signing test suite and every
/// signer that was compared drop them and make it `/a`.
fn normalize(path: &str) -> String {
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    let mut normalized = String::with_capacity(path.len());
    for segment in &kept {
        normalized.push('/');
        normalized.push_str(segment);
    }
    if kept.is_empty() || path.ends_with('/') {
        normalized.push('/');
    }
    normalized
}

/// Whether a URL parser would resolve a segment of this path away.
#[inline]
pub(crate) fn has_dot_segment(raw: &str) -> bool {
    // Few segments start with a dot, and whether one does is seen faster.
    (raw.starts_with('.') || raw.contains("/.")) && raw.split('/').any(|segment| matches!(segment, "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalized_paths() {
        for (path, normalized) in [
            ("/", "/"),
            ("//", "/"),
            ("/./", "/"),
            ("/..", "/"),
            ("/../../a", "/a"),
            ("/a/b/..", "/a"),
            ("/a/b/../", "/a/"),
            ("//a//b//", "/a/b/"),
            ("/a/./b", "/a/b"),
            ("/a...b/.c", "/a...b/.c"),
        ] {
            assert_eq!(normalize(path), normalized, "{path}");
        }
    }
}
