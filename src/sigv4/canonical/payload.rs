//! `HashedPayload`: what is signed of the body.

use alloc::borrow::Cow;

use crate::Error;
use crate::sigv4::request::trim;
use crate::sigv4::service::{STREAMING_UNSIGNED_TRAILER, UNSIGNED};
use crate::sigv4::{Payload, Service, Target};

/// Where the signature goes, which decides what the payload line may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignatureIn {
    /// The query: presigned.
    Query,
    /// The `Authorization` header.
    Header,
}

/// The payload line of a request. If it has the header or the query parameter `x-amz-content-sha256`, that is the line,
/// because the server reads it there.
#[inline]
pub(super) fn payload_line<'r>(
    target: &'r Target<'_>,
    service: &Service,
    signature: SignatureIn,
) -> Result<Cow<'r, str>, Error> {
    let mut given = target.parameters.content_sha256();
    let line = match given.next() {
        Some(first) => Cow::Borrowed(trim(first)),
        None => target.payload.unwrap_or_else(|| default_payload(service, signature)).line(),
    };
    if signature == SignatureIn::Query && line == STREAMING_UNSIGNED_TRAILER {
        return Err(Error::StreamingPayload);
    }
    if !is_payload_line(&line) {
        return Err(Error::ContentSha256);
    }
    if service.requires_unsigned_payload() && line != UNSIGNED {
        return Err(Error::UnsignedPayloadRequired);
    }
    let differs_from_payload = target.payload.is_some_and(|payload| payload.line() != line);
    if given.next().is_some() || differs_from_payload {
        return Err(Error::PayloadMismatch);
    }
    Ok(line)
}

fn default_payload(service: &Service, signature: SignatureIn) -> Payload {
    match signature {
        SignatureIn::Query => service.default_presigned_payload(),
        SignatureIn::Header => service.default_authorized_payload(),
    }
}

/// The header that a presigned request needs so that the server knows of a payload that was set. VPC Lattice needs it
/// always.
#[inline]
pub(in crate::sigv4) fn presigned_content_sha256(target: &Target<'_>, service: &Service) -> Option<Cow<'static, str>> {
    let default = service.default_presigned_payload();
    let payload = match target.payload {
        _ if service.requires_unsigned_payload() => Payload::Unsigned,
        payload => payload.filter(|payload| *payload != default)?,
    };
    (service.requires_content_sha256() && !is_given(target)).then(|| payload.line())
}

/// The header that every request of the S3 family, and to VPC Lattice, with an `Authorization` header needs.
pub(super) fn authorized_content_sha256<'r>(
    target: &Target<'_>,
    service: &Service,
    payload: &'r str,
) -> Option<&'r str> {
    (service.requires_content_sha256() && !is_given(target)).then_some(payload)
}

#[inline]
fn is_given(target: &Target<'_>) -> bool {
    target.parameters.content_sha256().next().is_some()
}

fn is_payload_line(text: &str) -> bool {
    [UNSIGNED, STREAMING_UNSIGNED_TRAILER].contains(&text)
        || text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
