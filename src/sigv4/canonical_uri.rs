//! The second line of the canonical request.

use alloc::string::String;
use alloc::vec::Vec;

use crate::encode;
use crate::sigv4::{Service, WirePath};

/// Writes the canonical URI, and returns whether it is not the path of the URL (which is percent-encoded once, already).
#[inline]
pub(super) fn write_canonical_uri(path: &WirePath<'_>, service: &Service, text: &mut String) -> bool {
    if !service.normalizes_path() && !service.encodes_path_twice() {
        path.write(text);
        return false;
    }
    let mut wire_path = String::new();
    path.write(&mut wire_path);
    let path = if service.normalizes_path() { normalize(&wire_path) } else { wire_path };
    if service.encodes_path_twice() {
        encode::path(&path, text);
    } else {
        text.push_str(&path);
    }
    true
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
