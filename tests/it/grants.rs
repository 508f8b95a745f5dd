//! Upload grants: what is signed for which store, and the JSON of it.

use std::time::Duration;

use presign::s3::{GetObject, PostForms, PostPolicy, PostPolicyDocument, PutObject, Store, Upload, UploadGrant};
use presign::{Credentials, Error, Method, Presigner, PresignerBuilder, Timestamp};

use crate::support::assert_variant;

const LIFE: Duration = Duration::from_secs(900);
const ENDPOINT: &str = "https://s3.example.com";

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn builder() -> PresignerBuilder {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid credentials");
    Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media")
}

fn presigner(post_forms: PostForms) -> Presigner {
    builder().store(Store::custom("ours").with_post_forms(post_forms)).endpoint(ENDPOINT).build().expect("valid")
}

fn upload() -> Upload<'static> {
    Upload::new("users/42/a b.png", "image/png", 1_000)
}

fn grant(presigner: &Presigner, upload: &Upload<'_>) -> Result<UploadGrant, Error> {
    presigner.grant_upload_at(upload, LIFE, now())
}

/// Which sizes around the limits the form takes, by the evaluator.
fn sizes_taken(grant: &UploadGrant) -> Vec<u64> {
    let UploadGrant::Form(form) = grant else { panic!("no form") };
    let policy = form.fields().find(|(name, _)| *name == "Policy").expect("a policy").1;
    let document = PostPolicyDocument::parse(policy).expect("valid");
    let fits = |size: &u64| document.evaluate(form.fields(), "a.png", *size, now()).is_ok();
    [0, 1, 499, 500, 501, 999, 1_000, 1_001, u64::MAX].into_iter().filter(fits).collect()
}

#[test]
fn a_store_with_forms_gets_a_form() -> Result<(), Error> {
    let presigner = presigner(PostForms::Supported);
    let any = grant(&presigner, &upload())?;
    assert_eq!((any.method(), any.url()), (Method::Post, "https://s3.example.com/user-media"));
    assert_eq!(any.expires_at().to_string(), "2024-03-15T08:30:30Z");
    assert_eq!(sizes_taken(&any), [0, 1, 499, 500, 501, 999, 1_000]);
    assert_eq!(sizes_taken(&grant(&presigner, &upload().size(500))?), [500]);

    let by_hand = PostPolicy::new("users/42/a b.png").content_type("image/png").content_length_range(0..=1_000);
    let by_hand = presigner.presign_post_at(&by_hand, LIFE, now())?;
    let UploadGrant::Form(form) = any else { panic!("no form") };
    assert!(form.fields().eq(by_hand.fields()));
    Ok(())
}

#[test]
fn a_store_without_forms_gets_a_put_of_the_exact_size() -> Result<(), Error> {
    for post_forms in [PostForms::NotSupported, PostForms::Unknown] {
        let presigner = presigner(post_forms);
        let put = grant(&presigner, &upload().size(1_000))?;
        assert_eq!(put.method(), Method::Put);
        assert_eq!(put.expires_at().to_string(), "2024-03-15T08:30:30Z");
        let by_hand = PutObject::new("users/42/a b.png").content_type("image/png").content_length(1_000);
        let by_hand = presigner.presign_at(by_hand, LIFE, now())?;
        assert_eq!(put.url(), by_hand.url());
        let UploadGrant::Request(put) = put else { panic!("a form") };
        assert!(put.headers().eq(by_hand.headers()));
        assert_eq!(grant(&presigner, &upload()).err(), Some(Error::SizeNotEnforceable));
    }
    Ok(())
}

#[test]
fn too_large_is_too_large_everywhere() {
    for post_forms in [PostForms::Supported, PostForms::NotSupported] {
        let refused = grant(&presigner(post_forms), &upload().size(1_001)).expect_err("too large");
        assert_variant!(refused, UploadTooLarge { bytes: 1_001, max: 1_000 });
    }
}

