//! A store behind a proxy that sends it another host and strips a path: the URL has what clients see, the signature what
//! the store sees.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;

use presign::s3::{
    AddressingStyle, CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, GetObject, MultipartPlan,
    PostPolicy, PutObject, Upload, UploadGrant,
};
use presign::{Presigner, PresignerBuilder};
use ureq::http::Request;

use crate::server::{BUCKET, MINUTE, Response, Server, builder_at, presigner_at};

const PREFIX: &str = "/files";

/// Keys that proxies and clients are known to change.
const KEYS: [&str; 8] =
    ["plain.txt", "a b+c%2F~ü.txt", "a%20b", "%2F", "a//b", "/leading", "?a=b&c#d;e", "line\nfeed\u{0}"];

#[test]
fn requests_parts_and_forms_arrive() {
    let server = Server::start();
    let proxy = Proxy::start(&server.store.endpoint());
    let presigner = behind(&server, &proxy).build().unwrap();
    let put = |key| server.send(&presigner.presign(PutObject::new(key).metadata("a_b", "c"), MINUTE).unwrap(), key);
    for key in KEYS {
        assert_eq!(put(key).status(), 200, "{key:?}");
        assert_eq!(server.content(key).as_deref(), Some(key.as_bytes()), "{key:?}");
        let get = server.send(&presigner.presign(GetObject::new(key), MINUTE).unwrap(), ());
        assert_eq!((get.status(), get.body()), (200, key.as_bytes()), "{key:?}");
        let batch = presigner.batch(MINUTE).unwrap();
        assert_eq!(server.send(&batch.presign(GetObject::new(key)).unwrap(), ()).body(), key.as_bytes(), "{key:?}");
        post(&server, &presigner, &["form ", key].concat());
    }
    upload_in_parts(&server, &presigner);
    grant(&server, &presigner);
}

/// Only the signed host names the bucket, so the proxy has to know it.
#[test]
fn virtual_hosted_style() {
    let server = Server::start();
    let store = server.store.virtual_host_endpoint();
    let bucket_host = store.replace("http://", &format!("http://{BUCKET}."));
    let proxy = Proxy::start(&bucket_host);
    let presigner =
        builder_at(&store, AddressingStyle::VirtualHosted).published_endpoint(proxy.public()).build().unwrap();
    for key in KEYS {
        let put = presigner.presign(PutObject::new(key), MINUTE).unwrap();
        assert!(put.url().starts_with(&(proxy.public() + "/")) && !put.url().contains(BUCKET), "{}", put.url());
        assert_eq!(server.send(&put, key).status(), 200, "{key:?}");
        assert_eq!(server.content(key).as_deref(), Some(key.as_bytes()), "{key:?}");
    }
    // The proxy sends it to the host of the first bucket, which it is not signed for.
    let other = presigner.with_bucket("other-bucket").unwrap();
    assert_refused(&server.send(&other.presign(PutObject::new("key"), MINUTE).unwrap(), "body"));
}

/// Without the setting, whatever is signed is not what the store sees.
#[test]
fn no_endpoint_alone_is_both_addresses() {
    let server = Server::start();
    let proxy = Proxy::start(&server.store.endpoint());
    let public_origin = proxy.public().replace(PREFIX, "");
    for presigner in [
        // Host and path of the client.
        presigner_at(&proxy.public(), AddressingStyle::Path),
        // The host that the store sees, and the prefix.
        builder_at(&(server.store.endpoint() + PREFIX), AddressingStyle::Path)
            .published_endpoint(&public_origin)
            .build()
            .unwrap(),
        // The path that the store sees, and the host of the client.
        builder_at(&public_origin, AddressingStyle::Path).published_endpoint(proxy.public()).build().unwrap(),
    ] {
        let put = presigner.presign(PutObject::new("key"), MINUTE).unwrap();
        assert!(put.url().starts_with(&proxy.public()), "{}", put.url());
        assert_refused(&server.send(&put, "body"));
        assert_refused(&server.send(&presigner.presign(GetObject::new("key"), MINUTE).unwrap(), ()));
        assert_eq!(server.content("key"), None);
    }
    // The address of the store itself is not the one that clients can reach.
    let inside = presigner_at(&server.store.endpoint(), AddressingStyle::Path);
    let put = inside.presign(PutObject::new("key"), MINUTE).unwrap();
    assert!(!put.url().starts_with(&proxy.public()));
}

fn behind(server: &Server, proxy: &Proxy) -> PresignerBuilder {
    builder_at(&server.store.endpoint(), AddressingStyle::Path).published_endpoint(proxy.public())
}

#[track_caller]
fn assert_refused(response: &Response) {
    assert_eq!(response.error(), (403, "SignatureDoesNotMatch"));
}

