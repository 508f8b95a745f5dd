//! Tags of objects.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use percent_encoding::percent_decode_str;

use crate::Error;
use crate::error::S3Rule;

/// Source: [Categorizing your objects using tags](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html),
/// which counts characters as UTF-16 does.
const MAX_TAGS: usize = 10;
const MAX_TAG_KEY: usize = 128;
const MAX_TAG_VALUE: usize = 256;

/// The lengths of the keys and the values of tags that are encoded as a query.
pub(super) fn tags_of(tagging: &str) -> impl Iterator<Item = (usize, usize)> {
    tagging.split('&').filter(|tag| !tag.is_empty()).map(|tag| {
        let (key, value) = tag.split_once('=').unwrap_or((tag, ""));
        let decoded_length = |text: &str| length(&percent_decode_str(text).decode_utf8_lossy());
        (decoded_length(key), decoded_length(value))
    })
}

/// The length of a tag's key or value.
pub(in crate::s3) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The checks of tags, by the lengths of their keys and values.
pub(in crate::s3) fn check_tags(tags: impl Iterator<Item = (usize, usize)>) -> Result<(), Error> {
    let mut count = 0;
    for (key, value) in tags {
        count += 1;
        if !(1..=MAX_TAG_KEY).contains(&key) {
            return Err(Error::TagKeyLength { characters: key });
        }
        if value > MAX_TAG_VALUE {
            return Err(Error::TagValueLength { characters: value });
        }
    }
    if count > MAX_TAGS {
        return Err(Error::TooManyTags { tags: count });
    }
    Ok(())
}

/// Refuses two tags with one key, and the tags of AWS itself.
///
/// Source: [Error responses](https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html), `InvalidTag`: "duplicate
/// keys" and "system tags".
pub(in crate::s3) fn check_tag_keys<K: Ord + AsRef<[u8]>>(keys: impl Iterator<Item = K>) -> Result<(), Error> {
    let mut keys: Vec<_> = keys.collect();
    if keys.iter().any(|key| key.as_ref().starts_with(b"aws:")) {
        return Err(S3Rule::SystemTag.into());
    }
    keys.sort_unstable();
    let is_repeated = keys.windows(2).any(|pair| matches!(pair, [left, right] if left == right));
    if is_repeated { Err(S3Rule::RepeatedTagKey.into()) } else { Ok(()) }
}

/// The keys of tags that are encoded as a query, where a space may be `+`.
pub(super) fn keys_of(tagging: &str) -> impl Iterator<Item = Cow<'_, [u8]>> {
    tagging.split('&').filter(|tag| !tag.is_empty()).map(|tag| {
        let key = tag.split('=').next().unwrap_or_default();
        if key.contains('+') {
            return Cow::Owned(percent_decode_str(&key.replace('+', " ")).collect());
        }
        percent_decode_str(key).into()
    })
}
