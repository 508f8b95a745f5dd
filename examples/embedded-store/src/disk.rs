//! Objects in files, under any key.

use std::collections::BTreeMap;
use std::mem;

use async_trait::async_trait;
use axum::http::header::HOST;
use axum::http::{Extensions, HeaderMap, Method, Uri};
use s3s::dto::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput, CompleteMultipartUploadInput, CompleteMultipartUploadOutput,
    CopyObjectInput, CopyObjectOutput, CopySource, CreateBucketInput, CreateBucketOutput, CreateMultipartUploadInput,
    CreateMultipartUploadOutput, DeleteBucketInput, DeleteBucketOutput, DeleteObjectInput, DeleteObjectOutput,
    DeleteObjectsInput, DeleteObjectsOutput, GetBucketLocationInput, GetBucketLocationOutput, GetObjectInput,
    GetObjectOutput, HeadBucketInput, HeadBucketOutput, HeadObjectInput, HeadObjectOutput, ListBucketsInput,
    ListBucketsOutput, ListObjectsInput, ListObjectsOutput, ListObjectsV2Input, ListObjectsV2Output, ListPartsInput,
    ListPartsOutput, Object, Part, PutObjectInput, PutObjectOutput, UploadPartCopyInput, UploadPartCopyOutput,
    UploadPartInput, UploadPartOutput,
};
use s3s::{S3, S3ErrorCode, S3Request, S3Response, S3Result};
use s3s_fs::FileSystem;
use tokio::sync::Mutex;

use crate::file_names::{Keys, file_name};
use crate::listing::{objects_page, parts_page};
use crate::uploads::{Completion, Upload, Uploads, check_parts};

/// Objects in files, which s3s-fs reads and writes.
///
/// This type adds what s3s-fs lacks: it takes every key, and handles multipart uploads as S3 does.
#[derive(Debug)]
pub(crate) struct Disk {
    files: FileSystem,
    keys: Keys,
    // Locked while an upload is completed or aborted, so that a second such request waits for the outcome.
    uploads: Mutex<Uploads>,
}

impl Disk {
    pub(crate) fn new(files: FileSystem) -> Self {
        Self { files, keys: Keys::default(), uploads: Mutex::default() }
    }

    /// Checks that a bucket exists, because s3s-fs would create it for an upload.
    async fn check_bucket(&self, bucket: &str) -> S3Result<()> {
        let input = HeadBucketInput { bucket: bucket.to_owned(), ..HeadBucketInput::default() };
        self.files.head_bucket(internal(input)).await.map(drop)
    }

    /// Returns all objects of a bucket.
    async fn objects(&self, bucket: &str) -> S3Result<Vec<Object>> {
        let input =
            ListObjectsV2Input { bucket: bucket.to_owned(), max_keys: Some(i32::MAX), ..ListObjectsV2Input::default() };
        let files = self.files.list_objects_v2(internal(input)).await?.output.contents.unwrap_or_default();
        let objects = files.into_iter().filter_map(|file| {
            let key = self.keys.key(&file.key?)?;
            Some(Object { key: Some(key), ..file })
        });
        Ok(objects.collect())
    }

    /// Returns the parts of an upload by number.
    async fn parts(&self, upload_id: &str, upload: &Upload) -> S3Result<BTreeMap<i32, Part>> {
        let input = ListPartsInput { upload_id: upload_id.to_owned(), ..ListPartsInput::default() };
        let parts = self.files.list_parts(internal(input)).await?.output.parts;
        Ok(upload.parts(parts.unwrap_or_default()))
    }
}

/// Returns a request that this store, not a client, sends to s3s-fs.
fn internal<T>(input: T) -> S3Request<T> {
    S3Request {
        input,
        method: Method::GET,
        uri: Uri::default(),
        headers: HeaderMap::new(),
        extensions: Extensions::new(),
        credentials: None,
        region: None,
        service: None,
        trailing_headers: None,
    }
}

