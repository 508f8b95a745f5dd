//! What is done with secrets, and which of them stay in memory today.

use std::time::Duration;

use presign::s3::{AddressingStyle, GetObject, MultipartPlan, PutObject};
use presign::sigv4::{
    CanonicalRequest, CredentialScope, Request, Service, SessionTokenPlacement, Signer, SigningContext, SigningKey,
    StringToSign,
};
use presign::{Credentials, Error, Method, PresignedRequest, Presigner, Region};
use zeroize::Zeroizing;

#[cfg(feature = "tokens")]
use crate::Secret::Base64OfToken;
use crate::Secret::{AccessKey, CustomerKey, EncodedToken, SigningKey as DerivedKey, Token};
use crate::{Check, Given, REGION, now};

pub const LIFE: Duration = Duration::from_secs(900);
pub const KEY_HEADER: &str = "x-amz-server-side-encryption-customer-key";

pub struct Row {
    pub name: &'static str,
    pub run: fn(&Given, &mut Check) -> Result<(), Error>,
}

pub const ROWS: &[Row] = &[
    Row { name: "credentials", run: credentials },
    Row { name: "credentials from owned strings", run: owned_credentials },
    Row { name: "credentials that are refused", run: refused_credentials },
    Row { name: "get", run: get },
    Row { name: "get, many", run: gets },
    Row { name: "credentials without a token", run: long_term },
    Row { name: "put", run: put },
    Row { name: "another presigner", run: derived },
    Row { name: "batch", run: batch },
    Row { name: "parts of an upload", run: parts },
    Row { name: "request to any service", run: signer },
    #[cfg(feature = "sigv4a")]
    Row { name: "SigV4A", run: sigv4a },
    Row { name: "token that is not signed", run: unsigned_token },
    Row { name: "authorization header", run: authorize },
    Row { name: "authorization header, dropped", run: authorize_and_drop },
    Row { name: "explanation", run: explain },
    Row { name: "stages", run: stages },
    #[cfg(feature = "std")]
    Row { name: "credentials that are replaced", run: replaced_credentials },
    Row { name: "provider", run: provider },
    #[cfg(feature = "std")]
    Row { name: "thread that ends", run: thread },
    Row { name: "request that is refused", run: refused_request },
    Row { name: "customer key as a header", run: customer_key_header },
    Row { name: "customer key as a header, explained", run: customer_key_explained },
    Row { name: "customer key as an owned string", run: owned_customer_key },
    #[cfg(feature = "checksum")]
    Row { name: "customer key", run: customer_key },
    #[cfg(feature = "checksum")]
    Row { name: "customer key of parts", run: customer_key_of_parts },
    #[cfg(feature = "tokens")]
    Row { name: "tokens", run: tokens },
    #[cfg(feature = "verify")]
    Row { name: "presigned request that is verified", run: crate::verified::presigned },
    #[cfg(feature = "verify")]
    Row { name: "authorized request that is verified", run: crate::verified::authorized },
    #[cfg(all(feature = "post", feature = "verify"))]
    Row { name: "form that is verified", run: crate::verified::form },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "form", run: forms::form },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "form, dropped", run: forms::form_and_drop },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "form in its parts", run: forms::parts },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "form as a body", run: forms::body },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "form as HTML", run: forms::html },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "form that is too large", run: forms::too_large },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "form with a customer key", run: forms::customer_key },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "grant", run: forms::grant },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "policy that is read", run: forms::read_policy },
    #[cfg(all(feature = "post", feature = "std"))]
    Row { name: "policy that is evaluated", run: forms::evaluate_policy },
    #[cfg(all(feature = "post", feature = "std", feature = "serde"))]
    Row { name: "form that is read", run: forms::read_form },
];

pub fn presigner(given: &Given) -> Result<Presigner, Error> {
    Presigner::builder().credentials(given.credentials()).region(REGION).bucket("user-media").build()
}

pub fn texts(request: &PresignedRequest) -> Vec<&str> {
    request.headers().map(|(_, value)| value).chain([request.url()]).collect()
}

