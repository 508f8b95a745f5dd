//! What was signed.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::diagnose::canonical::Canonical;
use crate::sigv4::Explanation;
use crate::{Credentials, Timestamp};

/// What was signed, as far as it is known.
///
/// It may hold a session token or a key of SSE-C, so `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Signed {
    pub(super) version: Version,
    /// Of a URL, in hexadecimal digits.
    pub(super) signature: Option<Zeroizing<String>>,
    pub(super) has_odd_secret: Option<bool>,
}

/// Which signature it is.
#[derive(Clone)]
pub(super) enum Version {
    V4 {
        canonical_request: Zeroizing<String>,
        string_to_sign: Zeroizing<String>,
    },
    /// Of which nothing is compared.
    V2,
    /// A form, of which the policy is signed.
    Form {
        policy: Zeroizing<String>,
    },
}

impl Signed {
    /// Adds the credentials, so that a secret that configuration has altered is recognized by its form.
    ///
    /// The secret itself is not kept. The form is known for access key ids of AWS only, which start with `AKIA` or `ASIA`.
    #[must_use]
    pub fn with_credentials(mut self, credentials: &Credentials) -> Self {
        let is_aws = ["AKIA", "ASIA"].iter().any(|prefix| credentials.access_key_id().starts_with(prefix));
        let secret = credentials.secret_access_key();
        let is_odd = secret.contains(['%', ' ', '"', '\'']);
        let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        self.has_odd_secret = Some(is_odd || is_aws && (secret.len() != 40 || !secret.chars().all(is_base64)));
        self
    }

    /// A form, from the policy that was signed, in base64: the field `policy`.
    #[must_use]
    pub fn form(policy: &str) -> Self {
        Self::new(Version::Form { policy: Zeroizing::new(policy.to_owned()) })
    }

    pub(super) const fn new(version: Version) -> Self {
        Self { version, signature: None, has_odd_secret: None }
    }

    pub(super) fn canonical(&self) -> Option<Canonical<'_>> {
        match &self.version {
            Version::V4 { canonical_request, .. } => Canonical::parse(canonical_request),
            _ => None,
        }
    }

    pub(super) const fn is_version_2(&self) -> bool {
        matches!(self.version, Version::V2)
    }
}

impl From<&Explanation> for Signed {
    fn from(explanation: &Explanation) -> Self {
        Self::new(Version::V4 {
            canonical_request: Zeroizing::new(explanation.canonical_request().to_owned()),
            string_to_sign: Zeroizing::new(explanation.string_to_sign().to_owned()),
        })
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").finish_non_exhaustive()
    }
}

/// The four lines of a string to sign of version 4.
#[derive(Clone, Copy)]
pub(super) struct ToSign<'t> {
    pub(super) time: &'t str,
    pub(super) scope: &'t str,
    pub(super) hash: &'t str,
}

impl<'t> ToSign<'t> {
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|algorithm| algorithm.starts_with("AWS4-"))?;
        Some(Self { time: lines.next()?, scope: lines.next()?, hash: lines.next()? })
    }
}

/// `20240315/eu-west-1/s3/aws4_request`
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Scope<'t> {
    pub(super) date: &'t str,
    pub(super) region: &'t str,
    pub(super) service: &'t str,
}

impl<'t> Scope<'t> {
    /// Of a scope, or of a credential, which has an access key id before it.
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let mut parts = text.rsplit('/');
        parts.next().filter(|end| *end == "aws4_request")?;
        let (service, region, date) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { date, region, service })
    }
}

/// When a URL was signed, and for how many seconds.
pub(super) fn validity(canonical: &Canonical<'_>) -> Option<(Timestamp, i64)> {
    let date = canonical.parameter("X-Amz-Date")?.parse().ok()?;
    Some((date, canonical.parameter("X-Amz-Expires")?.parse().ok()?))
}
