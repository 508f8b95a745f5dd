//! The endpoints: each reads a request, checks it, and signs.

pub(crate) mod confirm;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod multipart;
pub(crate) mod uppy;
