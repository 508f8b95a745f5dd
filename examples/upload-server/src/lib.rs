//! Uploads from a browser straight to an S3-compatible store.
//!
//! The server decides who may upload what, and signs; the bytes never pass through it.
//!
//! | file | what it is |
//! |---|---|
//! | `settings` | what the environment says |
//! | `store` | the store, in this process or the one of the environment |
//! | `app` | state and routes |
//! | `user` | **where your login goes**: who asks, and which keys are theirs |
//! | `validation`, `limits` | what may be uploaded |
//! | `routes` | the endpoints |
//! | `store_client`, `store_answer` | the server's own requests to the store |
//! | `error`, `json` | answers, and requests that are none |
//! | `observe` | request ids, the log, a time limit |
//! | `page`, `headers` | the page, and what it may do |
//! | `serve` | until somebody says stop |

mod app;
mod error;
mod headers;
mod json;
mod limits;
mod observe;
mod page;
mod routes;
mod serve;
mod settings;
mod store;
mod store_answer;
mod store_client;
mod user;
mod validation;

pub use crate::app::{App, Clock};
pub use crate::limits::{CONTENT_TYPES, Limits};
pub use crate::serve::serve;
pub use crate::settings::{ExternalStore, Settings};
pub use crate::store::{BUCKET, Store};
