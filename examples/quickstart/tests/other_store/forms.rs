//! A form is good for what its policy says, until it expires. The evaluator of the crate says the same as the stores.

use presign::Timestamp;
use presign::s3::{Checksum, PostPolicy, SuccessActionStatus};

use crate::case::{Case, Outcome, S3, check};
use crate::form::Form;
use crate::known::known;
use crate::store::{MINUTE, Store, bucket, other_bucket};

const FILE: &[u8] = b"not more than 40 bytes of a picture";

const CHECKSUM_OF_ANOTHER_FILE: Checksum = Checksum::Sha256([7; 32]);

fn policy() -> PostPolicy<'static> {
    PostPolicy::with_key_prefix("users/42/")
        .content_type_starts_with("image/", "image/png")
        .content_length_range(10..=40)
        .metadata("uploaded-by", "42 \"one\"")
        .success_action_status(SuccessActionStatus::Created)
}

fn form(store: &Store) -> Form {
    Form::signed(store, &policy(), FILE)
}

/// Made so many seconds ago, to live for so many minutes.
fn older_form(store: &Store, seconds: i64, minutes: u32) -> Form {
    let signed_at = Timestamp::from_unix_seconds(Timestamp::now().unwrap().unix_seconds() - seconds).unwrap();
    Form::new(&store.presigner.presign_post_at(&policy(), minutes * MINUTE, signed_at).unwrap(), FILE)
}

