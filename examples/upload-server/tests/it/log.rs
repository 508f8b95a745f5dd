//! What the log says, and what it does not.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::Once;

use presign::{Credentials, Presigner};
use reqwest::Method;
use serde_json::{Value, json};
use tracing_subscriber::filter::LevelFilter;

use crate::server::{Server, aws, noon, text};

thread_local! {
    /// A test and its server are on one thread, and no other test is.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps what is logged from here on, by every crate and at every level.
pub(crate) fn start() {
    static START: Once = Once::new();
    START.call_once(|| {
        tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_ansi(false).with_writer(|| Log).init();
    });
}

/// The lines of the server: the client of the test logs on the same thread.
fn lines() -> Vec<String> {
    let text = LOG.with_borrow(|log| String::from_utf8(log.clone()).unwrap());
    text.lines().filter(|line| line.contains("upload_server")).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_request_has_an_id_and_a_line() {
    let server = Server::with(aws(), noon).await;
    let response = server.request(Method::GET, "/users/nothing?secret=1").send().await.unwrap();
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(id.len(), 36, "{id}");
    let lines = lines();
    let line = lines.iter().find(|line| line.contains("responded")).unwrap();
    let request = format!("request{{id=\"{id}\" method=GET path=\"/users/nothing\"}}");
    assert!(line.contains(&request) && line.contains("status=404"), "{line}");
}

#[tokio::test]
async fn ids_from_outside_are_kept_if_they_are_plain() {
    let server = Server::with(aws(), noon).await;
    let id_for = async |id: &[u8]| {
        let request = server.request(Method::GET, "/").header("x-request-id", id);
        request.send().await.unwrap().headers()["x-request-id"].as_bytes().to_vec()
    };
    assert_eq!(id_for(b"proxy-1.a_B").await, b"proxy-1.a_B");
    for id in [&b""[..], b"a b", b"a\"b", b"\xff", &[b'a'; 65]] {
        let own = id_for(id).await;
        assert_eq!(own.len(), 36, "{own:?}");
    }
}

#[tokio::test]
async fn no_query_signature_or_secret() {
    let mut secrets = vec!["wJalrXUtnFEMI".to_owned(), "AKIAIOSFODNN7".into(), "X-Amz".into(), "private".into()];
    let (server, _store) = Server::start().await;
    for method in ["PUT", "POST"] {
        let request = json!({ "key": "user-profile/private.png", "type": "image/png", "size": 1, "method": method });
        let grant = server.grant(&request).await;
        secrets.extend(grant["fields"].get("X-Amz-Signature").map(|signature| text(signature).to_owned()));
        server.send(&grant, b"1").await;
    }
    server.download("user-profile/private.png").await;
    server.get("/users/get-file-download-url?key=private").await;
    let create = json!({ "key": "user-profile/private.zip", "type": "application/zip", "size": 1 });
    let (_, created) = server.post("/users/create-multipart-upload", &create).await;
    let upload_id = text(&created["upload_id"]);
    secrets.push(upload_id.to_owned());
    let rest = |more: Value| {
        let mut request = json!({ "key": "user-profile/private.zip", "upload_id": upload_id });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    server.post("/users/get-part-upload-urls", &rest(json!({ "size": 1, "part_numbers": [1] }))).await;
    let parts = json!({ "size": 1, "parts": [{ "part_number": 1, "e_tag": "private" }] });
    server.post("/users/complete-multipart-upload", &rest(parts)).await;
    server.post("/users/abort-multipart-upload", &rest(json!({}))).await;

    let lines = lines();
    assert_eq!(lines.iter().filter(|line| line.contains(": responded status")).count(), 8, "{lines:#?}");
    assert!(lines.iter().filter(|line| line.contains("upload granted")).count() == 2, "{lines:#?}");
    assert!(lines.iter().any(|line| line.ends_with(r#"refused code="key_outside_prefix""#)), "{lines:#?}");
    for secret in secrets {
        assert!(!lines.iter().any(|line| line.contains(&secret)), "{secret} in {lines:#?}");
    }
    assert!(!lines.iter().any(|line| line.contains('?')), "{lines:#?}");
}

/// The errors of the HTTP client show the URL that failed.
#[tokio::test]
async fn no_url_of_a_store_that_is_not_there() {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").unwrap())
        .region("us-east-1")
        .endpoint("http://127.0.0.1:9")
        .bucket("user-media")
        .build()
        .unwrap();
    let server = Server::with(presigner, noon).await;
    let create = json!({ "key": "user-profile/private.zip", "type": "application/zip", "size": 1 });
    let (status, _) = server.post("/users/create-multipart-upload", &create).await;
    assert_eq!(status, 502);
    let lines = lines();
    // The last of the causes says what really happened.
    let failure = lines.iter().find(|line| line.contains("ERROR") && line.contains("the store failed"));
    assert!(failure.is_some_and(|line| line.contains("onnection refused")), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("X-Amz") || line.contains("private")), "{lines:#?}");
}

/// What a store says when the server's own requests are not what it expects: the cause is logged, and no key or signature.
#[tokio::test]
async fn the_cause_of_a_refused_request_of_the_server() {
    let region = "<Error><Code>AuthorizationQueryParametersError</Code><Message>the region 'us-east-1' is wrong; expecting \
                  'eu-west-1'</Message><Region>eu-west-1</Region></Error>";
    for (status, body, causes) in [
        (403, "<Error><Code>RequestTimeTooSkewed</Code></Error>", "causes=[Clock]"),
        (403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", "causes=[Clock]"),
        (400, region, "causes=[WrongRegion]"),
        (403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "causes=[NotTheSignature]"),
        (403, "<Error><Code>SignatureDoesNotMatch</Code></Error>", "causes=[WrongSecret, WrongRegion, "),
        (403, "", "causes=[WrongSecret, WrongRegion, "),
    ] {
        let server = crate::faults::server_of_a_store_that_responds(status, body).await;
        let create = json!({ "key": "user-profile/private.zip", "type": "application/zip", "size": 1 });
        let (answer, _) = server.post("/users/create-multipart-upload", &create).await;
        assert_eq!(answer, 502, "{body}");
        let lines = lines();
        let line = lines.iter().rev().find(|line| line.contains("refused a request of this server")).expect("a line");
        assert!(line.contains("ERROR") && line.contains(causes) && line.contains("advice="), "{line}");
        assert!(!line.contains("X-Amz-S") && !line.contains("private") && !line.contains('?'), "{line}");
    }
    // The mistake of a client is none of the server.
    let before = lines().len();
    let server = crate::faults::server_of_a_store_that_responds(400, "<Error><Code>InvalidPart</Code></Error>").await;
    let parts = json!({ "size": 1, "key": "user-profile/private.zip",
        "upload_id": "0123456789abcdef0123456789abcdef.u", "parts": [{ "part_number": 1, "e_tag": "e" }] });
    server.post("/users/complete-multipart-upload", &parts).await;
    assert!(!lines()[before..].iter().any(|line| line.contains("refused a request of this server")));
}
