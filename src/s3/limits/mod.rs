//! What a store refuses whatever the object is: found when signing, so that it is found however a parameter was set.
//!
//! What is here is refused everywhere; [`s3_request`] and [`s3_fields`] have the rules of Amazon S3. `docs/limits.md` lists
//! all of them.

mod s3_fields;
mod s3_request;
mod tags;

use crate::error::Field;
use crate::s3::location::Location;
use crate::s3::value::is_empty_range;
use crate::sigv4::{HeaderName, METADATA_PREFIX, Parameters, QueryParameter, trim};
use crate::{Error, Method};

#[cfg(feature = "post")]
pub(super) use s3_fields::{S3Fields, check_content_md5, has_amz_prefix};
#[cfg(feature = "post")]
pub(super) use s3_request::MAX_BODY_BYTES;
pub(super) use tags::{check_tag_keys, check_tags, length};

use s3_request::{RESPONSE_OVERRIDES, is_typed};
use tags::tags_of;

/// How many parts an upload has at most.
///
/// Source: [Multipart upload limits](https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html).
pub(super) const MAX_PARTS: u64 = 10_000;

/// The greatest page size of a listing: S3 reads an integer of 32 bits. It returns at most 1,000 entries, whatever larger
/// number is asked for; other stores may return more.
///
/// Source: [ListObjectsV2](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html) and the pages of the
/// other operations that list.
const MAX_PAGE: u64 = i32::MAX as u64;

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

/// The checks of everything that is in the query or in a header.
#[inline]
pub(super) fn check(
    parameters: &Parameters<'_>,
    method: Method,
    has_key: bool,
    location: &Location,
) -> Result<(), Error> {
    if parameters.is_empty() {
        return Ok(());
    }
    check_single(parameters)?;
    let has_s3_rules = location.rules.are_those_of_s3();
    let query = parameters.query();
    let mut concerns_s3 = !query.is_empty() && check_query_limits(query, has_s3_rules)?;
    let mut metadata_bytes = if query.is_empty() { 0 } else { metadata_bytes_in(query) };
    for header in parameters.headers() {
        let Some(name) = header.name.plain() else {
            // A repeated name is sent once, with a comma between its values.
            let name_bytes = if header.is_repeated { ",".len() } else { header.name.given().len() };
            metadata_bytes += name_bytes + trim(&header.value).len();
            continue;
        };
        let value = || trim(&header.value);
        // Some clients leave an empty header out, so the signature would not fit.
        if name.len() == "content-type".len() && is_typed(header) && value().is_empty() && name == "content-type" {
            return Err(Error::Empty(Field::ContentType));
        }
        if !s3_request::may_concern_header(name, header) {
            continue;
        }
        concerns_s3 = true;
        match name {
            "x-amz-max-parts" => check_number("x-amz-max-parts", value(), 0, MAX_PAGE)?,
            "range" | "x-amz-copy-source-range" if is_empty_range(value()) => return Err(Error::EmptyRange),
            "x-amz-tagging" if has_s3_rules => check_tags(tags_of(value()))?,
            // As for the query parameter below.
            "x-amz-copy-source" if value().ends_with("?versionId=") => return Err(Error::Empty(Field::VersionId)),
            _ => {}
        }
    }
    if !has_s3_rules {
        return Ok(());
    }
    check_metadata_bytes(metadata_bytes)?;
    if concerns_s3 { s3_request::check_request(parameters, method, has_key, location) } else { Ok(()) }
}

/// Checks the parameters, and finds whether a rule of S3 may be about one of them.
fn check_query_limits(query: &[QueryParameter<'_>], has_s3_rules: bool) -> Result<bool, Error> {
    let mut concerns_s3 = false;
    for parameter in query {
        let (name, value) = (&*parameter.name, &*parameter.value);
        let may_concern = s3_request::may_concern_parameter(name);
        concerns_s3 |= may_concern;
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
            _ if !may_concern => {}
            _ if name.starts_with("response-") => check_response_override(name, value)?,
            // Some stores read headers from the query too.
            _ if has_s3_rules && name.eq_ignore_ascii_case("x-amz-tagging") => check_tags(tags_of(value))?,
            _ => {}
        }
    }
    Ok(concerns_s3)
}

