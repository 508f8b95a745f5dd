//! Which headers the signature covers, and whether it covers enough.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::encode;
use crate::positions::positions;
use crate::short_list::ShortList;
use crate::sigv4::{CONTENT_SHA256, Header, Service};
use crate::verify::claim::Claim;
use crate::verify::host::without_default_port;
use crate::verify::policy::has_amz_prefix;
use crate::verify::query::ReceivedQuery;
use crate::verify::{ReceivedRequest, VerifyError, VerifyPolicy};

/// The most signed headers.
const MAX_SIGNED_HEADERS: usize = 128;

/// The names of the signed headers.
pub(super) type SignedNames<'r> = ShortList<&'r str, 8>;

/// Returns the names of the signed headers, if the list is sorted and has `host`.
///
/// Source: [Create a canonical request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request).
pub(super) fn signed_names<'r>(claim: &'r Claim<'_>) -> Result<SignedNames<'r>, VerifyError> {
    let (list, mut names, mut start) = (&*claim.signed_headers, SignedNames::default(), 0);
    // That of most presigned URLs.
    if list == "host" {
        names.push(list);
        return Ok(names);
    }
    for end in positions(list, b';').chain([list.len()]) {
        names.push(list.get(start..end).unwrap_or_default());
        start = end + 1;
    }
    let all = names.as_slice();
    if all.len() > MAX_SIGNED_HEADERS {
        return Err(VerifyError::TooMany { what: "signed headers", max: MAX_SIGNED_HEADERS });
    }
    if !all.contains(&"host") {
        return Err(VerifyError::HeadersNotSigned { names: String::from("host") });
    }
    let is_right = list.bytes().fold(true, |all, byte| all & matches!(byte, b'!'..=b'9' | b';'..=b'@' | b'['..=b'~'))
        && !all.contains(&"")
        && all.is_sorted_by(|left, right| left < right);
    if is_right { Ok(names) } else { Err(VerifyError::SignedHeaders { mechanism: claim.mechanism }) }
}

/// Refuses headers that start with `x-amz-` and are not signed: a server that acts on one would let whoever has the URL
/// choose what it does.
///
/// `x-amz-content-sha256` is exempt, because its value is the last line of what is signed. So is the session token of a
/// service that appends it after signing.
pub(super) fn check_unsigned(
    request: &ReceivedRequest<'_>,
    signed_names: &[&str],
    service: &Service,
    policy: &VerifyPolicy,
) -> Result<(), VerifyError> {
    let is_appended_token =
        |name: &str| !service.signs_session_token() && name.eq_ignore_ascii_case(service.session_token_header());
    let is_exempt = |name: &str| {
        name.eq_ignore_ascii_case(CONTENT_SHA256) || is_appended_token(name) || policy.may_be_unsigned(name)
    };
    let mut unsigned: Vec<String> = request
        .lines()
        .map(|(name, _)| name)
        .filter(|name| has_amz_prefix(name) && !is_signed(signed_names, name) && !is_exempt(name))
        .map(str::to_ascii_lowercase)
        .collect();
    if unsigned.is_empty() {
        return Ok(());
    }
    unsigned.sort_unstable();
    unsigned.dedup();
    Err(VerifyError::HeadersNotSigned { names: unsigned.join(", ") })
}

/// Refuses an `x-amz-` header that is also a parameter, unless both have the same value and the header is signed: servers
/// differ in which they act on.
pub(super) fn check_not_in_query(
    request: &ReceivedRequest<'_>,
    signed_names: &[&str],
    query: &ReceivedQuery<'_>,
) -> Result<(), VerifyError> {
    for (name, value) in request.lines().filter(|(name, _)| has_amz_prefix(name)) {
        let mut same_name = query.iter().filter(|parameter| parameter.name.eq_ignore_ascii_case(name));
        let is_same =
            |encoded: &str| encode::decode(encoded).is_ok_and(|decoded| decoded.as_bytes() == value.trim_ascii());
        if same_name.any(|parameter| !is_signed(signed_names, name) || !is_same(parameter.value)) {
            return Err(VerifyError::HeaderAndParameter { name: name.to_ascii_lowercase() });
        }
    }
    Ok(())
}

/// Returns the signed headers of the request except `host`, in canonical order.
pub(super) fn signed_headers<'r>(
    request: &ReceivedRequest<'r>,
    signed_names: &[&'r str],
) -> Result<Vec<Header<'r>>, VerifyError> {
    let names = signed_names.iter().copied().filter(|name| *name != "host");
    let mut headers = Vec::with_capacity(signed_names.len() - 1);
    for name in names {
        let before = headers.len();
        for value in request.values(name) {
            let value = sendable(value).ok_or_else(|| VerifyError::HeaderValue { name: String::from(name) })?;
            let is_repeated = headers.len() > before;
            headers.push(Header::received(name, value, is_repeated));
        }
        if headers.len() == before {
            return Err(VerifyError::SignedHeaderMissing { name: String::from(name) });
        }
    }
    Ok(headers)
}

/// Returns the value of a header as text, with spaces in place of obsolete line folding: so no value can look like another
/// line of the canonical request.
///
/// Source: [RFC 9112 section 5.2](https://www.rfc-editor.org/rfc/rfc9112.html#section-5.2).
fn sendable(value: &[u8]) -> Option<Cow<'_, str>> {
    let has_control =
        |value: &str| value.bytes().fold(false, |any, byte| any | matches!(byte, 0..=0x08 | 0x0a..=0x1f | 0x7f));
    let value = str::from_utf8(value).ok()?;
    if !has_control(value) {
        return Some(Cow::Borrowed(value));
    }
    let mut lines = value.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut unfolded = String::from(lines.next()?);
    for line in lines {
        line.strip_prefix([' ', '\t'])?;
        unfolded.push_str(line);
    }
    (!has_control(&unfolded)).then_some(Cow::Owned(unfolded))
}

/// Refuses a `Host` header that is not the authority: what is verified must be what is served.
pub(super) fn check_host_header(request: &ReceivedRequest<'_>) -> Result<(), VerifyError> {
    let mut hosts = request.values("host");
    // One of them may have a default port.
    let authority = without_default_port(request.authority);
    let is_authority = |host: &[u8]| {
        let host = str::from_utf8(host.trim_ascii()).map(without_default_port);
        host.is_ok_and(|host| host.eq_ignore_ascii_case(authority))
    };
    match (hosts.next(), hosts.next()) {
        (None, _) => Ok(()),
        (Some(host), None) if is_authority(host) => Ok(()),
        _ => Err(VerifyError::Host),
    }
}

fn is_signed(signed_names: &[&str], header: &str) -> bool {
    signed_names.iter().any(|name| name.eq_ignore_ascii_case(header))
}