fn post(server: &Server, presigner: &Presigner, key: &str) {
    let policy = PostPolicy::new(key).content_type("text/plain").content_length_range(1..=100);
    let Ok(form) = presigner.presign_post(&policy, MINUTE) else {
        assert!(key.contains(char::is_control), "{key:?}");
        return;
    };
    send_form(server, &form, key.as_bytes());
    assert_eq!(server.content(key).as_deref(), Some(key.as_bytes()), "{key:?}");
}

fn send_form(server: &Server, form: &presign::s3::PresignedPost, file: &[u8]) {
    let body = form.multipart_body("a.txt", "text/plain", file).unwrap();
    let request = Request::post(form.url()).header("content-type", body.content_type());
    let response = server.run(request.body(body.into_bytes()).unwrap());
    assert!((200..300).contains(&response.status()), "{response:?}");
}

fn upload_in_parts(server: &Server, presigner: &Presigner) {
    let (key, size) = ("videos/a b+ü", 5 * (1 << 20) + 9);
    let create = server.send(&presigner.presign(CreateMultipartUpload::new(key), MINUTE).unwrap(), ());
    let upload_id = create.element("UploadId");
    let plan = MultipartPlan::with_part_size(size, 5 * (1 << 20)).unwrap();
    let mut completed = Vec::new();
    for item in presigner.upload_parts(key, &upload_id, &plan, MINUTE) {
        let (part, signed) = item.unwrap();
        let response = server.send(&signed, vec![b'a'; part.content_length().try_into().unwrap()]);
        assert_eq!(response.status(), 200, "{response:?}");
        completed.push(CompletedPart::new(part.part_number(), response.header("etag").unwrap().to_owned()));
    }
    let complete = presigner.presign(CompleteMultipartUpload::new(key, &upload_id), MINUTE).unwrap();
    let body = CompleteMultipartUpload::body(completed).unwrap();
    assert_eq!(server.send(&complete, body.as_bytes()).status(), 200);
    assert_eq!(server.content(key).map(|content| content.len() as u64), Some(size));
}

fn grant(server: &Server, presigner: &Presigner) {
    let upload = Upload::new("granted", "text/plain", 100).size(5);
    match presigner.grant_upload(&upload, MINUTE).unwrap() {
        UploadGrant::Request(put) => assert_eq!(server.send(&put, b"Hello").status(), 200),
        UploadGrant::Form(form) => send_form(server, &form, b"Hello"),
        other => panic!("{other:?}"),
    }
    assert_eq!(server.content("granted").as_deref(), Some(&b"Hello"[..]));
}

/// Strips the prefix, sends the host of the store, and passes on everything else as it comes.
struct Proxy {
    address: SocketAddr,
}

impl Proxy {
    /// Starts a proxy for a store at `http://HOST:PORT`. Its thread ends with the tests.
    fn start(store: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let host = store.replace("http://", "");
        thread::spawn(move || {
            for client in listener.incoming() {
                let host = host.clone();
                thread::spawn(move || pass_on(client.unwrap(), &host).unwrap());
            }
        });
        Self { address }
    }

    /// What clients see.
    fn public(&self) -> String {
        format!("http://{}{PREFIX}", self.address)
    }
}

/// Passes on the one request of a connection, and its response.
fn pass_on(mut client: TcpStream, host: &str) -> io::Result<()> {
    let Some(head) = read_head(&mut client)? else { return Ok(()) };
    let (request_line, headers) = head.split_once("\r\n").unwrap();
    let (method, target) = request_line.split_once(' ').unwrap();
    let Some(target) = target.strip_prefix(PREFIX) else { panic!("{method} {target}") };
    let is_kept = |line: &&str| !["host:", "connection:"].iter().any(|name| line.to_lowercase().starts_with(name));
    let headers: Vec<_> = headers.lines().filter(is_kept).collect();

    let port = host.rsplit_once(':').unwrap().1.parse::<u16>().unwrap();
    let mut store = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    write!(store, "{method} {target}\r\nhost: {host}\r\nconnection: close\r\n{}\r\n\r\n", headers.join("\r\n"))?;
    let (mut from_client, mut to_store) = (client.try_clone()?, store.try_clone()?);
    let body = thread::spawn(move || io::copy(&mut from_client, &mut to_store));
    io::copy(&mut store, &mut client)?;
    client.shutdown(Shutdown::Both)?;
    // A store may refuse a request without reading its body.
    drop(body.join().unwrap());
    Ok(())
}

/// Reads up to the end of the headers, and no further; none if the client closes the connection instead.
fn read_head(client: &mut TcpStream) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if client.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.extend(byte);
    }
    head.truncate(head.len() - 4);
    Ok(Some(String::from_utf8(head).unwrap()))
}
