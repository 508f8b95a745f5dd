//! What a server writes, a client reads: round trips, and JSON that no such server writes.

use std::time::Duration;

use presign::s3::{
    AddressingStyle, CreateMultipartUpload, GetObject, MultipartBody, PostForms, PostPolicy, PresignedPost, PutObject,
    Store, Upload, UploadGrant,
};
use presign::sigv4::{Request, Service, Signer};
use presign::{Credentials, Error, Method, PresignedRequest, Presigner, PresignerBuilder, Region, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, from_str, from_value, json, to_string, to_value};

const LIFE: Duration = Duration::from_secs(900);

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn credentials() -> Credentials {
    let credentials = Credentials::new("ASIAEXAMPLE", "secret").expect("valid credentials");
    credentials.with_session_token("IQoJb3JpZ2luX2VjEJr//////////wEaCWV1").expect("a valid token")
}

fn builder() -> PresignerBuilder {
    Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("user-media")
}

fn presigner() -> Presigner {
    builder().build().expect("valid")
}

fn put() -> PresignedRequest {
    let put = PutObject::new("a b.png").content_type("image/png").content_length(7).metadata("note", "a  \"b\"\\");
    presigner().presign_at(put, LIFE, now()).expect("valid")
}

fn post() -> PresignedPost {
    let policy = PostPolicy::with_key_prefix("users/42/ü\"\\/")
        .starts_with("x-amz-meta-b", "", "ö")
        .ignore("a", "")
        .content_type("image/png");
    presigner().presign_post_at(&policy, LIFE, now()).expect("valid")
}

#[test]
fn requests() -> Result<(), Error> {
    let key = "%2e/ü+& \u{1f980}//.a";
    let ipv6 = builder().endpoint("http://[::1]:9000/base").build()?;
    let host = builder().addressing_style(AddressingStyle::BucketEndpoint).bucket(None::<&str>);
    let host = host.endpoint("https://files.example").build()?;
    let signer = Signer::new(credentials(), Region::new("us-east-1")?, Service::new("iotdevicegateway")?);
    let socket = Request::new(Method::Get, "wss://a1b2.iot.us-east-1.amazonaws.com")?.path("/mqtt/!$&'()*+,;=:@");
    let joined = Request::new(Method::Options, "https://h")?.header("a", "1").header("A", "2").query("q", "");
    for signed in [
        put(),
        presigner().presign_at(GetObject::new(key).allow_dot_segments(), LIFE, now())?,
        presigner().presign_at(CreateMultipartUpload::new(key), LIFE, now())?,
        ipv6.presign_at(GetObject::new(key), LIFE, now())?,
        host.presign_at(GetObject::new(key), LIFE, now())?,
        signer.presign_at(&socket, LIFE, now())?,
        signer.presign_at(&joined, LIFE, now())?,
    ] {
        let text = to_string(&signed).expect("serializable");
        assert_eq!(from_str::<PresignedRequest>(&text).ok().as_ref(), Some(&signed), "{text}");
        assert_eq!(from_value(to_value(&signed).expect("serializable")).ok().as_ref(), Some(&signed), "{text}");
        let grant = UploadGrant::from(signed);
        assert_eq!(from_str::<UploadGrant>(&text).ok(), Some(grant), "{text}");
        assert!(from_str::<PresignedPost>(&text).is_err(), "{text}");
    }
    Ok(())
}

#[test]
fn forms() -> Result<(), Error> {
    for post in [post(), presigner().presign_post_at(&PostPolicy::new("k"), LIFE, now())?] {
        let text = to_string(&post).expect("serializable");
        let read: PresignedPost = from_str(&text).expect("readable");
        assert_eq!(read, post);
        assert!(read.fields().eq(post.fields()));
        let body = |post: &PresignedPost| post.multipart_body("a", "image/png", b"b").map(MultipartBody::into_bytes);
        assert_eq!(body(&read), body(&post));
        assert_eq!(from_str::<UploadGrant>(&text).ok(), Some(UploadGrant::Form(post)));
        assert!(from_str::<PresignedRequest>(&text).is_err(), "{text}");
    }
    Ok(())
}

