//! Object keys.

use crate::Error;
use crate::error::Field;
use crate::sigv4::has_dot_segment;

/// Source: [Naming Amazon S3 objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).
const MAX_BYTES: usize = 1_024;

/// Refuses keys for which no URL, or no URL that means this object to every client, exists.
#[inline]
pub(super) fn check_key(key: &str, dot_segments_allowed: bool) -> Result<(), Error> {
    if key.is_empty() {
        // The URL would be that of the bucket, and `DeleteObject` would become `DeleteBucket`.
        return Err(Error::Empty(Field::Key));
    }
    if key.len() > MAX_BYTES {
        return Err(Error::KeyTooLong { bytes: key.len() });
    }
    if !dot_segments_allowed && has_dot_segment(key) {
        return Err(Error::DotSegment);
    }
    Ok(())
}
