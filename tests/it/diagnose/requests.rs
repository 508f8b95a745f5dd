//! The URL that a client was given, and the request that really arrived.

use presign::diagnose::{Cause, Line, Refusal, Signed, diagnose};
use presign::s3::S3Request;
use presign::sigv4::{Request, Service, Signer};
use presign::{Method, PresignedRequest, Region};

use super::*;

fn signed_put() -> PresignedRequest {
    let put = PutObject::new("users/42/my file+1.png").content_type("image/png").header("x-amz-meta-user", "42");
    presigner().presign_at(put, Duration::from_secs(900), now()).expect("a URL")
}

fn of_url(request: &PresignedRequest) -> Signed {
    Signed::from_url(request.method().as_str(), request.url(), request.headers()).expect("a signature")
}

/// What is rebuilt from the URL is what was signed: the same causes, for all of the requests.
#[test]
fn a_url_is_as_good_as_an_explanation() {
    let requests = [
        S3Request::new(Method::Get).key("report.pdf"),
        S3Request::new(Method::Get)
            .key("a b/é+~.txt")
            .query("response-content-disposition", "attachment; filename=\"a b.txt\""),
        S3Request::new(Method::Put)
            .key("a")
            .header("content-type", "text/plain")
            .header("x-amz-meta-a", " two  spaces "),
        S3Request::new(Method::Put).key("a").header("x-amz-content-sha256", "a".repeat(64)),
    ];
    let with_token = presigner().with_credentials(credentials().with_session_token(TOKEN).expect("a token"));
    for presigner in [presigner(), with_token] {
        for request in &requests {
            let life = Duration::from_secs(60);
            let explanation = presigner.explain_at(request, life, now()).expect("a request");
            let url = presigner.presign_at(request, life, now()).expect("a URL");
            // Equal strings: nothing but the key remains.
            let body = Received::new(&explanation, str::to_owned).aws();
            let body = body.replace(&"0".repeat(64), url.url().rsplit('=').next().expect("a signature"));
            let diagnosis = diagnose(&of_url(&url), &Refusal::parse(Some(403), &body));
            assert_causes(&diagnosis, &[Cause::WrongSecret], url.url());
            let string_to_sign = Refusal::parse(Some(403), explanation.string_to_sign());
            assert_causes(&diagnose(&of_url(&url), &string_to_sign), &[Cause::WrongSecret], url.url());
        }
    }
}

#[test]
fn other_services_and_the_authorization_header() {
    let signer =
        Signer::new(credentials(), Region::new("eu-west-1").expect("valid"), Service::new("sts").expect("valid"));
    let request = Request::new(Method::Get, "https://sts.eu-west-1.amazonaws.com")
        .expect("valid")
        .path("/my%20path/")
        .query("Action", "GetCallerIdentity")
        .header("x-k8s-aws-id", "my-cluster");
    let explanation = signer.explain_at(&request, Duration::from_secs(60), now()).expect("a request");
    let url = signer.presign_at(&request, Duration::from_secs(60), now()).expect("a URL");
    let equal = Refusal::parse(Some(403), explanation.string_to_sign());
    assert_causes(&diagnose(&of_url(&url), &equal), &[Cause::WrongSecret], "sts");

    let authorized = signer.authorize_at(&request, now()).expect("a request");
    let signed = Signed::from_url("GET", authorized.url(), authorized.headers()).expect("a signature");
    let refusal = Refusal::parse(Some(403), "").received_request("GET", authorized.url(), authorized.headers());
    let diagnosis = diagnose(&signed, &refusal);
    assert!(!diagnosis.causes().contains(&Cause::Method) && diagnosis.causes()[0] == Cause::WrongSecret, "{diagnosis}");
    let refusal = Refusal::parse(Some(403), "").received_request("POST", authorized.url(), authorized.headers());
    assert_causes(&diagnose(&signed, &refusal), &[Cause::Method], "POST");
}

