//! Leave for one upload, whatever the store can enforce.

mod grant_upload;
mod upload;
mod upload_grant;

pub use upload::Upload;
pub use upload_grant::UploadGrant;
