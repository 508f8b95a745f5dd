//! For load balancers and containers.

use axum::Json as JsonResponse;
use serde_json::{Value, json};

/// `GET /health`: the server runs. It says nothing about the store, whose failures a restart would not repair.
pub(crate) async fn health() -> JsonResponse<Value> {
    JsonResponse(json!({ "status": "ok" }))
}
