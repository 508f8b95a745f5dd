//! What a request says about its signature, before anything of it is believed.

use alloc::borrow::Cow;

#[cfg(feature = "sigv4a")]
use crate::sigv4::ASYMMETRIC_ALGORITHM;
use crate::sigv4::{ALGORITHM, CredentialScope, TERMINATOR};
use crate::timestamp::AmzDate;
use crate::verify::query::ReceivedQuery;
use crate::verify::{Mechanism, ReceivedRequest, VerifyError, VerifyPolicy};
use crate::{Timestamp, encode};

/// What a request says about who signed it, when, and how. Nothing of it is verified.
pub(super) struct Claim<'r> {
    pub(super) mechanism: Mechanism,
    pub(super) access_key_id: Cow<'r, str>,
    pub(super) signed_at: Timestamp,
    pub(super) scope: CredentialScope<'r>,
    /// `X-Amz-Region-Set`, of SigV4A.
    pub(super) region_set: Option<Cow<'r, str>>,
    /// `X-Amz-Expires`, in seconds, of a signature in the query.
    pub(super) expires_seconds: Option<u64>,
    /// The names of the signed headers, separated by semicolons.
    pub(super) signed_headers: Cow<'r, str>,
    /// The signature, as it was sent.
    pub(super) signature: &'r str,
}

/// The parameters of a signature in the query: six that it needs, one of SigV4A, and two in which a session token may come.
pub(super) const PARAMETERS: [&str; 9] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
    "X-Amz-Region-Set",
    "X-Amz-Security-Token",
    "X-Amz-S3session-Token",
];

/// The headers in which a session token may come.
pub(super) const TOKEN_HEADERS: [&str; 2] = ["x-amz-security-token", "x-amz-s3session-token"];

/// The parameters of a signature in a query, percent-encoded.
pub(super) struct SignatureParameters<'r> {
    /// In the order of [`PARAMETERS`].
    values: [Option<&'r str>; 9],
    /// Whether there is any, possibly in another case.
    is_any: bool,
}

impl<'r> SignatureParameters<'r> {
    /// Finds the parameters by their names in any case, because servers differ in which of two they take. Only one in the right
    /// case has a value.
    pub(super) fn of(query: &ReceivedQuery<'r>) -> Result<Self, VerifyError> {
        let (mut values, mut is_any) = ([None; 9], false);
        let mut found = [false; 9];
        for parameter in query.iter().filter(|parameter| matches!(parameter.name.as_bytes(), [b'X' | b'x', b'-', ..])) {
            let exact = PARAMETERS.iter().position(|name| *name == parameter.name);
            let in_any_case = || PARAMETERS.iter().position(|name| name.eq_ignore_ascii_case(parameter.name));
            let Some(place) = exact.or_else(in_any_case) else { continue };
            is_any = true;
            if found.get_mut(place).is_some_and(|found| core::mem::replace(found, true)) {
                return Err(VerifyError::Repeated { name: PARAMETERS.get(place).copied().unwrap_or_default() });
            }
            if exact.is_none() && is_token(parameter.name) {
                // It would be ignored here, and a store could act on it.
                return Err(VerifyError::SessionToken);
            }
            if let Some(value) = values.get_mut(place) {
                *value = exact.map(|_| parameter.value);
            }
        }
        Ok(Self { values, is_any })
    }

    /// Returns the values of the parameters in which a session token may come.
    pub(super) const fn tokens(&self) -> [Option<&'r str>; 2] {
        let [.., security, session] = self.values;
        [security, session]
    }
}

/// Whether a session token comes in a header or a parameter of this name in any case.
fn is_token(name: &str) -> bool {
    TOKEN_HEADERS.iter().any(|header| header.eq_ignore_ascii_case(name))
}

/// Returns where the signature of a request is.
///
/// As at S3, the query counts as soon as it has one parameter of a signature, in any case, and an `Authorization` header
/// counts whatever its scheme is.
pub(super) fn mechanism_of(
    request: &ReceivedRequest<'_>,
    query: &ReceivedQuery<'_>,
    parameters: &SignatureParameters<'_>,
) -> Result<Mechanism, VerifyError> {
    let is_version_2 = ["AWSAccessKeyId", "Signature"].iter().all(|name| query.value(name).is_some());
    match (parameters.is_any, is_version_2, request.values("authorization").count()) {
        (true, false, 0) => Ok(Mechanism::Query),
        (false, false, 1) => Ok(Mechanism::Header),
        (false, true, 0) => Err(VerifyError::SignatureVersion2),
        (false, false, 0) => Err(VerifyError::NotSigned),
        _ => Err(VerifyError::SeveralMechanisms),
    }
}

