//! Finds out why a store refused a request.
//!
//! A store that responds with `SignatureDoesNotMatch` has computed a signature for the request that *it* got, and that was not
//! the request that was signed. [`diagnose`] compares the two and names the [`Cause`], the first line that differs, and what
//! to do about it:
//!
//! ```
//! use std::time::Duration;
//! use presign::diagnose::{Cause, Refusal, diagnose};
//! use presign::s3::PutObject;
//! # use presign::{Credentials, Presigner};
//! # let presigner = Presigner::builder()
//! #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
//! #     .region("eu-west-1")
//! #     .bucket("user-media")
//! #     .build()?;
//!
//! // What was signed: the same operation, expiry and instant, which `X-Amz-Date` in the URL has.
//! let put = PutObject::new("users/42/avatar.png").content_type("image/png");
//! let explanation = presigner.explain_at(put, Duration::from_secs(900), "20240315T081530Z".parse()?)?;
//!
//! // What came back: status and body of the response, here with the content type that the client really sent.
//! # let canonical_request = explanation.canonical_request().replace("image/png", "image/png; charset=utf-8");
//! # let canonical_request = canonical_request.replace('&', "&amp;");
//! # let body = format!("<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{canonical_request}</CanonicalRequest></Error>");
//! let diagnosis = diagnose(&(&explanation).into(), &Refusal::parse(Some(403), &body));
//! assert_eq!(diagnosis.cause(), Some(Cause::ContentType));
//! println!("{diagnosis}");
//! # assert!(diagnosis.to_string().contains("signed `image/png`, received `image/png; charset=utf-8`"));
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! # At three in the morning
//!
//! 1. Get the body of the response. A browser hides it: repeat the request with `curl -i`, the URL in single quotes. `HEAD` has no
//!    body: sign a `GET` for the same object.
//! 2. Give it to [`Refusal::parse`] as it is: XML, JSON, or what a log or a chat made of it. A string to sign that was copied by
//!    hand is enough.
//! 3. If [`Diagnosis::cause`] is one, [`Diagnosis::advice`] says what to do. If [`Diagnosis::causes`] are several, the store has
//!    not said enough: [`Diagnosis::experiment`] is the next thing to try, and the list says what to try after it.
//!
//! | store | what it returns |
//! |---|---|
//! | Amazon S3, LocalStack, versitygw | both strings: the cause is certain |
//! | Google Cloud Storage, Cloudflare R2 (since December 2024) | both strings |
//! | Alibaba Cloud OSS | the string to sign: common causes are found by its hash |
//! | AWS services other than S3 | both strings, in the message |
//! | MinIO, Backblaze B2, Garage, Ceph, DigitalOcean, Hetzner, Linode, supabase, SeaweedFS | no string: the causes that remain |
//!
//! # The causes
//!
//! Each with its evidence and its remedy: the table of [`Cause`].
//!
//! # Secrets
//!
//! A response repeats what the request had, such as a session token or a key of SSE-C. A [`Diagnosis`] shows none of them, and
//! no signature, so it can be logged. [`Signed`] and [`Refusal`] hold them, and their `Debug` does not show them.

mod canonical;
mod cause;
mod compare;
mod diagnosis;
mod difference;
mod guess;
mod refusal;
mod request;
mod response;
mod signed;
mod string_to_sign;

use alloc::borrow::ToOwned as _;
use alloc::vec;
use alloc::vec::Vec;

pub use cause::Cause;
pub use diagnosis::Diagnosis;
pub use difference::{Difference, Line};
pub use refusal::Refusal;
pub use signed::Signed;

use canonical::Canonical;
use compare::{Finding, findings, header_cause, scope_cause};
use response::{Verdict, remaining, verdict};
use signed::Version;
use string_to_sign::{Scope, ToSign};

/// Finds the cause of a refusal.
///
/// There is exactly one cause if the evidence decides it. If the request differs in more than one line, there is one for
/// each kind of difference, in the order of the lines. If the store says too little, there are all causes that remain.
#[must_use]
pub fn diagnose(signed: &Signed, refusal: &Refusal) -> Diagnosis {
    match verdict(signed, refusal) {
        Verdict::Causes(causes) => {
            let difference = causes.first().and_then(|cause| difference_in_response(*cause, signed, refusal));
            Diagnosis { causes: causes.to_vec(), difference }
        }
        Verdict::Mismatch => match &signed.version {
            Version::V4 { canonical_request, string_to_sign } => {
                let has_strings = refusal.canonical_request.is_some() || refusal.string_to_sign.is_some();
                let received = if has_strings { None } else { received(signed, refusal) };
                received.unwrap_or_else(|| mismatch(canonical_request, string_to_sign, signed, refusal))
            }
            Version::V2 => Diagnosis::of(Cause::SignatureVersion2),
            Version::Form { policy } => match refusal.string_to_sign() {
                Some(received) if received == policy.as_str() => wrong_key(signed, refusal),
                Some(_) => Diagnosis::of(Cause::FormRefused),
                None => Diagnosis {
                    causes: vec![Cause::WrongSecret, Cause::SecretAltered, Cause::FormRefused],
                    difference: None,
                },
            },
        },
        Verdict::Silent => received(signed, refusal)
            .unwrap_or_else(|| Diagnosis { causes: remaining(signed, refusal, true), difference: None }),
    }
}

