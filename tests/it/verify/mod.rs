//! The verifier against requests that other implementations signed.

mod spellings;
mod vectors;
