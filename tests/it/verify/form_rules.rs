//! Every rule for forms: forms that break it, with what the verifier and AWS say, and next to them forms that do not.
//!
//! Those of `tests/vectors/verify-requests.jsonl` were signed without the crate; those of `post-policy.jsonl` are of boto3 and
//! the SDK for JavaScript.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use presign::Region;
use presign::sigv4::Service;
use presign::verify::{ReceivedForm, ReceivedPayload, ServedHost, VerifiedForm, Verifier, VerifyError, VerifyPolicy};

use super::arrived::{Arrived, pairs};
use super::server::{Requests, Server, time};
use crate::support::Case;

/// A form as it arrives.
pub struct Form {
    pub request: Arrived,
    pub fields: Vec<(String, String)>,
    pub file_name: String,
}

impl Form {
    fn of(requests: &Requests, name: &str) -> Self {
        let line = requests.line(name);
        let file_name = line["file_name"].as_str().expect("a name").to_owned();
        Self { request: requests.get(name), fields: pairs(&line["fields"]), file_name }
    }

    pub fn received(&self) -> ReceivedForm<'_> {
        let fields = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        ReceivedForm::new(self.request.request()).fields(fields).file_name(&self.file_name)
    }

    fn add(&mut self, name: &str, value: &str) {
        self.fields.push((name.into(), value.into()));
    }

    fn field(&mut self, name: &str) -> &mut String {
        &mut self.fields.iter_mut().find(|(given, _)| given == name).expect("a field").1
    }
}

pub type Change = fn(&mut Server, &mut Form);

pub fn verify(requests: &Requests, name: &str, change: Change) -> Result<VerifiedForm, VerifyError> {
    let mut form = Form::of(requests, name);
    let mut server = Server::for_host(&form.request.authority);
    change(&mut server, &mut form);
    server.verify_form(&form.received())
}

type Expected = Option<(&'static str, u16, &'static str)>;

const AS_IT_IS: Change = |_, _| {};
const ACCEPTED: Expected = None;
const NO_MATCH: Expected = Some(("SignatureDoesNotMatch", 403, "SignatureDoesNotMatch"));
const ARGUMENT: &str = "InvalidArgument";
const DENIED: &str = "AccessDenied";
const DOCUMENT: Expected = Some(("Policy(Malformed", 400, "InvalidPolicyDocument"));
const FAILED: Expected = Some(("Policy(ConditionFailed", 403, DENIED));
const EXTRA: Expected = Some(("Policy(ExtraInputFields", 403, DENIED));

