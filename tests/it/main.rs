//! Everything that is tested from outside, in one binary because linking takes longer than running.

#![allow(clippy::format_collect, clippy::format_push_string, clippy::similar_names, clippy::too_many_lines)]

mod auto_traits;
mod batch;
#[cfg(feature = "std")]
mod credentials;
mod days;
mod derived;
#[cfg(feature = "diagnose")]
mod diagnose;
mod endpoint_conflicts;
mod endpoints;
#[cfg(feature = "std")]
mod environment;
mod errors;
mod file_names;
#[cfg(feature = "post")]
mod grants;
#[cfg(feature = "http")]
mod http;
#[cfg(all(feature = "post", feature = "serde"))]
mod json;
mod layers;
mod life;
mod many;
mod multipart;
mod naive;
mod names;
mod operations;
mod path_rules;
mod porting;
#[cfg(feature = "post")]
mod post_policy;
mod presigner;
mod properties;
mod published;
mod s3_rules;
mod sdk;
mod secrecy;
mod sequences;
#[cfg(feature = "sigv4a")]
mod sigv4a;
mod stores;
mod support;
#[cfg(feature = "std")]
mod threads;
#[cfg(feature = "tokens")]
mod tokens;
mod vectors;
#[cfg(feature = "verify")]
mod verify;
