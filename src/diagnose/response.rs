//! What codes and messages of stores say.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Timestamp;
#[allow(clippy::enum_glob_use, reason = "most lines of this file name some of them")]
use crate::diagnose::cause::Cause::{self, *};
use crate::diagnose::compare::{is_checksum, is_of_proxies};
use crate::diagnose::refusal::Refusal;
use crate::diagnose::signed::{Signed, Version, validity};
use crate::diagnose::string_to_sign::{Scope, ToSign};

/// What a response says about the signature.
pub(super) enum Verdict {
    /// The causes, as far as code and message decide.
    Causes(&'static [Cause]),
    /// The signature does not match, or nothing is known.
    Mismatch,
    /// There is no body that says anything.
    Silent,
}

/// Code and message, which are looked at in many ways.
struct Response<'r> {
    code: &'r str,
    /// In lower case.
    message: String,
}

impl Response<'_> {
    fn is(&self, codes: &[&str]) -> bool {
        codes.contains(&self.code)
    }

    fn says(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.message.contains(part))
    }
}

/// How much of a message is looked at, in bytes.
const MESSAGE: usize = 4096;

/// Reads code and message. Sources of the texts are with their tests.
#[allow(clippy::too_many_lines, reason = "one table, in the order in which the rows are tried")]
pub(super) fn verdict(signed: &Signed, refusal: &Refusal) -> Verdict {
    use Verdict::{Causes, Mismatch, Silent};
    let message: String = refusal.message.chars().take(MESSAGE).map(|c| c.to_ascii_lowercase()).collect();
    let response = Response { code: refusal.code().unwrap_or_default(), message };
    let canonical = signed.canonical();
    // Forms and URLs of version 2 also have one: only an `Authorization` header has none.
    let has_end = canonical.as_ref().is_none_or(|canonical| canonical.parameter("X-Amz-Date").is_some());

    // Without a response, and by a browser.
    if matches!(response.code, "" | "ERR_NETWORK")
        && response.says(&[
            "failed to fetch",
            "networkerror when attempting",
            "network error",
            "load failed",
            "blocked by cors policy",
            "err_failed",
        ])
        || refusal.status == Some(0)
    {
        return Causes(&[HiddenByBrowser]);
    }

    if refusal.headers_not_signed.is_some() || response.says(&["which were not signed", "should be signed"]) {
        return Causes(&[HeaderNotSigned]);
    }
    if response.says(&["signed header `content-type` is not present"]) {
        return Causes(&[ContentType]);
    }
    if response.says(&["signed header"]) && response.says(&["is not present"]) {
        return Causes(&[HeaderNotSent]);
    }
    if response.is(&["XAmzContentSHA256Mismatch", "ContentSHA256Mismatch"]) {
        return Causes(&[PayloadHash]);
    }

    // Times.
    if response.is(&["RequestTimeTooSkewed", "RequestNotReadyYet", "RequestInTheFuture"])
        || response.says(&["request is not yet valid", "signature not yet current", "is in the future"])
    {
        return Causes(if is_past_end(signed, refusal) { &[Clock, UrlExpired] } else { &[Clock] });
    }
    if response.is(&["RequestExpired", "ExpiredRequest"])
        || response.says(&[
            "request has expired",
            "signature expired",
            "date is too old",
            "url has expired",
            "policy expired",
        ])
    {
        let is_clock = !has_end || is_before_end(signed, refusal.received_at);
        return Causes(if is_clock { &[Clock] } else { &[UrlExpired] });
    }
    if response.is(&["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]) {
        let has_token = canonical.as_ref().is_none_or(|canonical| {
            canonical.parameters().any(|(name, _)| name.ends_with("-Token")) || canonical.signs("x-amz-security-token")
        });
        return Causes(if has_token || refusal.names_token { &[CredentialsExpired] } else { &[UrlExpired] });
    }

    // The scope. Oracle does not find keys of another region than the home region.
    if response.says(&["secret key required to complete authentication could not be found"]) {
        let names_region = response.says(&["region must be specified"]);
        return Causes(if names_region { &[WrongRegion, UnknownAccessKey] } else { &[UnknownAccessKey, WrongRegion] });
    }
    if response.says(&["incorrect service", "scoped to correct service", "service is wrong"]) {
        return Causes(&[WrongService]);
    }
    if response.says(&["unexpected scope"]) {
        return Causes(if is_other_service(refusal) { &[WrongService] } else { &[WrongRegion] });
    }
    if response.says(&[
        "region is wrong",
        "is wrong; expecting",
        "wrong region",
        "authentication region name",
        "scoped to a valid region",
        "must be addressed using the specified endpoint",
        "location constraint is incompatible",
    ]) || response.is(&["PermanentRedirect", "IllegalLocationConstraintException", "InvalidRegionName"])
        || refusal.region.is_some()
            && response.is(&["AuthorizationHeaderMalformed", "AuthorizationQueryParametersError"])
    {
        return Causes(&[WrongRegion]);
    }

    // The mechanism, and the parameters of the signature.
    if response.says(&["only one auth mechanism"]) {
        return Causes(&[TwoSignatures]);
    }
    if response.says(&[
        "authorization mechanism you have provided is not supported",
        "please use aws4-hmac-sha256",
        "signature version 2",
        "signature v2",
    ]) || response.is(&["SignatureVersionNotSupported"])
    {
        return Causes(&[SignatureVersion2]);
    }
    if response.says(&["missing signature"]) || response.is(&["UnauthorizedAccess"]) {
        // A query that was cut off at `&` has no signature, either.
        return Causes(if signed.is_version_2() { &[SignatureVersion2] } else { &[SignatureVersion2, QueryChanged] });
    }
    let is_about_parameters = response.is(&["AuthorizationQueryParametersError", "InvalidArgument", "InvalidRequest"]);
    if response.says(&["authentication version 4 requires", "query-string authentication requires", "anonymous access"])
    {
        return Causes(if signed.is_version_2() { &[SignatureVersion2] } else { &[QueryChanged] });
    }
    if is_about_parameters && response.says(&["x-amz-expires", "expiry", "expiration", "less than a week"])
        || response.is(&["InvalidArgument"]) && has_long_expiry(signed)
    {
        return Causes(&[ExpiryRefused]);
    }
    if (is_about_parameters || response.is(&["AuthorizationHeaderMalformed"]))
        && response.says(&["x-amz-credential", "credential is mal-formed", "credential is malformed"])
    {
        return Causes(if response.says(&["invalid credential date"]) { &[QueryChanged] } else { &[UrlRewritten] });
    }

    // Keys.
    if response.is(&[
        "InvalidAccessKeyId",
        "InvalidAccessKey",
        "InvalidClientTokenId",
        "InvalidToken",
        "Unauthorized",
        "UnrecognizedClientException",
    ]) || response.says(&["no such key: gk", "access key id you provided does not exist"])
    {
        return Causes(&[UnknownAccessKey]);
    }

    // Checksums of the body.
    if response.is(&["BadDigest", "InvalidDigest", "XAmzContentChecksumMismatch"])
        || response.is(&["InvalidRequest"]) && response.says(&["x-amz-checksum", "checksum"])
    {
        return Causes(&[BakedChecksum]);
    }

    // Forms.
    if response.is(&["InvalidPolicyDocument", "EntityTooLarge", "EntityTooSmall"])
        || response.says(&["invalid according to policy", "bucket post must contain"])
    {
        return Causes(&[FormRefused]);
    }

    if response.is(&["SignatureDoesNotMatch", "InvalidSignatureException", "InvalidSignature"])
        || response.says(&[
            "invalid signature",
            "signature we calculated does not match",
            "signature validation failed",
        ])
        || refusal.canonical_request.is_some()
        || refusal.string_to_sign.is_some()
    {
        return Mismatch;
    }
    // API Gateway has no code in its JSON.
    if response.says(&["is not authorized to perform"]) {
        return Causes(&[NotTheSignature]);
    }
    if response.is(&["AccessDenied", "AccessDeniedException"]) && response.message.trim().is_empty() {
        // Ceph does not say why.
        return Causes(&[HeaderNotSigned, Clock, UrlExpired, NotTheSignature]);
    }
    // A redirect leads to the region of the bucket.
    if response.code.is_empty() && matches!(refusal.status, Some(301 | 307 | 308)) {
        return Causes(&[WrongRegion]);
    }
    let is_refusal = matches!(refusal.status, None | Some(400 | 401 | 403));
    if response.code.is_empty() && is_refusal { Silent } else { Causes(&[NotTheSignature]) }
}

/// Garage names the scope that it was sent, and its own region.
fn is_other_service(refusal: &Refusal) -> bool {
    let scope = refusal.message.split_ascii_whitespace().find_map(Scope::parse);
    scope.is_some_and(|scope| scope.service != "s3" && refusal.region.as_deref().is_none_or(|own| own == scope.region))
}

/// Whether the store's time is after the end of the URL. Arsenal then says `RequestTimeTooSkewed`.
fn is_past_end(signed: &Signed, refusal: &Refusal) -> bool {
    let end = signed.canonical().as_ref().and_then(validity);
    let server_time = refusal.server_time.as_ref().and_then(|time| time.parse::<Timestamp>().ok());
    matches!((end, server_time), (Some((date, expires)), Some(now)) if now.unix_seconds() > date.unix_seconds().saturating_add(expires))
}

/// Whether the URL had not expired by the local clock.
fn is_before_end(signed: &Signed, received_at: Option<Timestamp>) -> bool {
    let end = signed.canonical().as_ref().and_then(validity);
    matches!((end, received_at), (Some((date, expires)), Some(now)) if now.unix_seconds() <= date.unix_seconds().saturating_add(expires))
}

fn has_long_expiry(signed: &Signed) -> bool {
    let expires = signed.canonical().and_then(|canonical| canonical.parameter("X-Amz-Expires")?.parse::<u64>().ok());
    expires.is_some_and(|expires| expires > 604_800)
}

/// The causes that remain if a store says no more than that the signature does not match, in the order of [`Cause::ALL`].
pub(super) fn remaining(signed: &Signed, refusal: &Refusal, is_silent: bool) -> Vec<Cause> {
    let canonical = signed.canonical();
    let scope = match &signed.version {
        Version::V4 { string_to_sign, .. } => ToSign::parse(string_to_sign).and_then(|lines| Scope::parse(lines.scope)),
        _ => None,
    };
    // All of them, if it is not known what was signed.
    let signs =
        |of: fn(&str) -> bool| canonical.as_ref().is_none_or(|canonical| canonical.signed_headers.split(';').any(of));
    let is_other_header = |name: &str| !matches!(name, "host" | "content-type" | "x-amz-date" | "x-amz-content-sha256");
    let possible = |cause: Cause| match cause {
        // Some stores have no code of their own for the last two.
        WrongSecret | WrongRegion | Host | UrlRewritten | KeySlashes | Method | QueryChanged | PayloadHash
        | SecretAltered | HeaderNotSigned | UnknownAccessKey => true,
        WrongService => scope.is_none_or(|scope| scope.service != "s3"),
        HeaderNotSent | HeaderChanged => signs(is_other_header),
        ContentType => signs(|name| name == "content-type"),
        AcceptEncoding => signs(|name| name == "accept-encoding"),
        ProxyHeaderSigned => signs(is_of_proxies),
        BakedChecksum => canonical.as_ref().is_none_or(|canonical| {
            canonical.parameters().any(|(name, _)| is_checksum(&name.to_ascii_lowercase()))
                || canonical.signed_headers.split(';').any(is_checksum)
        }),
        Clock | UrlExpired | CredentialsExpired | ExpiryRefused | NotTheSignature => is_silent,
        SignatureVersion2 => is_silent && canonical.is_none(),
        HiddenByBrowser => is_silent && refusal.status.is_none() && !refusal.has_body,
        TwoSignatures | FormRefused => false,
    };
    Cause::ALL.iter().copied().filter(|cause| possible(*cause)).collect()
}
