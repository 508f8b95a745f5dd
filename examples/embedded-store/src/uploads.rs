//! Multipart uploads that have been created.

use std::collections::{BTreeMap, HashMap};

use s3s::dto::{CompleteMultipartUploadOutput, CompletedPart, ETag, Part};
use s3s::{S3Result, s3_error};

/// The smallest part, except the last one of an upload.
const MIN_PART_BYTES: i64 = 5 * 1024 * 1024;

/// Multipart uploads by id: those that were neither completed nor aborted, and those that were completed.
#[derive(Debug, Default)]
pub(crate) struct Uploads {
    by_id: HashMap<String, Upload>,
    completed: HashMap<String, Completion>,
}

/// The response to the completion of an upload.
///
/// S3 repeats it, so that a client whose connection broke can complete again.
#[derive(Clone, Debug)]
pub(crate) struct Completion {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) e_tag: Option<ETag>,
    pub(crate) location: Option<String>,
}

/// The properties of an upload that s3s-fs does not record.
#[derive(Debug)]
pub(crate) struct Upload {
    bucket: String,
    key: String,
    e_tags: BTreeMap<i32, ETag>,
}

impl From<Completion> for CompleteMultipartUploadOutput {
    fn from(Completion { bucket, key, e_tag, location }: Completion) -> Self {
        Self { bucket: Some(bucket), key: Some(key), e_tag, location, ..Self::default() }
    }
}

impl Uploads {
    pub(crate) fn insert(&mut self, id: &str, bucket: &str, key: &str) {
        let upload = Upload { bucket: bucket.to_owned(), key: key.to_owned(), e_tags: BTreeMap::new() };
        self.by_id.insert(id.to_owned(), upload);
    }

    /// Returns the upload with this id, which must be for this object.
    pub(crate) fn get(&mut self, id: &str, bucket: &str, key: &str) -> S3Result<&mut Upload> {
        let upload = self.by_id.get_mut(id).filter(|upload| upload.bucket == bucket && upload.key == key);
        upload.ok_or_else(|| s3_error!(NoSuchUpload))
    }

    pub(crate) fn complete(&mut self, id: &str, completion: Completion) {
        self.by_id.remove(id);
        self.completed.insert(id.to_owned(), completion);
    }

    /// Returns how the upload of this object with this id was completed.
    pub(crate) fn completion(&self, id: &str, bucket: &str, key: &str) -> Option<&Completion> {
        self.completed.get(id).filter(|completion| completion.bucket == bucket && completion.key == key)
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.by_id.remove(id);
    }
}

impl Upload {
    pub(crate) fn insert_part(&mut self, number: i32, e_tag: ETag) {
        self.e_tags.insert(number, e_tag);
    }

    /// Returns the parts that s3s-fs lists, by number and with their entity tags.
    pub(crate) fn parts(&self, listed: Vec<Part>) -> BTreeMap<i32, Part> {
        listed
            .into_iter()
            .filter_map(|part| {
                let number = part.part_number?;
                let e_tag = self.e_tags.get(&number)?.clone();
                Some((number, Part { e_tag: Some(e_tag), ..part }))
            })
            .collect()
    }
}

/// Checks the parts in a request to complete an upload.
///
/// s3s-fs does not compare entity tags, and ends the upload before it looks at the parts, so that no client could
/// correct its request.
pub(crate) fn check_parts(requested: &[CompletedPart], stored: &BTreeMap<i32, Part>) -> S3Result<()> {
    for (index, part) in requested.iter().enumerate() {
        let number = part.part_number.unwrap_or_default();
        let stored = stored.get(&number).filter(|stored| stored.e_tag == part.e_tag);
        let stored = stored.ok_or_else(|| s3_error!(InvalidPart))?;
        if i32::try_from(index + 1) != Ok(number) {
            return Err(s3_error!(
                InvalidPartOrder,
                "this store takes only parts that are numbered from 1 without gaps"
            ));
        }
        if index + 1 < requested.len() && stored.size < Some(MIN_PART_BYTES) {
            return Err(s3_error!(EntityTooSmall));
        }
    }
    Ok(())
}
