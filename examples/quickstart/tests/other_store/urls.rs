//! A URL is good for what was signed, until it expires, and for nothing else.

use presign::s3::{Checksum, DeleteObject, GetObject, HeadObject, PutObject};
use presign::{PresignedRequest, Timestamp};
use ureq::http::{HeaderName, HeaderValue, Method, Request};

use crate::case::{Case, Outcome, S3, check};
use crate::known::known;
use crate::store::{MINUTE, Store, bucket, other_bucket};

const KEY: &str = "folder/signed url+1.txt";
/// Where there is no object: `LocalStack` truncates an old one before it looks at the checksum of the new one.
const NEW_KEY: &str = "folder/another.txt";
const BODY: &[u8] = b"what only the holder of the URL may read";
/// What a `PUT` sends: as long as it says.
const UPLOAD: &[u8] = b"what the holder of the URL may write";

type Sent = Request<Vec<u8>>;

fn get(store: &Store) -> PresignedRequest {
    store.sign(GetObject::new(KEY).query("response-cache-control", "no-store"))
}

fn put(store: &Store) -> PresignedRequest {
    let length = u64::try_from(UPLOAD.len()).unwrap();
    store.sign(PutObject::new(KEY).content_type("text/plain").content_length(length).metadata("uploaded-by", "42"))
}

fn download(signed: &PresignedRequest) -> Sent {
    signed.to_http(Vec::new()).unwrap()
}

fn upload(signed: &PresignedRequest, body: &[u8]) -> Sent {
    let mut request = signed.to_http(body.to_vec()).unwrap();
    // The client sets the true length then.
    request.headers_mut().remove("content-length");
    request
}

/// The download with another URL.
fn with(signed: &PresignedRequest, from: &str, to: &str) -> Sent {
    let url = signed.url();
    assert!(url.contains(from), "{from} is not in {url}");
    let mut request = download(signed);
    *request.uri_mut() = url.replacen(from, to, 1).parse().unwrap();
    request
}

fn with_method(mut request: Sent, method: Method) -> Sent {
    *request.method_mut() = method;
    request
}

fn with_header(mut request: Sent, name: &'static str, value: &'static str) -> Sent {
    request.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    request
}

fn without_header(mut request: Sent, name: &str) -> Sent {
    request.headers_mut().remove(name).unwrap();
    request
}

fn parameter<'u>(signed: &'u PresignedRequest, name: &str) -> &'u str {
    signed.url().split_once(&format!("{name}=")).unwrap().1.split('&').next().unwrap()
}

/// A download that was signed so many seconds ago.
fn older_get(store: &Store, seconds: i64, minutes: u32) -> Sent {
    let signed_at = Timestamp::from_unix_seconds(Timestamp::now().unwrap().unix_seconds() - seconds).unwrap();
    download(&store.presigner.presign_at(GetObject::new(KEY), minutes * MINUTE, signed_at).unwrap())
}

