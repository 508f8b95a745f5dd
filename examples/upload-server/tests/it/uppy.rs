//! What Uppy asks to have signed, and what it then sends.

use presign::Credentials;
use presign::s3::Store;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::server::{Server, aws, error, noon, text};

const SIGN: &str = "/users/sign-s3-request";
const KEY: &str = "user-profile/a.png";

/// Signs a request and sends it as Uppy does: with the type of the file, unless the signed headers have one.
async fn send(server: &Server, request: &Value, content_type: &str, body: &'static str) -> Response {
    let (status, signed) = server.post(SIGN, request).await;
    assert_eq!(status, 200, "{signed}");
    let method = text(&request["method"]).parse::<Method>().unwrap();
    let mut sent = server.client.request(method, text(&signed["url"])).body(body);
    let headers = signed["headers"].as_object().unwrap();
    if !headers.contains_key("content-type") {
        sent = sent.header("content-type", content_type);
    }
    headers.iter().fold(sent, |sent, (name, value)| sent.header(name, text(value))).send().await.unwrap()
}

#[tokio::test]
async fn an_upload_in_parts() {
    let (server, _store) = Server::start().await;
    let created = send(&server, &json!({ "method": "POST", "key": KEY }), "image/png", "").await;
    let xml = created.text().await.unwrap();
    let upload_id = xml.split("<UploadId>").nth(1).unwrap().split('<').next().unwrap();
    let part = json!({ "method": "PUT", "key": KEY, "uploadId": upload_id, "partNumber": 1 });
    let sent = send(&server, &part, "", "PNG").await;
    let e_tag = sent.headers()["etag"].to_str().unwrap().to_owned();
    let listed = send(&server, &json!({ "method": "GET", "key": KEY, "uploadId": upload_id }), "", "").await;
    assert!(listed.text().await.unwrap().contains("<PartNumber>1</PartNumber>"));
    let xml = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{e_tag}</ETag></Part></CompleteMultipartUpload>"
    );
    let complete = json!({ "method": "POST", "key": KEY, "uploadId": upload_id });
    let response = send(&server, &complete, "application/xml", xml.leak()).await;
    assert_eq!(response.status(), 200);
    let (status, confirmed) = server.post("/users/confirm-upload", &json!({ "key": KEY })).await;
    assert_eq!((status, &confirmed["type"], &confirmed["size"]), (200, &json!("image/png"), &json!(3)));

    let created = send(&server, &json!({ "method": "POST", "key": KEY }), "image/png", "").await;
    let xml = created.text().await.unwrap();
    let upload_id = xml.split("<UploadId>").nth(1).unwrap().split('<').next().unwrap();
    let abort = json!({ "method": "DELETE", "key": KEY, "uploadId": upload_id });
    assert_eq!(send(&server, &abort, "", "").await.status(), 204);
}

#[tokio::test]
async fn a_file_by_put_and_by_form() {
    let (server, _store) = Server::start().await;
    let request = json!({ "method": "PUT", "key": KEY, "contentType": "image/png", "form": false });
    let (_, put) = server.post(SIGN, &request).await;
    assert_eq!(
        (&put["key"], &put["headers"], put.get("fields")),
        (&json!(KEY), &json!({ "content-type": "image/png" }), None)
    );
    assert_eq!(send(&server, &request, "image/png", "PNG").await.status(), 200);

    let request = json!({ "method": "PUT", "key": KEY, "contentType": "image/png" });
    let (_, form) = server.post(SIGN, &request).await;
    assert_eq!((&form["headers"], &form["fields"]["key"]), (&json!({}), &json!(KEY)));
    assert_eq!(form["fields"]["Content-Type"], "image/png");
}

#[tokio::test]
async fn the_type_of_an_upload_in_parts_is_signed_if_it_is_given() {
    let server = Server::with(aws(), noon).await;
    let request = json!({ "method": "POST", "key": KEY, "contentType": "image/png", "fromALaterVersion": true });
    let (_, create) = server.post(SIGN, &request).await;
    assert_eq!(create["headers"], json!({ "content-type": "image/png" }));
    assert!(text(&create["url"]).contains("&X-Amz-SignedHeaders=content-type%3Bhost&"), "{create}");
}

#[tokio::test]
async fn a_put_where_the_store_takes_no_forms() {
    let r2 = presign::Presigner::builder()
        .store(Store::CLOUDFLARE_R2)
        .account("0123456789abcdef0123456789abcdef")
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").unwrap())
        .bucket("user-media")
        .build()
        .unwrap();
    let server = Server::with(r2, noon).await;
    let (_, put) = server.post(SIGN, &json!({ "method": "PUT", "key": KEY, "contentType": "image/png" })).await;
    assert_eq!((put.get("fields"), &put["headers"]["content-type"]), (None, &json!("image/png")));
}

#[tokio::test]
async fn a_shorter_validity_but_never_a_longer_one() {
    let server = Server::with(aws(), noon).await;
    for (wanted, signed) in [(json!(30), 30), (json!(60), 60), (json!(3_600), 60), (Value::Null, 60)] {
        let request = json!({ "method": "POST", "key": KEY, "expiresIn": wanted });
        let (_, response) = server.post(SIGN, &request).await;
        assert!(text(&response["url"]).contains(&format!("&X-Amz-Expires={signed}&")), "{response}");
    }
    let refused = server.post(SIGN, &json!({ "method": "POST", "key": KEY, "expiresIn": 0 })).await;
    assert_eq!(refused, (422, error("request", "This cannot be signed: the expiry is below one second.")));
}

#[tokio::test]
async fn what_is_not_a_part_of_an_upload() {
    let server = Server::with(aws(), noon).await;
    let not_supported = |request: Value| (request, "not_supported");
    for (request, code) in [
        not_supported(json!({ "method": "GET", "key": KEY })),
        not_supported(json!({ "method": "DELETE", "key": KEY })),
        not_supported(json!({ "method": "PUT", "key": KEY, "partNumber": 1 })),
        not_supported(json!({ "method": "PUT", "key": KEY, "uploadId": "u" })),
        not_supported(json!({ "method": "POST", "key": KEY, "uploadId": "u", "partNumber": 1 })),
        (json!({ "method": "PUT", "key": KEY }), "content_type"),
        (json!({ "method": "POST", "key": KEY, "contentType": "text/html" }), "content_type"),
        (json!({ "method": "PUT", "key": KEY, "contentType": "text/html" }), "content_type"),
        // Mistakes of the request that the signer finds.
        (json!({ "method": "PUT", "key": KEY, "uploadId": "u", "partNumber": 0 }), "request"),
        (json!({ "method": "PUT", "key": KEY, "uploadId": "u", "partNumber": 10_001 }), "request"),
        (json!({ "method": "POST", "key": KEY, "uploadId": "" }), "request"),
    ] {
        let (status, refusal) = server.post(SIGN, &request).await;
        assert_eq!((status, &refusal["error"]["code"]), (422, &json!(code)), "{request} {refusal}");
    }
}
