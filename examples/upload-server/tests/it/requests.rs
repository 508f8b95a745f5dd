//! Good and bad requests, each with its exact response.

use presign::s3::{Store, Upload};
use presign::{Credentials, Presigner};
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{MAX_SIZE, MINUTE, Server, aws, error, noon, text};

const URL: &str = "/users/get-file-upload-url";
const GRANT: &str = "/users/get-upload-grant";
const CONFIRM: &str = "/users/confirm-upload";
const SIGN: &str = "/users/sign-s3-request";
const CREATE: &str = "/users/create-multipart-upload";
const PARTS: &str = "/users/get-part-upload-urls";
const COMPLETE: &str = "/users/complete-multipart-upload";
const ABORT: &str = "/users/abort-multipart-upload";

const UPLOAD_ID: &str = "0123456789abcdef0123456789abcdef.u";

#[tokio::test]
async fn a_put_for_exactly_this_file() {
    let server = Server::with(aws(), noon).await;
    let request = json!({ "key": "user-profile/42/ä b.png", "type": "image/png", "size": 12_345, "method": "PUT" });
    let grant = json!({
        "method": "PUT",
        "url": concat!(
            "https://user-media.s3.eu-west-1.amazonaws.com/user-profile/42/%C3%A4%20b.png?X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261124%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261124T120000Z",
            "&X-Amz-Expires=60&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost",
            "&X-Amz-Signature=2d51b91ad6c23e3623ea04fe2ca3e5819c2bc78bd51375980aebaefb14ec9b17",
        ),
        "headers": { "content-type": "image/png", "content-length": "12345" },
        "fields": {},
        "forbidden_headers": ["content-length"],
        "expires_at": "2026-11-24T12:01:00Z",
    });
    assert_eq!(server.post(GRANT, &request).await, (200, grant));
}

#[tokio::test]
async fn a_form_where_the_store_takes_forms() {
    let server = Server::with(aws(), noon).await;
    let key = "user-profile/a.png";
    let up_to_the_limit = Upload::new(key, "image/png", MAX_SIZE);
    for (request, upload) in [
        (json!({ "key": key, "type": "image/png" }), up_to_the_limit.clone()),
        (json!({ "key": key, "type": "image/png", "method": "POST" }), up_to_the_limit.clone()),
        (json!({ "key": key, "type": "image/png", "size": null, "method": null }), up_to_the_limit.clone()),
        (json!({ "key": key, "type": "image/png", "size": 7 }), up_to_the_limit.clone().size(7)),
    ] {
        let form = aws().grant_upload_at(&upload, MINUTE, noon().unwrap()).unwrap();
        let form = serde_json::to_value(form).unwrap();
        assert_eq!(form["method"], "POST");
        assert_eq!(server.post(GRANT, &request).await, (200, form), "{request}");
    }
}

#[tokio::test]
async fn a_put_where_it_takes_none() {
    let r2 = Presigner::builder()
        .store(Store::CLOUDFLARE_R2)
        .account("0123456789abcdef0123456789abcdef")
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").unwrap())
        .bucket("user-media")
        .build()
        .unwrap();
    let server = Server::with(r2, noon).await;
    let request = |size: Value, method: Value| json!({ "key": "user-profile/a.png", "type": "image/png", "size": size, "method": method });
    let grant = server.grant(&request(json!(7), Value::Null)).await;
    assert_eq!((&grant["method"], &grant["headers"]["content-length"]), (&json!("PUT"), &json!("7")));
    let size = "An upload by PUT needs the `size` of the file: the store then takes no other.";
    let forms = "The store is not known to take forms: upload by PUT.";
    for (size, method, expected) in [
        (Value::Null, Value::Null, error("size_required", size)),
        (Value::Null, json!("POST"), error("no_forms", forms)),
        (json!(7), json!("POST"), error("no_forms", forms)),
    ] {
        assert_eq!(server.post(GRANT, &request(size, method)).await, (422, expected));
    }
}

