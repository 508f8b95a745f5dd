//! Uploads from a browser straight to an S3-compatible store.
//!
//! The server decides who may upload what, and signs; the bytes never pass through it.
//!
//! | file | contents |
//! |---|---|
//! | `settings` | the configuration, from the environment |
//! | `store` | the store, in this process or elsewhere |
//! | `app` | the state and the routes |
//! | `user` | **where your login goes**: who asks, and which keys are theirs |
//! | `tokens` | such a login, by access tokens |
//! | `limits`, `validation` | what may be uploaded |
//! | `routes` | the endpoints |
//! | `multipart_upload` | the id of an upload in parts |
//! | `stored_object` | what a client has really uploaded |
//! | `store_client`, `store_response` | the server's own requests to the store |
//! | `error`, `json` | error responses, and requests that cannot be read |
//! | `observe` | request ids, the log, a time limit |
//! | `page`, `headers` | the page, and what it may do |
//! | `serve` | serving until the server is told to stop |

mod app;
mod error;
mod headers;
mod json;
mod limits;
mod multipart_upload;
mod observe;
mod page;
mod routes;
mod serve;
mod settings;
mod store;
mod store_client;
mod store_response;
mod stored_object;
mod tokens;
mod user;
mod validation;

pub use crate::app::{App, Clock, Rules};
pub use crate::limits::{CONTENT_TYPES, Limits};
pub use crate::serve::serve;
pub use crate::settings::{EmbeddedSettings, ExternalSettings, Settings, StoreSettings};
pub use crate::store::{BUCKET, Store};
pub use crate::tokens::Tokens;
pub use crate::user::Login;