/// A header whose value was not given is not compared, but it is missed.
#[test]
fn a_url_without_its_headers() {
    let url = signed_put();
    let signed = Signed::from_url("PUT", url.url(), []).expect("a signature");
    let put = PutObject::new("users/42/my file+1.png").content_type("image/png").header("x-amz-meta-user", "42");
    let explanation = presigner().explain_at(put, Duration::from_secs(900), now()).expect("a request");
    let why = |change: fn(&str) -> String| {
        let signature = url.url().rsplit('=').next().expect("a signature");
        let body = Received::new(&explanation, change).aws().replace(&"0".repeat(64), signature);
        diagnose(&signed, &Refusal::parse(Some(403), &body))
    };
    assert_causes(&why(str::to_owned), &[Cause::WrongSecret, Cause::ContentType, Cause::HeaderChanged], "equal");
    assert_causes(&why(|text| text.replacen("PUT", "POST", 1)), &[Cause::Method], "method");
    assert_causes(
        &why(|text| text.replacen("x-amz-meta-user:42", "x-amz-meta-user:", 1)),
        &[Cause::HeaderNotSent],
        "not sent",
    );
}

#[test]
fn urls_of_other_signers() {
    // Signature Version 2, of botocore and of Google.
    for url in [
        "https://b.s3.amazonaws.com/a?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=abc%3D&Expires=1710490530",
        "https://storage.googleapis.com/b/a?GoogleAccessId=x&Expires=1710490530&Signature=abc",
    ] {
        let signed = Signed::from_url("GET", url, []).expect("a signature");
        for body in [
            error(
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
                "",
            ),
            error("SignatureDoesNotMatch", "", ""),
            "Missing signature".to_owned(),
            error("UnauthorizedAccess", "", ""),
        ] {
            let diagnosis = diagnose(&signed, &Refusal::parse(Some(403), &body));
            assert_causes(&diagnosis, &[Cause::SignatureVersion2], &body);
        }
        let expired = error("AccessDenied", "Request has expired", "");
        assert_causes(&diagnose(&signed, &Refusal::parse(Some(403), &expired)), &[Cause::UrlExpired], url);
    }
    // aws4fetch writes a space as a plus sign, and signs `%20`.
    let url = presigner()
        .presign_at(GetObject::new("a").response_content_type("text/x y"), Duration::from_secs(60), now())
        .expect("a URL");
    let plus = url.url().replace("x%20y", "x+y");
    let signed = Signed::from_url("GET", &plus, []).expect("a signature");
    let explanation = presigner()
        .explain_at(GetObject::new("a").response_content_type("text/x y"), Duration::from_secs(60), now())
        .expect("a request");
    let equal = Refusal::parse(Some(403), explanation.string_to_sign());
    assert_causes(&diagnose(&signed, &equal), &[Cause::WrongSecret], "a plus sign");
    let refusal = Refusal::parse(Some(403), "").received_request("GET", &plus, []);
    assert_eq!(diagnose(&signed, &refusal).difference(), None);

    for url in ["", "https://b.s3.amazonaws.com/a", "https://b/?X-Amz-Signature=a", "?&&=&%", "://?", "a://b?c"] {
        assert!(Signed::from_url("GET", url, []).is_none(), "{url}");
    }
}

/// The signature itself is a part of the URL.
#[test]
fn a_signature_that_was_changed() {
    let url = signed_put();
    let signed = of_url(&url);
    let put = PutObject::new("users/42/my file+1.png").content_type("image/png").header("x-amz-meta-user", "42");
    let explanation = presigner().explain_at(put, Duration::from_secs(900), now()).expect("a request");
    let diagnosis = diagnose(&signed, &Refusal::parse(Some(403), &Received::new(&explanation, str::to_owned).aws()));
    assert_causes(&diagnosis, &[Cause::QueryChanged], "another signature");
    let difference = diagnosis.difference().expect("a difference");
    assert_eq!(difference.line(), &Line::Parameter("X-Amz-Signature".to_owned()));
    assert!(difference.signed().expect("a side").starts_with("[redacted: 64 characters"));
}