#[test]
fn grants() -> Result<(), Error> {
    let upload = Upload::new("a", "image/png", 10).size(7);
    for (post_forms, method) in [(PostForms::Supported, Method::Post), (PostForms::NotSupported, Method::Put)] {
        let store = Store::custom("ours").with_post_forms(post_forms);
        let grant = builder().store(store).endpoint("https://h").build()?.grant_upload_at(&upload, LIFE, now())?;
        let read: UploadGrant = from_str(&to_string(&grant).expect("serializable")).expect("readable");
        assert_eq!((&read, read.method()), (&grant, method));
    }
    Ok(())
}

/// Two that differ in one thing are not equal, and so are not read as each other.
#[test]
fn equality() -> Result<(), Error> {
    let sign = |key: &'static str, life| presigner().presign_at(GetObject::new(key), life, now());
    assert_eq!(sign("a", LIFE)?, sign("a", LIFE)?);
    assert_ne!(sign("a", LIFE)?, sign("b", LIFE)?);
    assert_ne!(sign("a", LIFE)?, sign("a", LIFE * 2)?);
    assert_ne!(UploadGrant::from(put()), UploadGrant::from(post()));
    // The same characters, divided in another way.
    let form = |name: &str, value: &str| {
        let fields = json!({ name: value });
        let form = json!({"method": "POST", "url": "https://h/", "headers": {}, "fields": fields,
            "expires_at": "2024-03-15T08:30:30Z"});
        from_value::<PresignedPost>(form).expect("a form")
    };
    assert_eq!(form("ab", "c"), form("ab", "c"));
    assert_ne!(form("ab", "c"), form("a", "bc"));
    Ok(())
}

#[test]
fn parts() {
    let parts = put().into_parts();
    assert_eq!((parts.method, parts.url.as_str(), parts.expires_at), (Method::Put, put().url(), put().expires_at()));
    let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(n, v)| (n.clone(), v.clone())).collect::<Vec<_>>();
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    assert_eq!(pairs(&parts.headers), put().headers().map(owned).collect::<Vec<_>>());
    assert_eq!(parts.fields, []);
    assert_eq!(UploadGrant::from(put()).into_parts(), parts);

    let parts = post().into_parts();
    assert_eq!((parts.method, parts.url.as_str(), parts.expires_at), (Method::Post, post().url(), post().expires_at()));
    assert_eq!(pairs(&parts.fields), post().fields().map(owned).collect::<Vec<_>>());
    assert_eq!(parts.headers, []);
    assert_eq!(UploadGrant::from(post()).into_parts(), parts);
}

#[test]
fn instants_and_methods() {
    for (json, instant) in [
        (json!("2024-03-15T08:15:30Z"), Some(now())),
        (json!("20240315T081530Z"), Some(now())),
        (json!("2024-03-15T10:15:30.5+02:00"), Some(now())),
        (json!("2024-03-15T08:15:30"), None),
        (json!("1969-12-31T23:59:59Z"), None),
        (json!(1_710_490_530), None),
        (json!(null), None),
    ] {
        assert_eq!(from_value::<Timestamp>(json.clone()).ok(), instant, "{json}");
    }
    assert_eq!(to_value(now()).ok(), Some(json!("2024-03-15T08:15:30Z")));
    for (json, method) in
        [(json!("PUT"), Some(Method::Put)), (json!("put"), None), (json!("CONNECT"), None), (json!(1), None)]
    {
        assert_eq!(from_value::<Method>(json.clone()).ok(), method, "{json}");
    }
    assert_eq!(to_value(Method::Put).ok(), Some(json!("PUT")));
}

/// A server may be newer, or another one: names of headers may have any letter case.
#[test]
fn what_a_client_need_not_know() {
    let mut json = to_value(put()).expect("serializable");
    json["checksum"] = json!({"a": [1, null, "x"]});
    json["forbidden_headers"] = json!(7);
    assert_eq!(from_value(json.clone()).ok(), Some(put()));
    json.as_object_mut().expect("an object").remove("forbidden_headers");
    json["headers"] =
        json["headers"].as_object().expect("an object").iter().map(|(n, v)| (n.to_uppercase(), v.clone())).collect();
    assert_eq!(from_value(json).ok(), Some(put()));
    // Skipping it needs no stack.
    let deep = to_string(&put()).expect("serializable").replacen(
        '{',
        &format!("{{\"new\":{}0{},", "[".repeat(100_000), "]".repeat(100_000)),
        1,
    );
    assert_eq!(from_str(&deep).ok(), Some(put()));
}

