//! hyper sends what was signed: the method, the target, the host, the headers and the body.

use std::io::{BufRead as _, BufReader, Read as _, Result, Write as _};
use std::net::TcpListener;
use std::{error::Error, thread, time::Duration};

use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use presign::s3::{GetObject, PutObject};
use presign::{Credentials, PresignedRequest, Presigner};

const FILE: &[u8] = b"Hello, store!";

#[tokio::test]
async fn presigned_requests() -> std::result::Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let host = listener.local_addr()?.to_string();
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
        .region("us-east-1")
        .endpoint(format!("http://{host}"))
        .bucket("user-media")
        .build()?;
    let put = PutObject::new("grüße.txt").content_type("text/plain").content_length(FILE.len() as u64);
    let put = presigner.presign(put, Duration::from_secs(60))?;
    let get = presigner.presign(GetObject::new("../a").allow_dot_segments(), Duration::from_secs(60))?;
    let store = thread::spawn(move || [accept(&listener, FILE.len()), accept(&listener, 0)]);

    let client = Client::builder(TokioExecutor::new()).build_http::<Full<&[u8]>>();
    assert_eq!(client.request(put.to_http(Full::new(FILE))?).await?.status(), 200);
    assert_eq!(client.request((&get).try_into()?).await?.status(), 200);

    let [sent_put, sent_get] = store.join().map_err(|_| "the listener panicked")?;
    check(&put, &host, &sent_put?, FILE);
    check(&get, &host, &sent_get?, b"");
    Ok(())
}

/// Accepts one request, with a body of this length, and returns its head and its body.
fn accept(listener: &TcpListener, length: usize) -> Result<(String, Vec<u8>)> {
    let (mut stream, _) = listener.accept()?;
    let mut reader = BufReader::new(&stream);
    let (mut head, mut body) = (String::new(), vec![0; length]);
    while reader.read_line(&mut head)? > 2 {}
    reader.read_exact(&mut body)?;
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    Ok((head, body))
}

fn check(signed: &PresignedRequest, host: &str, (head, body): &(String, Vec<u8>), expected_body: &[u8]) {
    let target = signed.url().strip_prefix(&format!("http://{host}")).expect("another endpoint");
    assert_eq!(head.lines().next(), Some(&*format!("{} {target} HTTP/1.1", signed.method())));
    let headers = signed.headers().chain([("host", host)]);
    for (name, value) in headers {
        assert_eq!(head.matches(&format!("\r\n{name}: {value}\r\n")).count(), 1, "{name}: {head}");
    }
    assert_eq!(body, expected_body);
}
