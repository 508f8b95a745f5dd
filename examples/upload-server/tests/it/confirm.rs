//! An upload is finished when the server has looked.

use presign::Timestamp;
use presign::s3::{HeadObject, PutObject};
use serde_json::{Value, json};
use upload_server::{Limits, Store};

use crate::server::{MAX_SIZE, MINUTE, Server, embedded_store, error, rules, text};

const CONFIRM: &str = "/users/confirm-upload";
const KEY: &str = "user-profile/a.png";

/// Puts an object past the server, as a client can with a URL that does not sign what it sends.
async fn put(server: &Server, store: &Store, content_type: &'static str, size: u64) {
    let put = store.presigner().presign(PutObject::new(KEY).content_type(content_type), MINUTE).unwrap();
    let body = vec![7; usize::try_from(size).unwrap()];
    let request = server.client.put(put.url()).header("content-type", content_type).body(body);
    assert_eq!(request.send().await.unwrap().status(), 200);
}

async fn is_stored(server: &Server, store: &Store) -> bool {
    let head = store.presigner().presign(HeadObject::new(KEY), MINUTE).unwrap();
    server.client.head(head.url()).send().await.unwrap().status().is_success()
}

#[tokio::test]
async fn an_upload_that_is_permitted() {
    let (server, store) = Server::start().await;
    put(&server, &store, "image/png", 5).await;
    for request in [
        json!({ "key": KEY }),
        json!({ "key": KEY, "size": 5 }),
        json!({ "key": KEY, "type": "image/png", "size": 5 }),
        json!({ "key": KEY, "type": null, "size": null }),
    ] {
        let (status, confirmed) = server.post(CONFIRM, &request).await;
        assert_eq!(status, 200, "{confirmed}");
        assert_eq!(
            (&confirmed["key"], &confirmed["type"], &confirmed["size"]),
            (&json!(KEY), &json!("image/png"), &json!(5))
        );
        for link in ["show", "save"] {
            let response = server.client.get(text(&confirmed[link]["url"])).send().await.unwrap();
            assert_eq!(response.bytes().await.unwrap().len(), 5, "{link}");
        }
    }
}

#[tokio::test]
async fn an_upload_that_did_not_arrive() {
    let (server, _store) = Server::start().await;
    let missing = error("no_such_object", "There is no such file: it was not uploaded, or not yet.");
    assert_eq!(server.post(CONFIRM, &json!({ "key": KEY })).await, (404, missing.clone()));
    assert_eq!(server.link(KEY).await, (404, missing));
}

#[tokio::test]
async fn an_upload_of_another_file() {
    let (server, store) = Server::start().await;
    put(&server, &store, "image/png", 5).await;
    let other = error("other_object", "The store has a file of another size or type under this key.");
    for request in [
        json!({ "key": KEY, "size": 6 }),
        json!({ "key": KEY, "type": "image/jpeg" }),
        json!({ "key": KEY, "type": "image/jpeg", "size": 5 }),
    ] {
        assert_eq!(server.post(CONFIRM, &request).await, (422, other.clone()), "{request}");
    }
    assert!(is_stored(&server, &store).await, "it is permitted, so it stays");
}

/// What the store took without being asked to check it.
#[tokio::test]
async fn an_upload_that_is_not_permitted_is_deleted() {
    let size = error("size", "The file has more than 20000000 bytes.");
    for (content_type, bytes, code, expected) in [
        ("image/png", MAX_SIZE + 1, "size", Some(size)),
        ("text/html", 5, "content_type", None),
        ("image/svg+xml", 5, "content_type", None),
    ] {
        let (server, store) = Server::start().await;
        put(&server, &store, content_type, bytes).await;
        let (status, refusal) = server.link(KEY).await;
        assert_eq!((status, &refusal["error"]["code"]), (422, &json!(code)), "no link");
        assert!(is_stored(&server, &store).await, "asking for a link deletes nothing");

        let (status, refusal) = server.post(CONFIRM, &json!({ "key": KEY, "type": content_type, "size": bytes })).await;
        assert_eq!((status, &refusal["error"]["code"]), (422, &json!(code)));
        assert!(expected.is_none_or(|expected| refusal == expected), "{refusal}");
        assert!(!is_stored(&server, &store).await, "{content_type} {bytes}");
        assert_eq!(server.post(CONFIRM, &json!({ "key": KEY })).await.0, 404);
    }
}

#[tokio::test]
async fn the_largest_file_is_permitted() {
    let (server, store) = Server::start().await;
    put(&server, &store, "image/png", MAX_SIZE).await;
    assert_eq!(server.post(CONFIRM, &json!({ "key": KEY, "size": MAX_SIZE })).await.0, 200);
}

#[tokio::test]
async fn the_list_of_types_is_a_setting() {
    let store = embedded_store();
    let limits = Limits { content_types: vec!["application/x-ours".into()], ..Limits::default() };
    let server = Server::with_rules(&store, upload_server::Rules { limits, ..rules() }, Timestamp::now).await;
    put(&server, &store, "application/x-ours", 5).await;
    let (status, confirmed): (u16, Value) = server.post(CONFIRM, &json!({ "key": KEY })).await;
    assert_eq!((status, &confirmed["type"]), (200, &json!("application/x-ours")));
    let refused = server.post("/users/get-upload-grant", &json!({ "key": KEY, "type": "image/png" })).await;
    assert_eq!(refused, (422, error("content_type", "The type must be one of application/x-ours.")));
}
