//! POST policies: against what other implementations made, and with hostile values.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use presign::s3::{
    AddressingStyle, MultipartBody, PostPolicy, PostPolicyDocument, PostPolicyError, PresignedPost, SuccessActionStatus,
};
use presign::sigv4::{CredentialScope, Service, SigningKey};
use presign::{Credentials, Error, Presigner, Region, Timestamp};
use proptest::prelude::*;
use serde_json::Value;

use crate::naive::{hex, hmac};
use crate::support::{Case, assert_variant};

const LIFE: Duration = Duration::from_secs(3_600);

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid credentials")
}

fn presigner() -> Presigner {
    Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("user-media").build().expect("valid")
}

fn post(policy: &PostPolicy<'_>) -> Result<PresignedPost, Error> {
    presigner().presign_post_at(policy, LIFE, now())
}

fn refused(policy: &PostPolicy<'_>) -> Error {
    post(policy).expect_err("a bad policy")
}

fn field<'p>(post: &'p PresignedPost, wanted: &str) -> &'p str {
    post.fields().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).expect("the field").1
}

fn document(post: &PresignedPost) -> Value {
    let json = STANDARD.decode(field(post, "policy")).expect("base64");
    serde_json::from_slice(&json).expect("JSON")
}

/// Operator, name in lower case, and value.
type Condition = (String, String, String);

fn condition(operator: &str, name: &str, value: &str) -> Condition {
    (operator.into(), name.to_lowercase(), value.into())
}

fn conditions(policy: &Value) -> BTreeSet<Condition> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let normal = |value: &Value| match value {
        Value::Object(members) => {
            assert_eq!(members.len(), 1);
            let (name, value) = members.iter().next().expect("one");
            condition("eq", name, &text(value))
        }
        list => condition(&text(&list[0]), text(&list[1]).trim_start_matches('$'), &text(&list[2])),
    };
    policy["conditions"].as_array().expect("a list").iter().map(normal).collect()
}

/// The signature of a text, by code that is not the crate's, under its key.
fn signature(case: &Case, text: &str) -> String {
    let (region, service) = (Region::new(case.input("region")), Service::new(case.input("service")));
    let (region, service) = (region.expect("a region"), service.expect("a service"));
    let now = case.now().expect("a time");
    let scope = CredentialScope::new(now.amz_date(), &region, &service);
    let key = SigningKey::derive(&case.credentials().expect("valid"), &scope);
    hex(&hmac(key.as_bytes(), text))
}

/// The policy that a case asks for, and the fields that it has beyond those of the oracle: with a prefix as the
/// condition, oracles leave the field to the client.
fn policy(case: &Case) -> (PostPolicy<'_>, BTreeSet<String>) {
    let key = case.input("key");
    let mut policy = key.strip_suffix("${filename}").map_or_else(|| PostPolicy::new(key), PostPolicy::with_key_prefix);
    let mut more = BTreeSet::from(["bucket".to_owned()]);
    let asked = serde_json::json!({ "conditions": case.input_json("conditions") });
    for (operator, name, value) in conditions(&asked) {
        policy = match operator.as_str() {
            "eq" => policy.eq(name, value),
            "starts-with" => {
                more.insert(name.clone());
                policy.starts_with(name, value.clone(), value)
            }
            _ => policy.content_length_range(name.parse().expect("a number")..=value.parse().expect("a number")),
        };
    }
    (policy, more)
}

fn check(case: &Case) {
    let style = if case.input("style") == "path" { AddressingStyle::Path } else { AddressingStyle::VirtualHosted };
    let presigner = Presigner::builder()
        .credentials(case.credentials().expect("valid"))
        .region(case.input("region"))
        .endpoint(case.endpoint())
        .addressing_style(style)
        .bucket(case.input("bucket"))
        .build()
        .expect("valid");
    let (policy, more) = policy(case);
    let now = case.now().expect("a time");
    let post = presigner.presign_post_at(&policy, case.expires(), now).expect("valid");

    assert_eq!(Some(post.url()), case.expected("url"));
    let (ours, theirs) = (document(&post), case.expected_json("policy"));
    let instant = |policy: &Value| policy["expiration"].as_str().expect("a time").replace(".000Z", "Z");
    assert_eq!(instant(&ours), instant(theirs));
    assert_eq!(post.expires_at().to_string(), instant(theirs));
    assert_eq!(conditions(&ours), conditions(theirs));
    assert_eq!(field(&post, "x-amz-signature"), signature(case, field(&post, "policy")));
    let base64 = case.expected("policy_base64").expect("base64");
    assert_eq!(Some(signature(case, base64).as_str()), case.expected("signature"));

    let Some(form) = case.expected_json("fields").as_object() else { return };
    let signed = ["policy", "x-amz-signature"];
    let without = |(name, value): (&str, &str)| (!signed.contains(&name)).then(|| (name.to_owned(), value.to_owned()));
    let lower: Vec<_> = post.fields().map(|(name, value)| (name.to_lowercase(), value)).collect();
    let mut ours: BTreeMap<_, _> = lower.iter().filter_map(|(name, value)| without((name, value))).collect();
    let theirs: Vec<_> =
        form.iter().map(|(name, value)| (name.to_lowercase(), value.as_str().expect("text"))).collect();
    let theirs: BTreeMap<_, _> = theirs.iter().filter_map(|(name, value)| without((name, value))).collect();
    ours.retain(|name, _| theirs.contains_key(name) || !more.contains(name));
    assert_eq!(ours, theirs);
}

#[test]
fn vectors() {
    let cases = Case::load("post-policy.jsonl");
    assert_eq!(cases.len(), 30);
    for case in &cases {
        println!("{}", case.name());
        check(case);
    }
}

#[test]
fn the_example_of_the_documentation() {
    let cases: Vec<_> = Case::load("aws-docs.jsonl").into_iter().filter(|case| case.kind() == "post-policy").collect();
    assert_eq!(cases.len(), 1);
    check(&cases[0]);
}

