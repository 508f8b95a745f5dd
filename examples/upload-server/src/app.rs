//! The state and the routes.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, InvalidHeaderValue, RETRY_AFTER};
use axum::http::{HeaderValue, Method};
use axum::middleware::{from_fn, map_response_with_state};
use axum::routing::{get, post};
use presign::s3::{GetObject, Operation};
use presign::{PresignedRequest, Presigner, Timestamp};
use tower_http::cors::CorsLayer;

use crate::error::{chain, method_not_allowed, not_found};
use crate::limits::Limits;
use crate::observe::{REQUEST_ID, observe};
use crate::routes::{confirm, files, health, multipart, uppy};
use crate::store::Store;
use crate::store_client::StoreClient;
use crate::user::Login;
use crate::{headers, page};

/// Tells the time.
pub type Clock = fn() -> Result<Timestamp, presign::Error>;

/// Requests have a few hundred bytes, except the one with all parts of a file.
const MAX_BODY: usize = 16 * 1_024;
const MAX_PARTS_BODY: usize = 1_024 * 1_024;

/// How long browsers keep the response to a preflight.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_hours(1);

/// What the API permits, and to whom.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What may be uploaded.
    pub limits: Limits,
    /// How long a grant is valid.
    pub expires: Duration,
    /// Who may use the API.
    pub login: Login,
    /// The pages of other origins that may use the API, such as `https://app.example.com`.
    pub allowed_origins: Vec<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            expires: Duration::from_mins(15),
            login: Login::default(),
            allowed_origins: Vec::new(),
        }
    }
}

/// The state of the server. Clones share it.
#[derive(Clone, Debug)]
pub struct App {
    /// Signs what clients send.
    pub(crate) presigner: Presigner,
    pub(crate) limits: Arc<Limits>,
    pub(crate) login: Login,
    /// Sends what the server itself asks the store.
    pub(crate) store: StoreClient,
    store_origin: Arc<str>,
    store_sources: Arc<str>,
    allowed_origins: Vec<String>,
    expires: Duration,
    clock: Clock,
}

impl App {
    /// Prepares to serve uploads to a store.
    ///
    /// # Errors
    /// An expiry that the store does not accept, and those of the HTTP client.
    pub fn new(store: &Store, rules: Rules) -> Result<Self, Box<dyn Error>> {
        // Better at the start than for the first user.
        let probe = store.presigner().presign(GetObject::new("probe"), rules.expires);
        probe.map_err(|error| format!("UPLOAD_EXPIRES, in seconds: {error}"))?;
        let client = StoreClient::new(store.internal_presigner().clone(), store.internal_origin());
        Ok(Self {
            presigner: store.presigner().clone(),
            limits: Arc::new(rules.limits),
            login: rules.login,
            store: client.map_err(|error| format!("the client for the store: {}", chain(&error)))?,
            store_origin: store.origin().into(),
            store_sources: store.page_sources().into(),
            allowed_origins: rules.allowed_origins,
            expires: rules.expires,
            clock: Timestamp::now,
        })
    }

    /// Signs by another clock than the system's, for tests.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Waits for another time before it repeats a request to the store, for tests.
    #[must_use]
    pub fn with_first_pause(self, first_pause: Duration) -> Self {
        Self { store: self.store.with_first_pause(first_pause), ..self }
    }

    /// Returns the API and the page.
    ///
    /// # Errors
    /// An allowed origin that no header can have.
    pub fn into_router(self) -> Result<Router, InvalidHeaderValue> {
        let policy = headers::content_security_policy(&self.store_sources)?;
        let mut api = Router::new()
            .route("/users/upload-settings", get(files::settings))
            .route("/users/get-file-upload-url", post(files::upload_url))
            .route("/users/get-upload-grant", post(files::upload_grant))
            .route("/users/confirm-upload", post(confirm::confirm))
            .route("/users/get-file-download-url", get(files::download_url))
            .route("/users/create-multipart-upload", post(multipart::create))
            .route("/users/get-part-upload-urls", post(multipart::part_urls))
            .route(
                "/users/complete-multipart-upload",
                post(multipart::complete).layer(DefaultBodyLimit::max(MAX_PARTS_BODY)),
            )
            .route("/users/abort-multipart-upload", post(multipart::abort))
            .route("/users/sign-s3-request", post(uppy::sign))
            // Before CORS, which responds to the method OPTIONS.
            .method_not_allowed_fallback(method_not_allowed);
        if !self.allowed_origins.is_empty() {
            api = api.layer(cors(&self.allowed_origins)?);
        }
        Ok(api
            .merge(page::router().route("/health", get(health::health)).method_not_allowed_fallback(method_not_allowed))
            .fallback(not_found)
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(map_response_with_state(policy, headers::secure))
            .layer(from_fn(observe))
            .with_state(self))
    }

    /// Signs an operation, now, for as long as grants are valid.
    pub(crate) fn presign(&self, operation: impl Operation) -> Result<PresignedRequest, presign::Error> {
        self.presign_for(operation, self.expires)
    }

    pub(crate) fn presign_for(
        &self,
        operation: impl Operation,
        expires: Duration,
    ) -> Result<PresignedRequest, presign::Error> {
        self.presigner.presign_at(operation, expires, self.now()?)
    }

    pub(crate) fn now(&self) -> Result<Timestamp, presign::Error> {
        (self.clock)()
    }

    pub(crate) fn expires(&self) -> Duration {
        self.expires
    }

    /// Returns the origin that clients send files to.
    pub(crate) fn store_origin(&self) -> &str {
        &self.store_origin
    }
}

/// Lets pages of these origins use the API. A login by cookies would also need `allow_credentials`.
fn cors(origins: &[String]) -> Result<CorsLayer, InvalidHeaderValue> {
    let origins: Vec<_> = origins.iter().map(|origin| HeaderValue::from_str(origin)).collect::<Result<_, _>>()?;
    Ok(CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([CONTENT_TYPE, AUTHORIZATION])
        .expose_headers([REQUEST_ID, RETRY_AFTER])
        .max_age(PREFLIGHT_MAX_AGE))
}