const CASES: [Case<Sent>; 32] = [
    Case { what: "GET", s3: S3::Accepts, make: |store| download(&get(store)) },
    Case { what: "HEAD", s3: S3::Accepts, make: |store| download(&store.sign(HeadObject::new(KEY))) },
    Case { what: "an hour's GET after 16 minutes", s3: S3::Accepts, make: |store| older_get(store, 960, 60) },
    Case {
        what: "a week's GET a minute before its end",
        s3: S3::Accepts,
        make: |store| older_get(store, 604_740, 7 * 24 * 60),
    },
    Case {
        what: "a header that is not signed",
        s3: S3::Accepts,
        make: |store| with_header(download(&get(store)), "accept-language", "de"),
    },
    Case { what: "another key", s3: S3::Refuses, make: |store| with(&get(store), "/folder/", "/another/") },
    Case { what: "another space", s3: S3::Refuses, make: |store| with(&get(store), "%20", "+") },
    Case { what: "two slashes", s3: S3::Refuses, make: |store| with(&get(store), "/folder/", "//folder/") },
    Case { what: "another bucket", s3: S3::Refuses, make: |store| with(&get(store), &bucket(), &other_bucket()) },
    Case { what: "another parameter", s3: S3::Refuses, make: |store| with(&get(store), "no-store", "public") },
    Case {
        what: "one parameter less",
        s3: S3::Refuses,
        make: |store| with(&get(store), "response-cache-control=no-store&", ""),
    },
    Case {
        what: "one parameter more",
        s3: S3::Refuses,
        make: |store| with(&get(store), "no-store", "no-store&response-expires=0"),
    },
    Case {
        what: "another expiry",
        s3: S3::Refuses,
        make: |store| with(&get(store), "X-Amz-Expires=60", "X-Amz-Expires=604800"),
    },
    Case {
        what: "another date",
        s3: S3::Refuses,
        make: |store| {
            let signed = get(store);
            let date: Timestamp = parameter(&signed, "X-Amz-Date").parse().unwrap();
            let next = Timestamp::from_unix_seconds(date.unix_seconds() + 1).unwrap().amz_date();
            with(&signed, parameter(&signed, "X-Amz-Date"), next.as_str())
        },
    },
    Case { what: "another region", s3: S3::Refuses, make: |store| with(&get(store), "%2Fs3%2F", "x%2Fs3%2F") },
    Case {
        what: "other signed headers",
        s3: S3::Refuses,
        make: |store| {
            let request = with(&get(store), "SignedHeaders=host", "SignedHeaders=accept-language%3Bhost");
            with_header(request, "accept-language", "de")
        },
    },
    Case {
        what: "another signature",
        s3: S3::Refuses,
        make: |store| {
            let signed = get(store);
            let signature = parameter(&signed, "X-Amz-Signature");
            let first = if signature.starts_with('0') { "1" } else { "0" };
            with(&signed, signature, &[first, &signature[1..]].concat())
        },
    },
    Case {
        what: "no signature",
        s3: S3::Refuses,
        make: |store| {
            let signed = get(store);
            with(&signed, signed.url().split_once('?').unwrap().1, "")
        },
    },
    Case {
        what: "another secret",
        s3: S3::Refuses,
        make: |store| download(&store.forger().presign(GetObject::new(KEY), MINUTE).unwrap()),
    },
    Case { what: "expired", s3: S3::Refuses, make: |store| older_get(store, 120, 1) },
    Case { what: "GET as HEAD", s3: S3::Refuses, make: |store| with_method(download(&get(store)), Method::HEAD) },
    Case { what: "GET as DELETE", s3: S3::Refuses, make: |store| with_method(download(&get(store)), Method::DELETE) },
    Case { what: "GET as PUT", s3: S3::Refuses, make: |store| with_method(download(&get(store)), Method::PUT) },
    Case {
        what: "DELETE as GET",
        s3: S3::Refuses,
        make: |store| with_method(download(&store.sign(DeleteObject::new(KEY))), Method::GET),
    },
    Case {
        what: "PUT with another content type",
        s3: S3::Refuses,
        make: |store| with_header(upload(&put(store), UPLOAD), "content-type", "text/html"),
    },
    Case {
        what: "PUT without its content type",
        s3: S3::Refuses,
        make: |store| without_header(upload(&put(store), UPLOAD), "content-type"),
    },
    Case { what: "PUT of more", s3: S3::Refuses, make: |store| upload(&put(store), &[UPLOAD, b"x"].concat()) },
    Case { what: "PUT of less", s3: S3::Refuses, make: |store| upload(&put(store), &UPLOAD[1..]) },
    Case {
        what: "PUT with other metadata",
        s3: S3::Refuses,
        make: |store| with_header(upload(&put(store), UPLOAD), "x-amz-meta-uploaded-by", "43"),
    },
    Case {
        what: "PUT without its metadata",
        s3: S3::Refuses,
        make: |store| without_header(upload(&put(store), UPLOAD), "x-amz-meta-uploaded-by"),
    },
    Case {
        what: "PUT with more metadata",
        s3: S3::Refuses,
        make: |store| with_header(upload(&put(store), UPLOAD), "x-amz-meta-more", "1"),
    },
    Case {
        what: "PUT of another file than that of the checksum",
        s3: S3::Refuses,
        make: |store| upload(&store.sign(PutObject::new(NEW_KEY).checksum(Checksum::Sha256([7; 32]))), UPLOAD),
    },
];

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn good_for_what_was_signed_only() {
    let store = Store::from_env();
    let mut outcomes = Vec::new();
    for case in CASES {
        store.put(KEY, BODY);
        let answer = store.send((case.make)(&store));
        if !answer.is_success() {
            assert_eq!(store.get(KEY).unwrap().body(), BODY, "{}", case.what);
            assert!(store.get(NEW_KEY).is_none(), "{}", case.what);
        }
        outcomes.push(Outcome::new(case.what, case.s3, &answer));
    }
    check(&store, known(&store.name).map(|known| known.urls), &outcomes);
}

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn what_was_signed_is_stored() {
    const KEY: &str = "folder/upload.txt";
    let store = Store::from_env();
    let length = u64::try_from(UPLOAD.len()).unwrap();
    let put = PutObject::new(KEY)
        .content_type("text/plain; charset=utf-8")
        .content_length(length)
        .cache_control("public,  max-age=60")
        .content_disposition("attachment; filename=\"a.txt\"; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt")
        .metadata("uploaded-by", "42")
        .metadata("note", "one two, \"three\"");
    let answer = store.call(put, UPLOAD);
    assert!(answer.is_success(), "{answer:?}");

    let get = store.get(KEY).unwrap();
    assert_eq!(get.body(), UPLOAD);
    assert_eq!(get.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(get.header("x-amz-meta-uploaded-by"), Some("42"));
    assert_eq!(get.header("x-amz-meta-note"), Some("one two, \"three\""));
    let named =
        store.call(GetObject::new(KEY).query("response-content-disposition", "inline; filename=\"b c+d.txt\""), ());
    assert_eq!(named.header("content-disposition"), Some("inline; filename=\"b c+d.txt\""));

    assert!(store.call(DeleteObject::new(KEY), ()).is_success());
    assert!(store.get(KEY).is_none());
    assert_eq!(store.call(HeadObject::new(KEY), ()).status(), 404);
}
