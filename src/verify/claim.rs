//! What a request says about its signature, before anything of it is believed.

use alloc::borrow::Cow;

use crate::sigv4::{ALGORITHM, CredentialScope, Signature, TERMINATOR};
use crate::verify::query::ReceivedQuery;
use crate::verify::{ReceivedRequest, VerifyError};
use crate::{Timestamp, encode};

/// Where the signature of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mechanism {
    /// In the query: a presigned URL.
    Query,
    /// In the `Authorization` header.
    Header,
    /// In a field of a form.
    Form,
}

/// What a request says about who signed it, when, and how. Nothing of it is verified.
pub(super) struct Claim<'r> {
    pub(super) mechanism: Mechanism,
    pub(super) access_key_id: Cow<'r, str>,
    pub(super) signed_at: Timestamp,
    pub(super) scope: CredentialScope<'r>,
    /// `X-Amz-Expires`, in seconds, of a signature in the query.
    pub(super) expires_seconds: Option<u64>,
    /// The names of the signed headers, separated by semicolons.
    pub(super) signed_headers: Cow<'r, str>,
    /// None if it does not have the form of a signature.
    pub(super) signature: Option<Signature>,
}

/// The parameters of a signature in the query, all of which it needs.
const PARAMETERS: [&str; 6] =
    ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"];

/// The parameters in which a session token may come.
pub(super) const TOKEN_PARAMETERS: [&str; 2] = ["X-Amz-Security-Token", "X-Amz-S3session-Token"];

/// The headers in which a session token may come, in the same order.
pub(super) const TOKEN_HEADERS: [&str; 2] = ["x-amz-security-token", "x-amz-s3session-token"];

/// Returns where the signature of a request is.
///
/// As at S3, the query counts as soon as it has one parameter of a signature, in any case, and an `Authorization` header
/// counts whatever its scheme is.
pub(super) fn mechanism_of(request: &ReceivedRequest<'_>, query: &ReceivedQuery<'_>) -> Result<Mechanism, VerifyError> {
    let mut is_in_query = false;
    for name in PARAMETERS.into_iter().chain(TOKEN_PARAMETERS) {
        match query.count_ignoring_case(name) {
            0 => {}
            // The other parameters are missing then. This one would be ignored, and a store could act on it.
            1 if TOKEN_PARAMETERS.contains(&name) && query.value(name).is_none() => {
                return Err(VerifyError::SessionToken);
            }
            1 => is_in_query = true,
            _ => return Err(VerifyError::Repeated { name }),
        }
    }
    let is_version_2 = ["AWSAccessKeyId", "Signature"].iter().all(|name| query.value(name).is_some());
    match (is_in_query || is_version_2, request.values("authorization").count()) {
        (true, 1..) | (_, 2..) => Err(VerifyError::SeveralMechanisms),
        _ if is_version_2 => Err(VerifyError::SignatureVersion2),
        (true, 0) => Ok(Mechanism::Query),
        (false, 1) => Ok(Mechanism::Header),
        (false, 0) => Err(VerifyError::NotSigned),
    }
}

/// Reads the parameters of a signature in the query.
pub(super) fn claim_in_query<'r>(
    query: &'r ReceivedQuery<'_>,
    max_expires_seconds: u64,
) -> Result<Claim<'r>, VerifyError> {
    let mechanism = Mechanism::Query;
    let parameter = |name| query.value(name).ok_or(VerifyError::Missing { name });
    let [algorithm, credential, signature, date, signed_headers, expires] = PARAMETERS.map(parameter);
    let (algorithm, credential, signature) = (algorithm?, credential?, signature?);
    let (date, signed_headers, expires) = (date?, signed_headers?, expires?);
    if algorithm != ALGORITHM {
        return Err(VerifyError::Algorithm { mechanism });
    }
    // The value is percent-encoded, and so are its slashes.
    let (access_key_id, scope) = split_credential(credential, "%2F").ok_or(VerifyError::Credential { mechanism })?;
    let signed_at = parse_amz_date(date).ok_or(VerifyError::Date { mechanism })?;
    Ok(Claim {
        mechanism,
        access_key_id: encode::decode(access_key_id).map_err(|_| VerifyError::Encoding)?,
        signed_at,
        scope: scope.at(signed_at, mechanism)?,
        expires_seconds: Some(parse_expires(expires, max_expires_seconds)?),
        signed_headers: encode::decode(signed_headers).map_err(|_| VerifyError::Encoding)?,
        signature: Signature::from_hex(signature),
    })
}

