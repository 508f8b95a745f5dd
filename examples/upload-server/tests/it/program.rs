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
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Starts it and returns what it printed up to the line that says where to click, and a client for it.
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
        ("PRESIGN_PROVIDER", "minio"),
        ("AWS_ENDPOINT_URL", &store.endpoint()),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", EmbeddedStore::ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", EmbeddedStore::SECRET_ACCESS_KEY),
        ("UPLOAD_EXPIRES", "30"),
    ])
    .await;
    assert!(printed.starts_with("store: bucket theirs, from the environment;"), "{printed}");
    // A form, because MinIO takes forms.
    let grant = server.upload_url(&json!({ "key": "user-profile/a.txt", "type": "text/plain", "size": 5 })).await;
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
        (vec![("UPLOAD_LISTEN", "here")], "UPLOAD_LISTEN: invalid socket address syntax"),
        (vec![("UPLOAD_EXPIRES", "15m")], "UPLOAD_EXPIRES: invalid digit found in string"),
        (vec![("UPLOAD_MAX_SIZE", "-1")], "UPLOAD_MAX_SIZE: invalid digit found in string"),
        (vec![("UPLOAD_EXPIRES", "0")], "the expiry is below one second"),
        (vec![("PRESIGN_BUCKET", "user-media")], "AWS_ACCESS_KEY_ID"),
        (store.to_vec(), "region"),
        (with("PRESIGN_PROVIDER", "nobody"), "PRESIGN_PROVIDER is none of Amazon S3, Cloudflare R2"),
        (with("AWS_REGION", "nowhere"), "region"),
    ] {
        let output = program(&environment).output().await.unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{environment:?}: {error}");
        assert!(error.starts_with("upload-server: ") && error.contains(message), "{environment:?}: {error}");
        assert!(!error.contains("secret-secret"), "{error}");
    }
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
        assert!(log.contains("answered status=200") && log.contains("stopping"), "{log}");
    }
}
