//! A form is good for what its policy says, until it expires.
//!
//! What s3s does not do as S3 does is in `what_this_store_does_not_check`.

use presign::s3::{AddressingStyle, MultipartBody, PostPolicy, PostPolicyDocument, PresignedPost};
use presign::{Credentials, Timestamp};
use ureq::http::Request;

use crate::server::{Answer, BUCKET, MINUTE, Server, credentials};

/// Names and values.
type Form = Vec<(String, String)>;

const FILE: &[u8] = b"not more than 40 bytes of a picture";

fn policy() -> PostPolicy<'static> {
    PostPolicy::with_key_prefix("users/42/")
        .content_type_starts_with("image/", "image/png")
        .content_length_range(10..=40)
        .metadata("uploaded-by", "42 \"Grüße\"")
}

/// The form that a browser would send: it replaces `${filename}`, because this store does not.
fn form(post: &PresignedPost) -> Form {
    post.fields().map(|(name, value)| (name.to_owned(), value.replace("${filename}", "a.png"))).collect()
}

fn send(server: &Server, url: &str, form: &[(String, String)], file: &[u8]) -> Answer {
    let fields = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let body = MultipartBody::new(fields, "a.png", "image/png", file).unwrap();
    let request = Request::post(url).header("content-type", body.content_type());
    server.send(request.body(body.into_bytes()).unwrap())
}

/// What the crate says about the form without a store, which does not look at signatures.
fn is_within_policy(form: &mut Form, file: &[u8]) -> bool {
    let document = PostPolicyDocument::parse(field(form, "policy")).unwrap();
    let fields = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let size = u64::try_from(file.len()).unwrap();
    document.evaluate(fields, "a.png", size, Timestamp::now().unwrap()).is_ok()
}

/// The value of a field, whatever the case of its name.
fn field<'f>(form: &'f mut [(String, String)], wanted: &str) -> &'f mut String {
    &mut form.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).unwrap().1
}

#[test]
fn a_form_is_accepted_in_both_styles() {
    let server = Server::start();
    for style in [AddressingStyle::Path, AddressingStyle::VirtualHosted] {
        let post = server.presigner_in(style).presign_post(&policy(), MINUTE).unwrap();
        let answer = send(&server, post.url(), &form(&post), FILE);
        assert!((200..300).contains(&answer.status()), "{style:?}: {answer:?}");
        assert!(is_within_policy(&mut form(&post), FILE));
        assert_eq!(server.memory.object(BUCKET, "users/42/a.png").unwrap().body, FILE);
    }
    let object = server.memory.object(BUCKET, "users/42/a.png").unwrap();
    assert_eq!(object.content_type.as_deref(), Some("image/png"));
}

#[test]
fn hostile_keys_and_the_body_of_the_crate() {
    let server = Server::start();
    for key in ["\"]],\"expiration\":\"2099-01-01T00:00:00Z\",\"conditions\":[[\"", "a\\b $x ${y}", "日本 🎉.txt"] {
        let post = server.presigner().presign_post(&PostPolicy::new(key), MINUTE).unwrap();
        let body = post.multipart_body("a \"b\".txt", "text/plain", FILE).unwrap();
        let request = Request::post(post.url()).header("content-type", body.content_type());
        let answer = server.send(request.body(body.into_bytes()).unwrap());
        assert!((200..300).contains(&answer.status()), "{key}: {answer:?}");
        assert_eq!(server.memory.object(BUCKET, key).unwrap().body, FILE);
    }
}

#[test]
fn temporary_credentials_send_their_token() {
    let server = Server::start();
    let temporary = credentials().with_session_token("IQoJb3JpZ2luX2Vj/+==").unwrap();
    let post = server.presigner().with_credentials(temporary).presign_post(&policy(), MINUTE).unwrap();
    let mut form = form(&post);
    assert!((200..300).contains(&send(&server, post.url(), &form, FILE).status()));
    field(&mut form, "x-amz-security-token").push('=');
    assert_eq!(send(&server, post.url(), &form, FILE).refusal(), (400, "InvalidPolicyDocument"));
}