#[tokio::test]
async fn settings_of_the_page() {
    let server = Server::with(aws(), noon).await;
    let (status, settings) = server.get("/users/upload-settings").await;
    assert_eq!(status, 200);
    assert_eq!(
        settings,
        json!({
            "user": null,
            "prefix": "user-profile/",
            "content_types": upload_server::CONTENT_TYPES,
            "max_size": 20_000_000,
            "max_single_request": 20_000_000,
            "parts_from": 8_000_000,
            "store_origin": "https://user-media.s3.eu-west-1.amazonaws.com",
        })
    );
}

#[tokio::test]
async fn keys_outside_of_the_users_own() {
    let server = Server::with(aws(), noon).await;
    let prefix = ("key_outside_prefix", "The key must start with `user-profile/`.");
    let segment = ("key_segment", "Between two slashes of the key there is nothing, one dot, or two dots.");
    let long = ("key_too_long", "The key has more than 1,024 bytes in UTF-8.");
    let control = ("key_character", "The key has a control character.");
    let special = ("key_character", "The key has `${filename}`.");
    let many_segments = format!("user-profile/{}", "abc/".repeat(253));
    for (key, (code, message)) in [
        ("", prefix),
        ("a.png", prefix),
        ("user-profile", prefix),
        ("/user-profile/a.png", prefix),
        ("User-Profile/a.png", prefix),
        ("user-profile2/a.png", prefix),
        (" user-profile/a.png", prefix),
        ("../user-profile/a.png", prefix),
        ("user-profile/", segment),
        ("user-profile//a.png", segment),
        ("user-profile/a/", segment),
        ("user-profile/.", segment),
        ("user-profile/../other/a.png", segment),
        ("user-profile/a/../../b", segment),
        ("user-profile/a/./b", segment),
        ("user-profile/a\nb", control),
        ("user-profile/a\0b", control),
        ("user-profile/a\u{85}b", control),
        ("user-profile/${filename}", special),
        (&format!("{many_segments}a"), long),
    ] {
        let upload = json!({ "key": key, "type": "image/png", "size": 1 });
        let create = json!({ "key": key, "type": "image/png", "size": 1 });
        let part = json!({ "key": key, "upload_id": UPLOAD_ID, "size": 1, "part_numbers": [1] });
        let complete =
            json!({ "key": key, "upload_id": UPLOAD_ID, "size": 1, "parts": [{ "part_number": 1, "e_tag": "e" }] });
        let abort = json!({ "key": key, "upload_id": UPLOAD_ID });
        let url = json!({ "key": key, "type": "image/png" });
        let confirm = json!({ "key": key });
        let sign = json!({ "method": "PUT", "key": key, "contentType": "image/png" });
        for (path, request) in [
            (URL, url),
            (GRANT, upload),
            (CONFIRM, confirm),
            (SIGN, sign),
            (CREATE, create),
            (PARTS, part),
            (COMPLETE, complete),
            (ABORT, abort),
        ] {
            assert_eq!(server.post(path, &request).await, (422, error(code, message)), "{path} {key:?}");
        }
        assert_eq!(server.link(key).await, (422, error(code, message)), "{key:?}");
    }
}

/// What only looks as if it led elsewhere is a name like any other, and stays below the prefix when it is encoded.
#[tokio::test]
async fn odd_keys_are_encoded() {
    let server = Server::with(aws(), noon).await;
    for (key, encoded) in [
        ("user-profile/%2e%2e/a", "user-profile/%252e%252e/a"),
        ("user-profile/...", "user-profile/..."),
        ("user-profile/a?b#c&d=e+f", "user-profile/a%3Fb%23c%26d%3De%2Bf"),
        (r"user-profile/..\a", "user-profile/..%5Ca"),
        ("user-profile/日本 語.png", "user-profile/%E6%97%A5%E6%9C%AC%20%E8%AA%9E.png"),
    ] {
        let grant = server.grant(&json!({ "key": key, "type": "image/png", "size": 1, "method": "PUT" })).await;
        let start = format!("https://user-media.s3.eu-west-1.amazonaws.com/{encoded}?X-Amz-");
        assert!(text(&grant["url"]).starts_with(&start), "{grant}");
    }
    let longest = format!("user-profile/{}", vec!["x".repeat(252); 4].join("/"));
    assert_eq!(longest.len(), 1_024);
    server.grant(&json!({ "key": longest, "type": "image/png" })).await;
}

