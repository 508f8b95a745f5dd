//! Presigned URLs for Amazon S3, for the stores that are compatible with it, and for every other AWS service.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

mod credentials;
mod encode;
mod endpoint;
mod error;
mod method;
mod parameters;
mod presigned;
mod region;
pub mod s3;
pub mod sigv4;
mod sink;
mod text;
mod timestamp;

pub use credentials::Credentials;
pub use endpoint::Endpoint;
pub use error::{EndpointError, Error, Field};
pub use method::Method;
pub use presigned::PresignedRequest;
pub use region::Region;
pub use s3::{Presigner, PresignerBuilder};
pub use timestamp::{AmzDate, Timestamp};
