//! Every refusal, by its exact message, from a request that causes it. A changed message is a changed behavior.

use std::collections::HashSet;
use std::mem::discriminant;

use presign::Region;
use presign::verify::{ReceivedPayload, Verifier, VerifyError};

use super::rules::{AS_IT_IS, Change};
use super::server::{Requests, SECRET, Server, TOKEN, temporary, time};

fn table() -> Vec<(&'static str, Change, &'static str)> {
    vec![
        ("h", |_, r| r.remove("authorization"), "the request has no signature"),
        ("q", |_, r| r.add("authorization", "x"), "the request has more than one authentication mechanism"),
        (
            "h",
            |_, r| r.set("authorization", "AWS x:y"),
            "the request is signed with Signature Version 2, which is not supported",
        ),
        (
            "h",
            |_, r| r.set("authorization", "AWS4-HMAC-SHA256"),
            "the Authorization header is not of the form `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`",
        ),
        (
            "h",
            |_, r| r.set("authorization", "Bearer x"),
            "the Authorization header is of another scheme than AWS4-HMAC-SHA256",
        ),
        ("q/without X-Amz-Date", AS_IT_IS, "X-Amz-Date is missing"),
        ("h/date none", AS_IT_IS, "x-amz-date is missing"),
        ("q/twice x-amz-date", AS_IT_IS, "X-Amz-Date is given more than once"),
        ("q/algorithm ", AS_IT_IS, "the algorithm is not AWS4-HMAC-SHA256"),
        ("q/credential empty", AS_IT_IS, "the credential is not of the form id/date/region/service/aws4_request"),
        ("q/scope day after", AS_IT_IS, "the date in the credential is not the day of the signature"),
        ("q/scope us-east-1", AS_IT_IS, "the request is signed for another region: expected eu-west-1"),
        (
            "q/scope us-east-1",
            |s, _| s.set(|policy| policy.region(Region::new("auto").expect("a region"))),
            "the request is signed for another region",
        ),
        ("q/scope sts", AS_IT_IS, "the request is signed for another service: expected s3"),
        ("q/time ", AS_IT_IS, "the time of the signature is not a time of the form YYYYMMDDThhmmssZ"),
        ("q/expires 1e3", AS_IT_IS, "X-Amz-Expires is not a number of seconds"),
        ("q/expires 0", AS_IT_IS, "X-Amz-Expires is less than 1"),
        ("q/expires 604801", AS_IT_IS, "X-Amz-Expires is more than 604800"),
        (
            "q",
            |s, _| s.now = time("20240315T000000Z"),
            "the signature is of 2024-03-15T08:15:30Z, and it is only 2024-03-15T00:00:00Z",
        ),
        (
            "q",
            |s, _| s.now = time("20240316T000000Z"),
            "the URL expired at 2024-03-15T08:30:30Z, and it is 2024-03-16T00:00:00Z",
        ),
        (
            "h",
            |s, _| s.now = time("20240316T000000Z"),
            "the request was signed at 2024-03-15T08:15:30Z, and it is 2024-03-16T00:00:00Z: more than 900 seconds apart",
        ),
        (
            "q/list unsorted",
            AS_IT_IS,
            "the list of signed headers is not a sorted list of different names in lower case",
        ),
        ("q/list empty", AS_IT_IS, "these headers are in the request, but not signed: host"),
        ("q/put", |_, r| r.remove("content-type"), "the signed header content-type is not in the request"),
        (
            "q/header and other parameter",
            AS_IT_IS,
            "x-amz-meta-a is a header and a query parameter: that needs equal values and a signed header",
        ),
        (
            "q/put",
            |_, r| r.set("content-type", "\0"),
            "the value of the signed header content-type is not UTF-8, or has a control character",
        ),
        ("q", |_, r| r.authority.clear(), "the request is for another host than those served here"),
        ("q", |_, r| r.method.clear(), "the method is not an HTTP method"),
        ("q", |_, r| r.target.clear(), "the request target is not an absolute path"),
        ("q", |_, r| r.target.push('%'), "the request target is not percent-encoded UTF-8"),
        (
            "q/path signed with a bare slash",
            |s, _| s.set(presign::verify::VerifyPolicy::path_as_sent),
            "the path is not strictly percent-encoded",
        ),
        (
            "q/line short",
            AS_IT_IS,
            "x-amz-content-sha256 is neither UNSIGNED-PAYLOAD nor a SHA-256 in lower-case hexadecimal digits",
        ),
        ("q/line streaming", AS_IT_IS, "a payload in signed or unsigned chunks (STREAMING-...) is not supported"),
        (
            "q/other",
            |_, r| r.payload = ReceivedPayload::NotRead,
            "the payload hash is not in the request: read the body first, and give its SHA-256",
        ),
        ("h/put", |_, r| r.payload = ReceivedPayload::Empty, "the body does not have the SHA-256 that was signed"),
        ("q/id unknown", AS_IT_IS, "the access key id is unknown"),
        ("q/token", AS_IT_IS, "the session token is not that of the access key"),
        (
            "q/token",
            |s, _| s.keys = [temporary().with_expiration(time("20240315T081530Z"))].into(),
            "the credentials expired at 2024-03-15T08:15:30Z",
        ),
        ("q", |_, r| r.method = "PUT".into(), "the signature is not that of this request"),
        ("q/long target", |_, r| r.target.push('&'), "the request target has 16385 bytes: at most 16384 are accepted"),
        ("q", |_, r| (0..257).for_each(|_| r.add("a", "b")), "the request has 257 header lines with 514 bytes"),
        ("q/too many parameters", AS_IT_IS, "the request has more than 256 query parameters"),
        ("q/too many signed headers", AS_IT_IS, "the request has more than 128 signed headers"),
    ]
}

