//! Signed requests as those of the crate `http`: the same method, URL and headers, or an error. `support.rs` compares
//! them for every test vector.

use std::time::Duration;

use http::Request;
use presign::s3::{GetObject, Operation, PutObject, S3Request};
use presign::sigv4::{AuthorizedRequest, Service, Signer};
use presign::{Credentials, Error, Method, PresignedRequest, Presigner, PresignerBuilder, Region, Timestamp, sigv4};

const LIFE: Duration = Duration::from_secs(60);
const LONGEST_URL: usize = 65_534;
const MOST_HEADERS: usize = 24_576;
const LONGEST_NAME: usize = 65_535;

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn builder() -> PresignerBuilder {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid credentials");
    Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media")
}

fn sign(operation: impl Operation) -> PresignedRequest {
    builder().build().expect("valid").presign_at(operation, LIFE, now()).expect("valid")
}

fn authorize(token: Option<&str>) -> AuthorizedRequest {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid credentials");
    let credentials = match token {
        Some(token) => credentials.with_session_token(token).expect("valid"),
        None => credentials,
    };
    let signer = Signer::new(credentials, Region::new("us-east-1").expect("valid"), Service::s3());
    let request = sigv4::Request::new(Method::Put, "https://h.example").expect("valid");
    let request = request.path("/b/k").query("a", "b c").header("x-custom", "1");
    signer.authorize_at(&request, now()).expect("valid")
}

#[test]
fn presigned_requests() -> Result<(), Error> {
    let put = PutObject::new("a b/ü.png").content_type("image/png").content_length(7).metadata("note", "a \"b\"");
    let ipv6 = builder().endpoint("http://[::1]:9000/base").build()?;
    for signed in [
        sign(&put),
        sign(GetObject::new("../a/./b//").allow_dot_segments()),
        sign(S3Request::new(Method::Get)),
        ipv6.presign_at(&put, LIFE, now())?,
    ] {
        let request = signed.to_http(b"a body")?;
        assert_eq!((request.method().as_str(), *request.body()), (signed.method().as_str(), b"a body"));
        assert_eq!(request.uri().to_string(), signed.url());
        assert_eq!(request.headers(), &signed.header_map()?);
        let headers = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")));
        assert!(headers.eq(signed.headers()), "{signed:?}");
    }
    Ok(())
}

/// The authority, the path and the query that a client sends in its request line and its `Host` header.
#[test]
fn authorized_requests() -> Result<(), Error> {
    let signed = authorize(Some("token"));
    let request = signed.to_http("body")?;
    assert_eq!((request.method(), *request.body()), (&http::Method::PUT, "body"));
    assert_eq!(request.uri().to_string(), signed.url());
    assert_eq!(request.uri().authority().map(http::uri::Authority::as_str), Some("h.example"));
    assert_eq!(request.uri().path_and_query().map(http::uri::PathAndQuery::as_str), Some("/b/k?a=b%20c"));
    assert_eq!(request.headers(), &signed.header_map()?);
    let headers = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")));
    assert!(headers.eq(signed.headers()), "{signed:?}");
    Ok(())
}

/// Without a body, in each type that a client may want.
#[test]
fn conversions() -> Result<(), Error> {
    let (get, authorized) = (sign(GetObject::new("k")), authorize(None));
    let unit: Request<()> = (&get).try_into()?;
    let bytes: Request<Vec<u8>> = get.clone().try_into()?;
    let body = Request::<Option<&str>>::try_from(&authorized)?;
    let text: Request<String> = authorized.clone().try_into()?;
    assert_eq!((unit.uri().to_string(), bytes.uri().to_string()), (get.url().into(), get.url().into()));
    assert_eq!((body.uri().to_string(), text.uri().to_string()), (authorized.url().into(), authorized.url().into()));
    assert_eq!(body.headers(), text.headers());
    assert_eq!((bytes.body(), *body.body(), text.body()), (&vec![], None, &String::new()));
    Ok(())
}

