//! The endpoints: each reads a request, checks it, and signs.

pub(crate) mod files;
pub(crate) mod multipart;
