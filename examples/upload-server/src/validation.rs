//! Requests become values that may be signed, or errors.

use presign::s3::MultipartPlan;

use crate::error::ApiError;
use crate::limits::{CONTENT_TYPES, Limits};

/// Source: [Naming Amazon S3 objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).
const MAX_KEY_BYTES: usize = 1_024;

/// What file systems can hold, and so the embedded store.
const MAX_SEGMENT_BYTES: usize = 255;

/// A key of a user's own.
#[derive(Debug)]
pub(crate) struct Key(String);

impl Key {
    /// A key below `prefix`, which ends with a slash.
    ///
    /// Spaces and every script are fine: the key is encoded when it is signed. What could lead out of the prefix once
    /// somebody resolves it as a path is refused, and what would end in a log or a header as more than text.
    pub(crate) fn parse(prefix: &str, key: String) -> Result<Self, ApiError> {
        let Some(rest) = key.strip_prefix(prefix) else {
            return Err(ApiError::refused("key_outside_prefix", format!("The key has to start with `{prefix}`.")));
        };
        if key.len() > MAX_KEY_BYTES {
            return Err(ApiError::refused("key_too_long", "The key has more than 1,024 bytes in UTF-8."));
        }
        if key.chars().any(char::is_control) {
            return Err(ApiError::refused("key_character", "The key has a control character."));
        }
        // Stores replace it in forms, so no exact key of a form can have it.
        if key.contains("${filename}") {
            return Err(ApiError::refused("key_character", "The key has `${filename}`."));
        }
        for segment in rest.split('/') {
            if matches!(segment, "" | "." | "..") {
                let message = "Between its slashes the key has nothing, or a dot, or two.";
                return Err(ApiError::refused("key_segment", message));
            }
            if segment.len() > MAX_SEGMENT_BYTES {
                let message = "A name in the key has more than 255 bytes in UTF-8.";
                return Err(ApiError::refused("key_segment_too_long", message));
            }
        }
        Ok(Self(key))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the last slash.
    pub(crate) fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

/// A media type of the list.
pub(crate) fn content_type(content_type: &str) -> Result<&'static str, ApiError> {
    let listed = CONTENT_TYPES.iter().find(|listed| **listed == content_type);
    listed.copied().ok_or_else(|| {
        ApiError::refused("content_type", format!("The type has to be one of {}.", CONTENT_TYPES.join(", ")))
    })
}

/// The size of a file that goes in one request.
pub(crate) fn size(limits: &Limits, size: u64) -> Result<u64, ApiError> {
    at_most(limits.max_single_request(), size)
}

/// How a file that goes in parts is cut.
pub(crate) fn plan(limits: &Limits, size: u64) -> Result<MultipartPlan, ApiError> {
    Ok(MultipartPlan::new(at_most(limits.max_size, size)?, None)?)
}

fn at_most(max: u64, size: u64) -> Result<u64, ApiError> {
    if size <= max {
        return Ok(size);
    }
    Err(ApiError::refused("size", format!("The file has more than {max} bytes.")))
}

/// The id of a multipart upload, as the store gave it.
pub(crate) fn upload_id(upload_id: &str) -> Result<&str, ApiError> {
    if (1..=1_024).contains(&upload_id.len()) && upload_id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(upload_id);
    }
    Err(ApiError::refused("upload_id", "This is no upload id."))
}
