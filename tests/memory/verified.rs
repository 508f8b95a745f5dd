//! What a server does with requests that carry secrets.

use presign::s3::PutObject;
use presign::sigv4::{Request, Service, Signer};
use presign::verify::{ReceivedRequest, ServedHost, Verifier, VerifyPolicy};
use presign::{Credentials, Error, Method, Region};

use crate::Secret::{AccessKey, CustomerKey, EncodedToken, SigningKey as DerivedKey, Token};
use crate::rows::{KEY_HEADER, LIFE, presigner, texts};
use crate::{Check, Given, REGION, now};

fn verifier() -> Result<Verifier, Error> {
    Ok(Verifier::new(VerifyPolicy::new(Region::new(REGION)?, Service::s3(), ServedHost::any())))
}

/// Verifies a request as it is, and with the parameters in forms that have to be written anew; and refuses it.
pub fn presigned(given: &Given, check: &mut Check) -> Result<(), Error> {
    let put = PutObject::new("a b.png").header(KEY_HEADER, &*given.customer_key);
    let signed = presigner(given)?.presign_at(put, LIFE, now())?;
    let (host, target) = host_and_target(signed.url());
    let verifier = verifier()?;
    let lower_case = target.replace("%2F", "%2f");
    for target in [target, &lower_case] {
        let request = ReceivedRequest::new("PUT", target, host)
            .headers(signed.headers().map(|(name, value)| (name, value.as_bytes())));
        let trusted = verifier.verify_at(&request, |_| Some(given.credentials()), now()).expect("signed");
        assert_eq!(trusted.header(KEY_HEADER), Some(given.customer_key.as_str()));
        check.sees(&[AccessKey, EncodedToken, DerivedKey, CustomerKey]);
        drop(format!("{trusted:?}"));
        drop(trusted);
        verifier.verify_at(&request, |_| None, now()).expect_err("unknown");
        verifier.verify_at(&request, |_| Credentials::new("other", "other").ok(), now()).expect_err("another");
    }
    check.keep((lower_case, signed), |(lower_case, signed)| {
        let mut texts = texts(signed);
        texts.push(lower_case);
        texts
    });
    Ok(())
}

pub fn authorized(given: &Given, check: &mut Check) -> Result<(), Error> {
    let signer = Signer::new(given.credentials(), Region::new(REGION)?, Service::s3());
    let authorized = signer.authorize_at(&Request::new(Method::Get, "https://h.example")?.path("/a"), now())?;
    let verifier = verifier()?;
    let request = ReceivedRequest::new("GET", "/a", "h.example")
        .headers(authorized.headers().map(|(name, value)| (name, value.as_bytes())));
    let trusted = verifier.verify_at(&request, |_| Some(given.credentials()), now()).expect("signed");
    check.sees(&[AccessKey, Token, DerivedKey]);
    drop(trusted);
    check.keep(authorized, |authorized| authorized.headers().map(|(_, value)| value).collect());
    Ok(())
}

#[cfg(feature = "post")]
pub fn form(given: &Given, check: &mut Check) -> Result<(), Error> {
    use presign::s3::PostPolicy;
    use presign::verify::ReceivedForm;

    let post = presigner(given)?.presign_post_at(&PostPolicy::new("a.png"), LIFE, now())?;
    let (host, target) = host_and_target(post.url());
    let form = ReceivedForm::new(ReceivedRequest::new("POST", target, host)).fields(post.fields());
    let host = ServedHost::with_bucket_subdomains("s3.eu-west-1.amazonaws.com")?;
    let verifier = Verifier::new(VerifyPolicy::new(Region::new(REGION)?, Service::s3(), host));
    let trusted = verifier.verify_form_at(&form, |_| Some(given.credentials()), now()).expect("signed");
    check.sees(&[AccessKey, Token, DerivedKey]);
    drop(trusted);
    Ok(())
}

fn host_and_target(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("https://").expect("https");
    rest.split_at(rest.find('/').expect("a path"))
}
