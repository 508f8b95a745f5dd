//! Verifies signed requests: the server's side of Signature Version 4.

mod claim;
mod error;
mod host;
#[cfg(feature = "std")]
mod kept_keys;
mod payload;
mod policy;
mod query;
mod received;
mod signed_headers;
mod verified;
mod verifier;

pub use claim::Mechanism;
pub use error::VerifyError;
pub use host::ServedHost;
pub use payload::{PayloadCheck, VerifiedPayload};
pub use policy::{LastSecond, VerifyPolicy};
pub use received::{ReceivedPayload, ReceivedRequest};
pub use verified::VerifiedRequest;
pub use verifier::Verifier;