/// Reads the parameters of a signature in the query.
pub(super) fn claim_in_query<'r>(
    parameters: &SignatureParameters<'r>,
    policy: &VerifyPolicy,
) -> Result<Claim<'r>, VerifyError> {
    let mechanism = Mechanism::Query;
    let [algorithm, credential, signature, date, signed_headers, expires, region_set, ..] = parameters.values;
    let (Some(algorithm), Some(credential), Some(signature), Some(date), Some(signed_headers), Some(expires)) =
        (algorithm, credential, signature, date, signed_headers, expires)
    else {
        let missing = PARAMETERS.into_iter().zip(parameters.values).find(|(_, value)| value.is_none());
        return Err(VerifyError::Missing { name: missing.map_or("", |(name, _)| name) });
    };
    let algorithm = Algorithm::named(algorithm, policy).ok_or(VerifyError::Algorithm { mechanism })?;
    // The value is percent-encoded, and so are its slashes.
    let (access_key_id, scope) =
        split_credential(credential, "%2F", algorithm).ok_or(VerifyError::Credential { mechanism })?;
    let (amz_date, signed_at) = AmzDate::parse(date).ok_or(VerifyError::Date { mechanism })?;
    Ok(Claim {
        mechanism,
        access_key_id: encode::decode(access_key_id).map_err(|_| VerifyError::Encoding)?,
        signed_at,
        scope: scope.at(amz_date, mechanism)?,
        region_set: region_set.map(encode::decode).transpose().map_err(|_| VerifyError::Encoding)?,
        expires_seconds: Some(parse_expires(expires, policy.max_expires.as_secs())?),
        signed_headers: encode::decode(signed_headers).map_err(|_| VerifyError::Encoding)?,
        signature,
    })
}

/// Reads the `Authorization` header, of which there is one.
pub(super) fn claim_in_header<'r>(
    request: &ReceivedRequest<'r>,
    policy: &VerifyPolicy,
) -> Result<Claim<'r>, VerifyError> {
    let mechanism = Mechanism::Header;
    let header = request.values("authorization").next().ok_or(VerifyError::NotSigned)?;
    let header = str::from_utf8(header).map_err(|_| VerifyError::AuthorizationHeader)?;
    let (scheme, components) = header.trim_matches([' ', '\t']).split_once(' ').unwrap_or((header, ""));
    let algorithm = Algorithm::named(scheme, policy).ok_or(match scheme {
        "" => VerifyError::NotSigned,
        "AWS" => VerifyError::SignatureVersion2,
        _ if scheme.starts_with("AWS4-") => VerifyError::Algorithm { mechanism },
        _ => VerifyError::UnsupportedScheme,
    })?;
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
    let (access_key_id, scope) =
        split_credential(credential, "/", algorithm).ok_or(VerifyError::Credential { mechanism })?;
    let (amz_date, signed_at) = date_in_headers(request)?;
    Ok(Claim {
        mechanism,
        access_key_id: Cow::Borrowed(access_key_id),
        signed_at,
        scope: scope.at(amz_date, mechanism)?,
        region_set: request.only_value("x-amz-region-set")?.map(Cow::Borrowed),
        expires_seconds: None,
        signed_headers: Cow::Borrowed(signed_headers),
        signature,
    })
}

/// Reads the fields of a form that say who signed it.
#[cfg(feature = "post")]
pub(super) fn claim_in_form([algorithm, credential, date, signature]: [&str; 4]) -> Result<Claim<'_>, VerifyError> {
    let mechanism = Mechanism::Form;
    if algorithm != ALGORITHM {
        return Err(VerifyError::Algorithm { mechanism });
    }
    let (access_key_id, scope) =
        split_credential(credential, "/", Algorithm::Hmac).ok_or(VerifyError::Credential { mechanism })?;
    let (amz_date, signed_at) = AmzDate::parse(date).ok_or(VerifyError::Date { mechanism })?;
    Ok(Claim {
        mechanism,
        access_key_id: Cow::Borrowed(access_key_id),
        signed_at,
        scope: scope.at(amz_date, mechanism)?,
        region_set: None,
        expires_seconds: None,
        signed_headers: Cow::Borrowed(""),
        signature,
    })
}