/// Reads the `Authorization` header, of which there is one.
pub(super) fn claim_in_header<'r>(request: &ReceivedRequest<'r>) -> Result<Claim<'r>, VerifyError> {
    let mechanism = Mechanism::Header;
    let header = request.values("authorization").next().ok_or(VerifyError::NotSigned)?;
    let header = str::from_utf8(header).map_err(|_| VerifyError::AuthorizationHeader)?;
    let (scheme, components) = header.trim_matches([' ', '\t']).split_once(' ').unwrap_or((header, ""));
    match scheme {
        ALGORITHM => {}
        "AWS" => return Err(VerifyError::SignatureVersion2),
        _ if scheme.starts_with("AWS4-") => return Err(VerifyError::Algorithm { mechanism }),
        _ => return Err(VerifyError::AuthorizationHeader),
    }
    let [mut credential, mut signed_headers, mut signature] = [None; 3];
    for component in components.split(',') {
        let (name, value) =
            component.trim_matches([' ', '\t']).split_once('=').ok_or(VerifyError::AuthorizationHeader)?;
        let place = match name {
            "Credential" => &mut credential,
            "SignedHeaders" => &mut signed_headers,
            "Signature" => &mut signature,
            _ => return Err(VerifyError::AuthorizationHeader),
        };
        if place.replace(value).is_some() {
            return Err(VerifyError::AuthorizationHeader);
        }
    }
    let (Some(credential), Some(signed_headers), Some(signature)) = (credential, signed_headers, signature) else {
        return Err(VerifyError::AuthorizationHeader);
    };
    let (access_key_id, scope) = split_credential(credential, "/").ok_or(VerifyError::Credential { mechanism })?;
    let signed_at = date_in_headers(request)?;
    Ok(Claim {
        mechanism,
        access_key_id: Cow::Borrowed(access_key_id),
        signed_at,
        scope: scope.at(signed_at, mechanism)?,
        expires_seconds: None,
        signed_headers: Cow::Borrowed(signed_headers),
        signature: Signature::from_hex(signature),
    })
}

/// Reads the fields of a form that say who signed it.
#[cfg(feature = "post")]
pub(super) fn claim_in_form([algorithm, credential, date, signature]: [&str; 4]) -> Result<Claim<'_>, VerifyError> {
    let mechanism = Mechanism::Form;
    if algorithm != ALGORITHM {
        return Err(VerifyError::Algorithm { mechanism });
    }
    let (access_key_id, scope) = split_credential(credential, "/").ok_or(VerifyError::Credential { mechanism })?;
    let signed_at = parse_amz_date(date).ok_or(VerifyError::Date { mechanism })?;
    Ok(Claim {
        mechanism,
        access_key_id: Cow::Borrowed(access_key_id),
        signed_at,
        scope: scope.at(signed_at, mechanism)?,
        expires_seconds: None,
        signed_headers: Cow::Borrowed(""),
        signature: Signature::from_hex(signature),
    })
}

/// The day, the region and the service of a credential.
struct ClaimedScope<'r>([&'r str; 3]);

impl<'r> ClaimedScope<'r> {
    fn at(self, signed_at: Timestamp, mechanism: Mechanism) -> Result<CredentialScope<'r>, VerifyError> {
        let Self([date, region, service]) = self;
        let amz_date = signed_at.amz_date();
        if date != amz_date.date() {
            return Err(VerifyError::ScopeDate { mechanism });
        }
        Ok(CredentialScope::received(amz_date, region, service))
    }
}

/// Splits `id/date/region/service/aws4_request` from the right, because some stores have ids with a slash.
fn split_credential<'r>(credential: &'r str, slash: &str) -> Option<(&'r str, ClaimedScope<'r>)> {
    let mut parts = credential.rsplitn(5, slash);
    let (terminator, service, region, date) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let access_key_id = parts.next()?;
    // Regions and services need no encoding, so that both forms have them alike.
    let is_plain = |part: &&str| !part.is_empty() && encode::is_all_unreserved(part);
    let is_right = terminator == TERMINATOR
        && [service, region].iter().all(is_plain)
        && date.len() == 8
        && date.bytes().all(|byte| byte.is_ascii_digit())
        && !access_key_id.is_empty();
    is_right.then_some((access_key_id, ClaimedScope([date, region, service])))
}

