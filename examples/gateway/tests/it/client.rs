//! Requests that no library would send: over a socket, and headers signed in `Authorization`.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use presign::sigv4::{Payload, Request, Service, Signer};
use presign::{Credentials, Method, Region, Timestamp};
use sha2::{Digest as _, Sha256};
use ureq::http;

use crate::server::{BUCKET, Server, credentials};

/// Sends bytes and returns the status and the error code of the response.
pub(crate) fn raw(server: &Server, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    // The other side closes the connection, because each request asks for that.
    stream.read_to_string(&mut response).unwrap();
    let status = response.split(' ').nth(1).unwrap_or_else(|| panic!("{response}")).parse().unwrap();
    let code = response.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    (status, code.map_or("", |(code, _)| code).to_owned())
}

/// Returns the target of a URL of the gateway.
pub(crate) fn target<'u>(server: &Server, url: &'u str) -> &'u str {
    url.strip_prefix(&server.endpoint()).unwrap()
}

pub(crate) fn signer(credentials: Credentials) -> Signer {
    Signer::new(credentials, Region::new("us-east-1").unwrap(), Service::s3())
}

pub(crate) fn sha256(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

/// An object of the gateway, for `Authorization`.
pub(crate) fn object(server: &Server, method: Method, key: &str) -> Request<'static> {
    Request::new(method, server.endpoint()).unwrap().raw_path(format!("/{BUCKET}/{key}"))
}

/// Signs a `PUT` of a body in the `Authorization` header, with the hash of the body.
pub(crate) fn authorized_put(server: &Server, key: &str, body: &[u8]) -> http::Request<Vec<u8>> {
    let put = object(server, Method::Put, key).payload(Payload::Sha256(sha256(body)));
    signer(credentials()).authorize(&put).unwrap().to_http(body.to_vec()).unwrap()
}

/// Signs a `GET` in the `Authorization` header.
pub(crate) fn authorized_get(server: &Server, key: &str, now: Timestamp) -> http::Request<Vec<u8>> {
    let get = object(server, Method::Get, key);
    signer(credentials()).authorize_at(&get, now).unwrap().to_http(Vec::new()).unwrap()
}

/// The time so many seconds from now.
pub(crate) fn seconds_from_now(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(Timestamp::now().unwrap().unix_seconds() + seconds).unwrap()
}
