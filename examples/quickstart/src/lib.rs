//! What the quickstart is made of; its tests use the same parts.

mod client;
mod seen;
mod store;
mod tour;

pub use crate::client::{agent, send};
pub use crate::seen::Seen;
pub use crate::store::Store;
pub use crate::tour::tour;
