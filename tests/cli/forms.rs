//! `presign post`.

use std::collections::BTreeMap;
use std::time::Duration;

use presign::s3::{PostPolicy, PostPolicyDocument, PostPolicyError};
use serde_json::Value;

use crate::support::{AT, END, KEYS, at, library, presign, run};

const FIFTEEN_MINUTES: Duration = Duration::from_secs(900);

/// The form of a command, and its policy.
fn form(arguments: &str) -> (BTreeMap<String, String>, PostPolicyDocument) {
    let stdout = presign(&format!("post {arguments} --at {AT}")).ok();
    let form: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(form["method"], "POST");
    assert_eq!(form["url"], "https://user-media.s3.eu-west-1.amazonaws.com/");
    assert_eq!(form["headers"], Value::Object(serde_json::Map::new()));
    assert_eq!(form["expires_at"], END);
    let fields: BTreeMap<String, String> = serde_json::from_value(form["fields"].clone()).unwrap();
    let document = PostPolicyDocument::parse(&fields["Policy"]).unwrap();
    (fields, document)
}

/// What a store would say to it.
fn judge(arguments: &str, file_name: &str, file_size: u64) -> Result<(), PostPolicyError> {
    let (fields, document) = form(arguments);
    let fields = fields.iter().map(|(name, value)| (&**name, &**value));
    document.evaluate(fields, file_name, file_size, at())
}

#[test]
fn a_store_takes_what_the_form_allows() {
    let object = "s3://user-media/users/42/a.png --content-type image/png --min-size 2 --max-size 5MB";
    assert_eq!(judge(object, "x.png", 5_000_000), Ok(()));
    let large = judge(object, "x.png", 5_000_001).unwrap_err();
    assert!(
        matches!(large, PostPolicyError::EntityTooLarge { proposed_size: 5_000_001, max_size_allowed: 5_000_000, .. }),
        "{large:?}"
    );
    let small = judge(object, "x.png", 1).unwrap_err();
    assert!(
        matches!(small, PostPolicyError::EntityTooSmall { proposed_size: 1, min_size_allowed: 2, .. }),
        "{small:?}"
    );
    assert_eq!(judge("s3://user-media/a --max-size 0", "x", 0), Ok(()));
    assert_eq!(judge("s3://user-media/a --field success_action_status=201", "x", u64::MAX), Ok(()));
}

/// As the AWS SDK for JavaScript makes it: the ARN is a field, and the host is that of the access point.
#[test]
fn a_form_for_an_access_point() {
    let arn = "arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap";
    let form: Value = serde_json::from_str(&presign(&format!("post s3://{arn}/u/ --at {AT}")).ok()).unwrap();
    assert_eq!(form["url"], "https://my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com/");
    assert_eq!(form["fields"]["bucket"], arn);
    assert_eq!(form["fields"]["key"], "u/${filename}");
}

#[test]
fn keys_and_prefixes() {
    for (arguments, key, other_key_is_allowed) in [
        ("s3://user-media/users/42/a.png", "users/42/a.png", false),
        ("s3://user-media/users/42/", "users/42/${filename}", true),
        ("s3://user-media/", "${filename}", true),
        ("s3://user-media", "${filename}", true),
        ("s3://user-media/users/42/a --key-prefix", "users/42/a${filename}", true),
    ] {
        let (mut fields, document) = form(arguments);
        assert_eq!(fields["key"], key, "{arguments}");
        fields.insert("key".to_owned(), "users/42/abc".to_owned());
        let fields = fields.iter().map(|(name, value)| (&**name, &**value));
        assert_eq!(document.evaluate(fields, "x", 1, at()).is_ok(), other_key_is_allowed, "{arguments}");
    }
}

#[test]
fn json_is_the_form_of_the_library() {
    let policy = PostPolicy::new("a.png").content_type("image/png").content_length_range(0..=5 << 20);
    let post = library("user-media").presign_post_at(&policy, FIFTEEN_MINUTES, at()).unwrap();
    let (fields, _) = form("s3://user-media/a.png --content-type image/png --max-size 5MiB");
    assert!(post.fields().collect::<BTreeMap<_, _>>().into_iter().eq(fields.iter().map(|(n, v)| (&**n, &**v))));
}

#[test]
fn html_is_the_form_of_the_library() {
    let post = library("user-media").presign_post_at(&PostPolicy::new("R&D\"'<x>.txt"), FIFTEEN_MINUTES, at()).unwrap();
    let stdout = run(&["post", "s3://user-media/R&D\"'<x>.txt", "--output", "html", "--at", AT], &KEYS).ok();
    assert_eq!(stdout, post.to_html());
}

#[test]
fn a_ready_command_takes_fields_as_they_are() {
    let key = "@it's <$(x)>; `y`";
    let post = library("user-media").presign_post_at(&PostPolicy::new(key), FIFTEEN_MINUTES, at()).unwrap();
    let stdout = run(&["post", &format!("s3://user-media/{key}"), "--output", "curl", "--at", AT], &KEYS).ok();
    let mut lines = stdout.lines();
    assert_eq!(lines.next(), Some(r"curl --fail-with-body \"));
    assert_eq!(lines.next(), Some(r"  --form-string 'key=@it'\''s <$(x)>; `y`' \"));
    for (name, value) in post.fields().skip(1) {
        assert_eq!(lines.next(), Some(&*format!(r"  --form-string '{name}={value}' \")));
    }
    assert_eq!(lines.next(), Some(r"  -F 'file=@FILE' \"));
    assert_eq!(lines.collect::<Vec<_>>(), ["  'https://user-media.s3.eu-west-1.amazonaws.com/'"]);
}

#[test]
fn explaining_shows_the_policy() {
    let arguments = format!("post s3://user-media/a --max-size 1KB --at {AT}");
    let explained = presign(&format!("{arguments} --explain"));
    assert_eq!(explained.stdout, presign(&arguments).ok());
    let policy = explained.stderr.strip_prefix("policy:\n").unwrap();
    let policy: Value = serde_json::from_str(policy).unwrap();
    assert_eq!(policy["expiration"], END);
    assert!(policy["conditions"].as_array().unwrap().contains(&serde_json::json!(["content-length-range", 0, 1000])));
}

#[test]
fn stores() {
    // The endpoint stands for a bucket, whose name the policy still needs.
    let given = "post s3://user-media/a --endpoint https://files.example.com --addressing-style bucket-endpoint";
    let form: Value = serde_json::from_str(&presign(given).ok()).unwrap();
    assert_eq!((&form["url"], &form["fields"]["bucket"]), (&"https://files.example.com/".into(), &"user-media".into()));

    let unable = presign("post s3://user-media/a --store cloudflare-r2 --account abc");
    assert_eq!((unable.code, &*unable.stderr), (1, "presign: error: the store takes no uploads from forms\n"));
    let unknown = presign("post s3://user-media/a --store wasabi --region eu-central-1");
    assert_eq!((unknown.code, &*unknown.stderr), (0, "presign: note: Wasabi is not known to take forms\n"));
}
