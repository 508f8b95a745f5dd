//! What the signature says about the body.

use alloc::borrow::Cow;
use core::fmt;

use sha2::{Digest as _, Sha256};

use crate::encode;
use crate::sigv4::{CONTENT_SHA256, Payload, Service, UNSIGNED_PAYLOAD, equal_in_constant_time};
use crate::verify::query::ReceivedQuery;
use crate::verify::{Mechanism, ReceivedPayload, ReceivedRequest, VerifyError};

/// Returns the payload line of the canonical request.
///
/// That is the value of `x-amz-content-sha256`, in a header or in the query. Without one, it is `UNSIGNED-PAYLOAD` for a presigned
/// request to S3, and the hash of the body for other services. It also returns what the line means.
pub(super) fn payload_line<'r>(
    request: &'r ReceivedRequest<'_>,
    query: &'r ReceivedQuery<'_>,
    mechanism: Mechanism,
    service: &Service,
) -> Result<(Cow<'r, str>, VerifiedPayload), VerifyError> {
    let mut in_query = query.iter().filter(|parameter| parameter.name.eq_ignore_ascii_case(CONTENT_SHA256));
    let (in_query, second) = (in_query.next(), in_query.next());
    if second.is_some() {
        return Err(VerifyError::Repeated { name: CONTENT_SHA256 });
    }
    let line = match (request.only_value(CONTENT_SHA256)?, in_query) {
        // Both are equal: that was checked.
        (Some(value), _) => Cow::Borrowed(value),
        (None, Some(parameter)) => encode::decode(parameter.value).map_err(|_| VerifyError::Encoding)?,
        (None, None) => return default_line(request.payload, mechanism, service),
    };
    if line.starts_with("STREAMING-") {
        return Err(VerifyError::StreamingPayload);
    }
    let payload = match parse_sha256(&line) {
        _ if line == UNSIGNED_PAYLOAD => VerifiedPayload::Unsigned,
        Some(hash) if !service.requires_unsigned_payload() => VerifiedPayload::Sha256(hash),
        _ => return Err(VerifyError::ContentSha256),
    };
    Ok((line, payload))
}

fn default_line(
    payload: ReceivedPayload,
    mechanism: Mechanism,
    service: &Service,
) -> Result<(Cow<'static, str>, VerifiedPayload), VerifyError> {
    let default = match mechanism {
        Mechanism::Query => service.default_presigned_payload(),
        // S3 wants the header in each request.
        _ if service.requires_content_sha256() => return Err(VerifyError::Missing { name: CONTENT_SHA256 }),
        _ => service.default_authorized_payload(),
    };
    match (default, payload) {
        (Payload::Unsigned, _) => Ok((Payload::Unsigned.line(), VerifiedPayload::Unsigned)),
        (_, ReceivedPayload::Empty) => Ok((Payload::Empty.line(), VerifiedPayload::Sha256(EMPTY_SHA256))),
        (_, ReceivedPayload::Sha256(hash)) => Ok((Payload::Sha256(hash).line(), VerifiedPayload::Sha256(hash))),
        (_, ReceivedPayload::NotRead) => Err(VerifyError::PayloadUnknown),
    }
}

/// The SHA-256 of no bytes.
const EMPTY_SHA256: [u8; 32] = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41,
    0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// Reads 64 lower-case hexadecimal digits.
fn parse_sha256(digits: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    let is_lower_case = digits.bytes().fold(true, |all, byte| all & !byte.is_ascii_uppercase());
    (is_lower_case && hex::decode_to_slice(digits, &mut hash).is_ok()).then_some(hash)
}

/// What the signature covers of the body.
///
/// ```
/// use presign::verify::{VerifiedPayload, VerifyError};
///
/// fn store(payload: VerifiedPayload, chunks: &[&[u8]]) -> Result<(), VerifyError> {
///     let mut check = payload.check();
///     for chunk in chunks {
///         check.update(chunk);
///         // … write it where nobody reads it yet
///     }
///     check.finish() // keep it only if this is `Ok`
/// }
/// # store(VerifiedPayload::Unsigned, &[b"any"])?;
/// # Ok::<(), VerifyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifiedPayload {
    /// Nothing: any body is the right one.
    Unsigned,
    /// The SHA-256 of the body. If the server had not read the body before, it must compare the hash, for instance with
    /// [`check`](Self::check), before it acts on the body.
    Sha256([u8; 32]),
}

impl VerifiedPayload {
    /// Refuses a body with another hash, if the body was read.
    pub(super) fn check_received(self, received: ReceivedPayload) -> Result<(), VerifyError> {
        let received = match received {
            ReceivedPayload::NotRead => return Ok(()),
            ReceivedPayload::Empty => EMPTY_SHA256,
            ReceivedPayload::Sha256(hash) => hash,
        };
        match self {
            Self::Sha256(expected) if !equal_in_constant_time(&expected, &received) => {
                Err(VerifyError::PayloadMismatch)
            }
            _ => Ok(()),
        }
    }

    /// Returns a check for a body that is read piece by piece.
    pub fn check(self) -> PayloadCheck {
        let expected = match self {
            Self::Unsigned => None,
            Self::Sha256(hash) => Some(hash),
        };
        PayloadCheck { expected, hasher: Sha256::new() }
    }
}

/// Compares a body with the hash that was signed, while it is read.
#[must_use = "a body is right only if `finish` says so"]
pub struct PayloadCheck {
    expected: Option<[u8; 32]>,
    hasher: Sha256,
}

impl PayloadCheck {
    /// Takes the next piece of the body.
    pub fn update(&mut self, piece: &[u8]) {
        if self.expected.is_some() {
            self.hasher.update(piece);
        }
    }

    /// Says whether the whole body was the one that was signed.
    ///
    /// # Errors
    /// [`VerifyError::PayloadMismatch`]
    pub fn finish(self) -> Result<(), VerifyError> {
        match self.expected {
            Some(expected) if expected != <[u8; 32]>::from(self.hasher.finalize()) => Err(VerifyError::PayloadMismatch),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for PayloadCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayloadCheck").finish_non_exhaustive()
    }
}
