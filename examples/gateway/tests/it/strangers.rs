//! What strangers learn, and what the log says.

use std::io::{self, Write};
use std::sync::{Mutex, Once};

use presign::Credentials;
use presign::s3::{GetObject, PutObject};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use ureq::http::{HeaderValue, Request};

use crate::client::{authorized_get, authorized_put, seconds_from_now};
use crate::form::Form;
use crate::server::{Answer, BUCKET, MINUTE, Server, temporary};

#[test]
fn strangers_get_one_response() {
    let server = Server::silent();
    let presigner = server.presigner();
    assert_eq!(server.call(&presigner, PutObject::new("a.txt"), b"content").status(), 200);
    let get = presigner.presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let expired = presigner.presign_at(GetObject::new("a.txt"), MINUTE, seconds_from_now(-90)).unwrap();
    let unknown = presigner.with_credentials(Credentials::new("GATEWAYNOBODY", "secret").unwrap());
    let mut unsigned = get.to_http(()).unwrap();
    unsigned.headers_mut().insert("x-amz-acl", HeaderValue::from_static("private"));
    let plain = Request::get(format!("{}/{BUCKET}/a.txt", server.endpoint())).body(()).unwrap();
    let answers = [
        server.send(plain),
        server.send(unsigned),
        server.send(expired.to_http(()).unwrap()),
        server.call(&unknown, GetObject::new("a.txt"), ()),
        server.send_to(&format!("{}0", get.url()), &get),
        server.send_to(&get.url().replace("Expires=60", "Expires=x"), &get),
        server.send_to(&format!("{}&X-Amz-Date=0", get.url()), &get),
        server.send_to(&format!("{}&a=%zz", get.url()), &get),
        server.send(authorized_get(&server, "a.txt", seconds_from_now(-3_600))),
        Form::new().set("x-amz-signature", "0").send(&server),
        Form::new().without("policy").send(&server),
        Form { expires_in: -1, ..Form::new() }.send(&server),
        Form { file: None, ..Form::new() }.send(&server),
        Form { headers: vec![("content-type", "multipart/form-data".into())], ..Form::new() }.send(&server),
        Form { headers: vec![("content-type", "text/plain".into())], ..Form::new() }.send(&server),
    ];
    let seen = |answer: &Answer| {
        let headers = answer.0.headers().iter().filter(|(name, _)| *name != "date");
        let headers: Vec<_> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
        (answer.status(), headers, String::from_utf8(answer.body().to_vec()).unwrap())
    };
    for answer in &answers {
        assert_eq!(seen(answer), seen(&answers[0]));
    }
    assert_eq!(answers[0].refusal(), (403, "AccessDenied"));
    assert_eq!(server.memory.keys().len(), 1);
}

/// Who has signed the request may know what was wrong with the body.
#[test]
fn known_clients_get_a_reason() {
    let server = Server::silent();
    let mut request = authorized_put(&server, "a.txt", b"body");
    *request.body_mut() = b"bodY".to_vec();
    assert_eq!(server.send(request).refusal(), (400, "XAmzContentSHA256Mismatch"));
    let large = Form::with(r#"["content-length-range",0,1]"#).send(&server);
    assert_eq!(large.refusal(), (400, "EntityTooLarge"));
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn start_log() {
    static START: Once = Once::new();
    START.call_once(|| {
        let output = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Log);
        tracing_subscriber::registry()
            .with(output)
            .with(Targets::new().with_target("gateway", tracing::Level::TRACE))
            .init();
    });
}

#[test]
fn the_log_has_a_line_for_each_request_and_no_secrets() {
    start_log();
    let server = Server::silent();
    let presigner = server.presigner();
    let key = "log of this test";
    let put = presigner.with_credentials(temporary()).presign(PutObject::new(key), MINUTE).unwrap();
    assert_eq!(server.send(put.to_http(b"content").unwrap()).status(), 200);
    server.send(authorized_get(&server, "log-denied", seconds_from_now(-3_600)));
    server.send_to(&format!("{}0", put.url()), &put);
    Form::new().key("users/log of this form").send(&server);

    let log = String::from_utf8(LOG.lock().unwrap().clone()).unwrap();
    let line = |contains: &[&str]| {
        let is_it = |line: &&str| contains.iter().all(|part| line.contains(part));
        assert!(log.lines().any(|line| is_it(&line)), "{contains:?}: {log}");
    };
    line(&[
        "method=PUT",
        "path=\"/round-trip/log%20of%20this%20test\"",
        "access_key_id=\"GATEWAYTEMPORARY\"",
        "status=200",
    ]);
    line(&["path=\"/round-trip/log-denied\"", "refused", "the request was signed at"]);
    line(&["path=\"/round-trip/log-denied\"", "status=403"]);
    line(&["the signature is not that of this request"]);
    line(&["method=POST", "key=\"users/log of this form\"", "access_key_id=\"GATEWAYCLIENT\"", "status=204"]);
    // The id of a key is logged only if it is verified.
    let denied = log.lines().filter(|line| line.contains("log-denied"));
    assert!(denied.clone().count() > 0 && denied.clone().all(|line| !line.contains("access_key_id")));
    for secret in ["Signature=", "X-Amz-", "IQoJ", "secret/of", "secret%2Fof", "eyJ"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
