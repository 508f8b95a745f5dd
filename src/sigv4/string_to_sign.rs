//! Stage 2: the string to sign.

use alloc::string::String;
use core::fmt;
#[cfg(feature = "std")]
use core::ops::Range;

use crate::sigv4::CredentialScope;
use crate::sigv4::hash::Hex;
#[cfg(feature = "std")]
use crate::sigv4::scope::ALGORITHM;
use crate::sigv4::scope::TERMINATOR;

/// The string to sign, in four lines: the algorithm, the time, the credential scope, and the hash of the canonical request.
/// `Display` writes them.
///
/// Source: [Create a string to sign](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-string-to-sign).
#[derive(Clone, Copy, Debug)]
pub struct StringToSign<'a> {
    scope: CredentialScope<'a>,
    canonical_request_sha256: [u8; 32],
}

impl<'a> StringToSign<'a> {
    /// Returns the string to sign for a scope, as of its time, and a canonical request that has this hash.
    #[must_use]
    pub fn new(scope: CredentialScope<'a>, canonical_request_sha256: [u8; 32]) -> Self {
        Self { scope, canonical_request_sha256 }
    }

    pub(super) fn to_text(self) -> String {
        let mut text = first_lines(&self.scope).concat();
        text.push_str(Hex::new(&self.canonical_request_sha256).as_str());
        text
    }

    /// Appends the four lines.
    #[cfg(feature = "verify")]
    pub(crate) fn write(&self, out: &mut String) {
        out.extend(first_lines(&self.scope));
        out.push_str(Hex::new(&self.canonical_request_sha256).as_str());
    }
}

/// Returns the lines that do not depend on the request, in pieces: all but the last.
pub(super) fn first_lines<'s>(scope: &'s CredentialScope<'_>) -> [&'s str; 12] {
    let (date, region, service) = (scope.date(), scope.region(), scope.service());
    let (algorithm, amz_date) = (scope.algorithm(), scope.amz_date().as_str());
    [algorithm, "\n", amz_date, "\n", date, "/", region, "/", service, "/", TERMINATOR, "\n"]
}

/// Where the time of day is in them.
#[cfg(feature = "std")]
pub(super) const TIME_IN_FIRST_LINES: Range<usize> = {
    let start = ALGORITHM.len() + "\nYYYYMMDD".len();
    start..start + "Thhmmss".len() + "Z".len()
};

impl fmt::Display for StringToSign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}
