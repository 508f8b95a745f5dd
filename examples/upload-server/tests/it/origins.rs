//! Pages of other origins.

use presign::Timestamp;
use reqwest::{Method, Response};
use serde_json::json;
use upload_server::{EmbeddedSettings, Rules, Store, StoreSettings};

use crate::server::{Server, rules};

const APP: &str = "https://app.example.com";

async fn server() -> (Server, Store) {
    let settings = EmbeddedSettings { listen: ([127, 0, 0, 1], 0).into(), public_url: None, fail_every: None };
    let store = Store::open(&StoreSettings::Embedded(settings), vec![APP.into()]).unwrap();
    let rules = Rules { allowed_origins: vec![APP.into()], ..rules() };
    (Server::with_rules(&store, rules, Timestamp::now).await, store)
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn an_allowed_origin_may_use_the_api_and_the_store() {
    let (server, _store) = server().await;
    let body = json!({ "key": "user-profile/a.png", "type": "image/png" });
    let request = server.request(Method::POST, "/users/get-file-upload-url").header("origin", APP).json(&body);
    let response = request.send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), APP);
    assert_eq!(header(&response, "access-control-expose-headers"), "x-request-id,retry-after");
    let url = response.text().await.unwrap();

    for (url, method, headers) in [
        (format!("{}/users/get-file-upload-url", server.url), "POST", "authorization,content-type"),
        (format!("{}/users/upload-settings", server.url), "GET", "authorization"),
        (url, "PUT", "content-type"),
    ] {
        let preflight = server.client.request(Method::OPTIONS, url).header("origin", APP);
        let preflight = preflight.header("access-control-request-method", method);
        let response = preflight.header("access-control-request-headers", headers).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "access-control-allow-origin"), APP);
        assert!(header(&response, "access-control-allow-methods").contains(method));
        for name in headers.split(',') {
            assert!(header(&response, "access-control-allow-headers").contains(name), "{name}");
        }
        assert!(header(&response, "access-control-max-age").parse::<u64>().unwrap() > 0);
    }
}

#[tokio::test]
async fn other_origins_may_not() {
    let (server, _store) = server().await;
    for path in ["/users/upload-settings", "/users/get-file-upload-url"] {
        for origin in ["https://app.example.com.evil.example", "http://app.example.com", "null"] {
            let preflight = server.request(Method::OPTIONS, path).header("origin", origin);
            let response = preflight.header("access-control-request-method", "POST").send().await.unwrap();
            assert_eq!(header(&response, "access-control-allow-origin"), "", "{path} {origin}");
        }
    }
    // The page and its files are for nobody else.
    let response = server.request(Method::GET, "/").header("origin", APP).send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), "");
}