fn check_response_override(name: &str, value: &str) -> Result<(), Error> {
    match (RESPONSE_OVERRIDES.into_iter().find(|known| *known == name), value.find(char::is_control)) {
        (Some(name), Some(position)) => Err(Error::ResponseOverride { name, position }),
        _ => Ok(()),
    }
}

/// Refuses a second value where stores would differ in which they take.
fn check_single(parameters: &Parameters<'_>) -> Result<(), Error> {
    const SINGLE_QUERY: [&str; 3] = ["partNumber", "uploadId", "versionId"];
    const SINGLE_HEADERS: [&str; 4] = ["range", "x-amz-copy-source", "x-amz-copy-source-range", "x-amz-tagging"];
    if parameters.query().len() < 2 && !parameters.headers().iter().any(|header| header.is_repeated) {
        return Ok(());
    }
    let find = |names: &[&'static str], repeated: &str| names.iter().copied().find(|name| *name == repeated);
    // The list is sorted, so repeated names are neighbors.
    let mut query = parameters.query().chunk_by(|left, right| left.name == right.name).filter(|same| same.len() > 1);
    let mut headers = parameters.headers().iter().filter(|header| header.is_repeated);
    let name = query
        .find_map(|same| find(&SINGLE_QUERY, &same.first()?.name))
        .or_else(|| headers.find_map(|header| find(&SINGLE_HEADERS, header.name.plain()?)))
        .or_else(|| repeated_setter(parameters));
    match name {
        Some(name) => Err(Error::Repeated { name }),
        None => Ok(()),
    }
}

/// The header of a setter that was given again by `header`, although it has one value: joined by a comma, both would be
/// lost. Two by `header` are meant so.
fn repeated_setter(parameters: &Parameters<'_>) -> Option<&'static str> {
    /// Those that are lists, and those that have an error of their own.
    const OTHERS: [&str; 9] = [
        "cache-control",
        "content-encoding",
        "content-language",
        "content-length",
        "if-match",
        "if-none-match",
        "x-amz-content-sha256",
        "x-amz-object-attributes",
        "x-amz-optional-object-attributes",
    ];
    let is_single = |name: &str| !OTHERS.contains(&name) && !name.starts_with("x-amz-grant-");
    let mut groups = parameters.headers().chunk_by(|_, next| next.is_repeated).filter(|group| group.len() > 1);
    groups.find_map(|group| {
        group.iter().find_map(|header| match header.name {
            HeaderName::Known(name) if is_single(name) => Some(name),
            _ => None,
        })
    })
}

fn check_number(name: &'static str, value: &str, min: u64, max: u64) -> Result<(), Error> {
    // `parse` takes a sign.
    let is_decimal = value.bytes().all(|byte| byte.is_ascii_digit());
    match value.parse::<u64>() {
        Ok(number) if is_decimal && (min..=max).contains(&number) => Ok(()),
        _ => Err(Error::OutOfRange { name, min, max }),
    }
}

/// Some stores also read metadata from the query.
fn metadata_bytes_in(query: &[QueryParameter<'_>]) -> usize {
    query.iter().map(|parameter| metadata_bytes(&parameter.name, &parameter.value)).sum()
}

/// Counts a name without its prefix, and its value. What is not user metadata counts nothing.
pub(super) fn metadata_bytes(name: &str, value: &str) -> usize {
    match name.split_at_checked(METADATA_PREFIX.len()) {
        Some((prefix, name)) if prefix.eq_ignore_ascii_case(METADATA_PREFIX) => name.len() + value.len(),
        _ => 0,
    }
}

/// By the length of all names, without their prefix, and values.
pub(super) fn check_metadata_bytes(bytes: usize) -> Result<(), Error> {
    match bytes {
        0..=MAX_METADATA_BYTES => Ok(()),
        bytes => Err(Error::MetadataTooLarge { bytes }),
    }
}