#[tokio::test]
async fn values_that_are_not_allowed() {
    let server = Server::with(aws(), noon).await;
    let key = "user-profile/a.png";
    let types = "The type must be one of image/png, image/jpeg, image/gif, image/webp, image/avif, application/pdf, \
                 application/zip, text/plain, video/mp4.";
    let size = "The file has more than 20000000 bytes.";
    let parts = "The file has the parts 1 to 2, which must come in this order.";
    let part_number = "The parts have the numbers 1 to 2.";
    let no_id = "This is not an upload id.";
    let put = "An upload by PUT needs the `size` of the file: the store then takes no other.";
    let with_parts = |parts: Value| json!({ "key": key, "upload_id": UPLOAD_ID, "size": 9_000_000, "parts": parts });
    let sent = |part_number: u32, e_tag: &str| json!({ "part_number": part_number, "e_tag": e_tag });
    for (path, request, code, message) in [
        (URL, json!({ "key": key, "type": "image/svg+xml" }), "content_type", types),
        (URL, json!({ "key": key, "type": "image/png", "size": 20_000_001 }), "size", size),
        (GRANT, json!({ "key": key, "type": "image/svg+xml" }), "content_type", types),
        (GRANT, json!({ "key": key, "type": "text/html", "size": 1 }), "content_type", types),
        (GRANT, json!({ "key": key, "type": "IMAGE/PNG" }), "content_type", types),
        (GRANT, json!({ "key": key, "type": "image/png; x=y" }), "content_type", types),
        (GRANT, json!({ "key": key, "type": "" }), "content_type", types),
        (GRANT, json!({ "key": key, "type": "image/png", "size": 20_000_001 }), "size", size),
        (GRANT, json!({ "key": key, "type": "image/png", "size": u64::MAX, "method": "PUT" }), "size", size),
        (GRANT, json!({ "key": key, "type": "image/png", "method": "PUT" }), "size_required", put),
        (CREATE, json!({ "key": key, "type": "text/css", "size": 1 }), "content_type", types),
        (CREATE, json!({ "key": key, "type": "image/png", "size": 20_000_001 }), "size", size),
        (PARTS, json!({ "key": key, "upload_id": "", "size": 1, "part_numbers": [1] }), "upload_id", no_id),
        (PARTS, json!({ "key": key, "upload_id": "u", "size": 1, "part_numbers": [1] }), "upload_id", no_id),
        (
            PARTS,
            json!({ "key": key, "upload_id": "0123456789abcdef0123456789abcdef.", "size": 1, "part_numbers": [1] }),
            "upload_id",
            no_id,
        ),
        (PARTS, json!({ "key": key, "upload_id": "a b", "size": 1, "part_numbers": [1] }), "upload_id", no_id),
        (PARTS, json!({ "key": key, "upload_id": UPLOAD_ID, "size": 20_000_001, "part_numbers": [1] }), "size", size),
        (
            PARTS,
            json!({ "key": key, "upload_id": UPLOAD_ID, "size": 9_000_000, "part_numbers": [0] }),
            "part_number",
            part_number,
        ),
        (
            PARTS,
            json!({ "key": key, "upload_id": UPLOAD_ID, "size": 9_000_000, "part_numbers": [1, 3] }),
            "part_number",
            part_number,
        ),
        (
            PARTS,
            json!({ "key": key, "upload_id": UPLOAD_ID, "size": 1, "part_numbers": vec![1; 101] }),
            "batch",
            "More than 100 parts at a time.",
        ),
        (COMPLETE, with_parts(json!([])), "parts", parts),
        (COMPLETE, with_parts(json!([sent(1, "a")])), "parts", parts),
        (COMPLETE, with_parts(json!([sent(2, "a"), sent(1, "b")])), "parts", parts),
        (COMPLETE, with_parts(json!([sent(1, "a"), sent(2, "b"), sent(3, "c")])), "parts", parts),
        (
            COMPLETE,
            with_parts(json!([sent(1, "a"), sent(2, "")])),
            "e_tag",
            "A part has no entity tag, or an invalid one.",
        ),
        (
            COMPLETE,
            with_parts(json!([sent(1, "a"), sent(2, "\u{1}")])),
            "e_tag",
            "A part has no entity tag, or an invalid one.",
        ),
        (ABORT, json!({ "key": key, "upload_id": "\u{e4}" }), "upload_id", no_id),
    ] {
        assert_eq!(server.post(path, &request).await, (422, error(code, message)), "{path} {request}");
    }
}

