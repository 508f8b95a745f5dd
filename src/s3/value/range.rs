//! Ranges of bytes.

use alloc::format;
use alloc::string::String;
use core::ops::{Bound, RangeBounds};

/// What an empty range becomes: HTTP has no empty range, and signing refuses this one.
const EMPTY: &str = "bytes=1-0";

/// The value of the header `range`.
///
/// Source: [RFC 9110 section 14.1.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-14.1.2).
pub(in crate::s3) fn byte_range(bounds: &impl RangeBounds<u64>) -> String {
    let first = match bounds.start_bound() {
        Bound::Included(&first) => Some(first),
        Bound::Excluded(&before) => before.checked_add(1),
        Bound::Unbounded => Some(0),
    };
    let last = match bounds.end_bound() {
        Bound::Included(&last) => Some(last),
        Bound::Excluded(&end) => end.checked_sub(1),
        Bound::Unbounded => return first.map_or_else(|| EMPTY.into(), |first| format!("bytes={first}-")),
    };
    match (first, last) {
        (Some(first), Some(last)) if first <= last => format!("bytes={first}-{last}"),
        _ => EMPTY.into(),
    }
}

/// The last bytes of an object, whatever its size.
pub(in crate::s3) fn suffix_range(length: u64) -> String {
    format!("bytes=-{length}")
}

/// Whether no object has a byte in this range. Whatever is not one plain range is left to the store.
pub(in crate::s3) fn is_empty_range(value: &str) -> bool {
    let Some((first, last)) = value.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return false;
    };
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) => first > last,
        (Err(_), Ok(0)) => first.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_range() {
        assert_eq!(byte_range(&(0..1_024)), "bytes=0-1023");
        assert_eq!(byte_range(&(5..=5)), "bytes=5-5");
        assert_eq!(byte_range(&(5..)), "bytes=5-");
        assert_eq!(byte_range(&(..5)), "bytes=0-4");
        assert_eq!(byte_range(&..), "bytes=0-");
        assert_eq!(byte_range(&(0..=u64::MAX)), "bytes=0-18446744073709551615");
        assert_eq!(byte_range(&(Bound::Excluded(3), Bound::Included(9))), "bytes=4-9");
        assert_eq!(suffix_range(512), "bytes=-512");
        for value in ["bytes=0-0", "bytes=5-", "bytes=-1", "bytes=0-1,5-3", "lines=3-1", ""] {
            assert!(!is_empty_range(value), "{value}");
        }
    }

    #[test]
    fn empty_ranges() {
        let (after_all, none) = ((Bound::Excluded(u64::MAX), Bound::Unbounded), 0..0);
        for value in [byte_range(&none), byte_range(&(..0)), byte_range(&after_all), suffix_range(0)] {
            assert!(is_empty_range(&value), "{value}");
        }
        #[allow(clippy::reversed_empty_ranges)]
        let reversed = 7..5;
        assert!(is_empty_range(&byte_range(&reversed)));
        assert!(is_empty_range("bytes=7-5"));
    }
}
