//! What signing returns.

mod authorized;
#[cfg(feature = "serde")]
pub(crate) mod deserialize;
mod explanation;
mod forbidden_header;
#[cfg(feature = "http")]
mod http;
mod presigned;
#[cfg(feature = "serde")]
pub(crate) mod serialize;
mod signed_parts;

pub use authorized::AuthorizedRequest;
pub use explanation::Explanation;
pub use presigned::PresignedRequest;
pub use signed_parts::SignedParts;