/// What must not be logged is marked, and nothing else.
#[test]
fn sensitive_headers() -> Result<(), Error> {
    let sensitive = |headers: http::HeaderMap| {
        let names = headers.iter().filter(|(_, value)| value.is_sensitive()).map(|(name, _)| name.to_string());
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names
    };
    assert_eq!(sensitive(authorize(Some("token")).header_map()?), ["authorization", "x-amz-security-token"]);
    assert_eq!(sensitive(authorize(None).header_map()?), ["authorization"]);
    assert!(!format!("{:?}", authorize(Some("sentinel")).header_map()?).contains("sentinel"));
    let put = PutObject::new("k")
        .content_type("image/png")
        .header("x-amz-server-side-encryption-customer-key", "a2V5")
        .header("x-amz-server-side-encryption-customer-key-MD5", "bWQ1")
        .metadata("customer-keys", "1");
    assert_eq!(sensitive(sign(put).header_map()?), ["x-amz-server-side-encryption-customer-key"]);
    Ok(())
}

/// The limits of the crate `http`, which only absurd requests reach, are errors and no panics.
#[test]
fn limits() -> Result<(), Error> {
    let with_query = |length| sign(GetObject::new("k").query("q", "a".repeat(length)));
    let base = with_query(0).url().len();
    assert_eq!(with_query(LONGEST_URL - base).to_http(())?.uri().to_string().len(), LONGEST_URL);
    let too_long = with_query(LONGEST_URL - base + 1);
    assert_eq!(too_long.to_http(()).err(), Some(Error::UrlRewritten));
    assert_eq!(Request::<()>::try_from(too_long).err(), Some(Error::UrlRewritten));

    let with_headers = |count| sign((0..count).fold(PutObject::new("k"), |put, n| put.header(format!("h-{n}"), "")));
    assert_eq!(with_headers(MOST_HEADERS).header_map()?.len(), MOST_HEADERS);
    assert_eq!(with_headers(MOST_HEADERS + 1).header_map().err(), Some(Error::HeadersTooLarge));

    let with_name = |length| sign(PutObject::new("k").header("n".repeat(length), ""));
    assert_eq!(with_name(LONGEST_NAME).header_map()?.len(), 1);
    assert_eq!(with_name(LONGEST_NAME + 1).header_map().err(), Some(Error::HeadersTooLarge));
    Ok(())
}

/// A URL that was read from JSON may be in a form that this crate does not write.
#[cfg(feature = "serde")]
#[test]
fn urls_that_would_be_changed() {
    let read = |url: &str| -> PresignedRequest {
        let json = serde_json::json!({"method": "GET", "url": url, "headers": {}, "fields": {},
            "expires_at": "2024-03-15T08:30:30Z"});
        serde_json::from_value(json).expect("readable")
    };
    assert!(read("https://h/?a").to_http(()).is_ok());
    for url in ["HTTPS://h/", "https://h", "https://h?a"] {
        assert_eq!(read(url).to_http(()).err(), Some(Error::UrlRewritten), "{url}");
    }
}

#[test]
fn methods() -> Result<(), Error> {
    for method in [Method::Get, Method::Head, Method::Put, Method::Post, Method::Delete, Method::Patch, Method::Options]
    {
        let converted = http::Method::from(method);
        assert_eq!(converted.as_str(), method.as_str());
        assert_eq!(Method::try_from(&converted)?, method);
        assert_eq!(Method::try_from(converted)?, method);
    }
    let extension = |name: &[u8]| http::Method::from_bytes(name).expect("a token");
    for other in [http::Method::CONNECT, http::Method::TRACE, extension(b"put"), extension(b"COPY")] {
        let error = Method::try_from(&other).expect_err("unknown");
        assert!(matches!(error, Error::UnknownName { what: "HTTP method", .. }), "{error}");
        assert_eq!(Method::try_from(other), Err(error));
    }
    Ok(())
}
