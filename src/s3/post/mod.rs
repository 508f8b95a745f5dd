//! Uploads from HTML forms: `PostObject`.
//!
//! Source: [Browser-based uploads using POST](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html).

mod document;
mod field;
mod html;
mod multipart_body;
mod policy;
mod presign;
mod presigned_post;

pub use multipart_body::MultipartBody;
pub use policy::PostPolicy;
pub use presigned_post::PresignedPost;
