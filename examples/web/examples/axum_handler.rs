//! An axum handler that responds with the URL for an upload, and requests to it without a network.
//!
//! `cargo run -p web --example axum_handler`; the package `upload-server` is a whole server of this kind.

use axum::body::to_bytes;
use axum::extract::{Json, State};
use axum::http::{Request, StatusCode};
use axum::{Router, routing::post};
use presign::s3::PutObject;
use presign::{Credentials, ErrorKind, Presigner};
use std::{error::Error, time::Duration};
use tower::ServiceExt as _;

/// What the client says about the file.
#[derive(serde::Deserialize)]
struct File {
    key: String,
    r#type: String,
}

async fn upload_url(State(presigner): State<Presigner>, file: Json<File>) -> Result<String, StatusCode> {
    let user = 42; // from your login
    if !file.key.starts_with(&format!("users/{user}/")) {
        return Err(StatusCode::FORBIDDEN);
    }
    if !["image/jpeg", "image/png", "image/webp"].contains(&&*file.r#type) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let put = PutObject::new(&file.key).content_type(&file.r#type);
    let signed = presigner.presign(put, Duration::from_secs(300)).map_err(|error| match error.kind() {
        ErrorKind::Request => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    })?;
    Ok(signed.into_url())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;
    let app = Router::new().route("/users/get-file-upload-url", post(upload_url)).with_state(presigner);

    let ask = |key: &str, r#type: &str| {
        let request = Request::post("/users/get-file-upload-url").header("content-type", "application/json");
        let body = serde_json::json!({ "key": key, "type": r#type }).to_string();
        request.body(body).map(|request| app.clone().oneshot(request))
    };
    let response = ask("users/42/avatar.png", "image/png")?.await?;
    let url = String::from_utf8(to_bytes(response.into_body(), 65_536).await?.to_vec())?;
    println!("{url}");

    assert!(url.starts_with("https://user-media.s3.eu-west-1.amazonaws.com/users/42/avatar.png?X-Amz-Algorithm="));
    assert_eq!(ask("users/43/avatar.png", "image/png")?.await?.status(), StatusCode::FORBIDDEN);
    assert_eq!(ask("users/42/a", "text/html")?.await?.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(ask("users/42/../43/a", "image/png")?.await?.status(), StatusCode::UNPROCESSABLE_ENTITY);
    Ok(())
}
