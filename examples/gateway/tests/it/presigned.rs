//! Presigned URLs: one mechanism, one method, one host, one time, each parameter once.

use presign::s3::{AddressingStyle, GetObject, HeadObject, PutObject, S3Request};
use presign::sigv4::{CredentialScope, Service, SigningKey, StringToSign};
use presign::{Credentials, Method, Presigner, Region};
use ureq::http::{self, HeaderValue};

use crate::client::{authorized_get, raw, seconds_from_now, sha256};
use crate::server::{BUCKET, MINUTE, Server, credentials, temporary};

const MALFORMED: (u16, &str) = (400, "AuthorizationQueryParametersError");
const DOES_NOT_MATCH: (u16, &str) = (403, "SignatureDoesNotMatch");

fn server() -> Server {
    let server = Server::start();
    assert_eq!(server.call(&server.presigner(), PutObject::new("a.txt"), b"content").status(), 200);
    server
}

#[test]
fn one_mechanism() {
    let server = server();
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let several = (400, "InvalidArgument");
    let authorized = authorized_get(&server, "a.txt", seconds_from_now(0));
    for value in [authorized.headers()["authorization"].to_str().unwrap(), "Bearer token", "AWS a:b", ""] {
        let mut both = get.to_http(()).unwrap();
        both.headers_mut().insert("authorization", HeaderValue::from_str(value).unwrap());
        assert_eq!(server.send(both).refusal(), several, "{value}");
    }
    // Part of a signature in the query is enough.
    let uri: http::Uri =
        format!("{}&X-Amz-Algorithm=AWS4-HMAC-SHA256", authorized.uri()).replace("txt&", "txt?").parse().unwrap();
    let mut both = authorized.clone();
    *both.uri_mut() = uri;
    assert_eq!(server.send(both).refusal(), several);
    // Each alone works.
    assert_eq!(server.send(get.to_http(()).unwrap()).status(), 200);
    assert_eq!(server.send(authorized).status(), 200);
}

#[test]
fn signature_version_2() {
    let server = server();
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let plain = get.url().split('?').next().unwrap();
    let version_2 = format!("{plain}?AWSAccessKeyId=GATEWAYCLIENT&Expires=4102444800&Signature=dGVzdA%3D%3D");
    assert_eq!(server.send_to(&version_2, &get).refusal(), (400, "InvalidRequest"));
    let both = format!("{}&AWSAccessKeyId=GATEWAYCLIENT&Expires=4102444800&Signature=dGVzdA%3D%3D", get.url());
    assert_eq!(server.send_to(&both, &get).refusal(), (400, "InvalidArgument"));
    let mut header = http::Request::get(plain).body(()).unwrap();
    header.headers_mut().insert("authorization", HeaderValue::from_static("AWS GATEWAYCLIENT:dGVzdA=="));
    assert_eq!(server.send(header).refusal(), (400, "InvalidRequest"));
}

#[test]
fn another_method() {
    let server = server();
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let mut head = get.to_http(()).unwrap();
    *head.method_mut() = http::Method::HEAD;
    assert_eq!(server.send(head).status(), 403);
    let head = server.call(&server.presigner(), HeadObject::new("a.txt"), ());
    assert_eq!((head.status(), head.header("content-length")), (200, Some("7")));
}