fn credentials(given: &Given, check: &mut Check) -> Result<(), Error> {
    let credentials = given.credentials();
    let expiring = credentials.clone().with_expiration(now());
    let other = expiring.clone().with_session_token("other")?;
    drop((format!("{credentials:?}"), other == credentials));
    check.sees(&[AccessKey, Token]);
    Ok(())
}

fn owned_credentials(given: &Given, check: &mut Check) -> Result<(), Error> {
    let secret = String::from(&*given.secret_access_key);
    let credentials = Credentials::new("id", secret)?.with_session_token(Box::from(&**given.token))?;
    check.sees(&[AccessKey, Token]);
    drop(credentials);
    Ok(())
}

fn refused_credentials(given: &Given, _: &mut Check) -> Result<(), Error> {
    let with_line_feed = |text: &str| [text, "\n"].concat();
    Credentials::new("id", with_line_feed(&given.secret_access_key)).expect_err("a line feed");
    Credentials::new("a/b", &*given.secret_access_key).expect_err("a slash");
    Credentials::new("id", "secret")?.with_session_token(with_line_feed(&given.token)).expect_err("a line feed");
    Ok(())
}

fn get(given: &Given, check: &mut Check) -> Result<(), Error> {
    let signed = presigner(given)?.presign_at(GetObject::new("a b.png"), LIFE, now())?;
    check.sees(&[EncodedToken]);
    // The string that the caller gets is the only copy.
    check.keep(signed.into_url(), |url| vec![url]);
    Ok(())
}

