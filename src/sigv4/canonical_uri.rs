//! The second line of the canonical request.

use alloc::string::String;
use alloc::vec::Vec;

use crate::encode;
use crate::sigv4::Service;

/// The canonical URI, from the path of the URL (which is percent-encoded once, already); none if it is that path.
#[inline]
pub(super) fn canonical_uri(wire_path: &str, service: &Service) -> Option<String> {
    let normalized = service.normalizes_path().then(|| normalize(wire_path));
    if !service.encodes_path_twice() {
        return normalized;
    }
    let path = normalized.as_deref().unwrap_or(wire_path);
    let mut encoded = String::with_capacity(path.len());
    encode::path(path, &mut encoded);
    Some(encoded)
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
