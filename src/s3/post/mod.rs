//! Uploads from HTML forms: `PostObject`.
//!
//! Source: [Browser-based uploads using POST](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html).

mod condition;
#[cfg(feature = "serde")]
mod deserialize;
mod document;
mod field;
mod form_text;
mod html;
mod multipart_body;
mod policy;
mod policy_document;
mod policy_error;
mod presign;
mod presigned_post;

pub use multipart_body::MultipartBody;
pub use policy::PostPolicy;
pub use policy_document::PostPolicyDocument;
pub use policy_error::PostPolicyError;
pub use presigned_post::PresignedPost;

#[cfg(feature = "verify")]
pub(crate) use condition::Form;
#[cfg(feature = "verify")]
pub(crate) use field::FILENAME;