fn rows() -> Vec<(&'static str, Change, Expected)> {
    let missing: Expected = Some(("Policy(MissingField", 400, ARGUMENT));
    let repeated: Expected = Some(("Repeated", 400, ARGUMENT));
    let not_a_form: Expected = Some(("NotAForm", 412, "PreconditionFailed"));
    let several: Expected = Some(("SeveralMechanisms", 400, ARGUMENT));
    let token: Expected = Some(("SessionToken", 400, "InvalidToken"));
    let future: Expected = Some(("NotYetValid", 403, DENIED));
    let host: Expected = Some(("Host", 403, "SignatureDoesNotMatch"));
    let key: Expected = Some(("FormKey", 400, ARGUMENT));
    vec![
        ("f", AS_IT_IS, ACCEPTED),
        ("f/fields", AS_IT_IS, ACCEPTED),
        ("f/policy in lower case", AS_IT_IS, ACCEPTED),
        ("f/bucket field", AS_IT_IS, ACCEPTED),
        ("f/virtual-hosted", AS_IT_IS, ACCEPTED),
        ("f", |_, f| f.request.target.push('/'), ACCEPTED),
        ("f", |_, f| f.fields.reverse(), ACCEPTED),
        // One mechanism.
        ("f", |_, f| f.request.add("authorization", "Bearer x"), several),
        ("f", |_, f| f.request.target.push_str("?X-Amz-Signature=0"), several),
        ("f", |_, f| f.request.target.push_str("?policy"), ACCEPTED),
        // Fields.
        ("f/without key", AS_IT_IS, missing),
        ("f/without Policy", AS_IT_IS, missing),
        ("f/without X-Amz-Algorithm", AS_IT_IS, missing),
        ("f/without X-Amz-Credential", AS_IT_IS, missing),
        ("f/without X-Amz-Date", AS_IT_IS, missing),
        ("f/without X-Amz-Signature", AS_IT_IS, missing),
        ("f", |_, f| f.add("Key", "users/42/b"), repeated),
        ("f", |_, f| f.add("policy", ""), repeated),
        ("f", |_, f| f.add("x-amz-signature", ""), repeated),
        ("f", |_, f| f.add("X-AMZ-CREDENTIAL", ""), repeated),
        ("f", |_, f| f.add("x-amz-date", ""), repeated),
        ("f", |_, f| f.add("x-amz-algorithm", ""), repeated),
        ("f/bucket field", |_, f| f.add("bucket", "user-media"), repeated),
        ("f/large", AS_IT_IS, ACCEPTED),
        (
            "f/large",
            |_, f| f.add("x-ignore-b", &"x".repeat(2_000)),
            Some(("FormTooLarge", 400, "MaxPostPreDataLengthExceeded")),
        ),
        ("f", |_, f| f.file_name = "a".repeat(100_000), Some(("FormTooLarge", 400, "MaxPostPreDataLengthExceeded"))),
        // The claim.
        ("f/algorithm", AS_IT_IS, Some(("Algorithm", 400, ARGUMENT))),
        ("f/credential", AS_IT_IS, Some(("Credential", 400, ARGUMENT))),
        ("f/scope date", AS_IT_IS, Some(("ScopeDate", 400, ARGUMENT))),
        ("f/region", AS_IT_IS, Some(("Region", 400, ARGUMENT))),
        ("f/service", AS_IT_IS, Some(("Service", 400, ARGUMENT))),
        ("f/time", AS_IT_IS, Some(("Date", 400, ARGUMENT))),
        ("f/old", AS_IT_IS, ACCEPTED),
        ("f/near future", AS_IT_IS, ACCEPTED),
        ("f/future", AS_IT_IS, future),
        // The signature.
        ("f", |_, f| *f.field("X-Amz-Signature") = "0".repeat(64), NO_MATCH),
        ("f", |_, f| *f.field("X-Amz-Signature") = f.field("X-Amz-Signature").to_uppercase(), NO_MATCH),
        ("f", |_, f| f.field("X-Amz-Signature").push(' '), NO_MATCH),
        ("f", |_, f| f.field("Policy").push('\n'), NO_MATCH),
        ("f", |_, f| f.field("Policy").push_str("IA=="), NO_MATCH),
        ("f/other secret", AS_IT_IS, NO_MATCH),
        ("f/unknown id", AS_IT_IS, Some(("UnknownAccessKey", 403, "InvalidAccessKeyId"))),
        ("f/of nobody", AS_IT_IS, Some(("UnknownAccessKey", 403, "InvalidAccessKeyId"))),
        // The session token.
        ("f/token", |s, _| s.use_token(), ACCEPTED),
        ("f/token", AS_IT_IS, token),
        ("f", |s, _| s.use_token(), token),
        ("f/token of another", |s, _| s.use_token(), token),
        // The policy.
        ("f/not base64", AS_IT_IS, DOCUMENT),
        ("f/JSON instead of base64", AS_IT_IS, DOCUMENT),
        ("f/no base64", AS_IT_IS, DOCUMENT),
        ("f/no JSON", AS_IT_IS, DOCUMENT),
        ("f/no expiration", AS_IT_IS, DOCUMENT),
        ("f/no conditions", AS_IT_IS, DOCUMENT),
        ("f/unknown operator", AS_IT_IS, DOCUMENT),
        ("f/expired", AS_IT_IS, Some(("Policy(Expired", 403, DENIED))),
        ("f/last second", AS_IT_IS, ACCEPTED),
        ("f/last second", |s, _| s.now = time("20240315T081531Z"), Some(("Policy(Expired", 403, DENIED))),
        ("f/condition without a field", AS_IT_IS, FAILED),
        ("f/condition that fails", AS_IT_IS, FAILED),
        ("f/prefix that fails", AS_IT_IS, FAILED),
        ("f/prefix of the key", AS_IT_IS, FAILED),
        // The key is checked with the name of the file in it, and without the directory.
        ("f/prefix of the key by the name", AS_IT_IS, FAILED),
        ("f", |_, f| f.file_name = "../../43/b".into(), ACCEPTED),
        ("f/fields", |_, f| *f.field("acl") = "public-read".into(), FAILED),
        ("f/fields", |_, f| *f.field("Content-Type") = "text/html".into(), FAILED),
        ("f/fields", |_, f| f.fields.retain(|(name, _)| name != "acl"), FAILED),
        ("f/fields", |_, f| f.add("acl", "private"), FAILED),
        ("f/fields twice", AS_IT_IS, ACCEPTED),
        ("f/extra field", AS_IT_IS, EXTRA),
        ("f", |_, f| f.add("acl", "public-read"), EXTRA),
        ("f", |_, f| f.add("x-amz-meta-a", "1"), EXTRA),
        ("f", |_, f| f.add("x-amz-security-token", "1"), token),
        ("f", |_, f| f.add("x-ignore-a", "1"), ACCEPTED),
        ("f", |_, f| f.add("X-Ignore-", "1"), ACCEPTED),
        ("f/no condition for the bucket", AS_IT_IS, EXTRA),
        ("f/no condition for the credential", AS_IT_IS, EXTRA),
        ("f/signature with a condition", AS_IT_IS, ACCEPTED),
        ("f/size twice", AS_IT_IS, ACCEPTED),
        // The bucket of the URL counts.
        ("f", |_, f| f.request.target = "/other".into(), FAILED),
        ("f/other bucket in the policy", AS_IT_IS, FAILED),
        ("f/other bucket in the policy", |_, f| f.request.target = "/other".into(), ACCEPTED),
        ("f", |_, f| f.add("bucket", "other"), Some(("FormBucket", 403, DENIED))),
        ("f/other bucket in the policy", |_, f| f.add("bucket", "other"), Some(("FormBucket", 403, DENIED))),
        (
            "f",
            |s, f| {
                s.set(|policy| policy.host(ServedHost::of_bucket("media.example.com", "user-media").expect("a host")));
                f.request.target = "/".into();
                f.request.authority = "media.example.com".into();
            },
            ACCEPTED,
        ),
        (
            "f",
            |s, f| {
                s.set(|policy| policy.host(ServedHost::of_bucket("media.example.com", "other").expect("a host")));
                f.request.target = "/".into();
                f.request.authority = "media.example.com".into();
            },
            FAILED,
        ),
        ("f", |_, f| f.request.authority = "evil.example.com".into(), host),
        ("f", |_, f| f.request.add("host", "evil.example.com"), host),
        // The key.
        ("f/empty key", AS_IT_IS, key),
        ("f/long key", AS_IT_IS, ACCEPTED),
        ("f/too long key", AS_IT_IS, key),
        // The request.
        ("f", |_, f| f.request.method = "PUT".into(), not_a_form),
        ("f", |_, f| f.request.set("content-type", "application/x-www-form-urlencoded"), not_a_form),
        ("f", |_, f| f.request.set("content-type", "Multipart/Form-Data; boundary=y"), ACCEPTED),
        ("f", |_, f| f.request.target = "/user-media/key".into(), not_a_form),
        ("f", |_, f| f.request.target = "/".into(), not_a_form),
        ("f/virtual-hosted", |_, f| f.request.target = "/key".into(), not_a_form),
        ("f", |_, f| f.request.add("x-amz-acl", "public-read"), Some(("HeadersNotSigned", 403, DENIED))),
        ("f", |_, f| f.request.add("origin", "https://example.com"), ACCEPTED),
    ]
}

