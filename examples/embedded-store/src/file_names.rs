//! File names for keys.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use s3s::path::check_key;
use s3s::{S3Result, s3_error};
use sha2::{Digest, Sha256};

/// Returns the name of the file for a key: a hash, in hexadecimal.
///
/// File systems cannot hold every key, whether for its length, for segments such as `..`, `.` or an empty one, or because
/// `a` is a file while `a/b` needs a directory. One short name for each key avoids all of these problems.
pub(crate) fn file_name(key: &str) -> String {
    hex::encode(Sha256::digest(key))
}

/// The keys of the files, which listings need.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    by_file_name: Mutex<HashMap<String, String>>,
}

impl Keys {
    /// Returns the name of the file for a key that is written, and remembers the key.
    ///
    /// A key that S3 does not permit is refused here: s3s checks only keys in paths, but not those in forms.
    pub(crate) fn file_name(&self, key: &str) -> S3Result<String> {
        if key.is_empty() {
            return Err(s3_error!(UserKeyMustBeSpecified));
        }
        if !check_key(key) {
            return Err(s3_error!(KeyTooLongError));
        }
        let name = file_name(key);
        self.lock().insert(name.clone(), key.to_owned());
        Ok(name)
    }

    /// Returns the key of a file.
    pub(crate) fn key(&self, file_name: &str) -> Option<String> {
        self.lock().get(file_name).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, String>> {
        // Each change is a single step, so a panic elsewhere leaves nothing half done.
        self.by_file_name.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