/// Each member that is wrong, and what the error says of it. None shows a value.
#[test]
fn what_is_no_request_and_no_form() {
    let form = to_value(post()).expect("serializable");
    let request = to_value(put()).expect("serializable");
    let with = |mut json: Value, member: &str, value: Value| {
        json[member] = value;
        json
    };
    let request_with = |member, value| with(request.clone(), member, value);
    let form_with = |member, value| with(form.clone(), member, value);
    let without = |member| {
        let mut json = request.clone();
        json.as_object_mut().expect("an object").remove(member);
        json
    };
    let header = |name: &str, value: &str| request_with("headers", json!({name: value}));
    let field = |name: &str, value: &str| form_with("fields", json!({name: value}));
    let expected = "expected an object with the members method, url, headers, fields and expires_at";
    for (json, message) in [
        (json!("https://h/?X-Amz-Signature=sentinel"), format!("invalid type: string, {expected}")),
        (json!(["sentinel"]), format!("invalid type: sequence, {expected}")),
        (json!(null), format!("invalid type: null, {expected}")),
        (json!({}), "missing field `method`".into()),
        (without("method"), "missing field `method`".into()),
        (without("url"), "missing field `url`".into()),
        (without("headers"), "missing field `headers`".into()),
        (without("fields"), "missing field `fields`".into()),
        (without("expires_at"), "missing field `expires_at`".into()),
        (
            request_with("method", json!("sentinel")),
            "the HTTP method is unknown; known: GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS".into(),
        ),
        (request_with("method", json!(["sentinel"])), "invalid type: sequence, expected a string".into()),
        (
            request_with("expires_at", json!("sentinel")),
            "the time is not of the form YYYYMMDDThhmmssZ or YYYY-MM-DDThh:mm:ss with Z or an offset such as +02:00".into(),
        ),
        (request_with("url", json!("")), "the URL is empty".into()),
        (request_with("url", json!("/sentinel")), "the endpoint has no scheme: write it as https://host".into()),
        (
            request_with("url", json!("javascript:sentinel//h/")),
            "the endpoint has no scheme: write it as https://host".into(),
        ),
        (
            request_with("url", json!("file:///sentinel")),
            "the endpoint has a scheme that cannot be used here: S3 takes http and https, other services ws and wss too".into(),
        ),
        (request_with("url", json!("https:///sentinel")), "the endpoint has no host".into()),
        (request_with("url", json!("https://user:sentinel@h/")), "the endpoint has a user name or password".into()),
        (
            request_with("url", json!("https://h/a\r\nsentinel: 1")),
            "the URL has a character that is not allowed at byte 11: the ASCII characters of URLs except `#` are allowed".into(),
        ),
        (
            request_with("url", json!("https://h/#sentinel")),
            "the URL has a character that is not allowed at byte 10: the ASCII characters of URLs except `#` are allowed".into(),
        ),
        (
            request_with("url", json!("https://hö/sentinel")),
            "the URL has a character that is not allowed at byte 9: the ASCII characters of URLs except `#` are allowed".into(),
        ),
        (
            request_with("headers", json!("sentinel")),
            "invalid type: string, expected an object whose values are strings".into(),
        ),
        (
            request_with("headers", json!([["a", "sentinel"]])),
            "invalid type: sequence, expected an object whose values are strings".into(),
        ),
        (request_with("headers", json!({"a": ["sentinel"]})), "invalid type: sequence, expected a string".into()),
        (header("", "sentinel"), "the name of a header is empty".into()),
        (
            header("sentinel\r\n", ""),
            "a header name has a character at byte 8 that HTTP does not allow in names".into(),
        ),
        (
            header("a", "sentinel\r\nb: c"),
            "the value of header a has a character at byte 8 that is not printable ASCII, space or tab".into(),
        ),
        (header("Host", "sentinel"), "header host is set by the signer".into()),
        (header("authorization", "sentinel"), "header authorization is set by the signer".into()),
        (
            header("transfer-encoding", "sentinel"),
            "header transfer-encoding belongs to a single connection and cannot be signed".into(),
        ),
        (
            request_with("headers", json!({"a": "sentinel", "b": "", "A": "sentinel"})),
            "header a is given more than once".into(),
        ),
        (request_with("fields", json!({"a": "sentinel"})), "a request has no form fields".into()),
        (form_with("method", json!("PUT")), "a request has no form fields".into()),
        (
            form_with("headers", json!({"a": "sentinel"})),
            "a form has the method POST, at least one field and no headers".into(),
        ),
        (field("", "sentinel"), "the name of a form field is empty".into()),
        (
            field("a\"sentinel", ""),
            "the name of a form field has a character that is not allowed at byte 1: letters, digits, `.`, `-` and `_` are allowed".into(),
        ),
        (field("a", "sentinel\n"), "the value of form field a has a control character at byte 8".into()),
        (
            form_with("fields", json!({"key": "sentinel", "Key": "sentinel"})),
            "form field key is given more than once".into(),
        ),
        (
            field("a", &"s".repeat(20_480)),
            "the form is 20600 bytes long without the file: at most 20480 are allowed".into(),
        ),
    ] {
        let error = from_value::<UploadGrant>(json.clone()).expect_err(&message);
        assert_eq!(error.to_string(), message);
        // The same from a string, with the place.
        let error = from_str::<UploadGrant>(&json.to_string()).expect_err(&message);
        assert!(error.to_string().starts_with(&message), "{error}");
        assert!(!format!("{error} {error:?}").contains("sentinel"), "{error:?}");
        assert!(from_value::<PresignedRequest>(json.clone()).is_err(), "{json}");
        assert!(from_value::<PresignedPost>(json.clone()).is_err(), "{json}");
    }
}