/// Returns the source of a copy with the name of the file for its key.
fn source_file(source: CopySource) -> CopySource {
    match source {
        CopySource::Bucket { bucket, key, version_id } => {
            CopySource::Bucket { bucket, key: file_name(&key).into(), version_id }
        }
        // s3s-fs refuses them.
        access_point => access_point,
    }
}

/// Returns the URL of a request without its query, which is the URL of the object.
fn location<T>(request: &S3Request<T>) -> Option<String> {
    let host = request.headers.get(HOST)?.to_str().ok()?;
    Some(format!("http://{host}{}", request.uri.path()))
}

#[async_trait]
impl S3 for Disk {
    async fn create_bucket(&self, request: S3Request<CreateBucketInput>) -> S3Result<S3Response<CreateBucketOutput>> {
        self.files.create_bucket(request).await
    }

    async fn delete_bucket(&self, request: S3Request<DeleteBucketInput>) -> S3Result<S3Response<DeleteBucketOutput>> {
        self.files.delete_bucket(request).await
    }

    async fn get_bucket_location(
        &self,
        request: S3Request<GetBucketLocationInput>,
    ) -> S3Result<S3Response<GetBucketLocationOutput>> {
        self.files.get_bucket_location(request).await
    }

    async fn head_bucket(&self, request: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        self.files.head_bucket(request).await
    }

    async fn list_buckets(&self, request: S3Request<ListBucketsInput>) -> S3Result<S3Response<ListBucketsOutput>> {
        self.files.list_buckets(request).await
    }

    async fn list_objects(&self, request: S3Request<ListObjectsInput>) -> S3Result<S3Response<ListObjectsOutput>> {
        let marker = request.input.marker.clone();
        let response = self.list_objects_v2(request.map_input(Into::into)).await?;
        Ok(response.map_output(|page| ListObjectsOutput {
            common_prefixes: page.common_prefixes,
            contents: page.contents,
            delimiter: page.delimiter,
            is_truncated: page.is_truncated,
            marker,
            max_keys: page.max_keys,
            name: page.name,
            next_marker: page.next_continuation_token,
            prefix: page.prefix,
            ..ListObjectsOutput::default()
        }))
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        let objects = self.objects(&request.input.bucket).await?;
        Ok(S3Response::new(objects_page(objects, request.input)))
    }

    async fn put_object(&self, mut request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let bucket = request.input.bucket.clone();
        self.check_bucket(&bucket).await?;
        let name = self.keys.file_name(&request.input.key)?;
        request.input.key.clone_from(&name);
        let result = self.files.put_object(request).await;
        // s3s-fs stores an object before it compares checksums.
        if result.as_ref().is_err_and(|error| *error.code() == S3ErrorCode::BadDigest) {
            let input = DeleteObjectInput { bucket, key: name, ..DeleteObjectInput::default() };
            self.files.delete_object(internal(input)).await?;
        }
        result
    }

    async fn get_object(&self, mut request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        request.input.key = file_name(&request.input.key);
        self.files.get_object(request).await
    }

    async fn head_object(&self, mut request: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        request.input.key = file_name(&request.input.key);
        self.files.head_object(request).await
    }

    async fn delete_object(
        &self,
        mut request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        request.input.key = file_name(&request.input.key);
        self.files.delete_object(request).await
    }

    async fn delete_objects(
        &self,
        mut request: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        let mut keys = Vec::new();
        for object in &mut request.input.delete.objects {
            let name = file_name(&object.key);
            keys.push(mem::replace(&mut object.key, name));
        }
        let mut response = self.files.delete_objects(request).await?;
        for (deleted, key) in response.output.deleted.iter_mut().flatten().zip(keys) {
            deleted.key = Some(key);
        }
        Ok(response)
    }

    async fn copy_object(&self, mut request: S3Request<CopyObjectInput>) -> S3Result<S3Response<CopyObjectOutput>> {
        request.input.copy_source = source_file(request.input.copy_source);
        request.input.key = self.keys.file_name(&request.input.key)?;
        self.files.copy_object(request).await
    }

