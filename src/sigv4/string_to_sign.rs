//! Stage 2: the string to sign.

use alloc::string::String;
use core::fmt;

#[cfg(feature = "std")]
use crate::Timestamp;
use crate::sigv4::hash::Hex;
use crate::sigv4::scope::TERMINATOR;
use crate::sigv4::{ALGORITHM, CredentialScope, SigningContext};

/// The algorithm, the time, the credential scope and the hash of the canonical request, a line each. `Display` writes them.
#[derive(Clone, Copy, Debug)]
pub struct StringToSign<'a> {
    context: &'a SigningContext<'a>,
    canonical_request_sha256: [u8; 32],
}

impl<'a> StringToSign<'a> {
    /// Returns the string to sign for a canonical request that has this hash.
    #[must_use]
    pub fn new(context: &'a SigningContext<'a>, canonical_request_sha256: [u8; 32]) -> Self {
        Self { context, canonical_request_sha256 }
    }

    pub(super) fn to_text(self) -> String {
        let FirstLines(mut text) = FirstLines::new(&self.context.scope());
        text.push_str(self.last_line().as_str());
        text
    }

    /// Returns the line that depends on the request.
    #[inline]
    pub(super) fn last_line(&self) -> Hex {
        Hex::new(&self.canonical_request_sha256)
    }
}

/// The lines that do not depend on the request: all but the last.
pub(super) struct FirstLines(String);

impl FirstLines {
    pub(super) fn new(scope: &CredentialScope<'_>) -> Self {
        let (date, region, service) = (scope.date(), scope.region(), scope.service());
        let amz_date = scope.amz_date().as_str();
        Self([ALGORITHM, "\n", amz_date, "\n", date, "/", region, "/", service, "/", TERMINATOR, "\n"].concat())
    }

    /// Goes over to another time of the same day.
    #[cfg(feature = "std")]
    pub(super) fn set_time(&mut self, timestamp: Timestamp) {
        let time = timestamp.amz_time();
        let start = ALGORITHM.len() + "\nYYYYMMDD".len();
        // Faster than `replace_range`.
        drop(self.0.drain(start..start + time.len()));
        self.0.insert_str(start, str::from_utf8(&time).unwrap_or_default());
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StringToSign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}
