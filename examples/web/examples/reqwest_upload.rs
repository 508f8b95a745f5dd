//! Sends a presigned upload with reqwest, to a stand-in for the store that shows what arrives.
//!
//! `cargo run -p web --example reqwest_upload`

use std::io::{BufRead as _, BufReader, Read as _, Result, Write as _};
use std::net::TcpListener;
use std::{error::Error, thread, time::Duration};

use presign::s3::PutObject;
use presign::{Credentials, Presigner};
use reqwest::{Client, redirect::Policy};

const FILE: &[u8] = b"Hello, store!";

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let store = thread::spawn(move || answer_one(&listener));

    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("us-east-1")
        .endpoint(&endpoint)
        .bucket("user-media")
        .build()?;
    let upload = PutObject::new("users/42/grüße.txt").content_type("text/plain").content_length(FILE.len() as u64);
    let put = presigner.presign(upload, Duration::from_secs(60))?;

    // A redirect would need a signature of its own.
    let client = Client::builder().no_proxy().redirect(Policy::none()).build()?;
    let status = client.execute(put.to_http(FILE)?.try_into()?).await?.status();
    let (head, body) = store.join().map_err(|_| "the stand-in panicked")??;
    println!("{status}; what arrived:\n{head}\n{}", String::from_utf8_lossy(&body));

    assert!(status.is_success());
    let target = put.url().strip_prefix(&*endpoint).ok_or("another endpoint")?;
    assert_eq!(head.lines().next(), Some(&*format!("PUT {target} HTTP/1.1")), "what was signed is what was sent");
    assert!(put.headers().all(|(name, value)| head.contains(&format!("\n{name}: {value}\n"))));
    assert_eq!(body, FILE);
    Ok(())
}

/// Reads one request with a body as long as the file, and answers 200.
fn answer_one(listener: &TcpListener) -> Result<(String, Vec<u8>)> {
    let (mut stream, _) = listener.accept()?;
    let mut reader = BufReader::new(&stream);
    let (mut head, mut body) = (String::new(), vec![0; FILE.len()]);
    while reader.read_line(&mut head)? > 2 {}
    reader.read_exact(&mut body)?;
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    Ok((head.replace("\r\n", "\n"), body))
}
