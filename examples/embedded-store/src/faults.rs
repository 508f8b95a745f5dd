//! Faults on purpose, to try out what clients do.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Decides which responses are faults.
pub(crate) struct Faults {
    every: u64,
    requests: AtomicU64,
}

/// When a request fails, which a client cannot see.
enum Fault {
    BeforeOperation,
    AfterOperation,
}

impl Faults {
    pub(crate) fn new(every: NonZeroU32) -> Arc<Self> {
        Arc::new(Self { every: every.get().into(), requests: AtomicU64::new(0) })
    }

    /// Counts a request, and returns how it fails if it does.
    fn next(&self) -> Option<Fault> {
        let request = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        if !request.is_multiple_of(self.every) {
            return None;
        }
        let fault = request / self.every;
        Some(if fault.is_multiple_of(2) { Fault::AfterOperation } else { Fault::BeforeOperation })
    }
}

/// Handles a request, and responds with a fault when it is due.
pub(crate) async fn inject(State(faults): State<Arc<Faults>>, request: Request, next: Next) -> Response {
    match faults.next() {
        None => next.run(request).await,
        Some(Fault::BeforeOperation) => slow_down(),
        Some(Fault::AfterOperation) => {
            next.run(request).await;
            slow_down()
        }
    }
}

/// The response of S3 to a client that it asks to slow down.
fn slow_down() -> Response {
    let body = r#"<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"#;
    (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, "application/xml")], body).into_response()
}
