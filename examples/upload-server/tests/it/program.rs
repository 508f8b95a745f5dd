//! The program, with its environment.

use std::process::Stdio;

use embedded_store::{EmbeddedStore, Memory};
use reqwest::Client;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::server::{Server, text};

fn program(environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upload-server"));
    command.env_clear().env("UPLOAD_LISTEN", "127.0.0.1:0").envs(environment.iter().copied());
    // A program that is killed leaves its store behind.
    command.env("TMPDIR", env!("CARGO_TARGET_TMPDIR"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Starts the program and returns what it printed up to the line with its URL, and a client for it.
async fn start(environment: &[(&str, &str)]) -> (Child, Lines<BufReader<ChildStdout>>, String, Server) {
    let mut child = program(environment).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut printed = String::new();
    while let Some(line) = lines.next_line().await.unwrap() {
        printed.push_str(&line);
        printed.push('\n');
        if let Some(rest) = line.strip_prefix("open ") {
            let url = rest.split(' ').next().unwrap().to_owned();
            let client = Client::builder().no_proxy().build().unwrap();
            return (child, lines, printed, Server { url, client });
        }
    }
    panic!("it did not start: {printed}");
}

#[tokio::test]
async fn a_store_from_the_environment() {
    let memory = Memory::new(&["theirs"]);
    let store = EmbeddedStore::in_memory(memory.clone()).unwrap();
    let (_child, _lines, printed, server) = start(&[
        ("PRESIGN_BUCKET", "theirs"),
        ("PRESIGN_STORE", "minio"),
        ("AWS_ENDPOINT_URL", &store.endpoint()),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", EmbeddedStore::ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", EmbeddedStore::SECRET_ACCESS_KEY),
        ("UPLOAD_EXPIRES", "30"),
    ])
    .await;
    assert!(printed.starts_with("store: bucket theirs, from the environment;"), "{printed}");
    // A form, because MinIO takes forms.
    let grant = server.grant(&json!({ "key": "user-profile/a.txt", "type": "text/plain", "size": 5 })).await;
    assert_eq!(text(&grant["url"]), format!("{}/theirs", store.endpoint()));
    assert_eq!(server.send(&grant, b"Hello").await.status(), 204);
    assert_eq!(memory.object("theirs", "user-profile/a.txt").unwrap().body, b"Hello");
}

#[tokio::test]
async fn what_cannot_be_used_is_named() {
    let store =
        [("PRESIGN_BUCKET", "user-media"), ("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "secret-secret")];
    let with = |name, value| [&store[..], &[(name, value)]].concat();
    for (environment, message) in [
        (vec![("UPLOAD_LISTEN", "here")], "UPLOAD_LISTEN must be an IP address and a port, such as 127.0.0.1:3000"),
        (vec![("UPLOAD_STORE_LISTEN", "9000")], "UPLOAD_STORE_LISTEN must be an IP address and a port"),
        (vec![("UPLOAD_PUBLIC_URL", "app.example.com")], "UPLOAD_PUBLIC_URL must have origins without a path"),
        (vec![("UPLOAD_STORE_PUBLIC_URL", "http://a/b")], "UPLOAD_STORE_PUBLIC_URL must have origins without a path"),
        (vec![("UPLOAD_ALLOWED_ORIGINS", "*")], "UPLOAD_ALLOWED_ORIGINS must have origins without a path"),
        (vec![("UPLOAD_ALLOWED_ORIGINS", "http://a:80")], "UPLOAD_ALLOWED_ORIGINS must have origins without a path"),
        (vec![("UPLOAD_ALLOWED_ORIGINS", "http://a,,")], "UPLOAD_ALLOWED_ORIGINS must have origins without a path"),
        (
            vec![("UPLOAD_CONTENT_TYPES", "image/*,png")],
            "UPLOAD_CONTENT_TYPES must have media types without parameters",
        ),
        (vec![("UPLOAD_USERS", "alice:short")], "UPLOAD_USERS: a token must have at least 16 characters"),
        (vec![("UPLOAD_EXPIRES", "15m")], "UPLOAD_EXPIRES must be a whole number of seconds, such as 900"),
        (vec![("UPLOAD_MAX_SIZE", "-1")], "UPLOAD_MAX_SIZE must be a whole number of bytes, such as 1000000000"),
        (vec![("UPLOAD_PARTS_FROM", "16MB")], "UPLOAD_PARTS_FROM must be a whole number of bytes, such as 16000000"),
        (vec![("UPLOAD_STORE_FAIL_EVERY", "0")], "UPLOAD_STORE_FAIL_EVERY must be a whole number of requests from 1"),
        (vec![("UPLOAD_EXPIRES", "0")], "UPLOAD_EXPIRES, in seconds: the expiry is below one second"),
        (vec![("UPLOAD_EXPIRES", "604801")], "UPLOAD_EXPIRES, in seconds: the expiry of 604801s is too long"),
        (vec![("PRESIGN_BUCKET", "user-media")], "environment variable AWS_ACCESS_KEY_ID is not set"),
        (store.to_vec(), "AWS_REGION: no region given"),
        (with("PRESIGN_STORE", "nobody"), "PRESIGN_STORE: the store is unknown: known are aws, cloudflare-r2"),
        (with("PRESIGN_STORE", "minio"), "AWS_ENDPOINT_URL: no endpoint given"),
        (with("PRESIGN_STORE", "cloudflare-r2"), "PRESIGN_ACCOUNT: no account given"),
        (with("AWS_REGION", "nowhere"), "AWS_REGION: the region is not an AWS region"),
        (with("AWS_REGION", "a/b"), "AWS_REGION: the region has a character that is not allowed"),
        (with("PRESIGN_STORE", "oci"), "AWS_REGION: no region given"),
    ] {
        let output = program(&environment).output().await.unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{environment:?}: {error}");
        assert!(error.starts_with("upload-server: ") && error.contains(message), "{environment:?}: {error}");
        assert!(!error.contains("secret-secret"), "{error}");
    }
}

/// As in a container: what browsers use is not where the server and its store listen.
#[tokio::test]
async fn public_addresses() {
    let (_child, _lines, printed, server) = start(&[
        ("UPLOAD_LISTEN", "0.0.0.0:0"),
        ("UPLOAD_PUBLIC_URL", "https://uploads.example.com/"),
        ("UPLOAD_STORE_PUBLIC_URL", "http://store.localhost:9000"),
        ("UPLOAD_ALLOWED_ORIGINS", "https://app.example.com, http://localhost:5173"),
    ])
    .await;
    assert!(printed.contains("store: bucket user-media at http://store.localhost:9000, in this process"), "{printed}");
    assert!(printed.ends_with("open https://uploads.example.com in a browser; Ctrl-C stops the server\n"), "{printed}");
    drop(server);
}

#[tokio::test]
async fn addresses_that_are_only_for_listening() {
    let (_child, _lines, printed, server) =
        start(&[("UPLOAD_LISTEN", "0.0.0.0:0"), ("UPLOAD_STORE_LISTEN", "0.0.0.0:0")]).await;
    assert!(printed.contains("store: bucket user-media at http://127.0.0.1:"), "{printed}");
    assert!(server.url.starts_with("http://127.0.0.1:"), "{printed}");
    let (status, settings) = server.get("/users/upload-settings").await;
    assert_eq!(status, 200);
    let grant = server.grant(&json!({ "key": "user-profile/a.txt", "type": "text/plain", "size": 5 })).await;
    assert!(text(&grant["url"]).starts_with(text(&settings["store_origin"])), "{grant}");
    assert_eq!(server.send(&grant, b"Hello").await.status(), 204);
    let page = server.client.get(&server.url).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("connect-src 'self' http://127.0.0.1:*;"), "{policy}");
}

/// Browsers and the server reach the store at different hosts, and each signs for its own.
#[tokio::test]
async fn a_store_with_an_internal_and_a_public_endpoint() {
    let store = EmbeddedStore::on_disk(&["theirs"]).unwrap();
    let public = store.endpoint().replace("127.0.0.1", "localhost");
    let (_child, _lines, _, server) = start(&[
        ("PRESIGN_BUCKET", "theirs"),
        ("AWS_ENDPOINT_URL", &store.endpoint()),
        ("UPLOAD_STORE_PUBLIC_URL", &public),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", EmbeddedStore::ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", EmbeddedStore::SECRET_ACCESS_KEY),
    ])
    .await;
    let request = json!({ "key": "user-profile/a.txt", "type": "text/plain", "size": 5, "method": "PUT" });
    let grant = server.grant(&request).await;
    assert!(text(&grant["url"]).starts_with(&format!("{public}/theirs/user-profile/a.txt?")), "{grant}");
    assert_eq!(server.send(&grant, b"Hello").await.status(), 200);
    let (status, confirmed) = server.post("/users/confirm-upload", &json!({ "key": "user-profile/a.txt" })).await;
    assert_eq!(status, 200, "{confirmed}");
    assert!(text(&confirmed["show"]["url"]).starts_with(&public), "{confirmed}");
}

#[cfg(not(feature = "https"))]
#[tokio::test]
async fn a_store_that_needs_https() {
    let environment = [
        ("PRESIGN_BUCKET", "user-media"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIA"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let output = program(&environment).output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "upload-server: the store at https://user-media.s3.eu-west-1.amazonaws.com needs https, but this server was \
         built without TLS: build it with --features https\n"
    );
}

/// The HTTP client itself says only `builder error`.
#[cfg(all(feature = "https", target_os = "linux"))]
#[tokio::test]
async fn no_root_certificates() {
    let environment = [
        ("PRESIGN_BUCKET", "user-media"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIA"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("SSL_CERT_FILE", "/nonexistent"),
        ("SSL_CERT_DIR", "/nonexistent"),
    ];
    let output = program(&environment).output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("upload-server: the client for the store: builder error: "), "{error}");
    assert!(error.contains("certificate"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_reads_what_it_prints() {
    let (mut child, lines, _, _server) = start(&[]).await;
    drop(lines);
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().await.unwrap().success());
    assert_eq!(child.wait().await.unwrap().code(), Some(0));
}

#[cfg(unix)]
#[tokio::test]
async fn a_signal_stops_it() {
    for signal in ["-INT", "-TERM"] {
        let (mut child, mut lines, printed, server) = start(&[]).await;
        assert!(printed.starts_with("store: bucket user-media at http://127.0.0.1:"), "{printed}");
        assert_eq!(server.get("/users/upload-settings").await.0, 200);
        let id = child.id().unwrap().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().await.unwrap().success());
        assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("stopped"));
        assert_eq!(child.wait().await.unwrap().code(), Some(0), "{signal}");
        let mut log = String::new();
        child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
        assert!(log.contains("responded status=200") && log.contains("stopping"), "{log}");
    }
}
