//! The plain client: it posts `{key, type}`, and the response is the URL to put the file to.

use presign::Timestamp;
use reqwest::header::ACCEPT;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use upload_server::{Limits, Rules};

use crate::server::{Server, aws, embedded_store, noon, refusal, rules, text};

const URL: &str = "/users/get-file-upload-url";

async fn ask(server: &Server, accept: &str, body: &Value) -> Response {
    server.request(Method::POST, URL).header(ACCEPT, accept).json(body).send().await.unwrap()
}

#[tokio::test]
async fn the_response_is_the_url_and_nothing_else() {
    let server = Server::with(aws(), noon).await;
    let url = concat!(
        "https://user-media.s3.eu-west-1.amazonaws.com/user-profile/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256",
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261124%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261124T120000Z",
        "&X-Amz-Expires=60&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=",
    );
    for accept in ["application/json, text/plain, */*", "application/json", "text/html", "*/*"] {
        let response = ask(&server, accept, &json!({ "key": "user-profile/a.png", "type": "image/png" })).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
        let body = response.text().await.unwrap();
        let signature = body.strip_prefix(url).unwrap_or_else(|| panic!("{body}"));
        assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()), "{body}");
    }
}

#[tokio::test]
async fn a_size_is_signed_if_it_is_given() {
    let server = Server::with(aws(), noon).await;
    let body = json!({ "key": "user-profile/a.png", "type": "image/png", "size": 7 });
    let url = ask(&server, "*/*", &body).await.text().await.unwrap();
    assert!(url.contains("&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost&"), "{url}");
}

#[tokio::test]
async fn the_file_is_sent_with_its_type_and_no_other() {
    let (server, _store) = Server::start().await;
    let key = "user-profile/grüße.txt";
    let url = ask(&server, "*/*", &json!({ "key": key, "type": "text/plain" })).await.text().await.unwrap();
    let put = async |content_type: &str| {
        server.client.put(&url).header("content-type", content_type).body("Grüße").send().await.unwrap()
    };
    assert_eq!(refusal(put("text/html").await).await, (403, "SignatureDoesNotMatch".into()));
    assert_eq!(server.link(key).await.0, 404);
    assert_eq!(put("text/plain").await.status(), 200);

    let download = server.download(key).await;
    assert_eq!(download.headers()["content-type"], "text/plain; charset=utf-8", "shown as it is encoded");
    assert_eq!(download.text().await.unwrap(), "Grüße");
}

/// HTML and XML can name their charset in the file, and other types have none.
#[tokio::test]
async fn text_is_shown_as_utf_8() {
    let store = embedded_store();
    let charsets = [
        ("text/plain", "; charset=utf-8"),
        ("text/csv", "; charset=utf-8"),
        ("text/markdown", "; charset=utf-8"),
        ("text/html", ""),
        ("text/xml", ""),
        ("application/json", ""),
    ];
    let limits = Limits { content_types: charsets.map(|(name, _)| name.to_owned()).into(), ..Limits::default() };
    let server = Server::with_rules(&store, Rules { limits, ..rules() }, Timestamp::now).await;
    for (content_type, charset) in charsets {
        let key = "user-profile/text";
        let url = ask(&server, "*/*", &json!({ "key": key, "type": content_type })).await.text().await.unwrap();
        server.client.put(&url).header("content-type", content_type).body("Grüße").send().await.unwrap();
        let shown = server.download(key).await;
        assert_eq!(shown.headers()["content-type"].to_str().unwrap(), format!("{content_type}{charset}"));
    }
}

#[tokio::test]
async fn a_link_to_show_and_one_to_save() {
    let (server, store) = Server::start().await;
    let key = "user-profile/42/ä b.png";
    let url = ask(&server, "*/*", &json!({ "key": key, "type": "image/png" })).await.text().await.unwrap();
    server.client.put(&url).header("content-type", "image/png").body("PNG").send().await.unwrap();
    let (status, show) = server.link(key).await;
    assert_eq!(status, 200, "{show}");
    assert_eq!((&show["method"], &show["headers"]), (&json!("GET"), &json!({})));
    assert!(!text(&show["url"]).contains("response-"), "{show}");
    let (_, save) = server.get("/users/get-file-download-url?key=user-profile/42/%C3%A4%20b.png&save=true").await;
    let name = "&response-content-disposition=attachment%3B%20filename%2A%3DUTF-8%27%27%25C3%25A4%2520b%252Epng&";
    assert!(text(&save["url"]).contains(name), "{save}");
    let (again, _) = Server::of(&store, Timestamp::now).await.link(key).await;
    assert_eq!(again, 200, "every server of the store gives links");
}
