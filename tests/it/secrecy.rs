//! No formatting of any public type, and no error, shows a secret, a token, a signing key or a signature.

use std::fmt::Debug;
use std::time::Duration;

use presign::s3::{GetObject, PutObject, S3Request};
use presign::sigv4::{CanonicalRequest, Request, Service, Signer, SigningContext, SigningKey, StringToSign};
use presign::{Credentials, CredentialsError, Error, Method, Presigner, Region, Timestamp};

const SECRET: &str = "sentinel+secret/0123456789";
const TOKEN: &str = "sentinel+token/0123456789==";
const HEADER: &str = "sentinel-header-0123456789";

/// What must not be seen, in each form in which it could be.
fn sentinels(signing_key: &[u8], signatures: &[&str]) -> Vec<String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut sentinels = vec![
        "sentinel".to_owned(),
        "0123456789".to_owned(),
        hex(signing_key),
        format!("{signing_key:?}"),
        format!("{:?}", SECRET.as_bytes()),
        format!("{:?}", TOKEN.as_bytes()),
    ];
    for signature in signatures {
        sentinels.push((*signature).to_owned());
        let bytes: Vec<u8> =
            (0..32).map(|at| u8::from_str_radix(&signature[at * 2..at * 2 + 2], 16).expect("digits")).collect();
        sentinels.push(format!("{bytes:?}"));
    }
    sentinels
}

#[test]
fn nothing_is_shown() -> Result<(), Error> {
    let now: Timestamp = "20240315T081530Z".parse()?;
    let life = Duration::from_secs(60);
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", SECRET)?.with_session_token(TOKEN)?.with_expiration(now);
    let live = Credentials::new("AKIAIOSFODNN7EXAMPLE", SECRET)?.with_session_token(TOKEN)?;
    let (region, service) = (Region::new("eu-west-1")?, Service::s3());

    let builder = Presigner::builder().credentials(live.clone()).region("eu-west-1").bucket("user-media");
    let presigner = builder.clone().build()?;
    let builder = builder.endpoint(format!("https://user:{HEADER}@h")).region(SECRET).account(SECRET).bucket(SECRET);
    let put = PutObject::new("key").header("x-amz-server-side-encryption-customer-key", HEADER);
    let signed = presigner.presign_at(&put, life, now)?;
    let explanation = presigner.explain_at(&put, life, now)?;

    let signer = Signer::new(live.clone(), region.clone(), service.clone());
    let request = Request::new(Method::Get, "https://h.example")?.header("x-custom", HEADER).query("q", HEADER);
    let authorized = signer.authorize_at(&request, now)?;
    let context = SigningContext::new(&live, &region, &service, now);
    let canonical = CanonicalRequest::presigned(&request, &context, life)?;
    let string_to_sign = StringToSign::new(context.scope(), canonical.sha256());
    let signing_key = SigningKey::derive(&live, &context.scope());
    let signature = signing_key.sign(&string_to_sign);

    // The sentinels are where they should be, so that looking for them means something.
    assert!(explanation.canonical_request().contains("sentinel%2Btoken"));
    assert!(explanation.canonical_request().contains(HEADER));
    assert!(authorized.headers().any(|(_, value)| value == TOKEN));

    let authorization = authorized.headers().find(|(name, _)| *name == "authorization").expect("a header").1;
    let hex = signature.to_hex();
    let sentinels = sentinels(
        signing_key.as_bytes(),
        &[&hex, &signed.url()[signed.url().len() - 64..], &authorization[authorization.len() - 64..]],
    );

    let errors: Vec<Error> = vec![
        Credentials::new(SECRET, "s").expect_err("a slash"),
        Credentials::new("id", format!("{SECRET}\n")).expect_err("a line feed"),
        Credentials::new("id", "s")?.with_session_token(format!("{TOKEN}\n")).expect_err("a line feed"),
        presigner
            .with_credentials(credentials.clone())
            .presign_at(GetObject::new("k"), life, now)
            .expect_err("expired"),
        Presigner::builder()
            .credentials(live.clone())
            .region("eu-west-1")
            .endpoint(format!("https://user:{HEADER}@h"))
            .build()
            .expect_err("a password"),
        builder.clone().build().expect_err("a slash"),
        builder.clone().region("eu-west-1").endpoint("https://h").build().expect_err("a slash"),
        presigner.presign_at(PutObject::new("k").header(format!("x:{HEADER}"), "v"), life, now).expect_err("a colon"),
        presigner.presign_at(GetObject::new(format!("../{SECRET}")), life, now).expect_err("dots"),
        presigner
            .presign_at(GetObject::new("k").header("x-custom", format!("{HEADER}\n")), life, now)
            .expect_err("a line feed"),
        presigner
            .presign_at(GetObject::new("k").query("X-Amz-Security-Token", TOKEN), life, now)
            .expect_err("the signer's"),
        CredentialsError::new(format!("the service sent {SECRET} and {TOKEN}")).into(),
    ];
    for error in &errors {
        check(&sentinels, "error", &error.to_string());
        check(&sentinels, "error", &format!("{error:?}"));
    }

    let parts = signed.clone().into_parts();
    let formatted: [(&str, &dyn Debug); 17] = [
        ("Credentials", &credentials),
        ("PresignerBuilder", &builder),
        ("Presigner", &presigner),
        ("PutObject", &put),
        ("S3Request", &S3Request::new(Method::Get).key("k").query("q", HEADER).header("x-custom", HEADER)),
        ("GetObject", &GetObject::new("k").response_content_type(HEADER)),
        ("PresignedRequest", &signed),
        ("SignedParts", &parts),
        ("Explanation", &explanation),
        ("Signer", &signer),
        ("Request", &request),
        ("AuthorizedRequest", &authorized),
        ("SigningContext", &context),
        ("CanonicalRequest", &canonical),
        ("StringToSign", &string_to_sign),
        ("SigningKey", &signing_key),
        ("Signature", &signature),
    ];
    for (name, value) in formatted {
        check(&sentinels, name, &format!("{value:?}"));
        check(&sentinels, name, &format!("{value:#?}"));
    }
    Ok(())
}