/// Compares what really arrived, if that is known.
fn received(signed: &Signed, refusal: &Refusal) -> Option<Diagnosis> {
    let Version::V4 { canonical_request, string_to_sign } = &signed.version else { return None };
    let arrived = refusal.received_request.as_ref()?;
    let Some(rebuilt) = arrived.rebuild(signed.has_plus) else {
        // No signature of version 4 arrived.
        return Some(Diagnosis::of(match arrived {
            _ if arrived.is_version_2() => Cause::SignatureVersion2,
            _ if arrived.has_encoded_signature() => Cause::UrlRewritten,
            _ => Cause::QueryChanged,
        }));
    };
    let ours = ToSign::parse(string_to_sign)?;
    let service = Scope::parse(ours.scope)?.service;
    let mut found = findings(
        &Canonical::parse(canonical_request)?,
        &Canonical::parse(&rebuilt.canonical_request)?,
        service,
        &signed.unknown_headers,
    );
    found.extend(string_to_sign_finding(ours, ToSign::parse(&rebuilt.string_to_sign)?, found.is_empty()));
    if rebuilt.has_two_signatures {
        found.insert(0, Finding::new(Cause::TwoSignatures, Line::Header("authorization".to_owned()), None, None));
    }
    for name in rebuilt.unsigned_headers {
        found.push(Finding::new(Cause::HeaderNotSigned, Line::Header(name), None, None));
    }
    if let Some(signature) = &signed.signature
        && *signature != rebuilt.signature
        && found.is_empty()
    {
        let line = Line::Parameter("X-Amz-Signature".to_owned());
        found.push(Finding::new(Cause::QueryChanged, line, Some(signature), Some(&rebuilt.signature)));
    }
    // Those were rebuilt with an empty value.
    for finding in &mut found {
        if matches!(finding.difference.line(), Line::Header(name) if rebuilt.missing_headers.contains(name)) {
            finding.difference.set_not_received();
        }
    }
    if found.is_empty() && is_cut_off(&rebuilt.signature) {
        return Some(Diagnosis::of(Cause::QueryChanged));
    }
    Some(Diagnosis::of_findings(&found).unwrap_or_else(|| {
        // The request arrived as it was signed, so only what is not in it remains.
        let mut causes = remaining(signed, refusal, refusal.code().is_none());
        let unknown = signed.unknown_headers.iter().map(|name| header_cause(name, Some(""), Some("?")));
        let unknown: Vec<Cause> = unknown.collect();
        causes.retain(|cause| !cause.is_in_request() || unknown.contains(cause));
        Diagnosis { causes, difference: None }
    }))
}

/// Compares the strings, as far as the store has returned them.
fn mismatch(canonical_request: &str, string_to_sign: &str, signed: &Signed, refusal: &Refusal) -> Diagnosis {
    let received = refusal.string_to_sign().and_then(ToSign::parse);
    if let Some(other) = refusal.string_to_sign().filter(|_| received.is_none() && refusal.canonical_request.is_none())
    {
        return match other.lines().next() {
            Some("GET" | "HEAD" | "PUT" | "POST" | "DELETE") => Diagnosis::of(Cause::SignatureVersion2),
            _ => Diagnosis { causes: remaining(signed, refusal, false), difference: None },
        };
    }
    let scopes = || Some((ToSign::parse(string_to_sign)?, received?));
    let (ours, theirs) = match scopes() {
        Some((ours, theirs)) => (Some(ours), Some(theirs)),
        None => (None, None),
    };
    let service = ours.and_then(|lines| Scope::parse(lines.scope)).map_or("s3", |scope| scope.service);

    let guessed = match (refusal.canonical_request(), ours, theirs) {
        (None, Some(ours), Some(theirs)) if ours.hash != theirs.hash && signed.unknown_headers.is_empty() => {
            guess::canonical_request_with(theirs.hash, canonical_request)
        }
        _ => None,
    };
    let received_request =
        refusal.canonical_request().or(guessed.as_ref().map(|text| text.as_str())).and_then(Canonical::parse);
    let mut found: Vec<Finding> = match (Canonical::parse(canonical_request), &received_request) {
        (Some(ours), Some(received)) => findings(&ours, received, service, &signed.unknown_headers),
        _ => Vec::new(),
    };
    if let (Some(ours), Some(theirs)) = (ours, theirs) {
        found.extend(string_to_sign_finding(ours, theirs, found.is_empty()));
    }
    if let Some(diagnosis) = Diagnosis::of_findings(&found) {
        return diagnosis;
    }
    match (ours, theirs, &received_request) {
        (Some(ours), Some(theirs), _) if ours.hash == theirs.hash => wrong_key(signed, refusal),
        (Some(_), Some(_), Some(_)) => wrong_key(signed, refusal),
        // Another canonical request, of which nothing but the hash is known.
        (Some(_), Some(_), None) if signed.unknown_headers.is_empty() => {
            let mut causes = remaining(signed, refusal, false);
            // A header that is not signed is not in it.
            causes.retain(|cause| match cause {
                Cause::HeaderNotSigned => false,
                Cause::WrongService => true,
                cause => cause.is_in_request(),
            });
            Diagnosis { causes, difference: None }
        }
        // The same canonical request, and no string to sign.
        (_, _, Some(_)) => {
            let mut causes = remaining(signed, refusal, false);
            causes.retain(|cause| !cause.is_in_request());
            Diagnosis { causes, difference: None }
        }
        _ => Diagnosis { causes: remaining(signed, refusal, false), difference: None },
    }
}