#[test]
fn every_rule_has_its_rows() {
    let requests = Requests::load();
    let rows = rows();
    let mut failures = String::new();
    for (number, (name, change, expected)) in rows.iter().enumerate() {
        let found = verify(&requests, name, *change);
        let is_right = match (&found, expected) {
            (Ok(_), None) => true,
            (Err(error), Some((variant, status, code))) => {
                let response = error.response();
                format!("{error:?}").starts_with(variant) && (response.status(), response.code()) == (*status, *code)
            }
            _ => false,
        };
        if !is_right {
            let found = found.map(|_| ()).map_err(|error| (format!("{error:?}"), error.response()));
            writeln!(failures, "row {number}, {name}: {found:?}, not {expected:?}").expect("written");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    let used: BTreeSet<_> = rows.iter().map(|(name, ..)| *name).collect();
    let unused: Vec<_> = requests.names().filter(|name| name.starts_with('f') && !used.contains(name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn the_size_of_the_file_is_counted() {
    let requests = Requests::load();
    for (name, size, expected) in [
        ("f", 0, None),
        ("f", 10_000_000, None),
        ("f/fields", 1, None),
        ("f/fields", 1_000, None),
        ("f/fields", 0, Some((400, "EntityTooSmall"))),
        ("f/fields", 1_001, Some((400, "EntityTooLarge"))),
        ("f/size twice", 10, None),
        ("f/size twice", 1_000, None),
        ("f/size twice", 9, Some((400, "EntityTooSmall"))),
        ("f/size twice", 1_001, Some((400, "EntityTooLarge"))),
    ] {
        let form = verify(&requests, name, AS_IT_IS).expect("accepted");
        let mut check = form.size_check();
        let counted = (0..size).step_by(300).try_for_each(|start| check.add((size - start).min(300)));
        let found = counted.and_then(|()| check.finish()).map_err(|error| error.response());
        assert_eq!(
            found.err().map(|response| (response.status(), response.code().to_owned())),
            expected.map(|(status, code): (u16, &str)| (status, code.to_owned())),
            "{name} {size}"
        );
    }
    assert_eq!(verify(&requests, "f/size twice", AS_IT_IS).expect("accepted").content_length_range(), Some(10..=1_000));
    assert_eq!(verify(&requests, "f", AS_IT_IS).expect("accepted").content_length_range(), None);
}

/// The forms of boto3 and of the SDK for JavaScript verify, and do not with another key or another signature.
#[test]
fn forms_of_the_sdks_verify() {
    let mut count = 0;
    for case in Case::load("post-policy.jsonl") {
        let credentials = case.credentials().expect("credentials");
        let url = case.expected("url").expect("a URL").split_once("://").expect("a scheme").1.to_owned();
        let (authority, path) = url.split_once('/').unwrap_or((&url, ""));
        let is_path_style = !path.is_empty();
        let host = if is_path_style {
            ServedHost::new(authority)
        } else {
            ServedHost::of_bucket(authority, case.input("bucket"))
        };
        let region = Region::new(case.input("region")).expect("a region");
        let service = Service::new(case.input("service")).expect("a service");
        let verifier = Verifier::new(VerifyPolicy::new(region, service, host.expect("a host")));
        let fields = case.expected_json("fields").as_object().expect("fields");
        let mut fields: Vec<(String, String)> =
            fields.iter().map(|(name, value)| (name.clone(), value.as_str().expect("a text").to_owned())).collect();
        let verify = |fields: &[(String, String)]| {
            let request = Arrived {
                method: "POST".into(),
                target: format!("/{path}"),
                authority: authority.into(),
                headers: vec![("content-type".into(), "multipart/form-data; boundary=x".into())],
                payload: ReceivedPayload::default(),
            };
            let form = Form { request, fields: fields.to_vec(), file_name: "a b.png".into() };
            let find = |id: &str| (id == credentials.access_key_id()).then(|| credentials.clone());
            verifier.verify_form_at(&form.received(), find, case.now().expect("a time"))
        };
        let verified = verify(&fields);
        let verified = match verified {
            Err(VerifyError::Policy(error)) => {
                // boto3 sends no field for a condition that the caller gave without one.
                assert!(error.to_string().contains("Condition failed"), "{}: {error}", case.name());
                continue;
            }
            other => other.unwrap_or_else(|error| panic!("{}: {error}", case.name())),
        };
        count += 1;
        assert_eq!(verified.access_key_id(), credentials.access_key_id(), "{}", case.name());
        assert_eq!(verified.bucket(), case.input("bucket"), "{}", case.name());
        assert_eq!(verified.key(), case.input("key").replace("${filename}", "a b.png"), "{}", case.name());
        let (_, signature) =
            fields.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("x-amz-signature")).expect("a signature");
        let digit = if signature.starts_with('0') { "1" } else { "0" };
        signature.replace_range(..1, digit);
        assert_eq!(verify(&fields).map(|_| ()), Err(VerifyError::SignatureDoesNotMatch), "{}", case.name());
    }
    assert!(count >= 20, "{count}");
}