#[tokio::test]
async fn what_is_no_request() {
    let server = Server::with(aws(), noon).await;
    let not_json = "The body must be JSON, with the header `content-type: application/json`.";
    let fields = "admin: unknown field `admin`, expected one of `key`, `type`, `size`, `method`";
    let big = format!(r#"{{"key":"{}"}}"#, "a".repeat(16 * 1_024));
    let json = "application/json";
    for (method, path, content_type, body, status, expected) in [
        (Method::POST, GRANT, "text/plain", "{}", 415, error("not_json", not_json)),
        (Method::POST, GRANT, "application/x-www-form-urlencoded", "key=a", 415, error("not_json", not_json)),
        (Method::POST, GRANT, json, "", 400, error("invalid_json", "EOF while parsing a value at line 1 column 0")),
        (Method::POST, GRANT, json, "{}", 400, error("invalid_json", "missing field `key` at line 1 column 2")),
        (
            Method::POST,
            GRANT,
            json,
            r#"{"key":1}"#,
            400,
            error("invalid_json", "key: invalid type: integer `1`, expected a string at line 1 column 8"),
        ),
        (
            Method::POST,
            GRANT,
            json,
            r#"{"admin":true}"#,
            400,
            error("invalid_json", &format!("{fields} at line 1 column 8")),
        ),
        (
            Method::POST,
            GRANT,
            json,
            r#"{"size":-1}"#,
            400,
            error("invalid_json", "size: invalid value: integer `-1`, expected u64 at line 1 column 10"),
        ),
        (
            Method::POST,
            GRANT,
            json,
            r#"{"method":"GET"}"#,
            400,
            error("invalid_json", "method: unknown variant `GET`, expected `PUT` or `POST` at line 1 column 15"),
        ),
        (Method::POST, GRANT, json, &big, 413, error("body_too_large", "The body of the request is too large.")),
        (Method::POST, ABORT, json, &big, 413, error("body_too_large", "The body of the request is too large.")),
        (Method::GET, "/users/get-file-download-url", "", "", 400, error("invalid_query", "missing field `key`")),
        (
            Method::GET,
            "/users/get-file-download-url?key=a&admin=1",
            "",
            "",
            400,
            error("invalid_query", "admin: unknown field `admin`, expected `key` or `save`"),
        ),
        (
            Method::POST,
            URL,
            json,
            r#"{"key":"user-profile/a.png"}"#,
            400,
            error("invalid_json", "missing field `type` at line 1 column 28"),
        ),
        (Method::GET, GRANT, "", "", 405, error("method_not_allowed", "This path does not have this method.")),
        (Method::DELETE, "/", "", "", 405, error("method_not_allowed", "This path does not have this method.")),
        (Method::GET, "/users", "", "", 404, error("not_found", "There is nothing here.")),
        (Method::POST, "/users/get-upload-grant/", json, "{}", 404, error("not_found", "There is nothing here.")),
    ] {
        let request = server.request(method.clone(), path).header("content-type", content_type).body(body.to_owned());
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/json", "{method} {path} {body}");
        let got = response.status().as_u16();
        let got = (got, serde_json::from_str::<Value>(&response.text().await.unwrap()).unwrap());
        assert_eq!(got, (status, expected), "{method} {path} {body}");
    }
}

/// A large file has many parts, whose list is longer than other requests may be.
#[tokio::test]
async fn a_long_list_of_parts_is_read() {
    let server = Server::with(aws(), noon).await;
    let part = json!({ "part_number": 1, "e_tag": "\"0123456789abcdef0123456789abcdef\"" });
    let request = json!({ "key": "user-profile/a", "upload_id": UPLOAD_ID, "size": 1, "parts": vec![part; 10_000] });
    let message = "The file has the parts 1 to 1, which must come in this order.";
    assert_eq!(server.post(COMPLETE, &request).await, (422, error("parts", message)));
}