#[test]
fn every_setter_adds_its_field_and_its_condition() {
    let policy = PostPolicy::new("a")
        .content_type("text/plain")
        .cache_control("no-store")
        .content_disposition("inline")
        .content_encoding("gzip")
        .content_md5("rL0Y20zC+Fzt72VPzMSk2A==")
        .expires(now())
        .acl("private")
        .storage_class("STANDARD_IA")
        .website_redirect_location("/b")
        .server_side_encryption("aws:kms")
        .ssekms_key_id("1234")
        .checksum_algorithm(presign::s3::ChecksumAlgorithm::Crc32)
        .success_action_redirect("https://example.com/")
        .success_action_status(SuccessActionStatus::Created)
        .metadata("by", "42")
        .tag("a<b", "c")
        .starts_with("x-amz-meta-note", "n", "note ${filename}")
        .ignore("tracking", "1");
    let post = post(&policy).expect("valid");
    let form: Vec<_> = post.fields().collect();
    let expected = [
        ("key", "a"),
        ("bucket", "user-media"),
        ("Content-Type", "text/plain"),
        ("Cache-Control", "no-store"),
        ("Content-Disposition", "inline"),
        ("Content-Encoding", "gzip"),
        ("Content-MD5", "rL0Y20zC+Fzt72VPzMSk2A=="),
        ("Expires", "Fri, 15 Mar 2024 08:15:30 GMT"),
        ("acl", "private"),
        ("x-amz-storage-class", "STANDARD_IA"),
        ("x-amz-website-redirect-location", "/b"),
        ("x-amz-server-side-encryption", "aws:kms"),
        ("x-amz-server-side-encryption-aws-kms-key-id", "1234"),
        ("x-amz-checksum-algorithm", "CRC32"),
        ("success_action_redirect", "https://example.com/"),
        ("success_action_status", "201"),
        ("x-amz-meta-by", "42"),
        ("x-amz-meta-note", "note ${filename}"),
        ("x-ignore-tracking", "1"),
        ("tagging", "<Tagging><TagSet><Tag><Key>a&lt;b</Key><Value>c</Value></Tag></TagSet></Tagging>"),
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20240315/eu-west-1/s3/aws4_request"),
        ("X-Amz-Date", "20240315T081530Z"),
    ];
    assert_eq!(form[..expected.len()], expected);
    let last: Vec<_> = form[expected.len()..].iter().map(|(name, _)| *name).collect();
    assert_eq!(last, ["Policy", "X-Amz-Signature"]);
    let expected: BTreeSet<_> = expected
        .iter()
        .filter(|(name, _)| !name.starts_with("x-ignore-"))
        .map(|(name, value)| match *name {
            "x-amz-meta-note" => condition("starts-with", name, "n"),
            name => condition("eq", name, value),
        })
        .collect();
    assert_eq!(conditions(&document(&post)), expected);
    // The last value wins.
    let again = presigner().presign_post_at(&policy.content_type("image/png").acl("public-read"), LIFE, now());
    let again = again.expect("valid");
    assert_eq!((field(&again, "content-type"), field(&again, "acl")), ("image/png", "public-read"));
}

#[cfg(feature = "checksum")]
#[test]
fn checksums_come_with_their_algorithm() {
    use presign::s3::{Checksum, ChecksumAlgorithm};
    for (checksum, name, value, algorithm) in [
        (Checksum::Crc32([0, 0, 0, 1]), "x-amz-checksum-crc32", "AAAAAQ==", "CRC32"),
        (Checksum::Crc32c([0; 4]), "x-amz-checksum-crc32c", "AAAAAA==", "CRC32C"),
        (Checksum::Crc64Nvme([0; 8]), "x-amz-checksum-crc64nvme", "AAAAAAAAAAA=", "CRC64NVME"),
        (Checksum::Sha1([0; 20]), "x-amz-checksum-sha1", &[&*"A".repeat(27), "="].concat(), "SHA1"),
        (Checksum::Sha256([0; 32]), "x-amz-checksum-sha256", &[&*"A".repeat(43), "="].concat(), "SHA256"),
        (Checksum::Sha512([0; 64]), "x-amz-checksum-sha512", &[&*"A".repeat(86), "=="].concat(), "SHA512"),
        (Checksum::Md5([0; 16]), "x-amz-checksum-md5", "AAAAAAAAAAAAAAAAAAAAAA==", "MD5"),
        (Checksum::XxHash64([0; 8]), "x-amz-checksum-xxhash64", "AAAAAAAAAAA=", "XXHASH64"),
        (Checksum::XxHash3([0; 8]), "x-amz-checksum-xxhash3", "AAAAAAAAAAA=", "XXHASH3"),
        (Checksum::XxHash128([0; 16]), "x-amz-checksum-xxhash128", "AAAAAAAAAAAAAAAAAAAAAA==", "XXHASH128"),
    ] {
        let form = post(&PostPolicy::new("a").checksum(checksum)).expect("valid");
        let expected = [("x-amz-checksum-algorithm", algorithm), (name, value)];
        assert_eq!(form.fields().skip(2).take(2).collect::<Vec<_>>(), expected);
        let conditions = conditions(&document(&form));
        assert!(expected.iter().all(|(name, value)| conditions.contains(&condition("eq", name, value))), "{name}");
    }
    // The last value wins, whichever setter it is of.
    let policy = PostPolicy::new("a").checksum(Checksum::Md5([0; 16]));
    let later = post(&policy.clone().checksum_algorithm(ChecksumAlgorithm::Sha1)).expect("valid");
    assert_eq!(field(&later, "x-amz-checksum-algorithm"), "SHA1");
    let earlier = PostPolicy::new("a").checksum_algorithm(ChecksumAlgorithm::Sha1).checksum(Checksum::Md5([0; 16]));
    assert_eq!(field(&post(&earlier).expect("valid"), "x-amz-checksum-algorithm"), "MD5");
    let by_hand = policy.eq("x-amz-checksum-algorithm", "MD5");
    assert_variant!(refused(&by_hand), RepeatedFormField { name: "x-amz-checksum-algorithm" });
}