/// Scope and time. The scope of a store is its own at some stores, and that of the request at others.
fn string_to_sign_finding(signed: ToSign<'_>, received: ToSign<'_>, is_first: bool) -> Option<Finding> {
    if signed.scope != received.scope {
        let cause = match (Scope::parse(signed.scope), Scope::parse(received.scope)) {
            (Some(signed), Some(received)) => scope_cause(signed, received),
            _ => None,
        };
        // A scope of another day belongs to a request of another time, which has lines of its own.
        if cause.is_some() || is_first {
            let cause = cause.unwrap_or(Cause::QueryChanged);
            return Some(Finding::new(cause, Line::Scope, Some(signed.scope), Some(received.scope)));
        }
    }
    let is_other_time = is_first && signed.time != received.time;
    is_other_time.then(|| Finding::new(Cause::QueryChanged, Line::Time, Some(signed.time), Some(received.time)))
}

/// Both strings are equal, so the key differs, or the signature did not arrive as it was made.
fn wrong_key(signed: &Signed, refusal: &Refusal) -> Diagnosis {
    if let (Some(signature), Some(provided)) = (&signed.signature, &refusal.signature_provided)
        && signature != provided
    {
        let line = Line::Parameter("X-Amz-Signature".to_owned());
        let difference = Some(Difference::new(line, Some(signature), Some(provided)));
        return Diagnosis { causes: vec![Cause::QueryChanged], difference };
    }
    if refusal.signature_provided.as_ref().is_some_and(|provided| !provided.is_empty() && is_cut_off(provided)) {
        return Diagnosis::of(Cause::QueryChanged);
    }
    let of_key = if signed.has_odd_secret == Some(true) { Cause::SecretAltered } else { Cause::WrongSecret };
    let mut causes = vec![of_key];
    // Unless a header has another value than was signed, and that is not known.
    for name in &signed.unknown_headers {
        let cause = header_cause(name, Some(""), Some("?"));
        if !causes.contains(&cause) {
            causes.push(cause);
        }
    }
    Diagnosis { causes, difference: None }
}

/// Whether a signature of version 4 has lost its end. What somebody replaced by other characters has not.
fn is_cut_off(signature: &str) -> bool {
    signature.len() < 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a response says about a difference, without the canonical request.
fn difference_in_response(cause: Cause, signed: &Signed, refusal: &Refusal) -> Option<Difference> {
    let canonical = signed.canonical();
    match cause {
        Cause::HeaderNotSigned => {
            // Garage: Header `x-amz-acl` should be signed
            let in_message = || refusal.message.split('`').nth(1);
            let name = refusal.headers_not_signed.as_deref().or_else(in_message)?.split(',').next()?;
            Some(Difference::new(Line::Header(name.trim().to_ascii_lowercase()), None, None))
        }
        Cause::PayloadHash => match &refusal.content_sha256 {
            [Some(client), Some(store)] => Some(Difference::new(Line::Payload, Some(client), Some(store))),
            _ => None,
        },
        Cause::Clock | Cause::UrlExpired => {
            let date = canonical.as_ref().and_then(|canonical| canonical.parameter("X-Amz-Date"));
            let date = refusal.request_time.as_deref().or(date)?;
            Some(Difference::new(Line::Time, Some(date), Some(refusal.server_time.as_deref()?)))
        }
        Cause::WrongRegion => {
            let Version::V4 { string_to_sign, .. } = &signed.version else { return None };
            let scope = Scope::parse(ToSign::parse(string_to_sign)?.scope)?;
            let expected = refusal.region.as_deref().or_else(|| expected_region(&refusal.message))?;
            (scope.region != expected).then(|| Difference::new(Line::Scope, Some(scope.region), Some(expected)))
        }
        _ => None,
    }
}

/// `the region 'us-east-1' is wrong; expecting 'eu-west-1'`
fn expected_region(message: &str) -> Option<&str> {
    let (_, after) = message.split_once("expecting '")?;
    after.split('\'').next()
}
