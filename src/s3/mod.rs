//! Amazon S3 and compatible stores: hosts, buckets, keys and operations.
//!
//! [`Presigner`] signs the operations of this module. Each operation is a plain value named as in the [S3 API
//! reference](https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html), with
//! setters for its parameters, `query` and `header` for those that have none, and [`S3Request`] for operations that
//! have no type.
//!
//! | objects | |
//! |---|---|
//! | [`GetObject`], [`HeadObject`] | read an object, or its headers only |
//! | [`GetObjectAttributes`] | read its size, checksum and parts |
//! | [`PutObject`] | write an object |
//! | [`CopyObject`] | write an object from another one |
//! | [`DeleteObject`], [`DeleteObjects`] | delete one object, or up to 1,000 |
//! | [`GetObjectTagging`], [`PutObjectTagging`] | read or replace the tags of an object |
//! | [`RestoreObject`] | make an archived object readable |
//!
//! | uploads in parts | |
//! |---|---|
//! | [`MultipartPlan`] | cuts an object into parts; [`Presigner::upload_parts`] signs them all |
//! | [`CreateMultipartUpload`] | starts an upload |
//! | [`UploadPart`], [`UploadPartCopy`] | upload a part, or copy it from an object |
//! | [`CompleteMultipartUpload`], [`AbortMultipartUpload`] | make the object from the parts, or delete them |
//! | [`ListParts`], [`ListMultipartUploads`] | list the parts of an upload, or the uploads of a bucket |
//!
//! | buckets | |
//! |---|---|
//! | [`ListObjectsV2`], [`ListObjectVersions`] | list the objects of a bucket, or all their versions |
//! | [`HeadBucket`] | ask whether a bucket is there |
//! | [`CreateBucket`], [`DeleteBucket`] | make a bucket, or delete an empty one |
//! | [`ListBuckets`] | list the buckets of an account |
//!
//! With the feature `post`, `PostPolicy` is for uploads from HTML forms, whose size a store can limit,
//! `PostPolicyDocument` says why a store would refuse a form, and `Upload` is for a file that goes by a form where the
//! store takes forms, and by `PUT` where it does not.
//!
//! # What is signed
//! Every header that is set on an operation is signed as a header: the client has to send it, and
//! [`PresignedRequest::headers`](crate::PresignedRequest::headers) lists it. Nothing is moved into the query, where S3
//! would ignore it, and nothing is added that was not asked for.

mod addressing;
mod arn;
mod base64_text;
mod batch;
mod bucket;
mod builder;
#[cfg(feature = "serde")]
mod deserialize_builder;
#[cfg(feature = "serde")]
mod deserialize_store;
mod endpoint_config;
mod endpoint_conflicts;
#[cfg(feature = "post")]
mod grant;
mod key;
mod known_host;
mod limits;
mod location;
mod multipart;
mod object_identifier;
mod operation;
#[cfg(feature = "post")]
mod post;
mod presigner;
mod request;
mod resource;
mod settings;
mod store;
mod store_text;
mod stores;
mod value;
pub(crate) mod xml;

pub use addressing::AddressingStyle;
pub use batch::Batch;
pub use builder::PresignerBuilder;
#[cfg(feature = "post")]
pub use grant::{Upload, UploadGrant};
pub use key::decode_key;
pub use multipart::{CompletedPart, MultipartPlan, PlannedPart, UploadParts};
pub use object_identifier::ObjectIdentifier;
pub use operation::{
    AbortMultipartUpload, CompleteMultipartUpload, CopyObject, CreateBucket, CreateMultipartUpload, DeleteBucket,
    DeleteObject, DeleteObjects, GetObject, GetObjectAttributes, GetObjectTagging, HeadBucket, HeadObject, ListBuckets,
    ListMultipartUploads, ListObjectVersions, ListObjectsV2, ListParts, Operation, PutObject, PutObjectTagging,
    RestoreObject, UploadPart, UploadPartCopy,
};
#[cfg(all(feature = "post", feature = "verify"))]
pub(crate) use post::{FILENAME, Form as PostForm};
#[cfg(feature = "post")]
pub use post::{MultipartBody, PostPolicy, PostPolicyDocument, PostPolicyError, PresignedPost};
pub use presigner::Presigner;
pub use request::S3Request;
pub use store::{PostForms, Store, StoreFact};
#[cfg(feature = "post")]
pub use value::SuccessActionStatus;
#[cfg(feature = "checksum")]
pub use value::{Checksum, SseCustomerKey};
pub use value::{
    ChecksumAlgorithm, ChecksumMode, ChecksumType, ContentDisposition, CopySource, EncodingType, MetadataDirective,
    ObjectAttributes, ObjectCannedAcl, ObjectLockLegalHoldStatus, ObjectLockMode, ObjectOwnership,
    OptionalObjectAttributes, RequestPayer, RestoreTier, ServerSideEncryption, StorageClass, TaggingDirective,
};
