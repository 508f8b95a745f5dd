//! An axum handler that grants an upload, and a request to it without a network.
//!
//! `cargo run -p web --example axum_handler`; the package `upload-server` is the whole of such a server.

use axum::body::to_bytes;
use axum::extract::{Json, State};
use axum::http::{Request, StatusCode};
use axum::{Router, routing::post};
use presign::s3::{Upload, UploadGrant};
use presign::{Credentials, Presigner};
use std::{error::Error, time::Duration};
use tower::ServiceExt as _;

const MAX_BYTES: u64 = 5_000_000;

/// What the browser says of the file.
#[derive(serde::Deserialize)]
struct File {
    r#type: String,
    size: u64,
}

async fn upload_url(State(presigner): State<Presigner>, file: Json<File>) -> Result<Json<UploadGrant>, StatusCode> {
    if !["image/jpeg", "image/png", "image/webp"].contains(&&*file.r#type) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    if file.size > MAX_BYTES {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let user = 42; // from your login; the key is never the browser's
    let upload = Upload::new(format!("users/{user}/avatar"), &file.r#type, MAX_BYTES).size(file.size);
    let grant = presigner.grant_upload(&upload, Duration::from_secs(300));
    grant.map(Json).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;
    let app = Router::new().route("/users/get-file-upload-url", post(upload_url)).with_state(presigner);

    let ask = |body: &'static str| {
        let request = Request::post("/users/get-file-upload-url").header("content-type", "application/json");
        request.body(body.to_owned()).map(|request| app.clone().oneshot(request))
    };
    let answer = ask(r#"{"type": "image/png", "size": 48213}"#)?.await?;
    let grant: serde_json::Value = serde_json::from_slice(&to_bytes(answer.into_body(), 65_536).await?)?;
    println!("{grant:#}");

    assert_eq!((&grant["method"], &grant["fields"]["key"]), (&"POST".into(), &"users/42/avatar".into()));
    assert_eq!(ask(r#"{"type": "text/html", "size": 1}"#)?.await?.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(ask(r#"{"type": "image/png", "size": 5000001}"#)?.await?.status(), StatusCode::PAYLOAD_TOO_LARGE);
    Ok(())
}