/// The algorithm of a signature.
#[derive(Clone, Copy)]
enum Algorithm {
    /// SigV4.
    Hmac,
    /// SigV4A, whose credential has no region.
    #[cfg(feature = "sigv4a")]
    Ecdsa,
}

impl Algorithm {
    fn named(
        name: &str,
        #[cfg_attr(not(feature = "sigv4a"), expect(unused_variables, reason = "SigV4 is always accepted"))]
        policy: &VerifyPolicy,
    ) -> Option<Self> {
        match name {
            ALGORITHM => Some(Self::Hmac),
            #[cfg(feature = "sigv4a")]
            ASYMMETRIC_ALGORITHM if policy.accepts_sigv4a => Some(Self::Ecdsa),
            _ => None,
        }
    }
}

/// The day, the region and the service of a credential.
struct ClaimedScope<'r> {
    date: &'r str,
    region: Option<&'r str>,
    service: &'r str,
}

impl<'r> ClaimedScope<'r> {
    fn at(self, amz_date: AmzDate, mechanism: Mechanism) -> Result<CredentialScope<'r>, VerifyError> {
        let Self { date, region, service } = self;
        if date.as_bytes() != amz_date.date_bytes() {
            return Err(VerifyError::ScopeDate { mechanism });
        }
        Ok(CredentialScope::received(amz_date, region, service))
    }
}

/// Splits `id/date/region/service/aws4_request` from the right, because some stores have ids with a slash.
fn split_credential<'r>(credential: &'r str, slash: &str, algorithm: Algorithm) -> Option<(&'r str, ClaimedScope<'r>)> {
    let rest = credential.strip_suffix(TERMINATOR)?.strip_suffix(slash)?;
    let (rest, service) = rest_and_last_part(rest, slash)?;
    let (rest, region) = match algorithm {
        Algorithm::Hmac => rest_and_last_part(rest, slash).map(|(rest, region)| (rest, Some(region)))?,
        #[cfg(feature = "sigv4a")]
        Algorithm::Ecdsa => (rest, None),
    };
    let (rest, date) = rest.split_at_checked(rest.len().checked_sub("YYYYMMDD".len())?)?;
    let access_key_id = rest.strip_suffix(slash)?;
    // Regions and services need no encoding, so that both forms have them alike.
    let is_plain = |part: &str| !part.is_empty() && encode::is_all_unreserved(part);
    let is_right = is_plain(service)
        && region.is_none_or(is_plain)
        && date.bytes().all(|byte| byte.is_ascii_digit())
        && !access_key_id.is_empty();
    is_right.then_some((access_key_id, ClaimedScope { date, region, service }))
}

/// Splits a string at its last slash, which may be percent-encoded.
#[inline]
fn rest_and_last_part<'r>(text: &'r str, slash: &str) -> Option<(&'r str, &'r str)> {
    let first = slash.as_bytes().first()?;
    // Faster than `rsplit_once` for parts that are this short.
    let (rest, part) = text.split_at_checked(text.as_bytes().iter().rposition(|byte| byte == first)?)?;
    Some((rest, part.strip_prefix(slash)?))
}

fn parse_expires(text: &str, max_seconds: u64) -> Result<u64, VerifyError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(VerifyError::Expires);
    }
    if digits.len() < text.len() {
        return Err(VerifyError::ExpiresTooShort);
    }
    match text.parse() {
        Ok(0) => Err(VerifyError::ExpiresTooShort),
        Ok(seconds) if seconds <= max_seconds => Ok(seconds),
        // Among them what does not fit into 64 bits.
        _ => Err(VerifyError::ExpiresTooLong { max_seconds }),
    }
}

/// Reads `x-amz-date`, or, if there is none, the header `Date`.
fn date_in_headers(request: &ReceivedRequest<'_>) -> Result<(AmzDate, Timestamp), VerifyError> {
    let date = match (request.only_value("x-amz-date")?, request.only_value("date")?) {
        (Some(amz_date), _) => AmzDate::parse(amz_date),
        (None, Some(date)) => {
            let http_date = || parse_http_date(date).map(|signed_at| (signed_at.amz_date(), signed_at));
            AmzDate::parse(date).or_else(http_date)
        }
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
            let split = split_credential(credential, "/", Algorithm::Hmac);
            let split = split.map(|(id, scope)| (id, [scope.date, scope.region.unwrap(), scope.service]));
            assert_eq!(split, expected, "{credential}");
        }
    }
}
