//! The operations of S3, and what they share.

mod abort_multipart_upload;
mod complete_multipart_upload;
mod copy_object;
mod create_bucket;
mod create_multipart_upload;
mod delete_bucket;
mod delete_object;
mod delete_objects;
mod get_object;
mod get_object_attributes;
mod get_object_tagging;
mod groups;
mod head_bucket;
mod head_object;
mod list_buckets;
mod list_multipart_uploads;
mod list_object_versions;
mod list_objects_v2;
mod list_parts;
mod macros;
mod put_object;
mod put_object_tagging;
mod restore_object;
mod upload_part;
mod upload_part_copy;

use alloc::borrow::Cow;

use crate::s3::S3Request;

pub use abort_multipart_upload::AbortMultipartUpload;
pub use complete_multipart_upload::CompleteMultipartUpload;
pub use copy_object::CopyObject;
pub use create_bucket::CreateBucket;
pub use create_multipart_upload::CreateMultipartUpload;
pub use delete_bucket::DeleteBucket;
pub use delete_object::DeleteObject;
pub use delete_objects::DeleteObjects;
pub use get_object::GetObject;
pub use get_object_attributes::GetObjectAttributes;
pub use get_object_tagging::GetObjectTagging;
pub use head_bucket::HeadBucket;
pub use head_object::HeadObject;
pub use list_buckets::ListBuckets;
pub use list_multipart_uploads::ListMultipartUploads;
pub use list_object_versions::ListObjectVersions;
pub use list_objects_v2::ListObjectsV2;
pub use list_parts::ListParts;
pub use put_object::PutObject;
pub use put_object_tagging::PutObjectTagging;
pub use restore_object::RestoreObject;
pub use upload_part::UploadPart;
pub use upload_part_copy::UploadPartCopy;

#[cfg(feature = "post")]
pub(super) use put_object_tagging::put_tag_set;

/// An S3 operation that can be presigned.
///
/// The operations of this module implement it, and so does [`S3Request`]. Implement it for a type of your own to give a
/// name to a request that you make often:
///
/// ```
/// use std::borrow::Cow;
/// use presign::Method;
/// use presign::s3::{Operation, S3Request};
///
/// struct Avatar {
///     user: u64,
/// }
///
/// impl Operation for Avatar {
///     fn request(&self) -> Cow<'_, S3Request<'_>> {
///         Cow::Owned(S3Request::new(Method::Get).key(format!("users/{}/avatar.png", self.user)))
///     }
/// }
/// ```
#[doc(alias = "S3Action")]
pub trait Operation {
    /// Returns the request of the operation.
    fn request(&self) -> Cow<'_, S3Request<'_>>;
}

impl<T: Operation + ?Sized> Operation for &T {
    fn request(&self) -> Cow<'_, S3Request<'_>> {
        (**self).request()
    }
}

impl Operation for S3Request<'_> {
    #[inline]
    fn request(&self) -> Cow<'_, S3Request<'_>> {
        Cow::Borrowed(self)
    }
}
