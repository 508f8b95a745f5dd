//! Only speed: what is kept from one signature to the next. It exists only with `std`. Without it, `presign` in `signer.rs` makes
//! everything anew, stage by stage, and a test compares the two.
//!
//! | what | kept by | until |
//! |---|---|---|
//! | the signing keys of two days | the identity | the last presigner with these credentials is dropped |
//! | the start of the query and of the string to sign of one second | the thread | it signs for another identity or second, or ends |
//! | the end of the canonical request of a request that has only a method and a path | the thread | it signs with another expiry, or ends |
//! | the canonical request of a part of an upload, in which two numbers change | [`UploadParts`](crate::s3::UploadParts) | it is dropped |

mod bare;
mod days;
mod numbered;
mod template;
mod thread;

pub(super) use days::KeptDays;
pub(crate) use numbered::NumberedRequest;
pub(super) use thread::presign;
