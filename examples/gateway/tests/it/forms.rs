//! Forms: what the policy says holds, whatever the form says.

use presign::Credentials;
use presign::s3::{AddressingStyle, PostPolicy};
use ureq::http::Request;

use crate::form::{END, Form};
use crate::server::{Answer, BUCKET, MINUTE, Server, alice, temporary};

const DENIED: (u16, &str) = (403, "AccessDenied");
const ARGUMENT: (u16, &str) = (400, "InvalidArgument");

/// Asserts that a form is refused and nothing is stored.
#[track_caller]
fn refused(server: &Server, form: &Form, expected: (u16, &str)) -> Answer {
    let answer = form.send(server);
    assert_eq!(answer.refusal(), expected, "{}", String::from_utf8_lossy(answer.body()));
    assert!(server.memory.keys().is_empty());
    answer
}

/// Asserts that a form is accepted, and returns what was stored.
#[track_caller]
fn accepted(server: &Server, form: &Form, key: &str) -> embedded_store::Object {
    let answer = form.send(server);
    assert_eq!(answer.status(), 204, "{}", String::from_utf8_lossy(answer.body()));
    let object = server.memory.object(BUCKET, key).unwrap_or_else(|| panic!("{:?}", server.memory.keys()));
    server.call(&server.presigner(), presign::s3::DeleteObject::new(key), ());
    object
}

#[test]
fn a_form_becomes_an_object() {
    let server = Server::start();
    assert_eq!(accepted(&server, &Form::new(), "users/a.txt").body, b"the file");
    let conditions = r#"["starts-with","$Content-Type","image/"],{"x-amz-meta-owner":"42"},{"acl":"private"}"#;
    let form = Form::with(conditions).field("Content-Type", "image/png").field("x-amz-meta-owner", "42");
    let object = accepted(&server, &form.field("acl", "private"), "users/a.txt");
    assert_eq!((object.content_type.as_deref(), &*object.metadata["owner"]), (Some("image/png"), "42"));
    let form = Form::new().key("users/${filename}");
    accepted(&server, &Form { file_name: "b \u{e4}.txt", ..form }, "users/b \u{e4}.txt");
    // Fields that need no condition, and none of which becomes a header.
    accepted(&server, &Form::new().field("x-ignore-note", "any"), "users/a.txt");
}

#[test]
fn forms_of_the_crate_in_both_styles() {
    let server = Server::start();
    let policy = PostPolicy::with_key_prefix("users/42/")
        .content_type_starts_with("image/", "image/png")
        .content_length_range(1..=40)
        .metadata("uploaded-by", "42");
    for style in [AddressingStyle::Path, AddressingStyle::VirtualHosted] {
        let post = server.presigner_in(style).presign_post(&policy, MINUTE).unwrap();
        let body = post.multipart_body("a.png", "image/png", b"picture").unwrap();
        let request = Request::post(post.url()).header("content-type", body.content_type());
        assert_eq!(server.send(request.body(body.into_bytes()).unwrap()).status(), 204);
        assert_eq!(server.memory.object(BUCKET, "users/42/a.png").unwrap().body, b"picture");
    }
}

