//! Files that are sent in parts.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::any;
use presign::{Credentials, Presigner};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::server::{Server, error, five_minutes_ago, noon, refusal, text};

const CREATE: &str = "/users/create-multipart-upload";
const PARTS: &str = "/users/get-part-upload-urls";
const COMPLETE: &str = "/users/complete-multipart-upload";
const ABORT: &str = "/users/abort-multipart-upload";

/// An id of an upload that never was.
const UPLOAD_ID: &str = "0123456789abcdef0123456789abcdef.u";

const KEY: &str = "user-profile/42/grüße aus 日本.zip";
/// Two parts, as the page cuts it.
const SIZE: usize = 9_000_000;
const PART_SIZE: usize = 8 * 1_024 * 1_024;

fn file() -> Vec<u8> {
    (0..SIZE).map(|n| u8::try_from(n * 31 % 251).unwrap()).collect()
}

async fn create(server: &Server) -> String {
    let request = json!({ "key": KEY, "type": "application/zip", "size": SIZE });
    let (status, created) = server.post(CREATE, &request).await;
    assert_eq!(status, 200, "{created}");
    assert_eq!((&created["part_size"], &created["part_count"]), (&json!(PART_SIZE), &json!(2)));
    text(&created["upload_id"]).to_owned()
}

async fn part_urls(server: &Server, upload_id: &str, numbers: &[u32]) -> Vec<Value> {
    let request = json!({ "key": KEY, "upload_id": upload_id, "size": SIZE, "part_numbers": numbers });
    let (status, response) = server.post(PARTS, &request).await;
    assert_eq!(status, 200, "{response}");
    response["parts"].as_array().unwrap().clone()
}

/// Sends a part and returns its entity tag.
async fn send_part(server: &Server, part: &Value) -> Value {
    let number = |name: &str| usize::try_from(part[name].as_u64().unwrap()).unwrap();
    let offset = number("offset");
    let response = server.send(&part["grant"], &file()[offset..offset + number("size")]).await;
    assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
    json!({ "part_number": part["part_number"], "e_tag": response.headers()["etag"].to_str().unwrap() })
}

fn complete(upload_id: &str, parts: &[Value]) -> Value {
    json!({ "key": KEY, "upload_id": upload_id, "size": SIZE, "parts": parts })
}

#[tokio::test]
async fn parts_become_one_file() {
    let (server, _store) = Server::start().await;
    let upload_id = create(&server).await;
    let parts = part_urls(&server, &upload_id, &[1, 2]).await;
    let places: Vec<_> = parts.iter().map(|part| json!([part["part_number"], part["offset"], part["size"]])).collect();
    assert_eq!(places, [json!([1, 0, PART_SIZE]), json!([2, PART_SIZE, SIZE - PART_SIZE])]);

    // In any order, and the first twice, as after a lost response.
    let second = send_part(&server, &parts[1]).await;
    send_part(&server, &parts[0]).await;
    let first = send_part(&server, &part_urls(&server, &upload_id, &[1]).await[0]).await;
    let request = complete(&upload_id, &[first, second]);
    assert_eq!(server.post(COMPLETE, &request).await, (204, Value::Null));
    assert_eq!(server.post(COMPLETE, &request).await, (204, Value::Null), "again, as after a lost response");
    let other = complete("0123456789abcdef0123456789abcdef.u", request["parts"].as_array().unwrap());
    assert_eq!(server.post(COMPLETE, &other).await.0, 422, "an upload that did not become this object");

    let download = server.download(KEY).await;
    assert_eq!(download.headers()["content-type"], "application/zip");
    assert_eq!(download.bytes().await.unwrap(), file());
}

#[tokio::test]
async fn a_part_with_an_expired_url_gets_a_new_one() {
    let (server, store) = Server::start().await;
    let late = Server::of(&store, five_minutes_ago).await;
    let upload_id = create(&server).await;
    let expired = &part_urls(&late, &upload_id, &[2]).await[0];
    let last = &file()[PART_SIZE..];
    assert_eq!(refusal(server.send(&expired["grant"], last).await).await, (403, "AccessDenied".into()));
    send_part(&server, &part_urls(&server, &upload_id, &[2]).await[0]).await;
}

