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

/// The canonical URI, by the rules of the service.
#[derive(Clone, Copy)]
pub(super) enum CanonicalUri<'r> {
    /// The path of the URL, which is percent-encoded once.
    PathOfUrl(Path<'r>),
    /// The path of the URL, normalized or encoded again, or both.
    ///
    /// Source: [Create a canonical request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request).
    Other { path: Path<'r>, is_normalized: bool, is_encoded_twice: bool },
}

impl<'r> CanonicalUri<'r> {
    #[inline]
    pub(super) fn new(path: Path<'r>, service: &Service) -> Self {
        if service.signs_path_of_url() {
            return Self::PathOfUrl(path);
        }
        let (is_normalized, is_encoded_twice) = (service.normalizes_path(), service.encodes_path_twice());
        Self::Other { path, is_normalized, is_encoded_twice }
    }

    #[inline]
    pub(super) const fn is_path_of_url(&self) -> bool {
        matches!(self, Self::PathOfUrl(_))
    }

    #[inline]
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::PathOfUrl(path) => path.write(out),
            Self::Other { path, is_normalized, is_encoded_twice } => {
                let path = path.to_text();
                let path = if *is_normalized { Cow::Owned(normalize(&path)) } else { Cow::Borrowed(&*path) };
                if *is_encoded_twice {
                    encode::path(&path, out);
                } else {
                    out.push_str(&path);
                }
            }
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