#[test]
fn fields_against_the_policy() {
    let server = Server::start();
    let denied = |form: &Form| refused(&server, form, DENIED);
    denied(&Form::new().key("other/a.txt"));
    denied(&Form::new().key("Users/a.txt"));
    denied(&Form::new().field("acl", "public-read"));
    denied(&Form::new().field("x-amz-server-side-encryption", "AES256"));
    denied(&Form::new().field("X-Amz-Storage-Class", "GLACIER"));
    denied(&Form::with(r#"{"content-type":"image/png"}"#).field("content-type", "text/html"));
    denied(&Form::with(r#"{"content-type":"image/png"}"#));
    denied(&Form::with(r#"["eq","$x-amz-meta-a","b"]"#).field("x-amz-meta-a", ""));
    // A copy, in a policy that permits it, does not upload this file.
    let copy = Form::with(r#"["starts-with","$x-amz-copy-source",""]"#);
    denied(&copy.field("x-amz-copy-source", "/round-trip/secret"));
    // A field of which this gateway does not know what it means.
    let tagging = Form::with(r#"["starts-with","$tagging",""]"#).field("tagging", "<Tagging/>");
    refused(&server, &tagging, (501, "NotImplemented"));
}

/// `LocalStack` skipped the size limits of a form whose field was `Policy`, as the SDK for JavaScript writes it.
#[test]
fn names_in_another_case() {
    let server = Server::start();
    let upper = |form: Form| {
        let policy = form.signed().into_iter().find(|(name, _)| name == "policy").unwrap().1;
        form.without("policy").add("Policy", &policy)
    };
    accepted(&server, &upper(Form::with(r#"["content-length-range",1,8]"#)), "users/a.txt");
    let range = Form::with(r#"["content-length-range",1,7]"#);
    refused(&server, &upper(range), (400, "EntityTooLarge"));
    let form = Form::new();
    let signature = form.signed().pop().unwrap().1;
    accepted(&server, &form.without("x-amz-signature").add("X-Amz-Signature", &signature), "users/a.txt");
    // Conditions and fields.
    let form = Form::with(r#"["StArTs-WiTh","$CoNtEnT-tYpE","text/"]"#).field("content-TYPE", "text/plain");
    accepted(&server, &form, "users/a.txt");
}

#[test]
fn fields_that_are_there_twice() {
    let server = Server::start();
    for (name, value) in Form::new().signed() {
        for name in [name.clone(), name.to_uppercase()] {
            let name: &'static str = name.leak();
            refused(&server, &Form::new().add(name, &value), ARGUMENT);
            refused(&server, &Form::new().add(name, "other"), ARGUMENT);
        }
    }
    // One before the other.
    let mut form = Form::new();
    form.fields.insert(0, ("key".into(), "other/b.txt".into()));
    refused(&server, &form, ARGUMENT);
    // The values of another field are one value, as at S3, which is what is checked and what is forwarded.
    let form = |condition: &str| Form::with(condition).field("x-amz-meta-a", "b").field("X-Amz-Meta-A", "c");
    refused(&server, &form(r#"{"x-amz-meta-a":"b"}"#), DENIED);
    refused(&server, &form(r#"{"x-amz-meta-a":"c"}"#), DENIED);
    assert_eq!(accepted(&server, &form(r#"{"x-amz-meta-a":"b,c"}"#), "users/a.txt").metadata["a"], "b,c");
}

#[test]
fn sizes() {
    let server = Server::start();
    let form = |range: &str| Form::with(&format!(r#"["content-length-range",{range}]"#));
    for range in ["0,8", "8,8", "1,9", "8,5368709120"] {
        accepted(&server, &form(range), "users/a.txt");
    }
    let large = refused(&server, &form("0,7"), (400, "EntityTooLarge"));
    assert_eq!(large.element("MaxSizeAllowed"), Some("7"));
    let small = refused(&server, &form("9,20"), (400, "EntityTooSmall"));
    assert_eq!((small.element("ProposedSize"), small.element("MinSizeAllowed")), (Some("8"), Some("9")));
    // An empty file, which the client of the store does not read.
    let empty = |range: &str| Form { file: Some(Vec::new()), ..form(range) };
    let small = refused(&server, &empty("1,8"), (400, "EntityTooSmall"));
    assert_eq!(small.element("ProposedSize"), Some("0"));
    assert_eq!(accepted(&server, &empty("0,8"), "users/a.txt").body, b"");
    // Each of two ranges counts.
    refused(&server, &form(r#"0,100],["content-length-range",0,7"#), (400, "EntityTooLarge"));
    // Pieces of a file that is not in memory as a whole, and a small limit.
    let large = Form { file: Some(vec![7; 3 << 20]), ..form("0,1048576") };
    let answer = large.send(&server);
    assert_eq!(answer.refusal().1, "EntityTooLarge");
    assert!(server.memory.keys().is_empty());
    let fits = Form { file: Some(vec![7; 3 << 20]), ..form("0,3145728") };
    assert_eq!(accepted(&server, &fits, "users/a.txt").body, vec![7; 3 << 20]);
}

#[test]
fn times() {
    let server = Server::start();
    let expired = refused(&server, &Form { expires_in: -1, signed_in: -60, ..Form::new() }, DENIED);
    assert_eq!(expired.element("Message"), Some("Invalid according to Policy: Policy expired."));
    // A form has an end of its own: it may have been signed long ago, but not in the future.
    accepted(&server, &Form { signed_in: -86_400 * 3, ..Form::new() }, "users/a.txt");
    accepted(&server, &Form { signed_in: 800, ..Form::new() }, "users/a.txt");
    refused(&server, &Form { signed_in: 1_000, ..Form::new() }, DENIED);
}

#[test]
fn keys_and_signatures() {
    let server = Server::start();
    let mismatch = (403, "SignatureDoesNotMatch");
    let with = |id: &str, secret: &str| Form { credentials: Credentials::new(id, secret).unwrap(), ..Form::new() };
    refused(&server, &with("GATEWAYCLIENT", "secret/of/alice"), mismatch);
    refused(&server, &with("GATEWAYNOBODY", "secret"), (403, "InvalidAccessKeyId"));
    refused(&server, &Form::new().set("x-amz-signature", &"0".repeat(64)), mismatch);
    refused(&server, &Form::new().set("x-amz-signature", ""), mismatch);
    let wider = Form { expires_in: 86_400, ..Form::new() }.signed();
    let policy = &wider.iter().find(|(name, _)| name == "policy").unwrap().1;
    refused(&server, &Form::new().set("policy", policy), mismatch);
    // A session token.
    let token = r#"{"x-amz-security-token":"IQoJb3JpZ2luX2Vj/+=="}"#;
    let form = |conditions: &str| Form { credentials: temporary(), ..Form::with(conditions) };
    accepted(&server, &form(token).field("x-amz-security-token", "IQoJb3JpZ2luX2Vj/+=="), "users/a.txt");
    refused(&server, &form(token).field("x-amz-security-token", "IQoJ"), (400, "InvalidToken"));
    refused(&server, &form(token), (400, "InvalidToken"));
    refused(&server, &Form::with(token).field("x-amz-security-token", "IQoJb3JpZ2luX2Vj/+=="), (400, "InvalidToken"));
}

#[test]
fn prefixes_and_buckets() {
    let server = Server::start();
    let form = || Form { credentials: alice(), ..Form::new() };
    accepted(&server, &form().key("users/alice/a.txt"), "users/alice/a.txt");
    // Her policy permits it, and her key does not.
    refused(&server, &form(), DENIED);
    refused(&server, &form().key("users/alice2/a.txt"), DENIED);
    // Of a path, S3 takes the last part.
    let path = Form { file_name: "../bob/a.txt", ..form().key("users/alice/${filename}") };
    accepted(&server, &path, "users/alice/a.txt");
    refused(&server, &Form { file_name: "..", ..form().key("users/alice/${filename}") }, DENIED);
    // Another bucket: in the URL, in a field, and in both.
    refused(&server, &Form { target: "/other-bucket".into(), ..Form::new() }, DENIED);
    refused(&server, &Form::new().add("bucket", "other-bucket"), DENIED);
    refused(&server, &Form { target: "/other-bucket".into(), ..Form::new().add("bucket", "other-bucket") }, DENIED);
    refused(&server, &Form { target: "/other-bucket".into(), ..Form::new().add("bucket", BUCKET) }, DENIED);
    accepted(&server, &Form::new().add("bucket", BUCKET), "users/a.txt");
    accepted(&server, &Form { target: format!("/{BUCKET}/"), ..Form::new() }, "users/a.txt");
    refused(&server, &Form { target: format!("/{BUCKET}/users/a.txt"), ..Form::new() }, (412, "PreconditionFailed"));
    refused(&server, &Form { target: "/".into(), ..Form::new() }, (412, "PreconditionFailed"));
}

#[test]
fn a_form_has_no_other_signature() {
    let server = Server::start();
    let presigned = server.presigner().presign(presign::s3::PutObject::new("a.txt"), MINUTE).unwrap();
    let (_, query) = presigned.url().split_once('?').unwrap();
    refused(&server, &Form { target: format!("/{BUCKET}?{query}"), ..Form::new() }, ARGUMENT);
    refused(&server, &Form { target: format!("/{BUCKET}?X-Amz-Signature=0"), ..Form::new() }, ARGUMENT);
    for value in ["Bearer x", "AWS a:b"] {
        let mut form = Form::new();
        form.headers.push(("authorization", value.into()));
        refused(&server, &form, ARGUMENT);
    }
    // Headers of a form are not signed.
    for name in ["x-amz-copy-source", "x-amz-acl", "x-amz-meta-a"] {
        let mut form = Form::new();
        form.headers.push((name, "/round-trip/secret".into()));
        let answer = refused(&server, &form, DENIED);
        assert_eq!(answer.element("HeadersNotSigned"), Some(name));
    }
    // Another query is none of the form's.
    accepted(&server, &Form { target: format!("/{BUCKET}?utm_source=mail"), ..Form::new() }, "users/a.txt");
}

#[test]
fn bodies_that_are_no_forms() {
    let server = Server::start();
    let malformed = (400, "MalformedPOSTRequest");
    let typed = |content_type: &str| Form { headers: vec![("content-type", content_type.into())], ..Form::new() };
    refused(&server, &typed("multipart/form-data"), malformed);
    refused(&server, &typed("multipart/form-data; boundary="), malformed);
    refused(&server, &typed("multipart/form-data; boundary=another"), malformed);
    refused(&server, &typed("application/json"), (412, "PreconditionFailed"));
    refused(&server, &typed("application/x-www-form-urlencoded"), (412, "PreconditionFailed"));
    refused(&server, &Form { file: None, ..Form::new() }, ARGUMENT);
    // The file has to be the last field, and the form has to end.
    for end in [
        "\r\n------presign-test-boundary\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nUpload\r\n------presign-test-boundary--\r\n",
        "\r\n------presign-test-boundary--\r\nmore",
        "\r\n------presign-test-boundary--",
        "\r\n------presign-test-boundary",
        "",
    ] {
        refused(&server, &Form { end, ..Form::new() }, malformed);
    }
    // Fields of more than 20 KB, and a head of more than the gateway reads.
    let large = Form::with(r#"["starts-with","$x-amz-meta-a",""]"#);
    refused(&server, &large.field("x-amz-meta-a", &"a".repeat(20_480)), (400, "MaxPostPreDataLengthExceeded"));
    refused(&server, &Form::new().field("x-ignore-a", &"a".repeat(1 << 20)), malformed);
    // Almost the boundary, in the file.
    let file = b"\r\n------presign-test-boundar\r\n--\r\n-\r\n------presign-test".to_vec();
    assert_eq!(
        accepted(&server, &Form { file: Some(file.clone()), end: END, ..Form::new() }, "users/a.txt").body,
        file
    );
    assert!(accepted(&server, &Form { file: Some(Vec::new()), ..Form::new() }, "users/a.txt").body.is_empty());
}

#[test]
fn the_response_that_the_form_asks_for() {
    let server = Server::start();
    let status = |condition: &str, name: &str, value: &str| {
        let answer = Form::with(condition).field(name, value).send(&server);
        (answer.status(), answer.header("location").map(str::to_owned))
    };
    let any = r#"["starts-with","$success_action_status",""]"#;
    for (value, expected) in [("200", 200), ("201", 201), ("204", 204), ("404", 204), ("", 204)] {
        assert_eq!(status(any, "success_action_status", value).0, expected, "{value}");
    }
    let any = r#"["starts-with","$success_action_redirect",""]"#;
    let (code, location) = status(any, "success_action_redirect", "https://app.example.com/done?a=b");
    assert_eq!(code, 303);
    let location = location.unwrap();
    assert!(
        location.starts_with("https://app.example.com/done?a=b&bucket=round-trip&key=users%2Fa.txt&etag="),
        "{location}"
    );
    assert_eq!(status(any, "success_action_redirect", "no URL"), (204, None));
}