fn check(sentinels: &[String], name: &str, text: &str) {
    for sentinel in sentinels {
        assert!(!text.contains(sentinel.as_str()), "{name} shows {sentinel}: {text}");
    }
}

/// Neither the cell nor what signs with it shows the credentials in it.
#[cfg(feature = "std")]
#[test]
fn no_cell_is_shown() -> Result<(), Error> {
    use presign::CredentialsCell;

    let cell = CredentialsCell::new(Credentials::new("AKIAIOSFODNN7EXAMPLE", SECRET)?.with_session_token(TOKEN)?);
    let builder = Presigner::builder().credentials_provider(cell.clone()).region("eu-west-1").bucket("user-media");
    let presigner = builder.clone().build()?;
    let signed = presigner.presign_at(GetObject::new("k"), Duration::from_secs(60), "20240315T081530Z".parse()?)?;
    assert!(signed.url().contains("sentinel%2Btoken"));
    let sentinels = ["sentinel".into(), "0123456789".into()];
    let formatted: [(&str, &dyn Debug); 4] = [
        ("CredentialsCell", &cell),
        ("CredentialsCell", &CredentialsCell::empty()),
        ("PresignerBuilder", &builder),
        ("Presigner", &presigner),
    ];
    for (name, value) in formatted {
        check(&sentinels, name, &format!("{value:?}"));
        check(&sentinels, name, &format!("{value:#?}"));
    }
    Ok(())
}

/// What a form holds is in no `Debug` of it.
#[cfg(feature = "post")]
#[test]
fn no_form_is_shown() -> Result<(), Error> {
    use presign::s3::{PostPolicy, UploadGrant};

    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", SECRET)?.with_session_token(TOKEN)?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;
    let policy = PostPolicy::new("key").metadata("a", HEADER).starts_with("x-amz-meta-b", HEADER, HEADER);
    let now = "20240315T081530Z".parse()?;
    let post = presigner.presign_post_at(&policy, Duration::from_secs(60), now)?;
    let body = post.multipart_body("a.txt", "text/plain", b"text")?;
    let value = |wanted| post.fields().find(|(name, _)| *name == wanted).expect("the field").1.to_owned();
    assert_eq!(value("X-Amz-Security-Token"), TOKEN);
    let sentinels = [value("Policy"), value("X-Amz-Signature"), "sentinel".into(), "0123456789".into()];
    let grant = UploadGrant::from(post.clone());
    let parts = post.clone().into_parts();
    let formatted: [(&str, &dyn Debug); 5] = [
        ("PostPolicy", &policy),
        ("PresignedPost", &post),
        ("SignedParts", &parts),
        ("UploadGrant", &grant),
        ("MultipartBody", &body),
    ];
    for (name, value) in formatted {
        check(&sentinels, name, &format!("{value:?}"));
        check(&sentinels, name, &format!("{value:#?}"));
    }
    let errors = [
        presigner.presign_post_at(&PostPolicy::new("key").eq(format!("{HEADER}:"), ""), Duration::from_secs(60), now),
        presigner.presign_post_at(&PostPolicy::new("key").acl(format!("{HEADER}\n")), Duration::from_secs(60), now),
        presigner.presign_post_at(
            &PostPolicy::new("key").eq("a", format!("{TOKEN}${{filename}}")),
            Duration::from_secs(60),
            now,
        ),
    ];
    for error in errors {
        let error = error.expect_err("refused");
        check(&sentinels, "error", &format!("{error} {error:?}"));
    }
    Ok(())
}

/// The key of SSE-C, as bytes, in base64 and by its hash, is in no `Debug` of what holds it.
#[cfg(feature = "checksum")]
#[test]
fn no_customer_key_is_shown() -> Result<(), Error> {
    use presign::s3::{CopyObject, CopySource, SseCustomerKey};

    let key = SseCustomerKey::new(&[7; 32]);
    let base64 = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    let sentinels = [base64, &base64[..8], "y4HAEFCYWuvAXWFTtA1Qpg==", "7, 7, 7"].map(str::to_owned);
    let put = PutObject::new("key").sse_customer_key(&key);
    let copy = CopyObject::new("key", CopySource::new("archive", "key")?).copy_source_sse_customer_key(&key);
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", SECRET)?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;
    let now = "20240315T081530Z".parse()?;
    let signed = presigner.presign_at(&put, Duration::from_secs(60), now)?;
    let explanation = presigner.explain_at(&put, Duration::from_secs(60), now)?;
    // It is where it should be.
    assert!(signed.headers().any(|(_, value)| value == base64));
    let formatted: [(&str, &dyn Debug); 6] = [
        ("SseCustomerKey", &key),
        ("PutObject", &put),
        ("CopyObject", &copy),
        ("PutObject", &put.clone()),
        ("PresignedRequest", &signed),
        ("Explanation", &explanation),
    ];
    for (name, value) in formatted {
        check(&sentinels, name, &format!("{value:?}"));
        check(&sentinels, name, &format!("{value:#?}"));
    }
    Ok(())
}
