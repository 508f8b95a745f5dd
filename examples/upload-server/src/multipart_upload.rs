//! The id of a multipart upload, as clients see it.

use presign::s3::CreateMultipartUpload;
use uuid::Uuid;

use crate::error::ApiError;

/// The name of the mark in the object's metadata.
const METADATA: &str = "upload";

/// The longest id that is accepted from a client, in bytes. S3's have about 130.
const MAX_BYTES: usize = 1_024;

/// A multipart upload: the store's id for it, and a mark of our own that the finished object carries.
///
/// When the response to a completion is lost, the client completes again, and the store no longer knows the upload. The
/// mark then tells whether this upload became the object, or another one, or none.
#[derive(Debug)]
pub(crate) struct MultipartUpload<'a> {
    mark: &'a str,
    /// The id that the store gave.
    pub(crate) store_id: &'a str,
}

impl<'a> MultipartUpload<'a> {
    /// Marks an upload that is about to be created.
    pub(crate) fn mark(create: CreateMultipartUpload<'_>) -> (CreateMultipartUpload<'_>, Mark) {
        let mark = Uuid::new_v4().simple().to_string();
        (create.metadata(METADATA, mark.clone()), Mark(mark))
    }

    /// Reads the id that a client sent: `MARK.ID`.
    pub(crate) fn parse(upload_id: &'a str) -> Result<Self, ApiError> {
        let is_sound = upload_id.len() <= MAX_BYTES && upload_id.bytes().all(|byte| byte.is_ascii_graphic());
        let parts = upload_id.split_once('.').filter(|_| is_sound);
        let (mark, store_id) = parts
            .filter(|(mark, store_id)| Uuid::try_parse(mark).is_ok() && !store_id.is_empty())
            .ok_or_else(|| ApiError::refused("upload_id", "This is not an upload id."))?;
        Ok(Self { mark, store_id })
    }

    /// The response header that has the mark of an object.
    pub(crate) const HEADER: &'static str = "x-amz-meta-upload";

    /// Whether an object with this mark is what became of this upload.
    pub(crate) fn became(&self, mark: Option<&str>) -> bool {
        mark == Some(self.mark)
    }
}

/// The mark of an upload that the store has not named yet.
pub(crate) struct Mark(String);

impl Mark {
    /// Returns the id for the client.
    pub(crate) fn with(self, store_id: &str) -> String {
        format!("{}.{store_id}", self.0)
    }
}
