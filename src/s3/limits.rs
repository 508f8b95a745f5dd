//! What S3 refuses whatever the object is: found when signing, so that it is found however a parameter was set.

use percent_encoding::percent_decode_str;

use crate::Error;
use crate::error::Field;
use crate::header::trim;
use crate::header_name::{HeaderName, METADATA_PREFIX};
use crate::parameters::Parameters;
use crate::s3::value::is_empty_range;

/// How many parts an upload has at most.
///
/// Source: [Multipart upload limits](https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html).
pub(super) const MAX_PARTS: u64 = 10_000;

/// How many entries a page of a listing has at most: S3 would cut more off and say nothing.
///
/// Source: [ListObjectsV2](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html) and the pages of the
/// other operations that list.
const MAX_PAGE: u64 = 1_000;

/// How many buckets a page has at most, and one at least.
///
/// Source: [ListBuckets](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html).
const MAX_BUCKETS: u64 = 10_000;

/// How many objects one request deletes at most.
///
/// Source: [DeleteObjects](https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html).
pub(super) const MAX_OBJECTS: u64 = 1_000;

/// Source: [User-defined object metadata](https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata).
const MAX_METADATA_BYTES: usize = 2_048;

/// Source: [Categorizing your objects using tags](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html),
/// which counts characters as UTF-16 does.
const MAX_TAGS: usize = 10;
const MAX_TAG_KEY: usize = 128;
const MAX_TAG_VALUE: usize = 256;

/// The checks of everything that is in the query or in a header.
#[inline]
pub(super) fn check(parameters: &Parameters<'_>) -> Result<(), Error> {
    if parameters.is_empty() {
        return Ok(());
    }
    check_single(parameters)?;
    for parameter in parameters.query() {
        let (name, value) = (&*parameter.name, &*parameter.value);
        match name {
            "partNumber" => check_number("partNumber", value, 1, MAX_PARTS)?,
            "max-keys" => check_number("max-keys", value, 0, MAX_PAGE)?,
            "max-buckets" => check_number("max-buckets", value, 1, MAX_BUCKETS)?,
            "max-parts" => check_number("max-parts", value, 0, MAX_PAGE)?,
            "max-uploads" => check_number("max-uploads", value, 0, MAX_PAGE)?,
            // `AbortMultipartUpload` would become `DeleteObject`.
            "uploadId" if value.is_empty() => return Err(Error::Empty(Field::UploadId)),
            // Lenient stores would take the latest version, or all of them.
            "versionId" if value.is_empty() => return Err(Error::Empty(Field::VersionId)),
            // Some stores read headers from the query too.
            _ if name.eq_ignore_ascii_case("x-amz-tagging") => check_tags(tags_of(value))?,
            _ => {}
        }
    }
    for header in parameters.headers() {
        let value = || trim(&header.value);
        match header.name.plain().unwrap_or_default() {
            "x-amz-max-parts" => check_number("x-amz-max-parts", value(), 0, MAX_PAGE)?,
            "range" | "x-amz-copy-source-range" if is_empty_range(value()) => return Err(Error::EmptyRange),
            "x-amz-tagging" => check_tags(tags_of(value()))?,
            _ => {}
        }
    }
    check_metadata(parameters)
}

/// Refuses a second value where stores would differ in which they take.
fn check_single(parameters: &Parameters<'_>) -> Result<(), Error> {
    const SINGLE_QUERY: [&str; 3] = ["partNumber", "uploadId", "versionId"];
    const SINGLE_HEADERS: [&str; 4] = ["range", "x-amz-copy-source", "x-amz-copy-source-range", "x-amz-tagging"];
    if parameters.query().len() < 2 && !parameters.headers().iter().any(|header| header.is_repeated) {
        return Ok(());
    }
    let find = |names: &[&'static str], repeated: &str| names.iter().copied().find(|name| *name == repeated);
    // The list is sorted, so repeated names are neighbours.
    let mut query = parameters.query().chunk_by(|left, right| left.name == right.name).filter(|same| same.len() > 1);
    let mut headers = parameters.headers().iter().filter(|header| header.is_repeated);
    let name = query
        .find_map(|same| find(&SINGLE_QUERY, &same.first()?.name))
        .or_else(|| headers.find_map(|header| find(&SINGLE_HEADERS, header.name.plain()?)));
    match name {
        Some(name) => Err(Error::Repeated { name }),
        None => Ok(()),
    }
}

fn check_number(name: &'static str, value: &str, min: u64, max: u64) -> Result<(), Error> {
    // `parse` takes a sign.
    let is_decimal = value.bytes().all(|byte| byte.is_ascii_digit());
    match value.parse::<u64>() {
        Ok(number) if is_decimal && (min..=max).contains(&number) => Ok(()),
        _ => Err(Error::OutOfRange { name, min, max }),
    }
}

/// Counts names without their prefix, and values as they are sent. Some stores read them from the query too.
fn check_metadata(parameters: &Parameters<'_>) -> Result<(), Error> {
    let entry = |name: &str, value: &str| match name.split_at_checked(METADATA_PREFIX.len()) {
        Some((prefix, name)) if prefix.eq_ignore_ascii_case(METADATA_PREFIX) => name.len() + value.len(),
        _ => 0,
    };
    let mut bytes = parameters.query().iter().map(|parameter| entry(&parameter.name, &parameter.value)).sum();
    for header in parameters.headers() {
        if let HeaderName::Metadata(name) = &header.name {
            // A repeated name is sent once, with a comma between its values.
            bytes += if header.is_repeated { ",".len() } else { name.len() } + trim(&header.value).len();
        }
    }
    check_metadata_bytes(bytes)
}

/// By the length of all names, without their prefix, and values.
pub(super) fn check_metadata_bytes(bytes: usize) -> Result<(), Error> {
    match bytes {
        0..=MAX_METADATA_BYTES => Ok(()),
        bytes => Err(Error::MetadataTooLarge { bytes }),
    }
}

/// The lengths of the keys and the values of tags that are encoded as a query.
fn tags_of(tagging: &str) -> impl Iterator<Item = (usize, usize)> {
    tagging.split('&').filter(|tag| !tag.is_empty()).map(|tag| {
        let (key, value) = tag.split_once('=').unwrap_or((tag, ""));
        let decoded_length = |text: &str| length(&percent_decode_str(text).decode_utf8_lossy());
        (decoded_length(key), decoded_length(value))
    })
}

/// The length of a tag's key or value.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The checks of tags, by the lengths of their keys and values.
pub(super) fn check_tags(tags: impl Iterator<Item = (usize, usize)>) -> Result<(), Error> {
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