/// Even if the signature that was made is not known.
#[test]
fn a_signature_that_was_cut_off() {
    let url = signed_put();
    let put = PutObject::new("users/42/my file+1.png").content_type("image/png").header("x-amz-meta-user", "42");
    let explanation = presigner().explain_at(put, Duration::from_secs(900), now()).expect("a request");
    let headers = [("content-type", "image/png"), ("x-amz-meta-user", "42")];
    for (cut_off, causes) in [(1, &[Cause::QueryChanged][..]), (64, &[Cause::QueryChanged]), (0, &[Cause::WrongSecret])]
    {
        let (kept, _) = url.url().split_at(url.url().len() - cut_off);
        let refusal = Refusal::parse(Some(403), "").received_request("PUT", kept, headers);
        let found = diagnose(&(&explanation).into(), &refusal);
        assert!(found.causes().starts_with(causes), "{cut_off}: {found}");
    }
    for (provided, causes) in
        [("0123abcd", [Cause::QueryChanged]), ("", [Cause::WrongSecret]), ("***", [Cause::WrongSecret])]
    {
        let body = Received::new(&explanation, str::to_owned).aws().replace(&"0".repeat(64), provided);
        assert_causes(&diagnose(&(&explanation).into(), &Refusal::parse(Some(403), &body)), &causes, provided);
    }
}

type Headers<'h> = &'h [(&'h str, &'h str)];

