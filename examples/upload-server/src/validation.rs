//! Requests become values that may be signed, or errors.

use presign::s3::MultipartPlan;

use crate::error::ApiError;
use crate::limits::Limits;

/// Source: [Naming Amazon S3 objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).
const MAX_KEY_BYTES: usize = 1_024;

/// A key of a user's own.
#[derive(Debug)]
pub(crate) struct Key(String);

impl Key {
    /// Accepts a key below `prefix`, which ends with a slash.
    ///
    /// Spaces and every script are fine: the key is encoded when it is signed. Two kinds of keys are refused: those that
    /// lead out of the prefix when somebody resolves them as a path, and those that are more than text in a log or a
    /// header.
    pub(crate) fn parse(prefix: &str, key: String) -> Result<Self, ApiError> {
        let Some(rest) = key.strip_prefix(prefix) else {
            return Err(ApiError::refused("key_outside_prefix", format!("The key must start with `{prefix}`.")));
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
        if rest.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
            let message = "Between two slashes of the key there is nothing, one dot, or two dots.";
            return Err(ApiError::refused("key_segment", message));
        }
        Ok(Self(key))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }

    /// Returns what follows the last slash.
    pub(crate) fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

/// Accepts a media type that may be uploaded.
pub(crate) fn content_type<'l>(limits: &'l Limits, content_type: &str) -> Result<&'l str, ApiError> {
    let permitted = limits.content_types.iter().find(|permitted| *permitted == content_type);
    permitted.map(String::as_str).ok_or_else(|| {
        ApiError::refused("content_type", format!("The type must be one of {}.", limits.content_types.join(", ")))
    })
}

/// Accepts the size of a file that is sent in one request.
pub(crate) fn size(limits: &Limits, size: u64) -> Result<u64, ApiError> {
    at_most(limits.max_single_request(), size)
}

/// Plans the parts of a file.
pub(crate) fn plan(limits: &Limits, size: u64) -> Result<MultipartPlan, ApiError> {
    Ok(MultipartPlan::new(at_most(limits.max_size, size)?)?)
}

pub(crate) fn at_most(max: u64, size: u64) -> Result<u64, ApiError> {
    if size <= max {
        return Ok(size);
    }
    Err(ApiError::refused("size", format!("The file has more than {max} bytes.")))
}
