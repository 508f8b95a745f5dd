//! Everything that is tested from outside, in one binary because linking takes longer than running.

#![allow(clippy::format_collect, clippy::format_push_string, clippy::similar_names, clippy::too_many_lines)]

mod batch;
mod derived;
mod endpoints;
#[cfg(feature = "std")]
mod environment;
mod errors;
#[cfg(feature = "post")]
mod grants;
mod layers;
mod life;
mod multipart;
mod naive;
mod operations;
mod porting;
#[cfg(feature = "post")]
mod post_policy;
mod presigner;
mod properties;
mod sdk;
mod secrecy;
mod stores;
mod support;
#[cfg(feature = "std")]
mod threads;
mod vectors;
