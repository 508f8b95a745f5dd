//! Stage 2: the string to sign.

use alloc::string::String;
use core::fmt;

use crate::sigv4::hash::Hex;
use crate::sigv4::scope::TERMINATOR;
use crate::sigv4::{ALGORITHM, SigningContext};

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
        let amz_date = self.context.amz_date();
        let last_line = self.last_line();
        start(self.context, amz_date.as_str()).into_iter().chain([last_line.as_str()]).collect()
    }

    /// Returns the line that depends on the request.
    #[inline]
    pub(super) fn last_line(&self) -> Hex {
        Hex::new(&self.canonical_request_sha256)
    }
}

/// Returns the lines that do not depend on the request, all but the last, in pieces.
pub(super) fn start<'a>(context: &'a SigningContext<'_>, amz_date: &'a str) -> [&'a str; 12] {
    let (region, service) = (context.region().as_str(), context.service().name());
    let (date, _) = amz_date.split_at_checked("YYYYMMDD".len()).unwrap_or_default();
    [ALGORITHM, "\n", amz_date, "\n", date, "/", region, "/", service, "/", TERMINATOR, "\n"]
}

impl fmt::Display for StringToSign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}