#[test]
fn every_message_says_what_is_wrong() {
    let requests = Requests::load();
    let mut variants = HashSet::new();
    for (name, change, message) in table() {
        let mut request = requests.get(name);
        let mut server = Server::for_host(&request.authority);
        change(&mut server, &mut request);
        let error = server.verify(&request).expect_err("refused");
        assert_eq!(error.to_string(), message, "{name}");
        variants.insert(discriminant(&error));
        assert_eq!(message.to_lowercase().chars().next(), message.to_lowercase().trim_end_matches('.').chars().next());
        for text in [message, &format!("{error:?} {:?}", error.response())] {
            assert!(!text.contains(SECRET) && !text.contains(&TOKEN[..20]) && !text.contains("c88b0700"), "{text}");
        }
        // The claimed id follows the same rules, as far as they are about its form.
        let claimed = Verifier::new(server.policy).claimed_access_key_id(&request.request());
        assert!(claimed.is_ok() || claimed == Err(error), "{name}: {claimed:?}");
    }
    assert_eq!(variants.len(), 40, "a variant is missing here");
}

#[test]
fn the_clock_of_the_system() {
    let error = VerifyError::Clock(presign::Error::TimeOutOfRange);
    assert_eq!(error.to_string(), presign::Error::TimeOutOfRange.to_string());
    assert_eq!((error.response().status(), error.response().code()), (500, "InternalError"));
}

#[cfg(feature = "post")]
#[test]
fn every_message_of_a_form() {
    use super::form_rules::verify;

    let requests = Requests::load();
    let rows: [(&str, super::form_rules::Change, &str); 7] = [
        ("f/too long key", |_, _| {}, "the key of the form is empty or longer than 1024 bytes"),
        ("f", |_, f| f.request.method = "PUT".into(), "the request is not a POST of multipart/form-data to a bucket"),
        ("f", |_, f| f.fields.push(("bucket".into(), "other".into())), "the field bucket is not the bucket of the URL"),
        (
            "f",
            |_, f| f.fields.push(("x-ignore-a".into(), "x".repeat(20_480))),
            "the fields of the form have 21102 bytes: at most 20480 are accepted",
        ),
        (
            "f/without key",
            |_, _| {},
            "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.",
        ),
        ("f", |_, f| f.fields.push(("Key".into(), String::new())), "key is given more than once"),
        ("f/expired", |_, _| {}, "Invalid according to Policy: Policy expired."),
    ];
    for (name, change, message) in rows {
        assert_eq!(
            verify(&requests, name, change).map(|_| ()).map_err(|error| error.to_string()),
            Err(message.to_owned()),
            "{name}"
        );
    }
}
