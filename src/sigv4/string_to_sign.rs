//! Stage 2: the string to sign.

use alloc::string::String;
use core::fmt;

use crate::sigv4::hex::Hex;
use crate::sigv4::{ALGORITHM, SigningContext};
use crate::timestamp::AmzDate;

/// Algorithm, instant, scope and the hash of the canonical request, a line each. `Display` writes the text.
#[derive(Clone, Copy, Debug)]
pub struct StringToSign<'a> {
    context: &'a SigningContext<'a>,
    canonical_request_sha256: [u8; 32],
}

impl<'a> StringToSign<'a> {
    /// The string to sign for a canonical request with this hash.
    #[must_use]
    pub fn new(context: &'a SigningContext<'a>, canonical_request_sha256: [u8; 32]) -> Self {
        Self { context, canonical_request_sha256 }
    }

    pub(super) fn to_text(self) -> String {
        let mut text = String::new();
        write_shared(self.context.amz_date(), self.context.day().scope(), &mut text);
        text.push_str(Hex::new(&self.canonical_request_sha256).as_str());
        text
    }
}

/// All lines but the last: those that do not depend on the request.
#[inline]
pub(super) fn write_shared(amz_date: &AmzDate, scope: &str, out: &mut String) {
    out.push_str(ALGORITHM);
    out.push('\n');
    out.push_str(amz_date.as_str());
    out.push('\n');
    out.push_str(scope);
    out.push('\n');
}

impl fmt::Display for StringToSign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}
