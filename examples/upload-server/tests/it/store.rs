//! Grants at a store that checks them with code of its own.

use serde_json::{Value, json};

use crate::server::{Server, five_minutes_ago, refusal, text};

const FILE: &[u8] = b"\x89PNG, and so on";

fn request(key: &str, method: &str) -> Value {
    json!({ "key": key, "type": "image/png", "size": FILE.len(), "method": method })
}

#[tokio::test]
async fn what_is_uploaded_comes_back() {
    let (server, _store) = Server::start().await;
    for method in ["PUT", "POST"] {
        for name in ["a.png", "42/grüße an 日本.png", "a b+c%20d&e=f#g?h.png", r"..\a.png", "😀.png"] {
            let key = format!("user-profile/{method}/{name}");
            let grant = server.grant(&request(&key, method)).await;
            assert_eq!(text(&grant["method"]), method);
            let response = server.send(&grant, FILE).await;
            assert!(response.status().is_success(), "{key}: {}", response.text().await.unwrap());

            let download = server.download(&key).await;
            assert_eq!(download.status(), 200, "{key}");
            assert_eq!(download.headers()["content-type"], "image/png", "{key}");
            assert_eq!(download.bytes().await.unwrap(), FILE, "{key}");
        }
    }
}

#[tokio::test]
async fn a_form_without_a_size_takes_up_to_the_limit() {
    let (server, _store) = Server::start().await;
    let grant = server.grant(&json!({ "key": "user-profile/a.png", "type": "image/png" })).await;
    let most = vec![7; 20_000_000];
    assert_eq!(server.send(&grant, &most).await.status(), 204);
    assert_eq!(server.download("user-profile/a.png").await.bytes().await.unwrap(), most);
    let too_much = vec![7; 20_000_001];
    assert_eq!(refusal(server.send(&grant, &too_much).await).await, (400, "EntityTooLarge".into()));
}

#[tokio::test]
async fn a_tampered_put_is_refused() {
    let (server, _store) = Server::start().await;
    let grant = server.grant(&request("user-profile/a.png", "PUT")).await;
    let url = text(&grant["url"]);
    let mismatch = (403, "SignatureDoesNotMatch".to_owned());
    for (what, from, to) in [
        ("another key", "/user-profile/a.png?", "/user-profile/b.png?"),
        ("a key of somebody else", "/user-profile/a.png?", "/other/a.png?"),
        ("a longer validity", "X-Amz-Expires=60", "X-Amz-Expires=600"),
        ("another parameter", "?", "?acl&"),
    ] {
        assert!(url.contains(from), "{url}");
        let response = server.send_to(&url.replacen(from, to, 1), &grant, FILE).await;
        assert_eq!(refusal(response).await, mismatch, "{what}");
    }

    let mut other_type = grant.clone();
    other_type["headers"]["content-type"] = json!("text/html");
    assert_eq!(refusal(server.send(&other_type, FILE).await).await, mismatch);
    assert_eq!(refusal(server.send(&grant, &FILE[1..]).await).await, mismatch);
    let mut get = grant.clone();
    get["method"] = json!("GET");
    assert_eq!(refusal(server.send(&get, FILE).await).await, mismatch);
    assert_eq!(server.link("user-profile/a.png").await.0, 404);
}

#[tokio::test]
async fn a_tampered_form_is_refused() {
    let (server, _store) = Server::start().await;
    let grant = server.grant(&request("user-profile/a.png", "POST")).await;
    let other = server.grant(&request("user-profile/b.png", "POST")).await;
    // AWS responds with 403 `AccessDenied` to the first kind too.
    let policy = (400, "InvalidPolicyDocument".to_owned());
    let extra_field = (403, "AccessDenied".to_owned());
    let signature = (403, "SignatureDoesNotMatch".to_owned());
    for (field, value, expected) in [
        ("key", json!("user-profile/b.png"), &policy),
        ("key", json!("other/a.png"), &policy),
        ("Content-Type", json!("text/html"), &policy),
        ("acl", json!("public-read"), &extra_field),
        ("Policy", other["fields"]["Policy"].clone(), &signature),
        ("X-Amz-Signature", other["fields"]["X-Amz-Signature"].clone(), &signature),
    ] {
        let mut tampered = grant.clone();
        tampered["fields"][field] = value;
        assert_eq!(refusal(server.send(&tampered, FILE).await).await, *expected, "{field}");
    }
    let sizes = [&FILE[1..], &[FILE, b"!"].concat()].map(<[u8]>::to_vec);
    for (file, code) in sizes.iter().zip(["EntityTooSmall", "EntityTooLarge"]) {
        assert_eq!(refusal(server.send(&grant, file).await).await, (400, code.into()));
    }
    for key in ["user-profile/a.png", "user-profile/b.png"] {
        assert_eq!(server.link(key).await.0, 404);
    }
}

#[tokio::test]
async fn an_expired_grant_is_refused() {
    let (server, store) = Server::start().await;
    let late = Server::of(&store, five_minutes_ago).await;
    for method in ["PUT", "POST"] {
        let grant = late.grant(&request("user-profile/a.png", method)).await;
        assert_eq!(refusal(late.send(&grant, FILE).await).await, (403, "AccessDenied".into()), "{method}");
    }
    assert_eq!(server.link("user-profile/a.png").await.0, 404);

    let grant = server.grant(&request("user-profile/a.png", "PUT")).await;
    assert_eq!(server.send(&grant, FILE).await.status(), 200);
    assert_eq!(refusal(late.download("user-profile/a.png").await).await, (403, "AccessDenied".into()));
}

#[tokio::test]
async fn a_download_is_for_one_key() {
    let (server, _store) = Server::start().await;
    for key in ["user-profile/a.png", "user-profile/b.png"] {
        let grant = server.grant(&request(key, "PUT")).await;
        assert_eq!(server.send(&grant, FILE).await.status(), 200);
    }
    let (_, grant) = server.get("/users/get-file-download-url?key=user-profile/a.png").await;
    let other = text(&grant["url"]).replace("a.png", "b.png");
    assert_eq!(refusal(server.send_to(&other, &grant, b"").await).await, (403, "SignatureDoesNotMatch".into()));
}
