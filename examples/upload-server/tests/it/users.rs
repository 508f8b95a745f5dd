//! A login: each user has keys of their own.

use presign::Timestamp;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use upload_server::{Login, Rules, Tokens};

use crate::server::{Server, embedded_store, error, response, rules, text};

const ALICE: &str = "alice-0123456789abcdef";
const BOB: &str = "bob-0123456789abcdef";

async fn server() -> (Server, upload_server::Store) {
    let store = embedded_store();
    let tokens = Tokens::parse(&format!("alice:{ALICE},bob:{BOB}")).unwrap();
    let rules = Rules { login: Login::Tokens(tokens), ..rules() };
    (Server::with_rules(&store, rules, Timestamp::now).await, store)
}

fn every_call(server: &Server, key: &str) -> Vec<RequestBuilder> {
    let upload_id = "0123456789abcdef0123456789abcdef.u";
    let part = json!({ "part_number": 1, "e_tag": "e" });
    [
        ("get-file-upload-url", json!({ "key": key, "type": "image/png" })),
        ("get-upload-grant", json!({ "key": key, "type": "image/png", "size": 3 })),
        ("confirm-upload", json!({ "key": key })),
        ("create-multipart-upload", json!({ "key": key, "type": "image/png", "size": 3 })),
        ("get-part-upload-urls", json!({ "key": key, "upload_id": upload_id, "size": 3, "part_numbers": [1] })),
        ("complete-multipart-upload", json!({ "key": key, "upload_id": upload_id, "size": 3, "parts": [part] })),
        ("abort-multipart-upload", json!({ "key": key, "upload_id": upload_id })),
        ("sign-s3-request", json!({ "method": "PUT", "key": key, "contentType": "image/png" })),
    ]
    .into_iter()
    .map(|(path, body)| server.request(Method::POST, &format!("/users/{path}")).json(&body))
    .chain([server.request(Method::GET, "/users/get-file-download-url").query(&[("key", key)])])
    .collect()
}

#[tokio::test]
async fn without_a_token_there_is_nothing() {
    let (server, _store) = server().await;
    let refused = (401, error("unauthenticated", "Send a valid access token."));
    let settings = server.request(Method::GET, "/users/upload-settings");
    for request in every_call(&server, "user-profile/alice/a.png").into_iter().chain([settings]) {
        for authorization in ["", "Bearer", "Bearer ", "Bearer wrong-0123456789abcdef", "Basic YWxpY2U6", ALICE] {
            let request = request.try_clone().unwrap().header("authorization", authorization);
            assert_eq!(response(request).await, refused, "{authorization}");
        }
        let response = request.send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["www-authenticate"]),
            (401, &"Bearer".parse().unwrap())
        );
    }
    // What needs no login.
    assert_eq!(server.get("/health").await, (200, json!({ "status": "ok" })));
    assert_eq!(server.request(Method::GET, "/").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn users_cannot_reach_the_keys_of_others() {
    let (server, _store) = server().await;
    for (token, own, others) in [(ALICE, "alice", "bob"), (BOB, "bob", "alice")] {
        let own = format!("user-profile/{own}/");
        let refused = (422, error("key_outside_prefix", &format!("The key must start with `{own}`.")));
        let foreign = format!("user-profile/{others}/a.png");
        for key in
            [&*foreign, "user-profile/a.png", &own[..own.len() - 1], &format!("{}2/a.png", &own[..own.len() - 1])]
        {
            for request in every_call(&server, key) {
                assert_eq!(response(request.bearer_auth(token)).await, refused, "{key}");
            }
        }
        let climbing = format!("{own}../{others}/a.png");
        for request in every_call(&server, &climbing) {
            let (status, refusal) = response(request.bearer_auth(token)).await;
            assert_eq!((status, &refusal["error"]["code"]), (422, &json!("key_segment")));
        }
    }
}

#[tokio::test]
async fn each_has_files_and_settings_of_their_own() {
    let (server, _store) = server().await;
    for (token, name) in [(ALICE, "alice"), (BOB, "bob")] {
        let settings =
            server.request(Method::GET, "/users/upload-settings").header("authorization", format!("bearer {token}"));
        let (status, settings) = response(settings).await;
        let prefix = format!("user-profile/{name}/");
        assert_eq!((status, &settings["user"], &settings["prefix"]), (200, &json!(name), &json!(prefix)));

        let key = format!("{prefix}a.png");
        let url = every_call(&server, &key).remove(0).bearer_auth(token).send().await.unwrap().text().await.unwrap();
        let put = server.client.put(url).header("content-type", "image/png").body(name);
        assert_eq!(put.send().await.unwrap().status(), 200);
        let (_, confirmed): (u16, Value) = response(every_call(&server, &key).remove(2).bearer_auth(token)).await;
        let file = server.client.get(text(&confirmed["show"]["url"])).send().await.unwrap();
        assert_eq!(file.text().await.unwrap(), name);
    }
}
