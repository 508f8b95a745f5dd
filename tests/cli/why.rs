//! `presign why`: the cause of a refusal, without secrets.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use presign::s3::PutObject;
use presign::{Credentials, PresignedRequest};

use crate::support::{Run, at, builder, command, run};

const TOKEN: &str = "IQoJb3JpZ2luX2VjSENTINELTOKEN";
const MINUTE: std::time::Duration = std::time::Duration::from_secs(60);

fn put() -> PutObject<'static> {
    PutObject::new("users/42/avatar.png").content_type("image/png")
}

fn signed() -> PresignedRequest {
    builder().bucket("user-media").build().expect("a presigner").presign_at(put(), MINUTE, at()).expect("a URL")
}

/// A response of Amazon S3 to a request that arrived as another one.
fn response(change: impl Fn(&str) -> String) -> String {
    let presigner = builder().bucket("user-media").build().expect("a presigner");
    let explanation = presigner.explain_at(put(), MINUTE, at()).expect("a request");
    let canonical_request = change(explanation.canonical_request()).replace('&', "&amp;");
    format!("<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{canonical_request}</CanonicalRequest></Error>")
}

fn file(name: &str, text: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("why");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn why(url: &str, arguments: &[&str]) -> Run {
    run(&[&["why", url, "--method", "PUT", "--header", "content-type: image/png"], arguments].concat(), &[])
}

#[test]
fn the_cause_the_difference_and_what_to_do() {
    let url = signed();
    let body =
        file("charset.xml", response(|text| text.replacen("image/png", "image/png;charset=utf-8", 1)).as_bytes());
    let printed = why(url.url(), &["--body", body.to_str().unwrap(), "--status", "403"]).ok();
    assert_eq!(
        printed,
        "cause: the client sent another `Content-Type` than the one that was signed\n\
         difference: the header content-type differs: signed `image/png`, received `image/png;charset=utf-8`\n\
         what to do: Send exactly the `Content-Type` that was signed: many HTTP clients add one, or append a charset.\n"
    );
}

#[test]
fn a_body_on_standard_input() {
    let url = signed();
    let mut command = command(&[]);
    command.args(["why", url.url(), "--body", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let body = b"HTTP/1.1 403 Forbidden\r\n\r\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>\xff";
    child.stdin.take().expect("a pipe").write_all(body).expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(printed.starts_with("cause: the URL has expired\n"), "{printed}");
}

#[test]
fn what_remains() {
    let url = signed();
    for arguments in [&["--status", "403"][..], &[]] {
        let printed = why(url.url(), arguments).ok();
        assert!(printed.starts_with("possible causes, in this order:\n- the secret access key is not "), "{printed}");
        assert!(printed.contains("\nnext experiment: "), "{printed}");
    }
}

#[test]
fn what_really_arrived() {
    let url = signed();
    let target = url.url().split_once("amazonaws.com").expect("a host").1;
    let host = "host: user-media.s3.eu-west-1.amazonaws.com";
    for (arguments, cause) in [
        (
            &["--received-header", "host: minio:9000", "--received-header", "content-type: image/png"][..],
            "cause: the store saw another host",
        ),
        (
            &["--received-method", "POST", "--received-header", host, "--received-header", "content-type: image/png"],
            "cause: the request has another method",
        ),
        (&["--received-header", host], "cause: the client sent another `Content-Type`"),
    ] {
        let printed = why(url.url(), &[&["--received-url", target], arguments].concat()).ok();
        assert!(printed.starts_with(cause), "{printed}");
    }
}

#[test]
fn mistakes() {
    let url = signed();
    let cut = "the URL has no complete signature: give the whole URL, in quotes, because shells cut it off at `&`";
    for url in ["https://user-media.s3.eu-west-1.amazonaws.com/a", url.url().split('&').next().unwrap(), ""] {
        assert_eq!(why(url, &[]).error(), cut);
    }
    assert_eq!(why(url.url(), &["--body", "no-such-file"]).error(), "the body cannot be read: entity not found");
    assert_eq!(run(&["why"], &[]).code, 2);
    assert_eq!(why(url.url(), &["--status", "many"]).code, 2);
    assert_eq!(why(url.url(), &["--received-method", "PUT"]).code, 2);
}

#[test]
fn secrets_are_not_printed() {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").and_then(|it| it.with_session_token(TOKEN));
    let presigner = builder().credentials(credentials.expect("valid")).bucket("user-media").build().expect("valid");
    let url = presigner.presign_at(put(), MINUTE, at()).expect("a URL");
    let explanation = presigner.explain_at(put(), MINUTE, at()).expect("a request");
    let signature = url.url().rsplit('=').next().unwrap();
    for (number, change) in
        [("SENTINEL", "SENTINELx"), ("&", "%26"), ("X-Amz-Security-Token=", "x=")].iter().enumerate()
    {
        let body = explanation.canonical_request().replace(change.0, change.1);
        let body = file(&format!("secret-{number}"), body.as_bytes());
        let Run { stdout, stderr, .. } = why(url.url(), &["--body", body.to_str().unwrap()]);
        assert!(!(stdout.clone() + &stderr).contains("SENTINEL"), "{stdout}{stderr}");
        assert!(!(stdout.clone() + &stderr).contains(&signature[..16]), "{stdout}{stderr}");
        assert!(stdout.contains("cause"), "{stdout}{stderr}");
    }
    let Run { stdout, stderr, .. } = why(&url.url().replace("X-Amz-Signature", "X-Amz-Signatur"), &[]);
    assert!(!(stdout + &stderr).contains("SENTINEL"));
}
