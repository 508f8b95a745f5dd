//! The state and the routes.

use std::error::Error;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::InvalidHeaderValue;
use axum::middleware::{from_fn, map_response_with_state};
use axum::routing::{get, post};
use presign::s3::{GetObject, Operation};
use presign::{PresignedRequest, Presigner, Timestamp};

use crate::error::{method_not_allowed, not_found};
use crate::limits::Limits;
use crate::observe::observe;
use crate::routes::{files, multipart};
use crate::store_client::StoreClient;
use crate::{headers, page};

/// What is the time.
pub type Clock = fn() -> Result<Timestamp, presign::Error>;

/// Requests have a few hundred bytes, but for the one with all parts of a file.
const MAX_BODY: usize = 16 * 1_024;
const MAX_PARTS_BODY: usize = 1_024 * 1_024;

/// What the routes need. Clones share it.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) presigner: Presigner,
    pub(crate) limits: Limits,
    pub(crate) store: StoreClient,
    store_origin: String,
    expires: Duration,
    clock: Clock,
}

impl App {
    /// Grants that work for `expires`.
    ///
    /// # Errors
    /// Those of the HTTP client, and of signing: better at the start than for the first user.
    pub fn new(presigner: Presigner, limits: Limits, expires: Duration) -> Result<Self, Box<dyn Error>> {
        let probe = presigner.presign(GetObject::new("probe"), expires)?;
        let store_origin = origin(probe.url()).to_owned();
        let store = StoreClient::new(&store_origin)?;
        Ok(Self { presigner, limits, store, store_origin, expires, clock: Timestamp::now })
    }

    /// Signs by another clock than the system's, for tests.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The API and the page.
    ///
    /// # Errors
    /// None: an origin that was signed for is a valid header.
    pub fn into_router(self) -> Result<Router, InvalidHeaderValue> {
        let policy = headers::content_security_policy(&self.store_origin)?;
        let api = Router::new()
            .route("/users/upload-settings", get(files::settings))
            .route("/users/get-file-upload-url", post(files::upload_url))
            .route("/users/get-file-download-url", get(files::download_url))
            .route("/users/create-multipart-upload", post(multipart::create))
            .route("/users/get-part-upload-urls", post(multipart::part_urls))
            .route(
                "/users/complete-multipart-upload",
                post(multipart::complete).layer(DefaultBodyLimit::max(MAX_PARTS_BODY)),
            )
            .route("/users/abort-multipart-upload", post(multipart::abort));
        Ok(api
            .merge(page::router())
            .fallback(not_found)
            .method_not_allowed_fallback(method_not_allowed)
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(map_response_with_state(policy, headers::secure))
            .layer(from_fn(observe))
            .with_state(self))
    }

    /// Signs an operation, now, for as long as grants work.
    pub(crate) fn presign(&self, operation: impl Operation) -> Result<PresignedRequest, presign::Error> {
        self.presigner.presign_at(operation, self.expires, self.now()?)
    }

    pub(crate) fn now(&self) -> Result<Timestamp, presign::Error> {
        (self.clock)()
    }

    pub(crate) fn expires(&self) -> Duration {
        self.expires
    }
}

/// Scheme, host and port of a URL that was signed, which has a path.
fn origin(url: &str) -> &str {
    let authority = url.find("://").map_or(0, |colon| colon + "://".len());
    let path = url[authority..].find('/').map_or(url.len(), |slash| authority + slash);
    &url[..path]
}