fn gets(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner(given)?;
    let mut url = Zeroizing::new(String::new());
    for (key, seconds) in [("a.png", 60), ("b.png", 60), ("c.png", 61), ("d.png", 60)] {
        url.clear();
        presigner.presign_into_at(&mut url, GetObject::new(key), Duration::from_secs(seconds), now())?;
    }
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

fn long_term(given: &Given, check: &mut Check) -> Result<(), Error> {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", &*given.secret_access_key)?;
    let presigner = Presigner::builder().credentials(credentials).region(REGION).bucket("user-media").build()?;
    for seconds in [60, 60, 61] {
        presigner.presign_at(GetObject::new("a.png"), Duration::from_secs(seconds), now())?;
    }
    presigner.presign_at(PutObject::new("a.png").content_type("image/png"), LIFE, now())?;
    check.sees(&[AccessKey, DerivedKey]);
    Ok(())
}

fn put(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner(given)?;
    let put = PutObject::new("Zürich.png").content_type("image/png").metadata("a", "  b  c").query("x-y", "ä ö");
    check.keep(presigner.presign_at(&put, LIFE, now())?, texts);
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

fn derived(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner(given)?;
    for other in [
        presigner.with_bucket("other-bucket")?,
        presigner.with_region("us-east-1")?,
        presigner.with_endpoint("https://s3.example.com")?,
        presigner.with_credentials(given.credentials()),
    ] {
        check.keep(other.presign_at(GetObject::new("a.png"), LIFE, now())?, texts);
    }
    check.sees(&[AccessKey, Token, EncodedToken]);
    Ok(())
}

fn batch(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner(given)?;
    let batch = presigner.batch_at(LIFE, now())?;
    let mut url = Zeroizing::new(String::new());
    batch.presign_into(&mut url, GetObject::new("a b.png"))?;
    check.keep(batch.presign(PutObject::new("c.png").content_type("image/png"))?, texts);
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

fn parts(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner(given)?;
    let plan = MultipartPlan::new(40_000_000)?;
    let mut parts = presigner.upload_parts_at("a.mp4", "VXBsb2FkIElE", &plan, LIFE, now());
    let mut url = Zeroizing::new(String::new());
    parts.next_into(&mut url).expect("a part")?;
    for part in parts {
        check.keep(part?.1, texts);
    }
    let parts = presigner.upload_parts_at("a.mp4", "VXBsb2FkIElE", &plan, LIFE, now());
    for part in parts.with(|_, part| part.header("x-amz-meta-a", "b")) {
        check.keep(part?.1, texts);
    }
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

fn any_request() -> Result<Request<'static>, Error> {
    Ok(Request::new(Method::Get, "https://h.example")?.path("/a%20b").query("a", "ä").header("x-a", "b"))
}

fn signer(given: &Given, check: &mut Check) -> Result<(), Error> {
    let signer = Signer::new(given.credentials(), Region::new(REGION)?, Service::s3());
    check.keep(signer.presign_at(&any_request()?, LIFE, now())?, texts);
    let other = signer.with_scope(&Region::new("us-east-1")?, &Service::new("sts")?);
    check.keep(other.presign_at(&any_request()?.path("/a"), LIFE, now())?, texts);
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

#[cfg(feature = "sigv4a")]
fn sigv4a(given: &Given, check: &mut Check) -> Result<(), Error> {
    let signer = Signer::sigv4a(given.credentials(), presign::sigv4::RegionSet::all(), Service::s3());
    check.keep(signer.presign_at(&any_request()?, LIFE, now())?, texts);
    let authorized = signer.authorize_at(&any_request()?, now())?;
    check.keep(authorized, |authorized| authorized.headers().map(|(_, value)| value).collect());
    check.sees(&[AccessKey, Token, EncodedToken]);
    Ok(())
}

fn unsigned_token(given: &Given, check: &mut Check) -> Result<(), Error> {
    let service = Service::s3().session_token_placement(SessionTokenPlacement::AppendedAfterSigning);
    let signer = Signer::new(given.credentials(), Region::new(REGION)?, service);
    check.keep(signer.presign_at(&any_request()?, LIFE, now())?, texts);
    let authorized = signer.authorize_at(&any_request()?, now())?;
    check.keep(authorized, |authorized| authorized.headers().map(|(_, value)| value).collect());
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

fn authorize(given: &Given, check: &mut Check) -> Result<(), Error> {
    let signer = Signer::new(given.credentials(), Region::new(REGION)?, Service::s3());
    let authorized = signer.authorize_at(&any_request()?, now())?;
    check.keep(authorized, |authorized| authorized.headers().map(|(_, value)| value).collect());
    check.sees(&[AccessKey, Token, DerivedKey]);
    Ok(())
}

fn authorize_and_drop(given: &Given, check: &mut Check) -> Result<(), Error> {
    let signer = Signer::new(given.credentials(), Region::new(REGION)?, Service::s3());
    let authorized = signer.authorize_at(&any_request()?, now())?;
    drop(signer);
    check.sees(&[Token]);
    drop(authorized);
    Ok(())
}

fn explain(given: &Given, check: &mut Check) -> Result<(), Error> {
    let explanation = presigner(given)?.explain_at(GetObject::new("a b.png"), LIFE, now())?;
    check.sees(&[EncodedToken]);
    drop(explanation.clone());
    drop(explanation);
    Ok(())
}

fn stages(given: &Given, check: &mut Check) -> Result<(), Error> {
    let (credentials, region, service) = (given.credentials(), Region::new(REGION)?, Service::s3());
    let context = SigningContext::new(&credentials, &region, &service, now());
    let scope = CredentialScope::new(now().amz_date(), &region, &service);
    for canonical in [
        CanonicalRequest::presigned(&any_request()?, &context, LIFE)?,
        CanonicalRequest::authorized(&any_request()?, &context)?,
    ] {
        let string_to_sign = StringToSign::new(context.scope(), canonical.sha256());
        // On the heap, because the stack is not looked at.
        let key = Box::new(SigningKey::derive(&credentials, &scope));
        assert_eq!(key.sign(&string_to_sign).to_hex(), key.clone().sign(&string_to_sign).to_hex());
        check.sees(&[AccessKey, DerivedKey, Token, EncodedToken]);
    }
    drop(context.clone());
    Ok(())
}

#[cfg(feature = "std")]
fn replaced_credentials(given: &Given, check: &mut Check) -> Result<(), Error> {
    let cell = presign::CredentialsCell::new(given.credentials());
    let builder = Presigner::builder().credentials_provider(cell.clone()).region(REGION).bucket("user-media");
    let presigner = builder.build()?;
    check.keep(presigner.presign_at(GetObject::new("a.png"), LIFE, now())?, texts);
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    cell.set(Credentials::new("other", "other")?);
    // The next signature drops the credentials that were replaced. Everything else is alive until the row is checked.
    check.keep(presigner.presign_at(GetObject::new("a.png"), LIFE, now())?, texts);
    check.keep((cell, presigner), |_| Vec::new());
    Ok(())
}

fn provider(given: &Given, check: &mut Check) -> Result<(), Error> {
    let credentials = given.credentials();
    // Equal each time, but never the same.
    let provider = move || Ok(credentials.clone().with_expiration("20240315T091530Z".parse()?));
    let builder = Presigner::builder().credentials_provider(provider).region(REGION).bucket("user-media");
    let presigner = builder.build()?;
    check.keep(presigner.presign_at(GetObject::new("a.png"), LIFE, now())?, texts);
    check.keep(presigner.presign_at(GetObject::new("a.png"), LIFE, now())?, texts);
    check.sees(&[AccessKey, Token, EncodedToken]);
    Ok(())
}

#[cfg(feature = "std")]
fn thread(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner(given)?;
    let on_thread = presigner.clone();
    let sign = move || on_thread.presign_at(PutObject::new("a.png").content_type("image/png"), LIFE, now());
    let signed = std::thread::spawn(sign).join().expect("no panic")?;
    check.keep(signed, texts);
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

/// Each is dropped, also those that are refused because they are too long.
#[cfg(feature = "tokens")]
fn tokens(given: &Given, check: &mut Check) -> Result<(), Error> {
    use presign::tokens::{BedrockToken, EksToken, ElastiCacheToken, ExecApiVersion, IotToken, MskToken, RdsToken};

    let (credentials, region) = (given.credentials(), Region::new(REGION)?);
    let rds = RdsToken::new("a.eu-west-1.rds.amazonaws.com", 5432, "app")?.sign_at(&credentials, now())?;
    let iot = IotToken::new("a.iot.eu-west-1.amazonaws.com")?.sign_at(&credentials, now())?;
    let cache = ElastiCacheToken::new("a", "app", region.clone())?.sign_at(&credentials, now())?;
    drop((format!("{rds:?}"), rds.clone(), iot, cache));
    BedrockToken::new(region.clone()).sign_at(&credentials, now())?;
    let msk = MskToken::new(region.clone())?.sign_at(&credentials, now())?;
    check.sees(&[Base64OfToken]);
    drop(msk);
    let eks = EksToken::new("prod", region)?.exec_credential(ExecApiVersion::V1).sign_at(&credentials, now());
    check.sees(&[AccessKey, Token, EncodedToken]);
    drop((rds, eks));
    Ok(())
}

fn refused_request(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner(given)?;
    let mut url = String::from("before");
    for put in [
        PutObject::new("a").header("x-a", "ä"),
        PutObject::new("../a"),
        PutObject::new("a").header("host", "h"),
        PutObject::new("a").header(KEY_HEADER, &*given.customer_key).header("x-a", "\n"),
    ] {
        presigner.presign_into_at(&mut url, &put, LIFE, now()).expect_err("refused");
        presigner.explain_at(&put, LIFE, now()).expect_err("refused");
    }
    check.sees(&[AccessKey, Token, EncodedToken, DerivedKey]);
    Ok(())
}

/// Signed by credentials without a token, which have nothing else that must be wiped.
fn presigner_without_token() -> Result<Presigner, Error> {
    let builder = Presigner::builder().credentials(Credentials::new("id", "secret")?).region(REGION);
    builder.endpoint("https://s3.example.com").bucket("user-media").addressing_style(AddressingStyle::Path).build()
}

fn customer_key_header(given: &Given, check: &mut Check) -> Result<(), Error> {
    let presigner = presigner_without_token()?;
    for name in [
        KEY_HEADER,
        "x-amz-copy-source-server-side-encryption-customer-key",
        "X-Amz-Server-Side-Encryption-Customer-Key",
    ] {
        let put = PutObject::new("a.png").header(name, &*given.customer_key);
        check.keep(presigner.presign_at(&put, LIFE, now())?, texts);
        let mut url = String::new();
        presigner.batch_at(LIFE, now())?.presign_into(&mut url, &put)?;
    }
    let signer = Signer::new(Credentials::new("id", "secret")?, Region::new(REGION)?, Service::s3());
    let request = Request::new(Method::Put, "https://h.example")?.header(KEY_HEADER, &*given.customer_key);
    let authorized = signer.authorize_at(&request, now())?;
    check.keep(authorized, |authorized| authorized.headers().map(|(_, value)| value).collect());
    Ok(())
}

fn customer_key_explained(given: &Given, check: &mut Check) -> Result<(), Error> {
    let put = PutObject::new("a.png").header(KEY_HEADER, &*given.customer_key);
    let explanation = presigner_without_token()?.explain_at(&put, LIFE, now())?;
    check.sees(&[CustomerKey]);
    drop(explanation);
    Ok(())
}

fn owned_customer_key(given: &Given, check: &mut Check) -> Result<(), Error> {
    let put = PutObject::new("a.png").header(KEY_HEADER, String::from(&*given.customer_key));
    presigner_without_token()?.presign_into_at(&mut String::new(), &put, LIFE, now())?;
    check.sees(&[CustomerKey]);
    drop(put);
    Ok(())
}

#[cfg(feature = "checksum")]
fn sse_customer_key(given: &Given) -> presign::s3::SseCustomerKey {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    let mut bytes = Zeroizing::new([0; 32]);
    STANDARD.decode_slice(given.customer_key.as_bytes(), &mut *bytes).expect("base64");
    presign::s3::SseCustomerKey::new(&bytes)
}

#[cfg(feature = "checksum")]
fn customer_key(given: &Given, check: &mut Check) -> Result<(), Error> {
    use presign::s3::{CopyObject, CopySource};

    let (presigner, key) = (presigner_without_token()?, sse_customer_key(given));
    let put = PutObject::new("a.png").sse_customer_key(&key);
    check.keep(presigner.presign_at(put.clone(), LIFE, now())?, texts);
    check.keep(presigner.presign_at(&put, LIFE, now())?, texts);
    let copy = CopyObject::new("b.png", CopySource::new("archive", "a.png")?).copy_source_sse_customer_key(&key);
    check.keep(presigner.presign_at(copy.sse_customer_key(&key), LIFE, now())?, texts);
    check.sees(&[CustomerKey]);
    Ok(())
}

#[cfg(feature = "checksum")]
fn customer_key_of_parts(given: &Given, check: &mut Check) -> Result<(), Error> {
    let (presigner, key) = (presigner_without_token()?, sse_customer_key(given));
    let plan = MultipartPlan::new(20_000_000)?;
    let parts = presigner.upload_parts_at("a.mp4", "VXBsb2FkIElE", &plan, LIFE, now());
    for part in parts.with(move |_, part| part.sse_customer_key(&key)) {
        check.keep(part?.1, texts);
        check.sees(&[CustomerKey]);
    }
    Ok(())
}

#[cfg(all(feature = "post", feature = "std"))]
mod forms {
    use presign::s3::{PostPolicy, PostPolicyDocument, PresignedPost, Upload, UploadGrant};

    use super::*;
    use crate::Secret::Base64OfToken;

    fn policy() -> PostPolicy<'static> {
        // With what JSON and HTML escape.
        PostPolicy::with_key_template("a\"\\/${filename}").content_type("image/png").content_length_range(1..=9)
    }

    fn signed(given: &Given) -> Result<PresignedPost, Error> {
        presigner(given)?.presign_post_at(&policy(), LIFE, now())
    }

    pub(super) fn form(given: &Given, check: &mut Check) -> Result<(), Error> {
        check.keep(signed(given)?, |post| post.fields().map(|(_, value)| value).collect());
        Ok(())
    }

    /// Nobody but the crate can wipe its text.
    pub(super) fn form_and_drop(given: &Given, check: &mut Check) -> Result<(), Error> {
        let post = signed(given)?;
        check.sees(&[Token, Base64OfToken]);
        drop(post.clone());
        drop(post);
        Ok(())
    }

    pub(super) fn parts(given: &Given, check: &mut Check) -> Result<(), Error> {
        let parts = signed(given)?.into_parts();
        check.sees(&[Token, Base64OfToken]);
        check.keep(parts, |parts| parts.fields.iter().map(|(_, value)| value.as_str()).collect());
        Ok(())
    }

    pub(super) fn body(given: &Given, check: &mut Check) -> Result<(), Error> {
        let body = signed(given)?.multipart_body("a\".png", "image/png", b"file")?;
        check.sees(&[Token, Base64OfToken]);
        drop(Zeroizing::new(body.into_bytes()));
        Ok(())
    }

    pub(super) fn html(given: &Given, check: &mut Check) -> Result<(), Error> {
        let html = Zeroizing::new(signed(given)?.to_html());
        check.sees(&[Token, Base64OfToken]);
        drop(html);
        Ok(())
    }

    pub(super) fn too_large(given: &Given, check: &mut Check) -> Result<(), Error> {
        let presigner = presigner(given)?;
        let policy = policy().ignore("a", "a".repeat(20_000));
        presigner.presign_post_at(&policy, LIFE, now()).expect_err("too large");
        check.sees(&[Token]);
        Ok(())
    }

    pub(super) fn customer_key(given: &Given, check: &mut Check) -> Result<(), Error> {
        let policy = policy().eq(KEY_HEADER, &*given.customer_key);
        let post = presigner_without_token()?.presign_post_at(&policy, LIFE, now())?;
        check.sees(&[CustomerKey]);
        drop(post);
        Ok(())
    }

    pub(super) fn grant(given: &Given, check: &mut Check) -> Result<(), Error> {
        let upload = Upload::new("a.png", "image/png", 9);
        let grant = presigner(given)?.grant_upload_at(&upload, LIFE, now())?;
        assert!(matches!(grant, UploadGrant::Form(_)));
        check.keep(grant.into_parts(), |parts| parts.fields.iter().map(|(_, value)| value.as_str()).collect());
        Ok(())
    }

    pub(super) fn read_policy(given: &Given, check: &mut Check) -> Result<(), Error> {
        let post = presigner(given)?.presign_post_at(&PostPolicy::new("a"), LIFE, now())?;
        let policy = post.fields().find(|(name, _)| *name == "Policy").expect("signed").1;
        drop(PostPolicyDocument::parse(policy).expect("a policy"));
        check.keep(post, |post| post.fields().map(|(_, value)| value).collect());
        Ok(())
    }

    pub(super) fn evaluate_policy(given: &Given, check: &mut Check) -> Result<(), Error> {
        let post = presigner(given)?.presign_post_at(&PostPolicy::new("a"), LIFE, now())?;
        let policy = post.fields().find(|(name, _)| *name == "Policy").expect("signed").1;
        let document = PostPolicyDocument::parse(policy).expect("a policy");
        assert_eq!(document.evaluate(post.fields(), "a", 1, now()), Ok(()));
        let twice = post.fields().chain(post.fields().filter(|(name, _)| name.ends_with("Token")));
        document.evaluate(twice, "a", 1, now()).expect_err("two tokens");
        PostPolicyDocument::parse(&Zeroizing::new(["{", policy].concat())).expect_err("no policy");
        check.keep(post, |post| post.fields().map(|(_, value)| value).collect());
        check.sees(&[Token]);
        drop(document.clone());
        drop(document);
        Ok(())
    }

    #[cfg(feature = "serde")]
    pub(super) fn read_form(given: &Given, check: &mut Check) -> Result<(), Error> {
        let post = presigner(given)?.presign_post_at(&PostPolicy::new("a"), LIFE, now())?;
        let mut json = Zeroizing::new(Vec::with_capacity(1 << 16));
        serde_json::to_writer(&mut *json, &post).expect("JSON");
        let read: PresignedPost = serde_json::from_slice(&json).expect("a form");
        assert!(read == post);
        let grant: UploadGrant = serde_json::from_slice(&json).expect("a form");
        check.sees(&[Token, Base64OfToken]);
        drop((read, grant));
        Ok(())
    }
}
