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
#[cfg(feature = "sigv4a")]
mod sigv4a;
mod spellings;
mod vectors;
mod view;