#[tokio::test]
async fn a_part_url_is_for_one_part_of_one_size() {
    let (server, _store) = Server::start().await;
    let upload_id = create(&server).await;
    let grant = &part_urls(&server, &upload_id, &[2]).await[0]["grant"];
    let last = &file()[PART_SIZE..];
    let mismatch = (403, "SignatureDoesNotMatch".to_owned());
    let other_part = text(&grant["url"]).replace("partNumber=2", "partNumber=1");
    assert_eq!(refusal(server.send_to(&other_part, grant, last).await).await, mismatch);
    assert_eq!(refusal(server.send(grant, &last[1..]).await).await, mismatch);
}

#[tokio::test]
async fn an_aborted_upload_is_gone() {
    let (server, _store) = Server::start().await;
    let upload_id = create(&server).await;
    let parts = part_urls(&server, &upload_id, &[1, 2]).await;
    send_part(&server, &parts[0]).await;
    let abort = json!({ "key": KEY, "upload_id": upload_id });
    assert_eq!(server.post(ABORT, &abort).await, (204, Value::Null));
    assert!(server.send(&parts[1]["grant"], &file()[PART_SIZE..]).await.status().is_client_error());
    assert_eq!(server.link(KEY).await.0, 404);
    assert_eq!(server.post(ABORT, &abort).await, (204, Value::Null), "again, as after a lost response");
}

/// Starts a server of a store that gives one response to everything.
async fn store_that_responds(status: u16, body: &'static str) -> Server {
    let status = StatusCode::from_u16(status).unwrap();
    server_of(Router::new().fallback(any(move || async move { (status, body) }))).await
}

async fn server_of(store: Router) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, store).into_future());
    server_for(&endpoint).await
}

async fn server_for(endpoint: &str) -> Server {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").unwrap())
        .region("us-east-1")
        .endpoint(endpoint)
        .bucket("user-media")
        .build()
        .unwrap();
    Server::with(presigner, noon).await
}

#[tokio::test]
async fn what_the_store_says_about_an_upload() {
    let done =
        complete(UPLOAD_ID, &[json!({ "part_number": 1, "e_tag": "a" }), json!({ "part_number": 2, "e_tag": "b" })]);
    let no_upload = "There is no such upload: it was completed or aborted, or never created.";
    let no_upload = (422, error("no_such_upload", no_upload));
    let parts = (422, error("parts", "The parts are not those that were uploaded."));
    let store = (502, error("store", "The store cannot do this now. Please try again later."));
    for (status, body, expected) in [
        (200, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>", (204, Value::Null)),
        (404, "<Error><Code>NoSuchUpload</Code></Error>", no_upload),
        (400, "<Error><Code>InvalidPart</Code><ETag>x</ETag></Error>", parts.clone()),
        (400, "<Error><Code>EntityTooSmall</Code></Error>", parts),
        // The store had to respond before it was done.
        (200, "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>", store.clone()),
        (403, "<Error><Code>AccessDenied</Code><AWSAccessKeyId>AKIA</AWSAccessKeyId></Error>", store.clone()),
        (500, "", store.clone()),
        (503, "busy", store),
    ] {
        let server = store_that_responds(status, body).await;
        assert_eq!(server.post(COMPLETE, &done).await, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_store_that_creates_no_upload() {
    let request = json!({ "key": KEY, "type": "application/zip", "size": SIZE });
    let failed = (502, error("store", "The store cannot do this now. Please try again later."));
    for body in ["", "<InitiateMultipartUploadResult/>", "<Other><UploadId>u</UploadId></Other>"] {
        assert_eq!(store_that_responds(200, body).await.post(CREATE, &request).await, failed, "{body}");
    }
    let endless = vec![b' '; 64 * 1_024 + 1].leak();
    let endless = store_that_responds(200, str::from_utf8(endless).unwrap()).await;
    assert_eq!(endless.post(CREATE, &request).await, failed);

    // The store at the other end of a redirect would get a URL that was not signed for it.
    let begun = "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
    let elsewhere = Router::new()
        .route("/elsewhere", any(move || async move { begun }))
        .fallback(any(|| async { Redirect::temporary("/elsewhere") }));
    assert_eq!(server_of(elsewhere).await.post(CREATE, &request).await, failed);

    // Nobody is there: port 9 of this machine is not for HTTP.
    assert_eq!(server_for("http://127.0.0.1:9").await.post(CREATE, &request).await, failed);
}
