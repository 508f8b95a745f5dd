//! The negative tests of other projects as lists of cases: what they send, and what S3 and an explaining gateway respond.
//!
//! The names are theirs; the requests are built here. Where a suite expects another code than the gateway responds with, the
//! reason is beside the case.

use presign::s3::{GetObject, PutObject};
use presign::sigv4::Payload;
use presign::{Credentials, Method};
use ureq::http::{self, HeaderName, HeaderValue};

use crate::client::{authorized_get, authorized_put, object, seconds_from_now, sha256, signer};
use crate::form::Form;
use crate::server::{Answer, BUCKET, MINUTE, Server, credentials};

type Expected = (u16, &'static str);
type Request = http::Request<Vec<u8>>;

const OK: Expected = (200, "");
const QUERY: Expected = (400, "AuthorizationQueryParametersError");
const HEADER: Expected = (400, "AuthorizationHeaderMalformed");
const MISMATCH: Expected = (403, "SignatureDoesNotMatch");
const DENIED: Expected = (403, "AccessDenied");
const POLICY: Expected = (400, "InvalidPolicyDocument");
const ARGUMENT: Expected = (400, "InvalidArgument");

fn server() -> Server {
    let server = Server::start();
    assert_eq!(server.call(&server.presigner(), PutObject::new("a.txt"), b"content").status(), 200);
    server
}

fn check(name: &str, answer: &Answer, expected: Expected) {
    assert_eq!(answer.refusal(), expected, "{name}: {}", String::from_utf8_lossy(answer.body()));
}

/// Replaces the parameters of a URL whose names are given; an empty value removes the parameter.
fn with(url: &str, name: &str, value: &str) -> String {
    let (plain, query) = url.split_once('?').unwrap();
    let parameters = query.split('&').filter_map(|parameter| match parameter.split_once('=') {
        Some((given, _)) if given == name => (!value.is_empty()).then(|| format!("{name}={value}")),
        _ => Some(parameter.to_owned()),
    });
    format!("{plain}?{}", parameters.collect::<Vec<_>>().join("&"))
}

/// Replaces a part of the credential: 0 is the id, 4 the end.
fn with_credential(url: &str, part: usize, value: &str) -> String {
    let credential = url.split_once("X-Amz-Credential=").unwrap().1.split('&').next().unwrap();
    let mut parts: Vec<_> = credential.split("%2F").collect();
    parts[part] = value;
    with(url, "X-Amz-Credential", &parts.join("%2F"))
}

type UrlCase = (&'static str, fn(&str) -> String, Expected);

/// versity/versitygw, `tests/integration/presigned_urls.go`.
const VERSITYGW_PRESIGNED: [UrlCase; 19] = [
    // It says that it has no session tokens; S3 says that the signature is another one.
    ("PresignedAuth_security_token_not_supported", |url| format!("{url}&X-Amz-Security-Token=my_token"), MISMATCH),
    ("PresignedAuth_unsupported_algorithm", |url| with(url, "X-Amz-Algorithm", "AWS4-SHA256"), QUERY),
    ("PresignedAuth_ECDSA_not_supported", |url| with(url, "X-Amz-Algorithm", "AWS4-ECDSA-P256-SHA256"), QUERY),
    ("PresignedAuth_missing_signature_query_param", |url| with(url, "X-Amz-Signature", ""), QUERY),
    ("PresignedAuth_missing_credentials_query_param", |url| with(url, "X-Amz-Credential", ""), QUERY),
    (
        "PresignedAuth_malformed_creds_invalid_parts",
        |url| with(url, "X-Amz-Credential", "access%2Fhello%2Fworld"),
        QUERY,
    ),
    ("PresignedAuth_creds_invalid_terminal", |url| with_credential(url, 4, "aws5_request"), QUERY),
    ("PresignedAuth_creds_incorrect_service", |url| with_credential(url, 3, "sns"), QUERY),
    ("PresignedAuth_creds_incorrect_region", |url| with_credential(url, 2, "us-west-1"), QUERY),
    ("PresignedAuth_creds_invalid_date", |url| with_credential(url, 1, "32234Z34"), QUERY),
    ("PresignedAuth_non_existing_access_key_id", |url| with_credential(url, 0, "NOBODY"), (403, "InvalidAccessKeyId")),
    ("PresignedAuth_missing_date_query", |url| with(url, "X-Amz-Date", ""), QUERY),
    ("PresignedAuth_dates_mismatch", |url| with_credential(url, 1, "20060102"), QUERY),
    ("PresignedAuth_missing_signed_headers_query_param", |url| with(url, "X-Amz-SignedHeaders", ""), QUERY),
    ("PresignedAuth_missing_expiration_query_param", |url| with(url, "X-Amz-Expires", ""), QUERY),
    ("PresignedAuth_invalid_expiration_query_param", |url| with(url, "X-Amz-Expires", "invalid_value"), QUERY),
    ("PresignedAuth_negative_expiration_query_param", |url| with(url, "X-Amz-Expires", "-3"), QUERY),
    ("PresignedAuth_exceeding_expiration_query_param", |url| with(url, "X-Amz-Expires", "604801"), QUERY),
    (
        "PresignedAuth_sigv2_not_supported",
        |url| {
            format!("{}?AWSAccessKeyId=GATEWAYCLIENT&Expires=4102444800&Signature=c2ln", url.split('?').next().unwrap())
        },
        (400, "InvalidRequest"),
    ),
];

/// Others: edge cases that several suites and advisories have.
const OTHERS_PRESIGNED: [UrlCase; 16] = [
    ("ceph: object_raw_get_x_amz_expires_out_range_zero", |url| with(url, "X-Amz-Expires", "0"), QUERY),
    ("ceph: object_raw_get_x_amz_expires_out_max_range", |url| with(url, "X-Amz-Expires", "609901"), QUERY),
    ("ceph: object_raw_get_x_amz_expires_out_positive_range", |url| with(url, "X-Amz-Expires", "-7"), QUERY),
    ("a number with a sign", |url| with(url, "X-Amz-Expires", "%2B60"), QUERY),
    ("a number with a fraction", |url| with(url, "X-Amz-Expires", "60.0"), QUERY),
    ("a number of more than 64 bits", |url| with(url, "X-Amz-Expires", "99999999999999999999999"), QUERY),
    ("a credential that is encoded twice", |url| url.replace("%2F", "%252F"), QUERY),
    ("a date that is none", |url| with(url, "X-Amz-Date", "20261332T000000Z"), QUERY),
    ("a date of RFC 3339", |url| with(url, "X-Amz-Date", "2026-11-27T00%3A00%3A00Z"), QUERY),
    (
        "a signature in upper case",
        |url| {
            let (rest, signature) = url.split_once("X-Amz-Signature=").unwrap();
            format!("{rest}X-Amz-Signature={}", signature.to_uppercase())
        },
        MISMATCH,
    ),
    ("a signature that is cut off", |url| url[..url.len() - 1].to_owned(), MISMATCH),
    ("a signature that is too long", |url| format!("{url}0"), MISMATCH),
    ("signed headers without host", |url| with(url, "X-Amz-SignedHeaders", "accept"), DENIED),
    ("a signed header that is not sent", |url| with(url, "X-Amz-SignedHeaders", "host%3Bx-none"), MISMATCH),
    ("a percent sign that encodes nothing", |url| format!("{url}&a=%zz"), (400, "InvalidURI")),
    ("bytes that are not UTF-8", |url| format!("{url}&a=%ff"), (400, "InvalidURI")),
];

#[test]
fn presigned_urls_that_are_changed() {
    let server = server();
    let get = server.presigner().presign(GetObject::new("a.txt"), MINUTE).unwrap();
    assert_eq!(server.send_to(get.url(), &get).body(), b"content");
    for (name, change, expected) in VERSITYGW_PRESIGNED.into_iter().chain(OTHERS_PRESIGNED) {
        let url = change(get.url());
        assert_ne!(url, get.url(), "{name}");
        check(name, &server.send_to(&url, &get), expected);
    }
    assert_eq!(server.send_to(get.url(), &get).body(), b"content");
}

#[test]
fn presigned_requests() {
    let server = server();
    let presigner = server.presigner();
    let get = |seconds, secret: &str, key: &str| {
        let presigner = presigner.with_credentials(Credentials::new(credentials().access_key_id(), secret).unwrap());
        presigner.presign_at(GetObject::new(key.to_owned()), MINUTE, seconds_from_now(seconds)).unwrap()
    };
    let send = |signed: &presign::PresignedRequest, body: &[u8]| server.send(signed.to_http(body.to_vec()).unwrap());
    let secret = "secret/of/the+client";
    check("rustfs: valid_presigned_get_succeeds", &send(&get(0, secret, "a.txt"), b""), OK);
    check("ceph: object_raw_get_x_amz_expires_not_expired", &send(&get(-30, secret, "a.txt"), b""), OK);
    check("rustfs: expired_presigned_get_is_rejected", &send(&get(-90, secret, "a.txt"), b""), DENIED);
    check("versitygw: PresignedAuth_expired_request", &send(&get(-61, secret, "a.txt"), b""), DENIED);
    check("rustfs: wrong_secret_key_returns_signature_does_not_match", &send(&get(0, "s", "a.txt"), b""), MISMATCH);
    check(
        "versitygw: PresignedAuth_incorrect_secret_key",
        &send(&get(0, &format!("{secret}a"), "a.txt"), b""),
        MISMATCH,
    );
    let put = presigner.presign(PutObject::new("b.txt"), MINUTE).unwrap();
    check("rustfs: valid_presigned_put_succeeds", &send(&put, b"body"), OK);
    check("versitygw: PresignedAuth_Put_GetObject_with_data", &send(&get(0, secret, "b.txt"), b""), OK);
    let other = put.url().replace("b.txt", "c.txt");
    check("rustfs: tampered_target_key_returns_signature_does_not_match", &server.send_to(&other, &put), MISMATCH);
    let flipped = [&put.url()[..put.url().len() - 1], if put.url().ends_with('0') { "1" } else { "0" }].concat();
    check("rustfs: tampered_presigned_put_returns_signature_does_not_match", &server.send_to(&flipped, &put), MISMATCH);
    let expired = presigner.presign_at(PutObject::new("d.txt"), MINUTE, seconds_from_now(-3_600)).unwrap();
    check("ceph: object_raw_put_authenticated_expired", &send(&expired, b"body"), DENIED);
    let utf8 = presigner.presign(PutObject::new("ключ/日本.txt"), MINUTE).unwrap();
    check("versitygw: PresignedAuth_Put_GetObject_with_UTF8_chars", &send(&utf8, b"body"), OK);
    let header = |name: &str, value: &str| {
        let mut request = put.to_http(b"body".to_vec()).unwrap();
        request.headers_mut().insert(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
        server.send(request)
    };
    check("versitygw: PresignedAuth_unsigned_required_header", &header("x-amz-tagging", "a=b"), DENIED);
    check("versitygw: PresignedAuth_unsigned_non_required_header", &header("x-custom-header", "value"), OK);
    // Ceph's test signs the header, mint's of Ruby does not: the rule of S3 refuses that.
    check("ceph: object_presigned_put_object_with_acl", &header("x-amz-acl", "public-read"), DENIED);
    let acl = presign::s3::S3Request::new(Method::Put).key("b.txt").header("x-amz-acl", "private");
    check("ceph: object_presigned_put_object_with_acl, signed", &server.call(&presigner, acl, b"body"), OK);
    let anonymous = http::Request::get(format!("{}/{BUCKET}/a.txt", server.endpoint())).body(Vec::new()).unwrap();
    check("ceph: object_create_bad_authorization_none", &server.send(anonymous), DENIED);
    assert!(server.memory.object(BUCKET, "c.txt").is_none() && server.memory.object(BUCKET, "d.txt").is_none());
}

type HeaderCase = (&'static str, fn(&str) -> String, Expected);

fn replaced_component(authorization: &str, name: &str, by: &str) -> String {
    let (scheme, components) = authorization.split_once(' ').unwrap();
    let components = components.split(',').map(|component| match component.trim() {
        component if component.starts_with(name) => by,
        component => component,
    });
    format!("{scheme} {}", components.filter(|component| !component.is_empty()).collect::<Vec<_>>().join(","))
}

fn with_scope(authorization: &str, part: usize, value: &str) -> String {
    let credential = authorization.split_once("Credential=").unwrap().1.split(',').next().unwrap();
    let mut parts: Vec<_> = credential.split('/').collect();
    parts[part] = value;
    replaced_component(authorization, "Credential", &format!("Credential={}", parts.join("/")))
}

/// versity/versitygw, `tests/integration/sigv4_auth.go`, and others that change the header.
const AUTHORIZATION: [HeaderCase; 22] = [
    ("versitygw: Authentication_invalid_auth_header", |_| "invalid_header".into(), ARGUMENT),
    (
        "versitygw: Authentication_unsupported_signature_version",
        |a| a.replacen("AWS4-HMAC-SHA256", "AWS2-HMAC-SHA1", 1),
        ARGUMENT,
    ),
    ("versitygw: Authentication_missing_components", |a| replaced_component(a, "SignedHeaders", ""), HEADER),
    (
        "versitygw: Authentication_malformed_component",
        |a| replaced_component(a, "SignedHeaders", "SignedHeaders-Content-Length"),
        HEADER,
    ),
    ("versitygw: Authentication_missing_credentials", |a| a.replacen("Credential=", "missing_creds=", 1), HEADER),
    ("versitygw: Authentication_missing_signedheaders", |a| a.replacen("SignedHeaders=", "missing=", 1), HEADER),
    ("versitygw: Authentication_missing_signature", |a| a.replacen("Signature=", "missing=", 1), HEADER),
    (
        "versitygw: Authentication_malformed_credential",
        |a| replaced_component(a, "Credential", "Credential=access/32234/us-east-1/s3/extra/things"),
        HEADER,
    ),
    ("versitygw: Authentication_credentials_invalid_terminal", |a| with_scope(a, 4, "aws_request"), HEADER),
    ("versitygw: Authentication_credentials_incorrect_service", |a| with_scope(a, 3, "ec2"), HEADER),
    ("versitygw: Authentication_credentials_incorrect_region", |a| with_scope(a, 2, "us-west-1"), HEADER),
    ("versitygw: Authentication_credentials_invalid_date", |a| with_scope(a, 1, "3223423234"), HEADER),
    (
        "versitygw: Authentication_credentials_non_existing_access_key",
        |a| with_scope(a, 0, "NOBODY"),
        (403, "InvalidAccessKeyId"),
    ),
    ("versitygw: Authentication_date_mismatch", |a| with_scope(a, 1, "20250912"), HEADER),
    ("versitygw: Authentication_sigv2_not_supported", |_| "AWS seed_signature".into(), (400, "InvalidRequest")),
    ("ceph: object_create_bad_authorization_invalid_aws2", |_| "AWS HAHAHA".into(), (400, "InvalidRequest")),
    ("ceph: object_create_bad_authorization_empty", |_| String::new(), DENIED),
    ("rustfs: malformed_authorization_header_returns_clean_4xx", |_| "AWS4-HMAC-SHA256".into(), HEADER),
    (
        "rustfs: malformed_authorization_header_returns_clean_4xx",
        |_| "AWS4-HMAC-SHA256 Credential=,SignedHeaders=,Signature=".into(),
        HEADER,
    ),
    ("a component twice", |a| format!("{a},Signature=0"), HEADER),
    (
        "rustfs: tampered_signature_returns_signature_does_not_match",
        |a| [&a[..a.len() - 1], if a.ends_with('0') { "1" } else { "0" }].concat(),
        MISMATCH,
    ),
    ("another scheme", |_| "Bearer token".into(), ARGUMENT),
];

fn set(mut request: Request, name: &str, value: &str) -> Request {
    request.headers_mut().insert(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
    request
}

#[test]
fn authorization_headers_that_are_changed() {
    let server = server();
    let get = || authorized_get(&server, "a.txt", seconds_from_now(0));
    for (name, change, expected) in AUTHORIZATION {
        let authorization = get().headers()["authorization"].to_str().unwrap().to_owned();
        check(name, &server.send(set(get(), "authorization", &change(&authorization))), expected);
    }
    assert_eq!(server.send(get()).body(), b"content");
}

#[test]
fn authorized_requests() {
    let server = server();
    let get = |seconds| authorized_get(&server, "a.txt", seconds_from_now(seconds));
    let put = || authorized_put(&server, "b.txt", b"body");
    let without = |mut request: Request, name: &str| {
        request.headers_mut().remove(name);
        request
    };
    check("rustfs: valid_header_sigv4_request_succeeds", &server.send(get(0)), OK);
    check(
        "rustfs: skewed_date_returns_request_time_too_skewed",
        &server.send(get(-3_600)),
        (403, "RequestTimeTooSkewed"),
    );
    let five_days = 5 * 86_400;
    check(
        "versitygw: Authentication_credentials_future_date",
        &server.send(get(five_days)),
        (403, "RequestTimeTooSkewed"),
    );
    check(
        "versitygw: Authentication_credentials_past_date",
        &server.send(get(-five_days)),
        (403, "RequestTimeTooSkewed"),
    );
    check("versitygw: Authentication_missing_date_header", &server.send(without(get(0), "x-amz-date")), DENIED);
    check("versitygw: Authentication_missing_date_header, empty", &server.send(set(get(0), "x-amz-date", "")), DENIED);
    check("versitygw: Authentication_invalid_date_header", &server.send(set(get(0), "x-amz-date", "03032006")), DENIED);
    let no_hash = without(get(0), "x-amz-content-sha256");
    check("without the payload hash, which is signed", &server.send(no_hash), MISMATCH);
    let invalid = server.send(set(put(), "x-amz-content-sha256", "invalid_sha256"));
    check("versitygw: Authentication_invalid_sha256_payload_hash", &invalid, ARGUMENT);
    let mut tampered = put();
    *tampered.body_mut() = b"bodY".to_vec();
    check("rustfs: tampered_payload_is_rejected", &server.send(tampered), (400, "XAmzContentSHA256Mismatch"));
    let wrong = object(&server, Method::Put, "b.txt").payload(Payload::Sha256(sha256(b"other")));
    let wrong = signer(credentials()).authorize(&wrong).unwrap().to_http(Vec::new()).unwrap();
    check("versitygw: Authentication_incorrect_payload_hash", &server.send(wrong), (400, "XAmzContentSHA256Mismatch"));
    let unsigned = server.send(set(set(put(), "x-amz-copy-source", "b/k"), "x-amz-tagging", "a=b"));
    check("versitygw: Authentication_unsigned_required_header", &unsigned, DENIED);
    assert_eq!(unsigned.element("HeadersNotSigned"), Some("x-amz-copy-source, x-amz-tagging"));
    assert!(server.memory.object(BUCKET, "b.txt").is_none());
    let harmless = set(set(put(), "content-type", "text/plain"), "x-custom-header", "value");
    check("versitygw: Authentication_unsigned_non_required_header", &server.send(harmless), OK);
    let secret = Credentials::new(credentials().access_key_id(), "secret/of/the+clienta").unwrap();
    let signed = signer(secret).authorize(&object(&server, Method::Get, "a.txt")).unwrap().to_http(Vec::new()).unwrap();
    check("versitygw: Authentication_signature_error_incorrect_secret_key", &server.send(signed), MISMATCH);
    check("versitygw: Authentication_with_expect_header", &server.send(set(put(), "expect", "100-continue")), OK);
}

type FormCase = (&'static str, fn() -> Form, Expected);

const ACCEPTED: Expected = (204, "");

fn document(json: &str) -> Form {
    let json = json.replace("EXP", &seconds_from_now(600).to_string());
    Form { document: Some(json), ..Form::new() }
}

/// versity/versitygw, `tests/integration/PostObject.go`.
const VERSITYGW_FORMS: [FormCase; 45] = [
    ("PostObject_success", Form::new, ACCEPTED),
    (
        "PostObject_success_status_200",
        || Form::with(r#"{"success_action_status":"200"}"#).field("success_action_status", "200"),
        OK,
    ),
    (
        "PostObject_success_status_201",
        || Form::with(r#"{"success_action_status":"201"}"#).field("success_action_status", "201"),
        (201, ""),
    ),
    (
        "PostObject_success_with_meta_properties",
        || Form::with(r#"["starts-with","$x-amz-meta-a",""]"#).field("x-amz-meta-a", "b"),
        ACCEPTED,
    ),
    (
        "PostObject_invalid_content_type",
        || Form { headers: vec![("content-type", "text/plain".into())], ..Form::new() },
        (412, "PreconditionFailed"),
    ),
    (
        "PostObject_missing_boundary",
        || Form { headers: vec![("content-type", "multipart/form-data".into())], ..Form::new() },
        (400, "MalformedPOSTRequest"),
    ),
    ("PostObject_partial_auth_fields: policy", || Form::new().without("policy"), ARGUMENT),
    ("PostObject_partial_auth_fields: algorithm", || Form::new().without("x-amz-algorithm"), ARGUMENT),
    ("PostObject_partial_auth_fields: credential", || Form::new().without("x-amz-credential"), ARGUMENT),
    ("PostObject_partial_auth_fields: date", || Form::new().without("x-amz-date"), ARGUMENT),
    ("PostObject_partial_auth_fields: signature", || Form::new().without("x-amz-signature"), ARGUMENT),
    ("PostObject_invalid_algorithm", || Form::new().set("x-amz-algorithm", "invalid"), ARGUMENT),
    ("PostObject_invalid_date", || Form::new().set("x-amz-date", "invalid_date"), ARGUMENT),
    ("PostObject_invalid_credential_format", || Form::new().set("x-amz-credential", "malformed-no-slashes"), ARGUMENT),
    ("PostObject_incorrect_region", || Form { region: "us-west-1", ..Form::new() }, ARGUMENT),
    ("an incorrect service", || Form { service: "ec2", ..Form::new() }, ARGUMENT),
    (
        "PostObject_non_existing_access_key",
        || Form { credentials: Credentials::new("NOBODY", "s").unwrap(), ..Form::new() },
        (403, "InvalidAccessKeyId"),
    ),
    ("PostObject_signature_mismatch", || Form::new().set("x-amz-signature", &"a".repeat(64)), MISMATCH),
    // versitygw refuses forms that were signed more than an hour ago; S3 documents only the end of the policy.
    ("PostObject_expired_due_to_date", || Form { signed_in: -7_200, ..Form::new() }, ACCEPTED),
    (
        "PostObject_policy_access_control: eq",
        || Form::with(r#"["eq","$content-type","text/plain"]"#).field("content-type", "text/plain"),
        ACCEPTED,
    ),
    ("PostObject_policy_access_control: bucket", || Form::with(&format!(r#"["eq","$bucket","{BUCKET}"]"#)), ACCEPTED),
    (
        "PostObject_policy_access_control: eq fails",
        || Form::with(r#"["eq","$content-type","text/plain"]"#).field("content-type", "text/html"),
        DENIED,
    ),
    (
        "PostObject_policy_access_control: prefix fails",
        || Form::with(r#"["starts-with","$x-amz-meta-path","allowed/"]"#).field("x-amz-meta-path", "other/"),
        DENIED,
    ),
    (
        "PostObject_policy_access_control: wrong bucket",
        || Form::with(r#"["eq","$bucket","wrong-bucket-name"]"#),
        DENIED,
    ),
    (
        "PostObject_policy_access_control: list",
        || Form::with(r#"["starts-with","$content-type","text/"]"#).field("content-type", "text/plain,image/png"),
        DENIED,
    ),
    ("PostObject_policy_access_control: extra metadata", || Form::new().field("x-amz-meta-custom", "a"), DENIED),
    ("PostObject_policy_expired", || Form { expires_in: -86_400, ..Form::new() }, DENIED),
    ("PostObject_invalid_policy_document: empty", || Form { policy: Some(String::new()), ..Form::new() }, POLICY),
    (
        "PostObject_invalid_policy_document: base64",
        || Form { policy: Some("invalid_base64".into()), ..Form::new() },
        POLICY,
    ),
    ("PostObject_invalid_policy_document: JSON", || document("invalid json"), POLICY),
    ("PostObject_invalid_policy_document: no expiration", || document(r#"{"conditions":[]}"#), POLICY),
    (
        "PostObject_invalid_policy_document: type of expiration",
        || document(r#"{"expiration":true,"conditions":[]}"#),
        POLICY,
    ),
    ("PostObject_invalid_policy_document: date", || document(r#"{"expiration":"invalid","conditions":[]}"#), POLICY),
    ("PostObject_invalid_policy_document: no conditions", || document(r#"{"expiration":"EXP"}"#), POLICY),
    (
        "PostObject_invalid_policy_document: type of conditions",
        || document(r#"{"expiration":"EXP","conditions":true}"#),
        POLICY,
    ),
    ("PostObject_invalid_policy_document: type of a condition", || Form::with("true"), POLICY),
    ("PostObject_invalid_policy_document: no operator", || Form::with("[]"), POLICY),
    (
        "PostObject_invalid_policy_document: unknown operator",
        || Form::with(r#"["invalid","$content-type","a"]"#),
        POLICY,
    ),
    (
        "PostObject_invalid_policy_document: number of arguments",
        || Form::with(r#"["eq","$content-type","a","b"]"#),
        POLICY,
    ),
    ("PostObject_invalid_policy_document: type of a field", || Form::with(r#"["eq",false,"a"]"#), POLICY),
    ("PostObject_invalid_policy_document: range", || Form::with(r#"["content-length-range",12,false]"#), POLICY),
    ("PostObject_invalid_policy_document: two properties", || Form::with(r#"{"expires":"a","cache":"b"}"#), POLICY),
    ("PostObject_policy_condition_key_mismatch", || Form::with(r#"["eq","$key","expected-key"]"#), DENIED),
    (
        "PostObject_policy_content_length_too_large",
        || Form::with(r#"["content-length-range",0,5]"#),
        (400, "EntityTooLarge"),
    ),
    (
        "PostObject_policy_content_length_too_small",
        || Form::with(r#"["content-length-range",100,200]"#),
        (400, "EntityTooSmall"),
    ),
];

/// ceph/s3-tests, `s3tests/functional/test_s3.py`, whose forms are signed with Signature Version 2: here with Version 4.
const CEPH_FORMS: [FormCase; 21] = [
    (
        "post_object_authenticated_request",
        || {
            Form::with(r#"["starts-with","$Content-Type","text/plain"],["content-length-range",0,1024]"#)
                .field("Content-Type", "text/plain")
        },
        ACCEPTED,
    ),
    ("post_object_authenticated_no_content_type", Form::new, ACCEPTED),
    (
        "post_object_set_success_code",
        || Form::with(r#"{"success_action_status":"201"}"#).field("success_action_status", "201"),
        (201, ""),
    ),
    (
        "post_object_set_invalid_success_code",
        || Form::with(r#"{"success_action_status":"404"}"#).field("success_action_status", "404"),
        ACCEPTED,
    ),
    ("post_object_set_key_from_filename", || Form::new().key("users/${filename}"), ACCEPTED),
    ("post_object_ignored_header", || Form::new().field("x-ignore-foo", "bar"), ACCEPTED),
    (
        "post_object_case_insensitive_condition_fields",
        || Form::with(r#"["StArTs-WiTh","$CoNtEnT-TyPe","text/plain"]"#).field("CoNtEnT-TyPe", "text/plain"),
        ACCEPTED,
    ),
    ("post_object_escaped_field_values", || Form::new().key(r"users/\$foo.txt"), ACCEPTED),
    (
        "post_object_user_specified_header",
        || Form::with(r#"["starts-with","$x-amz-meta-foo","bar"]"#).field("x-amz-meta-foo", "barclamp"),
        ACCEPTED,
    ),
    (
        "post_object_anonymous_request",
        || Form { changed: vec![("policy", None), ("x-amz-signature", None)], ..Form::new() },
        ARGUMENT,
    ),
    (
        "post_object_authenticated_request_bad_access_key",
        || Form { credentials: Credentials::new("foo", "s").unwrap(), ..Form::new() },
        (403, "InvalidAccessKeyId"),
    ),
    ("post_object_invalid_signature", || Form::new().set("x-amz-signature", "a"), MISMATCH),
    ("post_object_missing_signature", || Form::new().without("x-amz-signature"), ARGUMENT),
    ("post_object_no_key_specified", || Form::new().without("key"), ARGUMENT),
    ("post_object_expired_policy", || Form { expires_in: -1, ..Form::new() }, DENIED),
    (
        "post_object_invalid_request_field_value",
        || Form::with(r#"["eq","$x-amz-meta-foo",""]"#).field("x-amz-meta-foo", "barclamp"),
        DENIED,
    ),
    (
        "post_object_request_missing_policy_specified_field",
        || Form::with(r#"["starts-with","$x-amz-meta-foo","bar"]"#),
        DENIED,
    ),
    (
        "post_object_missing_expires_condition",
        || document(r#"{"conditions":[["starts-with","$key","users/"]]}"#),
        POLICY,
    ),
    ("post_object_missing_conditions_list", || document(r#"{"expiration":"EXP"}"#), POLICY),
    ("post_object_empty_conditions", || document(r#"{"expiration":"EXP","conditions":[{}]}"#), POLICY),
    ("post_object_condition_is_case_sensitive", || document(r#"{"expiration":"EXP","CONDITIONS":[]}"#), POLICY),
];

const CEPH_FORMS_2: [FormCase; 10] = [
    ("post_object_expires_is_case_sensitive", || document(r#"{"EXPIRATION":"EXP","conditions":[]}"#), POLICY),
    (
        "post_object_invalid_date_format",
        || document(r#"{"expiration":"Fri, 27 Nov 2026 10:00:00 GMT","conditions":[]}"#),
        POLICY,
    ),
    (
        "post_object_missing_policy_condition",
        || document(r#"{"expiration":"EXP","conditions":[["starts-with","$key","users/"]]}"#),
        DENIED,
    ),
    (
        "versitygw: PostObject_policy_missing_bucket_condition",
        || Form { document: Some(without_bucket()), ..Form::new() },
        DENIED,
    ),
    ("post_object_wrong_bucket", || Form { target: "/other-bucket".into(), ..Form::new() }, DENIED),
    (
        "post_object_upload_size_limit_exceeded",
        || Form::with(r#"["content-length-range",0,0]"#),
        (400, "EntityTooLarge"),
    ),
    (
        "post_object_upload_size_below_minimum",
        || Form::with(r#"["content-length-range",512,1000]"#),
        (400, "EntityTooSmall"),
    ),
    ("post_object_missing_content_length_argument", || Form::with(r#"["content-length-range",0]"#), POLICY),
    ("post_object_invalid_content_length_argument", || Form::with(r#"["content-length-range",-1,0]"#), POLICY),
    (
        "post_object_success_redirect_action",
        || {
            Form::with(r#"["starts-with","$success_action_redirect","https:"]"#)
                .field("success_action_redirect", "https://example.com/")
        },
        (303, ""),
    ),
];

/// A policy that has all but the bucket.
fn without_bucket() -> String {
    let form = Form::new();
    let value = |name: &str| form.signed().into_iter().find(|(given, _)| given == name).unwrap().1;
    format!(
        r#"{{"expiration":"{}","conditions":[["starts-with","$key",""],{{"x-amz-algorithm":"AWS4-HMAC-SHA256"}},{{"x-amz-credential":"{}"}},["starts-with","$x-amz-date",""]]}}"#,
        seconds_from_now(600),
        value("x-amz-credential"),
    )
}

#[test]
fn forms() {
    let server = Server::start();
    for (name, form, expected) in VERSITYGW_FORMS.into_iter().chain(CEPH_FORMS).chain(CEPH_FORMS_2) {
        check(name, &form().send(&server), expected);
        let stored = server.memory.keys();
        assert_eq!(stored.is_empty(), expected.0 >= 400, "{name}: {stored:?}");
        for (_, key) in stored {
            server.call(&server.presigner(), presign::s3::DeleteObject::new(key), ());
        }
    }
}

#[test]
fn a_file_larger_than_a_chunk() {
    let server = Server::start();
    let file: Vec<u8> = (0_u32..3 << 20).map(|index| u8::try_from(index % 251).unwrap()).collect();
    let form = Form { file: Some(file.clone()), ..Form::with(r#"["content-length-range",0,3145728]"#) };
    check("ceph: post_object_upload_larger_than_chunk", &form.send(&server), ACCEPTED);
    assert_eq!(server.memory.object(BUCKET, "users/a.txt").unwrap().body, file);
    // versitygw ignores what comes after the file, as S3 does. This gateway has to know the size of the file before it sends
    // it to the store, so it refuses the form.
    let end = "\r\n------presign-test-boundary\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n------presign-test-boundary--\r\n";
    let form = Form { end, ..Form::new() };
    check(
        "versitygw: PostObject_should_ignore_anything_after_file",
        &form.send(&server),
        (400, "MalformedPOSTRequest"),
    );
}