/// Nobody said what stands behind an endpoint, but everybody knows AWS.
#[test]
fn an_endpoint_alone_is_not_known_to_take_forms() -> Result<(), Error> {
    assert_eq!(grant(&builder().build()?, &upload())?.method(), Method::Post);
    let unknown = builder().endpoint(ENDPOINT).build()?;
    assert_eq!(grant(&unknown, &upload()).err(), Some(Error::SizeNotEnforceable));
    assert!(unknown.presign_post_at(&PostPolicy::new("key"), LIFE, now()).is_ok());
    let minio = builder().store(Store::MINIO).endpoint(ENDPOINT).build()?;
    assert_eq!(grant(&minio, &upload())?.method(), Method::Post);
    assert_eq!(grant(&minio.with_endpoint("https://public.example.com")?, &upload())?.method(), Method::Post);
    assert_eq!(grant(&minio.with_bucket("other")?, &upload())?.method(), Method::Post);
    Ok(())
}

#[test]
fn no_form_is_signed_for_a_store_that_takes_none() -> Result<(), Error> {
    let refused = presigner(PostForms::NotSupported).presign_post_at(&PostPolicy::new("key"), LIFE, now());
    assert_eq!(refused.err(), Some(Error::PostFormsNotSupported));
    let r2 = builder().store(Store::CLOUDFLARE_R2).account("0123456789abcdef0123456789abcdef");
    assert_eq!(grant(&r2.build()?, &upload().size(1))?.method(), Method::Put);
    Ok(())
}

#[cfg(feature = "serde")]
#[test]
fn the_members_are_the_same_for_all_that_is_signed() -> Result<(), Error> {
    use serde_json::{Value, json, to_value};

    let form = grant(&presigner(PostForms::Supported), &upload())?;
    let put = grant(&presigner(PostForms::Unknown), &upload().size(7))?;
    let get = UploadGrant::from(presigner(PostForms::Unknown).presign_at(GetObject::new("a"), LIFE, now())?);
    for grant in [&form, &put, &get] {
        let json = to_value(grant).expect("serializable");
        let members: Vec<_> = json.as_object().expect("an object").keys().collect();
        assert_eq!(members, ["expires_at", "fields", "forbidden_headers", "headers", "method", "url"]);
        assert_eq!(json["method"], grant.method().as_str());
        assert_eq!(json["url"], grant.url());
        assert_eq!(json["expires_at"], "2024-03-15T08:30:30Z");
        let object = |pairs: Vec<(&str, &str)>| pairs.into_iter().map(|(n, v)| (n.to_owned(), v.into())).collect();
        let (headers, fields): (Value, Value) = match grant {
            UploadGrant::Form(form) => (json!({}), Value::Object(object(form.fields().collect()))),
            UploadGrant::Request(request) => (Value::Object(object(request.headers().collect())), json!({})),
            other => panic!("{other:?}"),
        };
        assert_eq!((&json["headers"], &json["fields"]), (&headers, &fields));
    }
    let put = to_value(&put).expect("serializable");
    assert_eq!(put["headers"], json!({"content-type": "image/png", "content-length": "7"}));
    assert_eq!(put["forbidden_headers"], json!(["content-length"]));
    for grant in [&form, &get] {
        assert_eq!(to_value(grant).expect("serializable")["forbidden_headers"], json!([]));
    }
    // Fields in their order, which JavaScript keeps.
    let text = serde_json::to_string(&form).expect("serializable");
    let places: Vec<_> = ["key", "bucket", "Content-Type", "X-Amz-Date", "Policy", "X-Amz-Signature"]
        .map(|name| text.find(&format!("\"{name}\":")).expect("the field"))
        .to_vec();
    assert!(places.is_sorted(), "{places:?}");
    Ok(())
}

/// By the Fetch standard, a browser sets these headers itself.
#[test]
fn headers_that_a_browser_sets_itself() -> Result<(), Error> {
    let put = PutObject::new("a")
        .content_type("image/png")
        .content_length(7)
        .header("Sec-Fetch-Site", "none")
        .header("Section", "1")
        .header("Date", "Fri, 15 Mar 2024 08:15:30 GMT")
        .header("Cookie", "a=b")
        .metadata("expect", "1");
    let put = presigner(PostForms::Unknown).presign_at(put, LIFE, now())?;
    let mut names: Vec<_> = put.forbidden_headers().collect();
    names.sort_unstable();
    assert_eq!(names, ["content-length", "cookie", "date", "sec-fetch-site"]);
    Ok(())
}