/// As `JSON.stringify` writes them.
#[test]
fn policies_are_utf_8() {
    let key = "grüße \u{1f389} \u{2028} \"\\ $key </a>";
    let policy = PostPolicy::new(key)
        .content_type_starts_with("image/", "image/png")
        .ignore("tracking", "1")
        .content_length_range(1..=u64::MAX);
    let json = STANDARD.decode(field(&post(&policy).expect("valid"), "policy")).expect("base64");
    let expected = r#"{"expiration":"2024-03-15T09:15:30Z","conditions":[{"key":"grüße 🎉 LINE \"\\ $key </a>"},
{"bucket":"user-media"},["starts-with","$Content-Type","image/"],{"X-Amz-Algorithm":"AWS4-HMAC-SHA256"},
{"X-Amz-Credential":"AKIAIOSFODNN7EXAMPLE/20240315/eu-west-1/s3/aws4_request"},{"X-Amz-Date":"20240315T081530Z"},
["content-length-range",1,18446744073709551615]]}"#;
    assert_eq!(str::from_utf8(&json), Ok(&*expected.replace('\n', "").replace("LINE", "\u{2028}")));
}

#[test]
fn what_is_refused() {
    let named = |name: &str| refused(&PostPolicy::new("a").eq(name, "b"));
    for name in [
        "policy",
        "X-Amz-Signature",
        "x-amz-credential",
        "X-AMZ-DATE",
        "x-amz-algorithm",
        "x-amz-security-token",
        "X-Amz-S3session-Token",
        "Bucket",
        "file",
        "key",
        "signature",
        "AWSAccessKeyId",
        "content-length-range",
    ] {
        assert_variant!(named(name), ReservedFormField { name: name.to_lowercase() });
    }
    let field = presign::Field::FormFieldName;
    assert_eq!(named(""), Error::Empty(field));
    for name in ["a\r\nb", "a\"b", "a$b", "a b", "aé"] {
        assert_variant!(named(name), InvalidCharacter { field, position: 1 }, "{name}");
    }
    let value = |value: &str| refused(&PostPolicy::new("a").metadata("b", value.to_owned()));
    for (text, position) in [("\r\n", 0), ("a\n", 1), ("\0", 0), ("é\u{7f}", 2), ("\u{85}", 0)] {
        assert_variant!(value(text), FormFieldValue { name: "x-amz-meta-b", position });
    }
    assert_variant!(value("${filename}"), FilenameVariable { name: "x-amz-meta-b" });
    assert_variant!(value(&"v".repeat(2_048)), MetadataTooLarge { bytes: 2_049 });

    let repeated = PostPolicy::new("a").content_type("b").eq("content-type", "b");
    assert_variant!(refused(&repeated), RepeatedFormField { name: "content-type" });
    let many = (0..64).fold(PostPolicy::new("a"), |policy, n| policy.eq(format!("x-amz-meta-{n}"), ""));
    assert!(post(&many).is_ok());
    let repeated = many.metadata("B", "").metadata("a", "").metadata("b", "").metadata("A", "");
    assert_variant!(refused(&repeated), RepeatedFormField { name: "x-amz-meta-a" });
    let prefix = |name, prefix, value| refused(&PostPolicy::new("a").starts_with(name, prefix, value));
    for name in ["success_action_status", "Tagging"] {
        assert_variant!(prefix(name, "2", "200"), ExactFormField { name: name.to_lowercase() });
    }
    for (name, start, value) in [
        ("acl", "public", "private"),
        ("acl", "a$", "a${filename}"),
        ("content-type", "image/", "image/png, text/html"),
    ] {
        assert_variant!(prefix(name, start, value), FormFieldPrefix { name });
    }
    assert_variant!(prefix("acl", "${filename}", "${filename}"), FilenameVariable { name: "acl" });

    assert_eq!(refused(&PostPolicy::new("")), Error::Empty(presign::Field::Key));
    assert_variant!(refused(&PostPolicy::new("k".repeat(1_025))), KeyTooLong { bytes: 1_025 });
    assert_variant!(refused(&PostPolicy::with_key_prefix("k".repeat(1_025))), KeyTooLong { bytes: 1_025 });
    assert_eq!(refused(&PostPolicy::new("a/../b")), Error::DotSegment);
    assert_eq!(refused(&PostPolicy::with_key_prefix("../b")), Error::DotSegment);
    assert_variant!(refused(&PostPolicy::new("a\n")), FormFieldValue { name: "key", position: 1 });
    for policy in [PostPolicy::new("a/${filename}"), PostPolicy::with_key_prefix("${filename}/")] {
        assert_variant!(refused(&policy), FilenameVariable { name: "key" });
    }
    for policy in
        [PostPolicy::with_key_prefix(""), PostPolicy::with_key_prefix(".."), PostPolicy::with_key_prefix("a$")]
    {
        assert!(post(&policy).is_ok());
    }
    assert!(post(&PostPolicy::new("../a").allow_dot_segments()).is_ok());
    assert!(post(&PostPolicy::with_key_prefix("../a").allow_dot_segments()).is_ok());

    #[allow(clippy::reversed_empty_ranges)]
    let reversed = 2..=1;
    let reversed = PostPolicy::new("a").content_length_range(reversed);
    assert_variant!(refused(&reversed), ContentLengthRange { min: 2, max: 1 });
    let tags = (0..11).fold(PostPolicy::new("a"), |policy, tag| policy.tag(tag.to_string(), ""));
    assert_variant!(refused(&tags), TooManyTags { tags: 11 });
    let large = PostPolicy::new("a").content_disposition("d".repeat(12_000));
    assert!(matches!(refused(&large), Error::FormTooLarge { bytes: 20_481.., .. }));
    let too_long = presigner().presign_post_at(&PostPolicy::new("a"), Duration::from_secs(604_801), now());
    assert!(matches!(too_long, Err(Error::ExpiresTooLong { .. })));
}

