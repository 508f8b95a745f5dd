//! A reverse proxy between clients that have keys of its own and a store that has another one.
//!
//! ```text
//! client --- signed with the client's key ---> gateway --- signed with the store's key ---> store
//! ```
//!
//! A request is verified, checked against the prefix of its key, built anew from what its signature covers, signed with the
//! key of the store, and sent. Bodies are streamed in both directions.

mod form;
mod gateway;
mod keys;
mod refusal;
mod upload;
mod upstream;

pub use crate::gateway::Gateway;
pub use crate::keys::Keys;