#[test]
fn another_host() {
    let server = server();
    let port = server.address().port();
    let signed_for = |host: &str| {
        let builder = Presigner::builder().credentials(credentials()).region("us-east-1").bucket(BUCKET);
        let presigner =
            builder.endpoint(format!("http://{host}")).addressing_style(AddressingStyle::Path).build().unwrap();
        let url = presigner.presign(GetObject::new("a.txt"), MINUTE).unwrap().url().to_owned();
        url.strip_prefix(&format!("http://{host}")).unwrap().to_owned()
    };
    let ask = |target: &str, host: &str| {
        raw(&server, &format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"))
    };
    let own = server.address().to_string();
    let mine = signed_for(&own);
    assert_eq!(ask(&mine, &own), (200, String::new()));
    // Signed for the gateway, and sent with another name; signed for another server, and sent here.
    let other = (403, "SignatureDoesNotMatch".to_owned());
    for host in ["s3.example.com", "127.0.0.1", "evil.example:8080", &format!("127.0.0.1:{}", port - 1)] {
        assert_eq!(ask(&mine, host), other, "{host}");
        assert_eq!(ask(&signed_for(host), host), other, "{host}");
        assert_eq!(ask(&signed_for(host), &own), other, "{host}");
    }
    // Both of the hosts that are served, but each for its own signature.
    let localhost = format!("localhost:{port}");
    assert_eq!(ask(&signed_for(&localhost), &localhost), (200, String::new()));
    assert_eq!(ask(&signed_for(&localhost), &own), other);
    // Two of them, and one in the request line that is not the header's.
    let two = format!("GET {mine} HTTP/1.1\r\nhost: {own}\r\nhost: {own}\r\nconnection: close\r\n\r\n");
    assert_ne!(raw(&server, &two).0, 200);
    let absolute =
        |authority: &str| format!("GET http://{authority}{mine} HTTP/1.1\r\nhost: {own}\r\nconnection: close\r\n\r\n");
    assert_eq!(raw(&server, &absolute(&own)).0, 200);
    assert_eq!(raw(&server, &absolute("s3.example.com")), other);
}

#[test]
fn parameters_that_are_there_twice() {
    let server = server();
    let get = server.presigner().presign(GetObject::new("a.txt").query("partNumber", "1"), MINUTE).unwrap();
    assert_eq!(server.send(get.to_http(()).unwrap()).status(), 200);
    let parameters: Vec<_> = get.url().split_once('?').unwrap().1.split('&').collect();
    for parameter in parameters {
        let (name, value) = parameter.split_once('=').unwrap();
        let is_of_signature = name.starts_with("X-Amz-");
        for copy in [format!("{name}={value}"), format!("{name}="), format!("{}={value}", name.to_lowercase())] {
            let copies = [format!("{}&{copy}", get.url()), get.url().replacen('?', &format!("?{copy}&"), 1)];
            for url in copies {
                let expected = if is_of_signature { MALFORMED } else { DOES_NOT_MATCH };
                assert_eq!(server.send_to(&url, &get).refusal(), expected, "{copy}");
            }
        }
        // Names that are encoded are the same names.
        let encoded = format!("{}&{}={value}", get.url(), name.replacen('-', "%2D", 1));
        if is_of_signature {
            assert_eq!(server.send_to(&encoded, &get).refusal(), MALFORMED, "{encoded}");
        }
    }
}

#[test]
fn each_parameter_is_needed() {
    let server = server();
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    let (plain, query) = get.url().split_once('?').unwrap();
    for left_out in 0..6 {
        let parameters: Vec<_> =
            query.split('&').enumerate().filter(|(index, _)| *index != left_out).map(|(_, p)| p).collect();
        let url = format!("{plain}?{}", parameters.join("&"));
        assert_eq!(server.send_to(&url, &get).refusal(), MALFORMED, "{url}");
    }
}

#[test]
fn times() {
    let server = server();
    let at = |seconds: i64, expires: u64| {
        let expires = std::time::Duration::from_secs(expires);
        let get = server.presigner().presign_at(GetObject::new("a.txt"), expires, seconds_from_now(seconds)).unwrap();
        let answer = server.send(get.to_http(()).unwrap());
        let message = answer.element("Message").unwrap_or_default().to_owned();
        (answer.status(), message)
    };
    assert_eq!(at(-70, 60), (403, "Request has expired".into()));
    assert_eq!(at(-50, 60).0, 200);
    assert_eq!(at(1_000, 60), (403, "Request is not yet valid".into()));
    assert_eq!(at(800, 60).0, 200);
    assert_eq!(at(-604_700, 604_800).0, 200);
}

#[test]
fn another_secret_and_an_unknown_key() {
    let server = server();
    let with = |id: &str, secret: &str| {
        let presigner = server.presigner().with_credentials(Credentials::new(id, secret).unwrap());
        server.call(&presigner, GetObject::new("a.txt"), ()).refusal().1.to_owned()
    };
    assert_eq!(with("GATEWAYCLIENT", "secret/of/the+client"), "");
    assert_eq!(with("GATEWAYCLIENT", "secret/of/alice"), "SignatureDoesNotMatch");
    assert_eq!(with("GATEWAYCLIENT", "secret/of/the client"), "SignatureDoesNotMatch");
    assert_eq!(with("GATEWAYALICE", "secret/of/the+client"), "SignatureDoesNotMatch");
    assert_eq!(with("GATEWAYNOBODY", "secret/of/the+client"), "InvalidAccessKeyId");
    // The key of the store is none of the gateway's.
    let store = server.presigner().with_credentials(
        Credentials::new(
            embedded_store::EmbeddedStore::ACCESS_KEY_ID,
            embedded_store::EmbeddedStore::SECRET_ACCESS_KEY,
        )
        .unwrap(),
    );
    assert_eq!(server.call(&store, GetObject::new("a.txt"), ()).refusal(), (403, "InvalidAccessKeyId"));
}

#[test]
fn session_tokens() {
    let server = server();
    let get = |credentials: Credentials| {
        server.call(&server.presigner().with_credentials(credentials), GetObject::new("a.txt"), ())
    };
    assert_eq!(get(temporary()).body(), b"content");
    let invalid = (400, "InvalidToken");
    assert_eq!(get(Credentials::new("GATEWAYTEMPORARY", "secret").unwrap()).refusal(), invalid);
    assert_eq!(get(credentials().with_session_token("any").unwrap()).refusal(), invalid);
    let other = Credentials::new("GATEWAYTEMPORARY", "secret").unwrap().with_session_token("other").unwrap();
    assert_eq!(get(other).refusal(), invalid);
}

/// A payload hash in a presigned URL: as a header that the signature covers.
#[test]
fn a_payload_hash() {
    let server = server();
    let put = S3Request::new(Method::Put).key("b.txt").header("x-amz-content-sha256", hex::encode(sha256(b"right")));
    let signed = server.presigner().presign(put, MINUTE).unwrap();
    for body in [&b"wrong"[..], b"righ", b"right!", b""] {
        assert_eq!(
            server.send(signed.to_http(body).unwrap()).refusal(),
            (400, "XAmzContentSHA256Mismatch"),
            "{body:?}"
        );
    }
    assert_eq!(server.memory.keys().len(), 1);
    assert_eq!(server.send(signed.to_http(b"right").unwrap()).status(), 200);
    assert_eq!(server.memory.object(BUCKET, "b.txt").unwrap().body, b"right");
}

/// As the SDK for JavaScript writes it: more than the signature is in the query.
#[test]
fn headers_in_the_query() {
    let server = server();
    let send = |put: S3Request<'_>| server.call(&server.presigner(), put, b"body");
    let put = || S3Request::new(Method::Put).key("js.txt").query("x-id", "PutObject");
    let whole = put().query("x-amz-sdk-checksum-algorithm", "CRC32").query("x-amz-checksum-mode", "ENABLED");
    assert_eq!(send(whole).status(), 200);
    assert_eq!(server.memory.object(BUCKET, "js.txt").unwrap().body, b"body");
    // The payload hash, in the query and as the payload line: signed by hand, because `presign` puts it into a header.
    let signed = |value: &str| signed_with_query(&server, "js.txt", "X-Amz-Content-Sha256", value);
    let put = server.presigner().presign(PutObject::new("js.txt"), MINUTE).unwrap();
    let send = |url: &str, body: &[u8]| {
        let mut request = put.to_http(body).unwrap();
        *request.uri_mut() = url.parse().unwrap();
        server.send(request)
    };
    assert_eq!(send(&signed("UNSIGNED-PAYLOAD"), b"any").status(), 200);
    let hash = hex::encode(sha256(b"right"));
    assert_eq!(send(&signed(&hash), b"right").status(), 200);
    assert_eq!(send(&signed(&hash), b"wrong").refusal(), (400, "XAmzContentSHA256Mismatch"));
    assert_eq!(send(&signed("STREAMING-UNSIGNED-PAYLOAD-TRAILER"), b"any").status(), 501);
    assert_eq!(server.memory.object(BUCKET, "js.txt").unwrap().body, b"right");
}

/// Returns the URL of a `PUT` with a parameter whose value is the payload line also.
fn signed_with_query(server: &Server, key: &str, name: &str, value: &str) -> String {
    let (now, region, service) = (seconds_from_now(0), Region::new("us-east-1").unwrap(), Service::s3());
    let scope = CredentialScope::new(now.amz_date(), &region, &service);
    let date = now.amz_date();
    let id = credentials().access_key_id().to_owned();
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&{name}={value}&X-Amz-Credential={id}%2F{}%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date={}&X-Amz-Expires=60&X-Amz-SignedHeaders=host",
        date.date(),
        date.as_str()
    );
    let path = format!("/{BUCKET}/{key}");
    let request = format!("PUT\n{path}\n{query}\nhost:{}\n\nhost\n{value}", server.address());
    let string_to_sign = StringToSign::new(scope, sha256(request.as_bytes()));
    let signature = SigningKey::derive(&credentials(), &scope).sign(&string_to_sign);
    format!("{}{path}?{query}&X-Amz-Signature={}", server.endpoint(), signature.to_hex())
}

#[test]
fn spellings_of_a_path_and_a_query_that_mean_the_same() {
    let server = server();
    let put = server.call(&server.presigner(), PutObject::new("grüße (1).txt"), b"content");
    assert_eq!(put.status(), 200);
    let get = server.presigner().presign(GetObject::new("grüße (1).txt").query("partNumber", "1"), MINUTE).unwrap();
    let sent = |url: &str| server.send_to(url, &get).status();
    assert_eq!(sent(get.url()), 200);
    assert_eq!(sent(&get.url().replace("%28", "(").replace("%29", ")")), 200);
    assert_eq!(sent(&get.url().replace("%C3%BC", "%c3%bc")), 200);
    assert_eq!(sent(&get.url().replace("%2F", "/")), 200);
    assert_eq!(sent(&get.url().replace("%20", "+")), 403);
    assert_eq!(sent(&get.url().replace("%20", "%2520")), 403);
    // The order of the parameters does not matter.
    let (plain, query) = get.url().split_once('?').unwrap();
    let mut parameters: Vec<_> = query.split('&').collect();
    parameters.reverse();
    assert_eq!(sent(&format!("{plain}?{}", parameters.join("&"))), 200);
}
