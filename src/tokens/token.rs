//! The result: a token, and when it ends.

use alloc::string::String;
use core::fmt;
use core::time::Duration;

use zeroize::Zeroizing;

use crate::Timestamp;

/// A token: the password or the URL that a service accepts until it expires.
///
/// Whoever has it can use it, so `Debug` does not show it, there is no `Display`, and it is wiped from memory when it is
/// dropped.
///
/// ```
/// use presign::tokens::RdsToken;
/// use presign::{Credentials, Region};
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// let database = RdsToken::new("prod.abc123.eu-west-1.rds.amazonaws.com", 5432, "app")?;
/// let token = database.sign_at(&credentials, "20260301T120000Z".parse()?)?;
/// assert!(token.as_str().starts_with("prod.abc123.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app&"));
/// assert_eq!(token.expires_at().to_string(), "2026-03-01T12:15:00Z");
/// assert_eq!(token.refresh_at().to_string(), "2026-03-01T12:14:00Z");
/// assert!(!format!("{token:?}").contains("X-Amz"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone)]
pub struct Token {
    text: Zeroizing<String>,
    signed_at: Timestamp,
    expires_at: Timestamp,
}

impl Token {
    pub(super) const fn new(text: Zeroizing<String>, signed_at: Timestamp, expires_at: Timestamp) -> Self {
        Self { text, signed_at, expires_at }
    }

    /// Returns the same token, in another text.
    pub(super) fn with_text(self, text: Zeroizing<String>) -> Self {
        Self { text, ..self }
    }

    /// Returns the token as the service takes it. It must not be encoded again.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns when the service stops accepting the token: when it expires, or when the credentials that signed it do,
    /// whichever is first.
    ///
    /// A connection that is open by then stays open.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// Returns [`expires_at`](Self::expires_at) in milliseconds since 1970-01-01T00:00:00Z, the unit of Kafka clients.
    #[must_use]
    pub const fn expires_at_millis(&self) -> i64 {
        // At most 253,402,300,799,000.
        self.expires_at.unix_seconds() * 1_000
    }

    /// Returns from when on a program that keeps the token must make a new one: one minute before it expires, or after
    /// half of its validity if it is valid for less than two minutes.
    ///
    /// Signing takes microseconds and sends nothing, so the simplest program makes a token for each connection.
    #[must_use]
    pub fn refresh_at(&self) -> Timestamp {
        let validity = self.expires_at.duration_since(self.signed_at);
        let margin = Duration::from_secs(60).min(validity / 2);
        // Never the fallback: the margin is at most the validity.
        self.expires_at.checked_sub(margin).unwrap_or(self.signed_at)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
