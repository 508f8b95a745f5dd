//! A URL is good for what was signed, until it expires, and for nothing else.

use presign::s3::{DeleteObject, GetObject, HeadObject, PutObject};
use presign::{Credentials, Method, Timestamp};
use ureq::http;

use crate::server::{BUCKET, MINUTE, OTHER_REGION, Server, credentials};

const KEY: &str = "folder/signed url.txt";
const BODY: &[u8] = b"what only the holder of the URL may read";

fn server_with_object() -> Server {
    let server = Server::start();
    assert_eq!(server.call(&server.presigner(), PutObject::new(KEY), BODY).status(), 200);
    server
}

fn assert_untouched(server: &Server) {
    assert_eq!(server.memory.keys(), [(BUCKET.to_owned(), KEY.to_owned())]);
    assert_eq!(server.memory.object(BUCKET, KEY).unwrap().body, BODY);
}

#[test]
fn no_part_of_the_url_can_be_changed() {
    let server = server_with_object();
    let get = GetObject::new(KEY).query("response-cache-control", "no-store").query("partNumber", "1");
    let signed = server.presigner().presign(get, MINUTE).unwrap();
    assert_eq!(server.send(signed.to_http(()).unwrap()).body(), BODY);

    let url = signed.url();
    let date = url.split_once("X-Amz-Date=").unwrap().1.get(..16).unwrap();
    let signature = url.split_once("X-Amz-Signature=").unwrap().1;
    let signed_at: Timestamp = date.parse().unwrap();
    let next_second = Timestamp::from_unix_seconds(signed_at.unix_seconds() + 1).unwrap().amz_date();
    let flipped = signature.replacen(&signature[..1], if signature.starts_with('0') { "1" } else { "0" }, 1);
    let changes = [
        // The path.
        ("signed%20url.txt", "another.txt"),
        ("signed%20url.txt", "signed%20%20url.txt"),
        ("/folder/", "//folder/"),
        (BUCKET, "another-bucket"),
        // Query parameters that are the operation's.
        ("no-store", "public"),
        ("response-cache-control=no-store&", ""),
        ("partNumber=1", "partNumber=2"),
        ("partNumber=1", "partNumber=1&versionId=2"),
        // Query parameters that are the signature's. The region follows below.
        ("X-Amz-Expires=60", "X-Amz-Expires=61"),
        ("X-Amz-Expires=60", "X-Amz-Expires=604800"),
        (date, next_second.as_str()),
        ("SignedHeaders=host", "SignedHeaders=accept%3Bhost"),
        (signature, flipped.as_str()),
    ];
    for (from, to) in changes {
        assert!(url.contains(from), "{from} is not in {url}");
        let answer = server.send_to(&url.replacen(from, to, 1), &signed);
        assert_eq!(answer.refusal(), (403, "SignatureDoesNotMatch"), "{from} -> {to}");
    }
    let other_region = server.send_to(&url.replacen("us-east-1", "us-east-2", 1), &signed);
    assert_eq!(other_region.refusal(), OTHER_REGION);
    assert_untouched(&server);
}

#[test]
fn without_a_signature_there_is_no_access() {
    let server = server_with_object();
    let get = server.presigner().presign(GetObject::new(KEY), MINUTE).unwrap();
    let (url, _) = get.url().split_once('?').unwrap();
    assert_eq!(server.send_to(url, &get).refusal(), (403, "AccessDenied"));
}

#[test]
fn the_url_is_good_for_its_method_only() {
    let server = server_with_object();
    let presigner = server.presigner();
    let signed = [
        presigner.presign(GetObject::new(KEY), MINUTE).unwrap(),
        presigner.presign(HeadObject::new(KEY), MINUTE).unwrap(),
        presigner.presign(PutObject::new(KEY), MINUTE).unwrap(),
        presigner.presign(DeleteObject::new(KEY), MINUTE).unwrap(),
    ];
    for signed in &signed {
        for method in [Method::Get, Method::Head, Method::Put, Method::Delete] {
            if method == signed.method() {
                continue;
            }
            let mut request = signed.to_http(()).unwrap();
            *request.method_mut() = http::Method::try_from(method.as_str()).unwrap();
            let answer = server.send(request);
            // The answer to `HEAD` has no body that could say why.
            let code = if method == Method::Head { "" } else { "SignatureDoesNotMatch" };
            assert_eq!(answer.refusal(), (403, code), "signed for {}, sent as {method}", signed.method());
        }
    }
    assert_untouched(&server);
}

#[test]
fn an_expired_url_is_refused() {
    let server = server_with_object();
    let presigner = server.presigner();
    let now = Timestamp::now().unwrap().unix_seconds();
    let two_minutes_ago = Timestamp::from_unix_seconds(now - 120).unwrap();

    let expired = presigner.presign_at(GetObject::new(KEY), MINUTE, two_minutes_ago).unwrap();
    assert_eq!(server.send(expired.to_http(()).unwrap()).refusal(), (403, "AccessDenied"));
    let expired = presigner.presign_at(PutObject::new(KEY), MINUTE, two_minutes_ago).unwrap();
    assert_eq!(server.send(expired.to_http(b"late").unwrap()).refusal(), (403, "AccessDenied"));

    // The same signing time with a longer life still works: it was the expiry that was refused.
    let alive = presigner.presign_at(GetObject::new(KEY), 60 * MINUTE, two_minutes_ago).unwrap();
    assert_eq!(server.send(alive.to_http(()).unwrap()).body(), BODY);
    assert_untouched(&server);
}

#[test]
fn a_url_can_live_for_seven_days() {
    let server = server_with_object();
    let week = 7 * 24 * 60 * MINUTE;
    let now = Timestamp::now().unwrap().unix_seconds();
    let signed_almost_a_week_ago = Timestamp::from_unix_seconds(now - 604_800 + 60).unwrap();
    let get = server.presigner().presign_at(GetObject::new(KEY), week, signed_almost_a_week_ago).unwrap();
    assert_eq!(server.send(get.to_http(()).unwrap()).body(), BODY);
}

#[test]
fn another_secret_is_refused() {
    let server = server_with_object();
    let credentials = Credentials::new(credentials().access_key_id(), "wJalrXUtnFEMI").unwrap();
    let get = server.call(&server.presigner().with_credentials(credentials), GetObject::new(KEY), ());
    assert_eq!(get.refusal(), (403, "SignatureDoesNotMatch"));
}
