//! A store that fails now and then.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::routing::{MethodRouter, any};
use presign::{Credentials, Presigner, Timestamp};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use upload_server::{EmbeddedSettings, Store, StoreSettings};

use crate::server::{Server, error, text};

/// Starts a server of a store that fails `failures` times, and then completes every upload.
async fn server_of_a_store_that_fails(
    failures: u32,
    status: u16,
    retry_after: &'static str,
) -> (Server, Arc<AtomicU32>) {
    let requests = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&requests);
    let store = any(move || {
        let number = counter.fetch_add(1, Ordering::Relaxed);
        async move {
            let status = if number < failures { StatusCode::from_u16(status).unwrap() } else { StatusCode::OK };
            (status, [("retry-after", retry_after)], "<CompleteMultipartUploadResult/>")
        }
    });
    (server_of(store).await, requests)
}

/// Starts a server of a store that responds so to every request, and does not find any object.
pub(crate) async fn server_of_a_store_that_responds(status: u16, body: &'static str) -> Server {
    let status = StatusCode::from_u16(status).unwrap();
    let store = any(move |method: Method| async move {
        if method == Method::HEAD { (StatusCode::NOT_FOUND, "") } else { (status, body) }
    });
    server_of(store).await
}

/// Starts a server of a store that is this handler.
async fn server_of(store: MethodRouter) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, Router::new().fallback(store)).into_future());
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").unwrap())
        .region("us-east-1")
        .endpoint(endpoint)
        .bucket("user-media")
        .build()
        .unwrap();
    Server::with(presigner, Timestamp::now).await
}

/// When the response to a completion was lost, many stores no longer know the upload when it is completed again. The mark
/// of the object tells whether it came from this upload.
#[tokio::test]
async fn a_completion_that_was_repeated() {
    for (mark, expected) in
        [("0123456789abcdef0123456789abcdef", 204), ("0123456789abcdef0123456789abcdee", 422), ("", 422)]
    {
        let store = any(move |method: Method| async move {
            let status = if method == Method::HEAD { StatusCode::OK } else { StatusCode::NOT_FOUND };
            (status, [("x-amz-meta-upload", mark)], "<Error><Code>NoSuchUpload</Code></Error>")
        });
        let server = server_of(store).await;
        assert_eq!(server.post("/users/complete-multipart-upload", &complete()).await.0, expected, "{mark}");
    }
}

fn complete() -> Value {
    let parts = [json!({ "part_number": 1, "e_tag": "e" })];
    json!({ "key": "user-profile/a.zip", "upload_id": "0123456789abcdef0123456789abcdef.u", "size": 1, "parts": parts })
}

#[tokio::test]
async fn a_failure_that_passes_is_not_seen() {
    for status in [429, 500, 502, 503, 504] {
        let (server, requests) = server_of_a_store_that_fails(3, status, "0").await;
        assert_eq!(server.post("/users/complete-multipart-upload", &complete()).await, (204, Value::Null), "{status}");
        assert_eq!(requests.load(Ordering::Relaxed), 4);
    }
}

#[tokio::test]
async fn a_failure_that_stays_is_told() {
    let failed = (502, error("store", "The store cannot do this now. Please try again later."));
    let (server, requests) = server_of_a_store_that_fails(u32::MAX, 503, "0").await;
    assert_eq!(server.post("/users/complete-multipart-upload", &complete()).await, failed);
    // Four times to complete, and four to look whether it was completed.
    assert_eq!(requests.load(Ordering::Relaxed), 8);

    // A store that asks for more time than a request may take is not asked again.
    let (server, requests) = server_of_a_store_that_fails(u32::MAX, 503, "3600").await;
    assert_eq!(server.post("/users/complete-multipart-upload", &complete()).await, failed);
    assert_eq!(requests.load(Ordering::Relaxed), 2);

    // The client learns how long to wait.
    let response =
        server.request(Method::POST, "/users/complete-multipart-upload").json(&complete()).send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (502, &"3600".parse().unwrap()));
}

#[tokio::test]
async fn a_refusal_is_not_repeated() {
    let (server, requests) = server_of_a_store_that_fails(u32::MAX, 403, "0").await;
    assert_eq!(server.post("/users/complete-multipart-upload", &complete()).await.0, 502);
    assert_eq!(requests.load(Ordering::Relaxed), 2);
}

/// Every second response fails, some of them after the store has done what it was asked for.
#[tokio::test]
async fn uploads_in_parts_at_a_store_that_fails_half_of_the_time() {
    let fail_every = NonZeroU32::new(2);
    let settings = EmbeddedSettings { listen: ([127, 0, 0, 1], 0).into(), public_url: None, fail_every };
    let store = Store::open(&StoreSettings::Embedded(settings), Vec::new()).unwrap();
    let server = Server::of(&store, Timestamp::now).await;
    for number in 0..6 {
        let key = format!("user-profile/{number}.zip");
        let (status, created) = server
            .post("/users/create-multipart-upload", &json!({ "key": key, "type": "application/zip", "size": 3 }))
            .await;
        assert_eq!(status, 200, "{created}");
        let upload_id = text(&created["upload_id"]);
        let request = json!({ "key": key, "upload_id": upload_id, "size": 3, "part_numbers": [1] });
        let (_, parts) = server.post("/users/get-part-upload-urls", &request).await;
        let e_tag = loop {
            let response = server.send(&parts["parts"][0]["grant"], b"zip").await;
            if response.status().is_success() {
                break response.headers()["etag"].to_str().unwrap().to_owned();
            }
        };
        let parts = [json!({ "part_number": 1, "e_tag": e_tag })];
        let request = json!({ "key": key, "upload_id": upload_id, "size": 3, "parts": parts });
        assert_eq!(server.post("/users/complete-multipart-upload", &request).await, (204, Value::Null), "{number}");
        let request = json!({ "key": key, "type": "application/zip", "size": 3 });
        assert_eq!(server.post("/users/confirm-upload", &request).await.0, 200);
    }
}