/// The values that the client adds are in the policy, not in the form.
#[test]
fn a_field_that_the_client_adds_has_only_a_condition() {
    let policy = PostPolicy::new("a").added_by_client("Content-Type", "image/").added_by_client("x-amz-meta-note", "");
    let form = post(&policy).expect("valid");
    for (name, prefix) in [("Content-Type", "image/"), ("x-amz-meta-note", "")] {
        assert!(!form.fields().any(|(sent, _)| sent == name));
        assert!(conditions(&document(&form)).contains(&condition("starts-with", name, prefix)));
    }
    let evaluate = |added: &[(&'static str, &'static str)]| {
        let fields: Vec<_> = form.fields().chain(added.iter().copied()).collect();
        parsed(&form).evaluate(fields, "a.png", 1, now()).map_err(|error| error.to_string())
    };
    assert_eq!(evaluate(&[("content-type", "image/png"), ("x-amz-meta-note", "any")]), Ok(()));
    let failed = "Invalid according to Policy: Policy Condition failed: ";
    for (added, because) in [
        (&[("x-amz-meta-note", "")][..], r#"["starts-with", "$content-type", "image/"]"#),
        (&[("Content-Type", "text/html"), ("x-amz-meta-note", "")], r#"["starts-with", "$content-type", "image/"]"#),
        (&[("Content-Type", "image/png")], r#"["starts-with", "$x-amz-meta-note", ""]"#),
    ] {
        assert_eq!(evaluate(added).unwrap_err(), format!("{failed}{because}"));
    }
    let added = |name, prefix| refused(&PostPolicy::new("a").added_by_client(name, prefix));
    assert_variant!(added("tagging", ""), ExactFormField { name: "tagging" });
    assert_variant!(added("Policy", ""), ReservedFormField { name: "policy" });
    assert_variant!(added("acl", "${filename}"), FilenameVariable { name: "acl" });
    assert_variant!(added("acl", "a\n"), FormFieldValue { name: "acl", position: 1 });
    let twice = PostPolicy::new("a").content_type("b").added_by_client("content-type", "");
    assert_variant!(refused(&twice), RepeatedFormField { name: "content-type" });
}

#[test]
fn the_condition_of_a_template_ends_before_the_name_of_the_file() {
    for (template, prefix, key) in [
        ("a/${filename}.jpg", "a/", "a/b c.png.jpg"),
        ("${filename}", "", "b c.png"),
        ("a/${filename}/${filename}", "a/", "a/b c.png/b c.png"),
        ("a/..${filename}", "a/..", "a/..b c.png"),
    ] {
        let form = post(&PostPolicy::with_key_template(template)).expect("valid");
        assert_eq!(field(&form, "key"), template);
        assert!(conditions(&document(&form)).contains(&condition("starts-with", "key", prefix)), "{template}");
        assert_eq!(parsed(&form).evaluate(form.fields(), "/x/b c.png", 1, now()), Ok(()), "{template}");
        let expanded = form.fields().map(|(name, value)| (name, if name == "key" { key } else { value }));
        assert_eq!(parsed(&form).evaluate(expanded, "", 1, now()), Ok(()));
    }
    // Without the variable it is a key.
    let form = post(&PostPolicy::with_key_template("a.jpg")).expect("valid");
    assert!(conditions(&document(&form)).contains(&condition("eq", "key", "a.jpg")));
    assert_eq!(
        form.fields().collect::<Vec<_>>(),
        post(&PostPolicy::new("a.jpg")).expect("valid").fields().collect::<Vec<_>>()
    );
    let prefixed = post(&PostPolicy::with_key_prefix("a/")).expect("valid");
    assert!(prefixed == post(&PostPolicy::with_key_template("a/${filename}")).expect("valid"));

    let template = |template: &str| refused(&PostPolicy::with_key_template(template.to_owned()));
    assert_eq!(template("a/${filename}/../b"), Error::DotSegment);
    assert_eq!(template("../${filename}"), Error::DotSegment);
    assert_eq!(template(""), Error::Empty(presign::Field::Key));
    assert_variant!(template(&format!("${{filename}}{}", "k".repeat(1_025))), KeyTooLong { bytes: 1_025 });
    assert!(post(&PostPolicy::with_key_template(format!("${{filename}}{}", "k".repeat(1_024)))).is_ok());
    assert_variant!(template("${filename}\n"), FormFieldValue { name: "key", position: 11 });
    assert!(post(&PostPolicy::with_key_template("../${filename}").allow_dot_segments()).is_ok());
}

/// Browsers rewrite line breaks in values, and nothing else.
#[test]
fn a_tab_is_sent_as_it_is() {
    let form = post(&PostPolicy::new("a\tb").metadata("note", "c\td")).expect("valid");
    assert_eq!((field(&form, "key"), field(&form, "x-amz-meta-note")), ("a\tb", "c\td"));
    assert!(conditions(&document(&form)).contains(&condition("eq", "key", "a\tb")));
    assert_eq!(parsed(&form).evaluate(form.fields(), "", 1, now()), Ok(()));
    assert!(form.to_html().contains("value=\"a\tb\""));
    assert!(post(&PostPolicy::with_key_prefix("a\t")).is_ok());
    #[cfg(feature = "serde")]
    assert!(
        serde_json::from_str::<PresignedPost>(&serde_json::to_string(&form).expect("JSON")).expect("valid") == form
    );
}

/// As stores do: MinIO, Garage, `LocalStack` and `s3s` compare every byte.
#[test]
fn spaces_of_a_prefix_count() {
    for (prefix, value, is_met) in [
        (" image/", " image/png", true),
        ("image/", "image/png,image/gif", true),
        (" image/", " image/png, image/gif", true),
        ("image/png,", "image/png, image/gif", true),
        ("", " ", true),
        // Signed, because it is not documented what S3 does; the evaluator is strict.
        ("image/", "image/png, image/gif", false),
        ("image/", " image/png", false),
    ] {
        let form = post(&PostPolicy::new("a").content_type_starts_with(prefix, value)).expect("valid");
        let result = parsed(&form).evaluate(form.fields(), "", 1, now());
        assert_eq!(result.is_ok(), is_met, "{prefix:?} {value:?}");
    }
    let refused = refused(&PostPolicy::new("a").content_type_starts_with(" image/", "image/png"));
    assert_variant!(refused, FormFieldPrefix { name: "content-type" });
}

#[test]
fn forms_live_as_urls_do_but_know_no_window() -> Result<(), Error> {
    let end = "20240315T083000Z".parse()?;
    let builder = Presigner::builder().region("eu-west-1").bucket("user-media");
    let builder = builder.credentials(credentials().with_session_token("token")?.with_expiration(end));
    let form = builder.clone().build()?.presign_post_at(&PostPolicy::new("a"), LIFE, now())?;
    assert_eq!(form.expires_at(), end);
    assert_eq!(document(&form)["expiration"], "2024-03-15T09:15:30Z");
    assert_eq!(field(&form, "x-amz-security-token"), "token");
    let strict = builder.strict_expiry(true).build()?.presign_post_at(&PostPolicy::new("a"), LIFE, now());
    assert!(matches!(strict, Err(Error::OutlivesCredentials { .. })));
    let windowed = Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("user-media");
    let windowed = windowed.signing_window(LIFE).build()?.presign_post_at(&PostPolicy::new("a"), LIFE, now())?;
    assert_eq!(field(&windowed, "x-amz-date"), "20240315T081530Z");
    Ok(())
}

#[test]
fn every_kind_of_bucket() -> Result<(), Error> {
    let builder = || Presigner::builder().credentials(credentials()).region("us-west-2");
    let express = Presigner::builder().credentials(credentials().with_session_token("token")?).region("us-west-2");
    let arn = "arn:aws:s3:us-west-2:123456789012:accesspoint/media";
    for (presigner, url, bucket) in [
        (builder().bucket("a-bucket"), "https://a-bucket.s3.us-west-2.amazonaws.com/", "a-bucket"),
        (builder().bucket("a.b"), "https://s3.us-west-2.amazonaws.com/a.b", "a.b"),
        (builder().bucket("bkt").endpoint("http://localhost:9000/base"), "http://localhost:9000/base/bkt", "bkt"),
        (builder().bucket(arn), "https://media-123456789012.s3-accesspoint.us-west-2.amazonaws.com/", arn),
        (
            express.bucket("m--usw2-az1--x-s3"),
            "https://m--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com/",
            "m--usw2-az1--x-s3",
        ),
    ] {
        let form = presigner.build()?.presign_post_at(&PostPolicy::new("a"), LIFE, now())?;
        assert_eq!((form.url(), field(&form, "bucket")), (url, bucket));
        assert!(conditions(&document(&form)).contains(&condition("eq", "bucket", bucket)));
        if url.contains("express") {
            assert_eq!(field(&form, "x-amz-s3session-token"), "token");
            assert!(conditions(&document(&form)).contains(&condition("eq", "x-amz-s3session-token", "token")));
        }
    }
    let cname =
        builder().endpoint("https://files.example").addressing_style(AddressingStyle::BucketEndpoint).build()?;
    let missing = cname.presign_post_at(&PostPolicy::new("a"), LIFE, now());
    assert_eq!(missing.expect_err("no name"), Error::Missing(presign::Field::Bucket));
    let form = cname.presign_post_at(&PostPolicy::new("a").bucket("files"), LIFE, now())?;
    assert_eq!((form.url(), field(&form, "bucket")), ("https://files.example/", "files"));
    Ok(())
}

#[test]
fn the_html_form_cannot_be_broken() {
    let form = post(&PostPolicy::new("\"><script>'&amp;")).expect("valid").to_html();
    assert!(form.contains(r#"name="key" value="&quot;&gt;&lt;script&gt;&#39;&amp;amp;">"#), "{form}");
    assert!(!form.contains("<script>"));
    let file = form.find(r#"<input type="file" name="file" required>"#).expect("a file");
    assert!(form.rfind("type=\"hidden\"").expect("fields") < file);
}

#[test]
fn a_body_as_browsers_write_it() {
    let body = MultipartBody::new([("key", "a\"b")], "a\"\r\nX: y.txt", "text/plain", b"Hello").expect("valid");
    let content_type = body.content_type();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na\"b\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22%0D%0AX: y.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nHello\r\n--{boundary}--\r\n"
    );
    assert_eq!(str::from_utf8(body.as_bytes()), Ok(expected.as_str()));
    let refused = MultipartBody::new([], "a", "text/plain\r\nX: y", b"").expect_err("a line break");
    assert_variant!(refused, HeaderValue { name: "content-type", position: 10 });
}

/// Any text that fields may have, with what could end a string or a condition more often than by chance.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\""),
        Just("\\"),
        Just("\\\""),
        Just("\"]],\"expiration\":\"2099-01-01T00:00:00Z\",\"conditions\":[[\"starts-with\",\"$key\",\""),
        Just("}"),
        Just("$"),
        Just("\\u0022"),
        Just("é"),
        Just("\u{1f389}"),
        Just("\u{2028}"),
        Just("a"),
        Just("\n"),
    ];
    prop_oneof![any::<String>(), proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())]
}

proptest! {
    #![proptest_config(crate::properties::deterministic(512))]

    /// What the policy says is what was asked for, to the letter, or there is an error.
    #[test]
    fn no_value_changes_the_meaning_of_the_policy(
        key in hostile(), content_type in hostile(), start in hostile(), rest in hostile(),
        sizes in (any::<u64>(), any::<u64>()), is_prefix in any::<bool>(),
    ) {
        let policy = if is_prefix { PostPolicy::with_key_prefix(&key) } else { PostPolicy::new(&key) };
        let value = [&*start, &*rest].concat();
        let policy = policy
            .content_type(&content_type)
            .starts_with("x-amz-meta-a", &start, &value)
            .content_length_range(sizes.0..=sizes.1);
        let Ok(post) = post(&policy.allow_dot_segments()) else { return Ok(()) };
        let text = [&*key, &*content_type, &*value].concat();
        prop_assert!(!text.contains(|c: char| c.is_control() && c != '\t'));
        let json = document(&post);
        prop_assert_eq!(&json["expiration"], "2024-03-15T09:15:30Z");
        prop_assert_eq!(json.as_object().expect("an object").len(), 2);
        let expected = BTreeSet::from([
            condition(if is_prefix { "starts-with" } else { "eq" }, "key", &key),
            condition("eq", "bucket", "user-media"),
            condition("eq", "content-type", &content_type),
            condition("starts-with", "x-amz-meta-a", &start),
            condition("content-length-range", &sizes.0.to_string(), &sizes.1.to_string()),
            condition("eq", "x-amz-algorithm", "AWS4-HMAC-SHA256"),
            condition("eq", "x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20240315/eu-west-1/s3/aws4_request"),
            condition("eq", "x-amz-date", "20240315T081530Z"),
        ]);
        prop_assert_eq!(conditions(&json), expected);
        prop_assert_eq!(field(&post, "x-amz-meta-a"), value);
        prop_assert_eq!(field(&post, "content-type"), content_type);
    }
}

fn parsed(post: &PresignedPost) -> PostPolicyDocument {
    PostPolicyDocument::parse(field(post, "policy")).expect("a policy")
}

/// The forms of all oracles are accepted, with a field for each condition that leaves the value to the client.
#[test]
fn the_evaluator_accepts_what_others_made() {
    let mut accepted = 0;
    for case in Case::load("post-policy.jsonl") {
        let document = PostPolicyDocument::parse(case.expected("policy_base64").expect("base64")).expect("a policy");
        let json = PostPolicyDocument::parse(&case.expected_json("policy").to_string()).expect("a policy");
        assert_eq!(document.expiration(), json.expiration());
        let mut form: Vec<_> = case.expected_json("fields").as_object().expect("fields").iter().collect();
        let open = serde_json::json!({ "conditions": case.input_json("conditions") });
        let open: Vec<_> = conditions(&open)
            .into_iter()
            .filter(|(operator, _, _)| operator == "starts-with")
            .map(|(_, name, prefix)| (name, Value::from(prefix)))
            .collect();
        form.extend(open.iter().map(|(name, value)| (name, value)));
        let form = || form.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("a text")));
        let now = case.now().expect("a time");
        for document in [&document, &json] {
            assert_eq!(document.evaluate(form(), "a.png", 1_024, now), Ok(()), "{}", case.name());
        }
        assert_eq!(document.evaluate(form(), "a.png", 1_024, document.expiration()), Err(PostPolicyError::Expired));
        accepted += 1;
    }
    assert_eq!(accepted, 30);
}

