//! The last line of the canonical request.

use crate::Error;
use crate::parameters::{CONTENT_SHA256, is_http_space};
use crate::sigv4::Target;

/// What the signature says about the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Payload {
    /// `UNSIGNED-PAYLOAD`: any body. What S3 expects of a presigned URL.
    Unsigned,
    /// The hash of the empty body.
    Empty,
    /// This SHA-256: only the body that has it is accepted.
    Sha256([u8; 32]),
}

const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A payload line or a header value of the signer.
#[derive(Clone, Copy)]
pub(super) enum Text<'r> {
    Borrowed(&'r str),
    Hex([u8; 64]),
}

impl Text<'_> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Hex(digits) => str::from_utf8(digits).unwrap_or_default(),
        }
    }
}

impl Payload {
    pub(super) fn line(self) -> Text<'static> {
        match self {
            Self::Unsigned => Text::Borrowed(UNSIGNED),
            Self::Empty => Text::Borrowed(EMPTY_SHA256),
            Self::Sha256(hash) => Text::Hex(hex(&hash)),
        }
    }
}

/// The payload line of a request. If it has the header `x-amz-content-sha256`, that is the line, since the server reads
/// it there.
pub(super) fn payload_line<'r>(target: &Target<'r>, default: Payload) -> Result<Text<'r>, Error> {
    let mut headers = target.parameters.headers().iter().filter(|header| header.name == CONTENT_SHA256);
    let Some(header) = headers.next() else {
        return Ok(target.payload.unwrap_or(default).line());
    };
    let value = header.value.trim_matches(is_http_space);
    let is_hash = value.len() == 64 && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if headers.next().is_some() || !(is_hash || value == UNSIGNED) {
        return Err(Error::ContentSha256);
    }
    match target.payload {
        Some(payload) if payload.line().as_str() != value => Err(Error::PayloadMismatch),
        _ => Ok(Text::Borrowed(value)),
    }
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8; 32]) -> [u8; 64] {
    let mut digits = [b'0'; 64];
    // Fails only for lengths that do not match.
    let _ = hex::encode_to_slice(bytes, &mut digits);
    digits
}