    async fn create_multipart_upload(
        &self,
        mut request: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        let (bucket, key) = (request.input.bucket.clone(), request.input.key.clone());
        self.check_bucket(&bucket).await?;
        request.input.key = self.keys.file_name(&key)?;
        let response = self.files.create_multipart_upload(request).await?;
        if let Some(id) = &response.output.upload_id {
            self.uploads.lock().await.insert(id, &bucket, &key);
        }
        Ok(response.map_output(|output| CreateMultipartUploadOutput { key: Some(key), ..output }))
    }

    async fn upload_part(&self, request: S3Request<UploadPartInput>) -> S3Result<S3Response<UploadPartOutput>> {
        let UploadPartInput { bucket, key, upload_id, part_number, .. } = &request.input;
        let (bucket, key, upload_id, part_number) = (bucket.clone(), key.clone(), upload_id.clone(), *part_number);
        self.uploads.lock().await.get(&upload_id, &bucket, &key)?;
        let response = self.files.upload_part(request).await?;
        if let Some(e_tag) = &response.output.e_tag {
            self.uploads.lock().await.get(&upload_id, &bucket, &key)?.insert_part(part_number, e_tag.clone());
        }
        Ok(response)
    }

    async fn upload_part_copy(
        &self,
        mut request: S3Request<UploadPartCopyInput>,
    ) -> S3Result<S3Response<UploadPartCopyOutput>> {
        let UploadPartCopyInput { bucket, key, upload_id, part_number, .. } = request.input.clone();
        self.uploads.lock().await.get(&upload_id, &bucket, &key)?;
        request.input.copy_source = source_file(request.input.copy_source);
        let response = self.files.upload_part_copy(request).await?;
        if let Some(e_tag) = response.output.copy_part_result.as_ref().and_then(|result| result.e_tag.clone()) {
            self.uploads.lock().await.get(&upload_id, &bucket, &key)?.insert_part(part_number, e_tag);
        }
        Ok(response)
    }

    async fn list_parts(&self, request: S3Request<ListPartsInput>) -> S3Result<S3Response<ListPartsOutput>> {
        let ListPartsInput { bucket, key, upload_id, .. } = &request.input;
        let mut uploads = self.uploads.lock().await;
        let parts = self.parts(upload_id, uploads.get(upload_id, bucket, key)?).await?;
        Ok(S3Response::new(parts_page(parts.into_values(), request.input)))
    }

    async fn complete_multipart_upload(
        &self,
        mut request: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let CompleteMultipartUploadInput { bucket, key, upload_id, multipart_upload, .. } = request.input.clone();
        let location = location(&request);
        let mut uploads = self.uploads.lock().await;
        if let Some(completion) = uploads.completion(&upload_id, &bucket, &key) {
            return Ok(S3Response::new(completion.clone().into()));
        }
        let stored = self.parts(&upload_id, uploads.get(&upload_id, &bucket, &key)?).await?;
        check_parts(&multipart_upload.and_then(|upload| upload.parts).unwrap_or_default(), &stored)?;
        request.input.key = self.keys.file_name(&key)?;
        let mut output = self.files.complete_multipart_upload(request).await?.output;
        // s3s-fs provides the output as a future, although the operation is done.
        if let Some(future) = output.future.take() {
            output = future.await?;
        }
        let completion = Completion { bucket, key, e_tag: output.e_tag, location };
        uploads.complete(&upload_id, completion.clone());
        Ok(S3Response::new(completion.into()))
    }

    async fn abort_multipart_upload(
        &self,
        mut request: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        let AbortMultipartUploadInput { bucket, key, upload_id, .. } = request.input.clone();
        let mut uploads = self.uploads.lock().await;
        uploads.get(&upload_id, &bucket, &key)?;
        request.input.key = file_name(&key);
        let response = self.files.abort_multipart_upload(request).await?;
        uploads.remove(&upload_id);
        Ok(response)
    }
}
