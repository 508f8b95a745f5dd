//! Large bodies pass through the gateway in pieces: the memory of this process, which is that of client, gateway and store,
//! does not grow by them. A process of its own, because other tests have large bodies in memory.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{self, Read};

use presign::s3::{GetObject, PutObject};
use ureq::SendBody;
use ureq::http::{HeaderValue, Request};

#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "../it/client.rs"]
mod client;
#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "../it/form.rs"]
mod form;
#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "../it/server.rs"]
mod server;

use crate::form::{END, Form};
use crate::server::{BUCKET, MINUTE, Server};

const SIZE: u64 = 64 << 20;

/// The most memory that this process had, in bytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1_024
}

#[test]
fn memory_does_not_grow_by_a_body() {
    let server = Server::on_disk();
    // What all of it needs for any request.
    assert_eq!(server.call(&server.presigner(), PutObject::new("small"), vec![7; 1 << 20]).status(), 200);
    let before = peak();

    let put = server.presigner().presign(PutObject::new("large"), MINUTE).unwrap();
    let mut request = put.to_http(SendBody::from_owned_reader(io::repeat(7).take(SIZE))).unwrap();
    request.headers_mut().insert("content-length", HeaderValue::from(SIZE));
    assert_eq!(server.send(request).status(), 200);

    let form = Form { file: Some(Vec::new()), ..Form::new() };
    let body = form.body();
    let head = io::Cursor::new(body[..body.len() - END.len()].to_vec());
    let body = head.chain(io::repeat(7).take(SIZE)).chain(END.as_bytes());
    let length = u64::try_from(form.body().len()).unwrap() + SIZE;
    let request = Request::post(format!("{}/{BUCKET}", server.endpoint()))
        .header("content-type", &form.headers[0].1)
        .header("content-length", length);
    assert_eq!(server.send(request.body(SendBody::from_owned_reader(body)).unwrap()).status(), 204);

    for key in ["large", "users/a.txt"] {
        let get = server.presigner().presign(GetObject::new(key), MINUTE).unwrap();
        let response = quickstart::agent(None).run(get.to_http(()).unwrap()).unwrap();
        assert_eq!(response.headers()["content-length"], SIZE.to_string());
        let read = io::copy(&mut response.into_body().into_reader(), &mut io::sink()).unwrap();
        assert_eq!(read, SIZE, "{key}");
    }

    let grown = peak() - before;
    println!("{} MiB", grown >> 20);
    assert!(grown < SIZE / 4, "{} MiB", grown >> 20);
}
