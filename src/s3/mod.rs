//! Amazon S3 and compatible stores: hosts, buckets, keys and operations.
//!
//! [`Presigner`] signs the operations of this module. Each operation is a plain value named as in the
//! [S3 API reference](https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html), with setters
//! for the parameters that are worth a name, `query` and `header` for all others, and [`S3Request`] for operations that
//! have no type yet.
//!
//! # What is signed
//! Every header that is set on an operation is signed as a header: the client has to send it, and
//! [`PresignedRequest::headers`](crate::PresignedRequest::headers) lists it. Nothing is moved into the query, where S3
//! would ignore it, and nothing is added that was not asked for.

mod addressing;
mod arn;
mod bucket;
mod builder;
#[cfg(feature = "checksum")]
mod checksum;
mod delete_object;
mod get_object;
mod head_object;
mod key;
mod location;
mod operation;
mod partition;
mod presigner;
mod provider;
mod providers;
mod put_object;
mod request;
mod resource;
mod service_rules;

pub use addressing::AddressingStyle;
pub use builder::PresignerBuilder;
#[cfg(feature = "checksum")]
pub use checksum::Checksum;
pub use delete_object::DeleteObject;
pub use get_object::GetObject;
pub use head_object::HeadObject;
pub use operation::Operation;
pub use presigner::Presigner;
pub use provider::{PostForms, Provider, ProviderFact};
pub use put_object::PutObject;
pub use request::S3Request;