/// `YYYYMMDDThhmmssZ`
fn parse_amz_date(text: &str) -> Option<Timestamp> {
    // `FromStr` takes the forms of RFC 3339, too.
    if text.len() == 16 { text.parse().ok() } else { None }
}

fn parse_expires(text: &str, max_seconds: u64) -> Result<u64, VerifyError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(VerifyError::Expires);
    }
    match text.parse() {
        Ok(0) => Err(VerifyError::Expires),
        Ok(seconds) if seconds <= max_seconds => Ok(seconds),
        // Among them what does not fit into 64 bits.
        _ => Err(VerifyError::ExpiresTooLong { max_seconds }),
    }
}

/// Reads `x-amz-date`, or, if there is none, the header `Date`.
fn date_in_headers(request: &ReceivedRequest<'_>) -> Result<Timestamp, VerifyError> {
    let only = |name: &'static str| {
        let mut values = request.values(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(VerifyError::Repeated { name }),
            (first, None) => Ok(first.map(|value| str::from_utf8(value).unwrap_or_default().trim_matches([' ', '\t']))),
        }
    };
    let date = match (only("x-amz-date")?, only("date")?) {
        (Some(amz_date), _) => parse_amz_date(amz_date),
        (None, Some(date)) => parse_amz_date(date).or_else(|| parse_http_date(date)),
        (None, None) => return Err(VerifyError::Missing { name: "x-amz-date" }),
    };
    date.ok_or(VerifyError::Date { mechanism: Mechanism::Header })
}

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT`. The zone may be a number of zero, as botocore writes it.
///
/// Source: [RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7).
fn parse_http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_weekday, rest) = text.split_once(", ")?;
    let mut parts = rest.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (time, zone) = (parts.next()?, parts.next()?);
    let month = 1 + MONTHS.iter().position(|name| *name == month)?;
    let is_utc = matches!(zone, "GMT" | "UTC" | "+0000" | "-0000");
    if parts.next().is_some() || !is_utc || day.len() != 2 || time.len() != 8 {
        return None;
    }
    alloc::format!("{year}-{month:02}-{day}T{time}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_http() {
        // The first is the example of the RFC; the second has the zone that botocore writes.
        for (text, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some("19941106T084937Z")),
            ("Fri, 15 Mar 2024 08:15:30 -0000", Some("20240315T081530Z")),
            ("Fri, 15 Mar 2024 08:15:30 +0000", Some("20240315T081530Z")),
            ("Fri, 15 Mar 2024 08:15:30 +0100", None),
            ("Fri, 15 Mar 2024 08:15:30", None),
            ("Fri, 32 Mar 2024 08:15:30 GMT", None),
            ("Fri, 15 March 2024 08:15:30 GMT", None),
            ("Fri, 15 Mar 2024 08:15:30 GMT x", None),
            ("Fri, 15 Mar 24 08:15:30 GMT", None),
            ("Fri, +5 Mar 2024 08:15:30 GMT", None),
            ("20240315T081530Z", None),
            ("", None),
        ] {
            let expected = expected.map(|time| time.parse().unwrap());
            assert_eq!(parse_http_date(text), expected, "{text}");
        }
    }

    #[test]
    fn credentials_are_split_from_the_right() {
        for (credential, expected) in [
            ("id/20240315/auto/s3/aws4_request", Some(("id", ["20240315", "auto", "s3"]))),
            ("tenant/id/20240315/auto/s3/aws4_request", Some(("tenant/id", ["20240315", "auto", "s3"]))),
            ("id/20240315/auto/s3/aws4_requesT", None),
            ("id/20240315/auto/s3", None),
            ("/20240315/auto/s3/aws4_request", None),
            ("id/20240315//s3/aws4_request", None),
            ("id/2024031/auto/s3/aws4_request", None),
            ("id/2024-03-15/auto/s3/aws4_request", None),
            ("id/20240315/auto/s3/aws4_request/", None),
            ("id%2F20240315%2Fauto%2Fs3%2Faws4_request", None),
            ("", None),
        ] {
            let split = split_credential(credential, "/").map(|(id, ClaimedScope(scope))| (id, scope));
            assert_eq!(split, expected, "{credential}");
        }
    }
}