/// A member or a field that is there twice is an error, because readers differ in which they take.
#[test]
fn duplicates() {
    let text = to_string(&post()).expect("serializable");
    for (twice, message) in [
        ("\"method\":\"POST\",", "duplicate field `method`"),
        ("\"url\":\"https://sentinel/\",", "duplicate field `url`"),
        ("\"headers\":{},", "duplicate field `headers`"),
        ("\"fields\":{},", "duplicate field `fields`"),
        ("\"expires_at\":\"2024-03-15T08:30:30Z\",", "duplicate field `expires_at`"),
    ] {
        let error = from_str::<UploadGrant>(&text.replacen('{', &format!("{{{twice}"), 1)).expect_err(message);
        assert!(error.to_string().starts_with(message), "{error}");
    }
    let error = from_str::<UploadGrant>(&text.replacen("\"key\":", "\"key\":\"a\",\"key\":", 1)).expect_err("twice");
    assert!(error.to_string().starts_with("form field key is given more than once"), "{error}");
}

/// Reading takes time in proportion to what is read.
#[test]
fn many_headers() {
    let headers: serde_json::Map<_, _> = (0..100_000).rev().map(|number| (format!("a-{number}"), "".into())).collect();
    let mut json = to_value(put()).expect("serializable");
    json["headers"] = headers.into();
    let read: PresignedRequest = from_value(json).expect("readable");
    assert_eq!(read.headers().len(), 100_000);
}

proptest! {
    /// A server that writes anything else, for instance because its response was cut off, causes an error or something
    /// that reads as it was written, but no panic.
    #[test]
    fn damaged_json(form: bool, at: prop::sample::Index, length in 0_usize..20, other in "[ -~]{0,4}|\\PC{0,2}") {
        let mut text = if form { to_string(&post()) } else { to_string(&put()) }.expect("serializable");
        let start = text.floor_char_boundary(at.index(text.len()));
        let end = text.floor_char_boundary((start + length).min(text.len()));
        text.replace_range(start..end.max(start), &other);
        if let Ok(grant) = from_str::<UploadGrant>(&text) {
            let again = from_str(&to_string(&grant).expect("serializable")).expect("readable");
            prop_assert_eq!(grant, again);
        }
    }
}
