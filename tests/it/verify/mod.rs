//! The verifier against requests that other implementations signed.

mod advisories;
mod arrived;
#[cfg(feature = "post")]
mod form_rules;
mod keys;
mod messages;
mod mutations;
mod peers;
mod random;
mod rules;
mod server;
mod spellings;
mod vectors;
mod view;
