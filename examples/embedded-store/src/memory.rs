//! Objects in memory, which tests can look at.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use s3s::dto::{
    DeleteObjectInput, DeleteObjectOutput, GetObjectInput, GetObjectOutput, HeadObjectInput, HeadObjectOutput,
    PutObjectInput, PutObjectOutput, StreamingBlob,
};
use s3s::{Body, S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};

/// The largest body of a `PutObject`. S3 takes 5 GiB, which is too much for the memory of a test.
const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Objects in memory, under the exact keys of their requests, so that a test can see what a store received.
///
/// The only operations are `PutObject`, `GetObject`, `HeadObject`, `DeleteObject` and uploads from forms. Clones share
/// their objects.
#[derive(Clone, Debug)]
pub struct Memory {
    buckets: Arc<Mutex<Buckets>>,
}

/// Objects by bucket and key.
type Buckets = BTreeMap<String, BTreeMap<String, Object>>;

/// The content and the properties of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The content.
    pub body: Vec<u8>,
    /// The `Content-Type` header of the upload.
    pub content_type: Option<String>,
    /// The `x-amz-meta-NAME` headers of the upload, by `NAME`.
    pub metadata: HashMap<String, String>,
}

impl Memory {
    /// Creates these buckets, empty.
    #[must_use]
    pub fn new(buckets: &[&str]) -> Self {
        let buckets = buckets.iter().map(|&bucket| (bucket.to_owned(), BTreeMap::new())).collect();
        Self { buckets: Arc::new(Mutex::new(buckets)) }
    }

    /// Returns the bucket and the key of every object.
    #[must_use]
    pub fn keys(&self) -> Vec<(String, String)> {
        let buckets = self.lock();
        let keys = buckets.iter().flat_map(|(bucket, objects)| objects.keys().map(|key| (bucket.clone(), key.clone())));
        keys.collect()
    }

    /// Returns the object with this key, if it exists.
    #[must_use]
    pub fn object(&self, bucket: &str, key: &str) -> Option<Object> {
        self.lock().get(bucket)?.get(key).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Buckets> {
        // Each change is a single step, so a panic elsewhere leaves nothing half done.
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, bucket: &str, key: &str) -> S3Result<Object> {
        let buckets = self.lock();
        let objects = buckets.get(bucket).ok_or_else(|| s3_error!(NoSuchBucket))?;
        objects.get(key).cloned().ok_or_else(|| s3_error!(NoSuchKey))
    }
}

impl Object {
    fn content_length(&self) -> Option<i64> {
        i64::try_from(self.body.len()).ok()
    }
}

#[async_trait]
impl S3 for Memory {
    async fn put_object(&self, request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let PutObjectInput { bucket, key, body, content_type, metadata, .. } = request.input;
        let body = match body {
            Some(body) => Body::from(body)
                .store_all_limited(MAX_BODY_BYTES)
                .await
                .map_err(|error| S3Error::with_source(S3ErrorCode::IncompleteBody, error))?
                .to_vec(),
            None => Vec::new(),
        };
        let object = Object { body, content_type, metadata: metadata.unwrap_or_default() };
        let mut buckets = self.lock();
        buckets.get_mut(&bucket).ok_or_else(|| s3_error!(NoSuchBucket))?.insert(key, object);
        Ok(S3Response::new(PutObjectOutput::default()))
    }

    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let object = self.find(&request.input.bucket, &request.input.key)?;
        Ok(S3Response::new(GetObjectOutput {
            content_length: object.content_length(),
            content_type: object.content_type,
            metadata: Some(object.metadata),
            body: Some(StreamingBlob::from(Body::from(object.body))),
            ..GetObjectOutput::default()
        }))
    }

    async fn head_object(&self, request: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        let object = self.find(&request.input.bucket, &request.input.key)?;
        Ok(S3Response::new(HeadObjectOutput {
            content_length: object.content_length(),
            content_type: object.content_type,
            metadata: Some(object.metadata),
            ..HeadObjectOutput::default()
        }))
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        let mut buckets = self.lock();
        let objects = buckets.get_mut(&request.input.bucket).ok_or_else(|| s3_error!(NoSuchBucket))?;
        // As in S3, deleting an object that does not exist succeeds.
        objects.remove(&request.input.key);
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }
}