#[test]
fn what_the_policy_does_not_allow_is_refused() {
    let server = Server::start();
    let post = server.presigner().presign_post(&policy(), MINUTE).unwrap();
    let refused = |change: &dyn Fn(&mut Form), file: &[u8]| {
        let mut form = form(&post);
        change(&mut form);
        let answer = send(&server, post.url(), &form, file);
        let (status, code) = answer.refusal();
        assert_eq!(is_within_policy(&mut form, file), code == "SignatureDoesNotMatch");
        (status, code.to_owned())
    };
    let because = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(refused(&|_| (), &[0; 41]), because(400, "EntityTooLarge"));
    assert_eq!(refused(&|_| (), &[0; 9]), because(400, "EntityTooSmall"));
    for (name, value) in [
        ("key", "users/43/a.png"),
        ("content-type", "text/html"),
        ("x-amz-meta-uploaded-by", "43"),
        ("bucket", "another-bucket"),
        ("x-amz-date", "20240315T081530Z"),
        ("x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20240315/us-east-1/s3/aws4_request"),
    ] {
        let change = |form: &mut Form| value.clone_into(field(form, name));
        assert_eq!(refused(&change, FILE), because(400, "InvalidPolicyDocument"), "{name}");
    }
    let missing = |form: &mut Form| form.retain(|(name, _)| name != "x-amz-meta-uploaded-by");
    assert_eq!(refused(&missing, FILE), because(400, "InvalidPolicyDocument"));
    let extra = |form: &mut Form| form.push(("acl".into(), "public-read".into()));
    assert_eq!(refused(&extra, FILE), because(403, "AccessDenied"));
    // The policy of a form with other limits is not the one that was signed.
    let wider = server.presigner().presign_post(&policy().content_length_range(0..=4_000), MINUTE).unwrap();
    let (mut wider, mine) = (form(&wider), form(&post));
    *field(&mut wider, "x-amz-date") = field(&mut mine.clone(), "x-amz-date").clone();
    let tampered = |form: &mut Form| *field(form, "policy") = field(&mut wider.clone(), "policy").clone();
    assert_eq!(refused(&tampered, FILE), because(403, "SignatureDoesNotMatch"));
    let signature = |form: &mut Form| *field(form, "x-amz-signature") = "0".repeat(64);
    assert_eq!(refused(&signature, FILE), because(403, "SignatureDoesNotMatch"));
    assert!(server.memory.keys().is_empty());
}

#[test]
fn an_expired_form_and_another_secret_are_refused() {
    let server = Server::start();
    let two_minutes_ago = Timestamp::from_unix_seconds(Timestamp::now().unwrap().unix_seconds() - 120).unwrap();
    let expired = server.presigner().presign_post_at(&policy(), MINUTE, two_minutes_ago).unwrap();
    assert_eq!(send(&server, expired.url(), &form(&expired), FILE).refusal(), (403, "AccessDenied"));
    let alive = server.presigner().presign_post_at(&policy(), 60 * MINUTE, two_minutes_ago).unwrap();
    assert!((200..300).contains(&send(&server, alive.url(), &form(&alive), FILE).status()));
    let wrong = Credentials::new(embedded_store::EmbeddedStore::ACCESS_KEY_ID, "wJalrXUtnFEMI").unwrap();
    let forged = server.presigner().with_credentials(wrong).presign_post(&policy(), MINUTE).unwrap();
    assert_eq!(send(&server, forged.url(), &form(&forged), FILE).refusal(), (403, "SignatureDoesNotMatch"));
}

/// | what | S3 | this store |
/// |---|---|---|
/// | `${filename}` in the key | the name of the file | as it is |
/// | a field `x-amz-server-side-encryption` without a condition | refused | accepted |
/// | a form that is 16 minutes old, and lives for an hour | accepted | refused |
#[test]
fn what_this_store_does_not_check() {
    let server = Server::start();
    let post = server.presigner().presign_post(&policy(), MINUTE).unwrap();
    let literal: Vec<_> = post.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    assert!((200..300).contains(&send(&server, post.url(), &literal, FILE).status()));
    assert!(server.memory.object(BUCKET, "users/42/${filename}").is_some());

    let mut encrypted = form(&post);
    encrypted.push(("x-amz-server-side-encryption".into(), "AES256".into()));
    assert!((200..300).contains(&send(&server, post.url(), &encrypted, FILE).status()));

    let earlier = Timestamp::from_unix_seconds(Timestamp::now().unwrap().unix_seconds() - 960).unwrap();
    let old = server.presigner().presign_post_at(&policy(), 60 * MINUTE, earlier).unwrap();
    assert_eq!(send(&server, old.url(), &form(&old), FILE).refusal(), (403, "RequestTimeTooSkewed"));
}