const CASES: [Case<Form>; 34] = [
    Case { what: "as it was made", s3: S3::Accepts, make: form },
    Case { what: "the smallest file", s3: S3::Accepts, make: |store| form(store).with_file(&[0; 10]) },
    Case { what: "the largest file", s3: S3::Accepts, make: |store| form(store).with_file(&[0; 40]) },
    Case { what: "another key with the prefix", s3: S3::Accepts, make: |store| form(store).with("key", "users/42/b") },
    Case { what: "another image", s3: S3::Accepts, make: |store| form(store).with("content-type", "image/jpeg") },
    Case { what: "names in lower case", s3: S3::Accepts, make: |store| form(store).with_lower_case_names() },
    Case {
        what: "a field to ignore",
        s3: S3::Accepts,
        make: |store| form(store).with_extra("x-ignore-me", "whatever"),
    },
    Case { what: "an hour's form after 16 minutes", s3: S3::Accepts, make: |store| older_form(store, 960, 60) },
    Case { what: "too large", s3: S3::RefusesByPolicy, make: |store| form(store).with_file(&[0; 41]) },
    Case { what: "too small", s3: S3::RefusesByPolicy, make: |store| form(store).with_file(&[0; 9]) },
    Case { what: "empty", s3: S3::RefusesByPolicy, make: |store| form(store).with_file(&[]) },
    Case {
        what: "another prefix",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with("key", "users/43/${filename}"),
    },
    Case {
        what: "another content type",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with("content-type", "text/html"),
    },
    Case {
        what: "two content types",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with("content-type", "image/png,text/html"),
    },
    Case { what: "no content type", s3: S3::RefusesByPolicy, make: |store| form(store).without("content-type") },
    Case {
        what: "other metadata",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with("x-amz-meta-uploaded-by", "43"),
    },
    Case { what: "no metadata", s3: S3::RefusesByPolicy, make: |store| form(store).without("x-amz-meta-uploaded-by") },
    Case {
        what: "more metadata",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with_extra("x-amz-meta-more", "1"),
    },
    Case {
        what: "metadata twice",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with_extra("x-amz-meta-uploaded-by", "42 \"one\""),
    },
    Case { what: "an ACL", s3: S3::RefusesByPolicy, make: |store| form(store).with_extra("acl", "public-read") },
    Case {
        what: "encryption",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with_extra("x-amz-server-side-encryption", "AES256"),
    },
    Case {
        what: "another status",
        s3: S3::RefusesByPolicy,
        make: |store| form(store).with("success_action_status", "200"),
    },
    Case {
        what: "another bucket in a field",
        s3: S3::RefusesByPolicy,
        make: |store| {
            let form = form(store);
            if form.field("bucket").is_some() {
                form.with("bucket", "another")
            } else {
                form.with_extra("bucket", "another")
            }
        },
    },
    Case {
        what: "another date",
        s3: S3::RefusesByPolicy,
        make: |store| {
            let form = form(store);
            let date: Timestamp = form.field("x-amz-date").unwrap().parse().unwrap();
            let next = Timestamp::from_unix_seconds(date.unix_seconds() + 1).unwrap().amz_date();
            form.with("x-amz-date", next.as_str())
        },
    },
    Case {
        what: "another region in the scope",
        s3: S3::RefusesByPolicy,
        make: |store| {
            let form = form(store);
            let credential = form.field("x-amz-credential").unwrap().replacen("/s3/", "x/s3/", 1);
            form.with("x-amz-credential", &credential)
        },
    },
    Case { what: "no key", s3: S3::RefusesByPolicy, make: |store| form(store).without("key") },
    Case { what: "no policy", s3: S3::RefusesByPolicy, make: |store| form(store).without("policy") },
    Case { what: "no signature", s3: S3::RefusesByPolicy, make: |store| form(store).without("x-amz-signature") },
    Case { what: "expired", s3: S3::RefusesByPolicy, make: |store| older_form(store, 120, 1) },
    Case {
        what: "another signature",
        s3: S3::Refuses,
        make: |store| form(store).with("x-amz-signature", &"0".repeat(64)),
    },
    Case {
        what: "another policy",
        s3: S3::Refuses,
        make: |store| {
            let mine = form(store);
            // Of the same second, so that it differs in the range only.
            let date = mine.field("x-amz-date").unwrap().parse().unwrap();
            let wider = policy().content_length_range(0..=4_000);
            let wider = Form::new(&store.presigner.presign_post_at(&wider, MINUTE, date).unwrap(), FILE);
            mine.with("policy", wider.field("policy").unwrap()).with_file(&[0; 41])
        },
    },
    Case {
        what: "another secret",
        s3: S3::Refuses,
        make: |store| Form::new(&store.forger().presign_post(&policy(), MINUTE).unwrap(), FILE),
    },
    Case {
        what: "another bucket",
        s3: S3::Refuses,
        make: |store| {
            let form = form(store);
            let url = form.url().replacen(&bucket(), &other_bucket(), 1);
            form.with_url(url)
        },
    },
    Case {
        what: "another file than that of the checksum",
        s3: S3::Refuses,
        make: |store| Form::signed(store, &policy().checksum(CHECKSUM_OF_ANOTHER_FILE), FILE),
    },
];

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn what_the_policy_allows_is_stored_and_nothing_else() {
    let store = Store::from_env();
    let mut outcomes = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let mut form = (case.make)(&store);
        form.file_name = format!("{number}.png");

        let verdict = form.evaluate();
        assert_eq!(verdict.is_err(), case.s3 == S3::RefusesByPolicy, "{}: {verdict:?}", case.what);

        let answer = form.send(&store);
        let stored = form.key().and_then(|key| store.get(&key));
        if answer.is_success() {
            // The form to another bucket is stored there.
            assert!(case.what == "another bucket" || stored.unwrap().body() == form.file(), "{}", case.what);
        } else {
            assert!(stored.is_none(), "{}: refused, but stored", case.what);
        }
        outcomes.push(Outcome::new(case.what, case.s3, &answer));
    }
    check(&store, known(&store.name).map(|known| known.forms), &outcomes);
}

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn what_a_form_says_is_stored() {
    let store = Store::from_env();
    let mut form = form(&store);
    form.file_name = "grüße 1+1.png".to_owned();
    let answer = form.send(&store);
    assert_eq!(answer.status(), 201, "{answer:?}");
    assert_eq!(answer.element("Bucket"), Some(&*bucket()));
    assert_eq!(answer.element("Key"), Some("users/42/grüße 1+1.png"));

    let object = store.get("users/42/grüße 1+1.png").unwrap();
    assert_eq!(object.body(), FILE);
    assert_eq!(object.header("content-type"), Some("image/png"));
    assert_eq!(object.header("x-amz-meta-uploaded-by"), Some("42 \"one\""));
}

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn the_browser_is_sent_on() {
    let store = Store::from_env();
    let policy = PostPolicy::new("redirected").success_action_redirect("https://example.com/done");
    let answer = Form::signed(&store, &policy, FILE).send(&store);
    assert_eq!(answer.status(), 303, "{answer:?}");
    let location = answer.header("location").unwrap();
    assert!(location.starts_with("https://example.com/done?") && location.contains("key=redirected"), "{location}");
}

/// What would end the string in a policy that is not escaped, and characters that JSON can escape.
const HOSTILE: [&str; 5] = [
    "\"]],\"expiration\":\"2099-01-01T00:00:00Z\",\"conditions\":[[\"",
    "a\\b $key ${y}",
    "*'();:@&=+$,/?#[]",
    "日本 grüße+%20.txt",
    "🎉.txt",
];

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn hostile_keys_are_keys() {
    let store = Store::from_env();
    let mut outcomes = Vec::new();
    for key in HOSTILE {
        let policy = PostPolicy::new(key).content_length_range(0..=100);
        let form = Form::signed(&store, &policy, FILE);
        assert_eq!(form.evaluate(), Ok(()), "{key}");
        let answer = form.send(&store);
        assert_eq!(store.get(key).is_some_and(|object| object.body() == FILE), answer.is_success(), "{key}");
        outcomes.push(Outcome::new(key, S3::Accepts, &answer));

        let other = Form::signed(&store, &policy, FILE).with("key", "hostile");
        assert!(other.evaluate().is_err(), "{key}");
        let answer = other.send(&store);
        assert!((400..500).contains(&answer.status()), "{key}: {answer:?}");
        assert!(store.get("hostile").is_none(), "{key}");
    }
    check(&store, known(&store.name).map(|known| known.form_keys), &outcomes);
}
