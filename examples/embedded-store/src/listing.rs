//! One page of a listing.

use s3s::dto::{CommonPrefix, ListObjectsV2Input, ListObjectsV2Output, ListPartsInput, ListPartsOutput, Object, Part};

/// The largest page.
const MAX_ENTRIES: i32 = 1_000;

/// Returns the page of a bucket's objects that a request asks for.
pub(crate) fn objects_page(mut objects: Vec<Object>, input: ListObjectsV2Input) -> ListObjectsV2Output {
    objects.sort_by(|one, other| one.key.cmp(&other.key));
    let max_keys = input.max_keys.unwrap_or(MAX_ENTRIES).clamp(0, MAX_ENTRIES);
    let prefix = input.prefix.as_deref().unwrap_or_default();
    // The name of the last entry, of this page or of those before it. Entries are in the order of their names.
    let mut last = input.continuation_token.clone().max(input.start_after.clone()).unwrap_or_default();
    let mut contents = Vec::new();
    let mut common_prefixes = Vec::new();
    let mut key_count = 0;
    let mut is_truncated = false;
    for object in objects {
        let key = object.key.as_deref().unwrap_or_default();
        let Some(rest) = key.strip_prefix(prefix) else { continue };
        let group = input
            .delimiter
            .as_deref()
            .and_then(|delimiter| rest.split_once(delimiter).map(|(group, _)| format!("{prefix}{group}{delimiter}")));
        let name = group.as_deref().unwrap_or(key);
        if name <= last.as_str() {
            continue;
        }
        if key_count == max_keys {
            is_truncated = max_keys > 0;
            break;
        }
        key_count += 1;
        name.clone_into(&mut last);
        match group {
            Some(group) => common_prefixes.push(CommonPrefix { prefix: Some(group) }),
            None => contents.push(object),
        }
    }
    ListObjectsV2Output {
        common_prefixes: Some(common_prefixes),
        contents: Some(contents),
        continuation_token: input.continuation_token,
        delimiter: input.delimiter,
        is_truncated: Some(is_truncated),
        key_count: Some(key_count),
        max_keys: Some(max_keys),
        name: Some(input.bucket),
        next_continuation_token: is_truncated.then_some(last),
        prefix: input.prefix,
        start_after: input.start_after,
        ..ListObjectsV2Output::default()
    }
}

/// Returns the page of an upload's parts, which are in order, that a request asks for.
pub(crate) fn parts_page(parts: impl IntoIterator<Item = Part>, input: ListPartsInput) -> ListPartsOutput {
    let max_parts = input.max_parts.unwrap_or(MAX_ENTRIES).clamp(0, MAX_ENTRIES);
    let mut parts = parts.into_iter().skip_while(|part| part.part_number <= input.part_number_marker);
    let page: Vec<_> = parts.by_ref().take(usize::try_from(max_parts).unwrap_or_default()).collect();
    let is_truncated = max_parts > 0 && parts.next().is_some();
    ListPartsOutput {
        bucket: Some(input.bucket),
        is_truncated: Some(is_truncated),
        key: Some(input.key),
        max_parts: Some(max_parts),
        next_part_number_marker: page.last().and_then(|part| part.part_number),
        part_number_marker: input.part_number_marker,
        parts: Some(page),
        upload_id: Some(input.upload_id),
        ..ListPartsOutput::default()
    }
}