#[test]
fn what_really_arrived() {
    let url = signed_put();
    let (origin, target) = url.url().split_at("https://user-media.s3.eu-west-1.amazonaws.com".len());
    assert!(target.starts_with("/users/42/"), "{origin}");
    let host = ("host", "user-media.s3.eu-west-1.amazonaws.com");
    let user = ("x-amz-meta-user", "42");
    let png = ("Content-Type", "image/png");
    let all = [host, png, user];
    let rows: &[(&str, &str, String, Headers<'_>, &[Cause])] = &[
        ("method", "POST", target.to_owned(), &all, &[Cause::Method]),
        (
            "charset",
            "PUT",
            target.to_owned(),
            &[host, ("content-type", "image/png; charset=utf-8"), user],
            &[Cause::ContentType],
        ),
        ("no metadata", "PUT", target.to_owned(), &[host, png], &[Cause::HeaderNotSent]),
        ("acl", "PUT", target.to_owned(), &[host, png, user, ("X-Amz-Acl", "public-read")], &[Cause::HeaderNotSigned]),
        (
            "bearer",
            "PUT",
            target.to_owned(),
            &[host, png, user, ("Authorization", "Bearer x")],
            &[Cause::TwoSignatures],
        ),
        (
            "port",
            "PUT",
            target.to_owned(),
            &[("Host", "user-media.s3.eu-west-1.amazonaws.com:443"), png, user],
            &[Cause::Host],
        ),
        ("docker", "PUT", target.to_owned(), &[("Host", "minio:9000"), png, user], &[Cause::Host]),
        ("HTTP/2", "POST", target.to_owned(), &[(":authority", host.1), png, user], &[Cause::Method]),
        ("prefix", "PUT", format!("/storage{target}"), &all, &[Cause::Host]),
        ("decoded", "PUT", target.replacen("my%20file%2B1", "my%20file+1", 1), &all, &[Cause::UrlRewritten]),
        ("encoded", "PUT", target.replacen("my%20file", "my%2520file", 1), &all, &[Cause::UrlRewritten]),
        ("credential", "PUT", target.replacen("%2F", "%252F", 9), &all, &[Cause::UrlRewritten]),
        ("whole query", "PUT", target.replace('&', "%26").replace('=', "%3D"), &all, &[Cause::UrlRewritten]),
        ("all escapes again", "PUT", target.replace('%', "%25"), &all, &[Cause::UrlRewritten]),
        ("slashes", "PUT", target.replacen("/users", "//users", 1), &all, &[Cause::KeySlashes]),
        ("tracking", "PUT", format!("{target}&utm_source=mail"), &all, &[Cause::QueryChanged]),
        ("SDK", "PUT", format!("{target}&x-id=PutObject"), &all, &[Cause::QueryChanged]),
        ("checksum", "PUT", format!("{target}&x-amz-checksum-crc32=AAAAAA%3D%3D"), &all, &[Cause::BakedChecksum]),
        (
            "cut off by a shell",
            "PUT",
            target.split('&').next().expect("a start").to_owned(),
            &all,
            &[Cause::QueryChanged],
        ),
        ("signature cut off", "PUT", target[..target.len() - 1].to_owned(), &all, &[Cause::QueryChanged]),
        ("hash", "PUT", target.to_owned(), &[host, png, user, ("x-amz-content-sha256", "e3b0")], &[Cause::PayloadHash]),
        ("absolute", "POST", url.url().to_owned(), &[png, user], &[Cause::Method]),
        ("version 2", "PUT", "/a?AWSAccessKeyId=A&Signature=b&Expires=1".to_owned(), &all, &[Cause::SignatureVersion2]),
        ("two", "GET", target.to_owned(), &[host, user], &[Cause::Method, Cause::ContentType]),
    ];
    let signed = of_url(&url);
    // A store that says nothing, a HEAD, and a log of a server.
    for body in ["<Error><Code>SignatureDoesNotMatch</Code></Error>", ""] {
        for (name, method, url, headers, causes) in rows {
            let refusal = Refusal::parse(Some(403), body).received_request(method, url, headers.iter().copied());
            assert_causes(&diagnose(&signed, &refusal), causes, name);
        }
        // The neighbors: order, case and other headers are free.
        for headers in [&all[..], &[user, png, ("HOST", host.1), ("Accept", "*/*"), ("User-Agent", "curl")]] {
            let refusal = Refusal::parse(Some(403), body).received_request("PUT", target, headers.iter().copied());
            let diagnosis = diagnose(&signed, &refusal);
            assert!(diagnosis.causes().starts_with(&[Cause::WrongSecret, Cause::WrongRegion]), "{diagnosis}");
            assert!(!diagnosis.causes().contains(&Cause::Method) && diagnosis.difference().is_none(), "{diagnosis}");
        }
    }
    // A header that did not arrive has no value, not an empty one.
    let refusal = Refusal::parse(Some(403), "").received_request("PUT", target, [host, png]);
    let diagnosis = diagnose(&signed, &refusal);
    let difference = diagnosis.difference().expect("a difference");
    assert_eq!((difference.signed(), difference.received()), (Some("42"), None));
    // What a store returns is more certain than a log.
    let put = PutObject::new("users/42/my file+1.png").content_type("image/png").header("x-amz-meta-user", "42");
    let explanation = presigner().explain_at(put, Duration::from_secs(900), now()).expect("a request");
    let body = Received::new(&explanation, |text| text.replacen("image/png", "text/plain", 1)).aws();
    let refusal = Refusal::parse(Some(403), &body).received_request("POST", target, all);
    assert_causes(&diagnose(&signed, &refusal), &[Cause::ContentType], "both");
}

#[test]
fn nothing_of_a_url_is_shown() {
    let credentials = credentials().with_session_token(TOKEN).expect("a token");
    let put = PutObject::new("a").header("x-amz-server-side-encryption-customer-key", CUSTOMER_KEY);
    let url = presigner().with_credentials(credentials).presign_at(put, Duration::from_secs(60), now()).expect("a URL");
    let signed = of_url(&url);
    for change in [
        |url: &str| url.replace("SENTINEL", "SENTINELx"),
        |url: &str| url.replace('&', "%26"),
        |url: &str| url.replace('?', "%3F") + "?X-Amz-Signature=SENTINEL",
        |url: &str| url[..url.len() - 8].to_owned(),
        |url: &str| url.replace("&X-Amz-", "&amp;X-Amz-"),
    ] {
        let arrived = change(url.url());
        let key = ("x-amz-server-side-encryption-customer-key", "SENTINELc2VudGluZWw=");
        // Supabase adds its key to URLs.
        let arrived = arrived + "&apikey=SENTINEL";
        let refusal = Refusal::parse(Some(403), "").received_request("PUT", &arrived, [key, ("cookie", "SENTINEL")]);
        let diagnosis = diagnose(&signed, &refusal);
        let text = format!("{signed:?} {refusal:?} {diagnosis:?} {diagnosis}");
        let signature = url.url().rsplit('=').next().expect("a signature");
        for secret in ["SENTINEL", "c2VudGluZWwt", &signature[..16]] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