#[test]
fn the_evaluator_refuses_in_the_words_of_the_store() {
    let policy = PostPolicy::with_key_prefix("users/42/")
        .content_type_starts_with("image/", "image/png")
        .content_length_range(10..=40)
        .acl("private")
        .metadata("by", "42")
        .ignore("tracking", "1");
    let form = post(&policy).expect("valid");
    let document = parsed(&form);
    let size = 40;
    let evaluate = |fields: &[(&str, &str)], size| {
        let result = document.evaluate(fields.iter().copied(), "C:\\pictures\\a.png", size, now());
        result.map_err(|error| error.to_string())
    };
    let fields: Vec<_> = form.fields().collect();
    assert_eq!(evaluate(&fields, size), Ok(()));
    assert_eq!(
        evaluate(&fields, 41).unwrap_err(),
        "Your proposed upload exceeds the maximum allowed size (ProposedSize: 41, MaxSizeAllowed: 40)"
    );
    assert_eq!(
        evaluate(&fields, 9).unwrap_err(),
        "Your proposed upload is smaller than the minimum allowed size (ProposedSize: 9, MinSizeAllowed: 10)"
    );

    let failed = "Invalid according to Policy: Policy Condition failed: ";
    for (name, value, because) in [
        ("key", "users/43/a.png", r#"["starts-with", "$key", "users/42/"]"#),
        ("Content-Type", "text/html", r#"["starts-with", "$content-type", "image/"]"#),
        ("Content-Type", "image/png, text/html", r#"["starts-with", "$content-type", "image/"]"#),
        ("acl", "public-read", r#"["eq", "$acl", "private"]"#),
        ("bucket", "another", r#"["eq", "$bucket", "user-media"]"#),
        ("X-Amz-Date", "20240315T081531Z", r#"["eq", "$x-amz-date", "20240315T081530Z"]"#),
    ] {
        let changed: Vec<_> = fields.iter().map(|&(n, v)| (n, if n == name { value } else { v })).collect();
        assert_eq!(evaluate(&changed, size).unwrap_err(), format!("{failed}{because}"));
    }
    for (name, because) in [
        ("acl", failed),
        ("x-amz-meta-by", failed),
        ("Content-Type", failed),
        ("key", "Bucket POST must contain a field named 'key'."),
        ("Policy", "Bucket POST must contain a field named 'policy'."),
        ("X-Amz-Signature", "Bucket POST must contain a field named 'x-amz-signature'."),
    ] {
        let without: Vec<_> = fields.iter().copied().filter(|(n, _)| *n != name).collect();
        assert!(evaluate(&without, size).unwrap_err().starts_with(because), "{name}");
    }
    let with = |more: &[(&'static str, &'static str)]| [&fields, more].concat();
    assert_eq!(
        evaluate(&with(&[("x-amz-meta-b", ""), ("X-Amz-Meta-A", "")]), size).unwrap_err(),
        "Invalid according to Policy: Extra input fields: x-amz-meta-a, x-amz-meta-b"
    );
    // Values of one name are joined.
    assert_eq!(
        evaluate(&with(&[("ACL", "private")]), size).unwrap_err(),
        format!(r#"{failed}["eq", "$acl", "private"]"#)
    );
    assert_eq!(evaluate(&with(&[("x-ignore-more", "1"), ("file", "")]), size), Ok(()));
    let upper: Vec<_> = fields.iter().map(|(name, value)| (name.to_uppercase(), *value)).collect();
    let upper: Vec<_> = upper.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(evaluate(&upper, size), Ok(()));
    let without_bucket: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "bucket").collect();
    assert_eq!(evaluate(&without_bucket, size), Ok(()));
    let expired = document.evaluate(form.fields(), "a.png", size, document.expiration()).unwrap_err();
    assert_eq!(expired.to_string(), "Invalid according to Policy: Policy expired.");
}

/// With a time that is the product of fields and conditions, each of these would take minutes.
#[test]
fn many_fields_meet_many_conditions() {
    const MANY: usize = 50_000;
    let form = post(&PostPolicy::new("a").starts_with("Content-Type", "", "image/png")).expect("valid");
    let policy = |conditions: &mut dyn Iterator<Item = Value>| {
        let mut policy = document(&form);
        policy["conditions"].as_array_mut().expect("a list").extend(conditions);
        PostPolicyDocument::parse(&policy.to_string()).expect("a policy")
    };

    let names: Vec<_> = (0..MANY).map(|number| format!("x-amz-meta-{number}")).collect();
    let fields = || form.fields().chain(names.iter().map(|name| (name.as_str(), "")));
    let all = policy(&mut names.iter().map(|name| serde_json::json!({ name: "" })));
    assert_eq!(all.evaluate(fields(), "a", 1, now()), Ok(()));
    let error = all.evaluate(form.fields(), "a", 1, now()).expect_err("fields are missing");
    assert_eq!(
        error.to_string(),
        r#"Invalid according to Policy: Policy Condition failed: ["eq", "$x-amz-meta-0", ""]"#
    );
    let half = policy(&mut names.iter().skip(1).step_by(2).map(|name| serde_json::json!({ name: "" })));
    let error = half.evaluate(fields(), "a", 1, now()).expect_err("too many fields");
    let mut extra: Vec<_> = names.iter().step_by(2).map(String::as_str).collect();
    extra.sort_unstable();
    assert_variant!(error, ExtraInputFields { names: extra.join(", ") });

    // A list of content types, and a condition on it that is repeated.
    let fields = || form.fields().chain((0..MANY).map(|_| ("content-type", "image/png")));
    let starts_with = |prefix| serde_json::json!(["starts-with", "$Content-Type", prefix]);
    let again = policy(&mut (0..MANY).map(|_| starts_with("image/")));
    assert_eq!(again.evaluate(fields(), "a", 1, now()), Ok(()));
    let again = policy(&mut (0..MANY).map(|number| starts_with(if number == 9 { "text/" } else { "image/" })));
    let error = again.evaluate(fields(), "a", 1, now()).expect_err("another type");
    assert_variant!(error, ConditionFailed { condition: r#"["starts-with", "$content-type", "text/"]"# });
}

#[test]
fn the_variable_is_the_name_without_its_directory() {
    let form = post(&PostPolicy::new("a.png").starts_with("x-amz-meta-a", "", "${filename}")).expect("valid");
    let json = r#"{"expiration":"2024-03-15T09:15:30.000Z","conditions":[["EQ","$Key","u/a.png"],
        ["starts-with","$x-amz-meta-a","a.p"],["content-length-range","0",1]]}"#;
    let document = PostPolicyDocument::parse(json).expect("a policy");
    let fields = form.fields().filter(|(name, _)| !matches!(*name, "key" | "bucket"));
    let fields: Vec<_> = fields.chain([("key", "u/${filename}")]).collect();
    for (name, is_right) in [("a.png", true), ("x/a.png", true), ("C:\\a.png", true), ("b.png", false), ("", false)] {
        let error = document.evaluate(fields.iter().copied(), name, 1, now()).expect_err("no condition for some");
        let is_extra = matches!(error, PostPolicyError::ExtraInputFields { .. });
        assert_eq!(is_extra, is_right, "{name}: {error}");
    }
    // S3 names the bucket even if no field does.
    let error = document.evaluate(fields, "a.png", 1, now()).expect_err("no condition");
    assert_eq!(
        error.to_string(),
        "Invalid according to Policy: Extra input fields: bucket, x-amz-algorithm, x-amz-credential, x-amz-date"
    );
}

#[test]
fn what_is_no_policy() {
    let condition = |condition: &str| format!(r#"{{"expiration":"2024-03-15T09:15:30Z","conditions":[{condition}]}}"#);
    for (text, because) in [
        ("%".to_owned(), "Invalid Base64 Encoding."),
        (STANDARD.encode(b"\xff"), "Invalid JSON."),
        ("{".to_owned(), "Invalid JSON."),
        ("{}".to_owned(), "Policy missing expiration."),
        (r#"{"expiration":1}"#.to_owned(), "Invalid 'expiration' value"),
        (r#"{"expiration":"2024-03-15T09:15:30.Z"}"#.to_owned(), "Invalid 'expiration' value"),
        (r#"{"expiration":"2024-03-15T09:15:30Z"}"#.to_owned(), "Policy missing conditions."),
        (r#"{"expiration":"2024-03-15T09:15:30Z","conditions":1}"#.to_owned(), "Conditions must be a list."),
        (condition("1"), "Invalid Condition: it is neither a list nor an object."),
        (condition(r#"["eq","$a"]"#), "Invalid Condition: wrong number of arguments."),
        (condition(r#"["eq","a","b"]"#), "Invalid Condition: it needs a field name with `$` and a text."),
        (condition(r#"["is","$a","b"]"#), "Invalid Condition: unknown operation."),
        (condition(r#"["content-length-range",-1,2]"#), "Invalid Content-Length-Range: it needs two numbers."),
        (
            condition(r#"{"a":"b","c":"d"}"#),
            "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
        ),
    ] {
        let error = PostPolicyDocument::parse(&text).expect_err("no policy");
        assert_eq!(error.to_string(), format!("Invalid Policy: {because}"), "{text}");
    }
}

#[test]
fn no_secret_is_shown() -> Result<(), Error> {
    let temporary = presigner().with_credentials(credentials().with_session_token("sentinel")?);
    let form = temporary.presign_post_at(&PostPolicy::new("a"), LIFE, now())?;
    let document = parsed(&form);
    let fields = form.fields().filter(|(name, _)| *name != "X-Amz-Security-Token");
    let error = document.evaluate(fields, "a", 1, now()).expect_err("no token");
    let text = format!("{error} {error:?} {document:?}");
    assert!(text.contains(r#"["eq", "$x-amz-security-token", "..."]"#) && !text.contains("sentinel"), "{text}");

    let name = "x-amz-server-side-encryption-customer-key";
    let document = parsed(&post(&PostPolicy::new("a").eq(name, "sentinel"))?);
    let error = document.evaluate([("key", "a"), (name, "other")], "a", 1, now()).expect_err("another key");
    let text = format!("{error} {error:?} {document:?}");
    assert!(!text.contains("sentinel"), "{text}");
    Ok(())
}

proptest! {
    #![proptest_config(crate::properties::deterministic(512))]

    /// What the builder makes, the evaluator accepts, and every change of an exact value it refuses.
    #[test]
    fn the_evaluator_accepts_what_we_build(
        key in hostile(), start in hostile(), rest in hostile(), file_name in hostile(), min in 0_u64..9, size in 0_u64..9,
        is_prefix in any::<bool>(), changed in any::<proptest::sample::Index>(),
    ) {
        let policy = if is_prefix { PostPolicy::with_key_prefix(&key) } else { PostPolicy::new(&key) };
        let value = [&*start, &*rest].concat();
        let policy = policy.starts_with("x-amz-meta-a", &start, &value).content_length_range(min..=6);
        let Ok(form) = post(&policy.allow_dot_segments()) else { return Ok(()) };
        let document = parsed(&form);
        let result = document.evaluate(form.fields(), &file_name, size, now());
        if size < min {
            let error = result.expect_err("too small");
            assert_variant!(error, EntityTooSmall { proposed_size: size, min_size_allowed: min });
        } else if size > 6 {
            let error = result.expect_err("too large");
            assert_variant!(error, EntityTooLarge { proposed_size: size, max_size_allowed: 6 });
        } else {
            prop_assert_eq!(result, Ok(()));
        }

        let exact: Vec<_> = form.fields().map(|(name, _)| name).collect();
        let exact: Vec<_> = exact
            .into_iter()
            .filter(|name| !matches!(*name, "Policy" | "X-Amz-Signature" | "x-amz-meta-a"))
            .filter(|name| !(is_prefix && *name == "key"))
            .collect();
        let changed = *changed.get(&exact);
        let tampered = form.fields().map(|(name, value)| {
            (name, if name == changed { [value, "!"].concat() } else { value.to_owned() })
        });
        let tampered: Vec<_> = tampered.collect();
        let tampered = tampered.iter().map(|(name, value)| (*name, value.as_str()));
        let result = document.evaluate(tampered, &file_name, size, now());
        let is_failed = matches!(result, Err(PostPolicyError::ConditionFailed { .. }));
        prop_assert!(is_failed);
    }

    /// Nothing that is read makes it panic.
    #[test]
    fn the_evaluator_does_not_panic(text in hostile(), name in hostile(), value in hostile()) {
        let json = serde_json::json!({
            "expiration": text, "conditions": [[text, name, value], { name.clone(): value }, text],
        });
        let _ = PostPolicyDocument::parse(&text);
        let _ = PostPolicyDocument::parse(&json.to_string());
        let _ = PostPolicyDocument::parse(&STANDARD.encode(&text));
    }
}

/// Most stores take the bucket from the URL, so nobody would notice.
#[test]
fn the_bucket_of_a_policy_has_a_name() {
    let field = presign::Field::Bucket;
    assert_eq!(refused(&PostPolicy::new("key").bucket("")), Error::Empty(field));
    assert_variant!(refused(&PostPolicy::new("key").bucket("a/b")), InvalidCharacter { field, position: 1 });
}

/// What is chosen by somebody who has seen an earlier body.
#[test]
fn no_text_has_the_boundary() -> Result<(), Error> {
    let body = |file_name: &str, content_type: &str| MultipartBody::new([("a", "b")], file_name, content_type, b"");
    let first = body("a.txt", "text/plain")?.content_type();
    let boundary = first.split_once("boundary=").expect("a boundary").1;
    for (file_name, content_type) in [(boundary, "text/plain"), ("a.txt", boundary)] {
        let body = body(file_name, content_type)?;
        let content_type = body.content_type();
        let boundary = content_type.split_once("boundary=").expect("a boundary").1;
        let text = String::from_utf8_lossy(body.as_bytes());
        assert_eq!(text.matches(boundary).count(), 3, "{text}");
    }
    Ok(())
}
