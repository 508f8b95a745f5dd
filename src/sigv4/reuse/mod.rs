//! Only speed: what is kept from one signature to the next. It exists only with `std`, and the build without it shows that
//! everything works without it.
//!
//! | what | kept by | until |
//! |---|---|---|
//! | the signing keys of two days | the identity | the last presigner with these credentials is dropped |
//! | the start of the query and of the string to sign of one second | the thread | it signs for another identity or second, or ends |
//! | a canonical request with holes for two numbers | [`UploadParts`](crate::s3::UploadParts) | it is dropped |

mod bare;
mod days;
mod numbered;
mod template;
mod thread;

pub(super) use bare::BareRequest;
pub(super) use days::KeptDays;
pub(crate) use numbered::NumberedRequest;
pub(super) use thread::with_second;
