//! What was signed.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::diagnose::canonical::Canonical;
use crate::diagnose::request::{Rebuilt, RequestParts};
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
    /// The names of signed headers whose values were not given.
    pub(super) unknown_headers: Vec<String>,
    /// Whether the query has a plus sign, which the signer then wrote for a space.
    pub(super) has_plus: bool,
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
    /// Takes what the client was given: the method, the URL, and the headers that it has to send.
    ///
    /// The URL may be that of any signer. A signed header that is not given has an unknown value, so that not every difference is
    /// found. Returns nothing if there is no signature, neither in the URL nor in an
    /// `Authorization` header.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::PutObject};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::diagnose::Signed;
    ///
    /// let put = presigner.presign(PutObject::new("a.png").content_type("image/png"), Duration::from_secs(900))?;
    /// let signed = Signed::from_url(put.method().as_str(), put.url(), put.headers());
    /// assert!(signed.is_some());
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[must_use]
    pub fn from_url<'h>(
        method: &str,
        url: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h str)>,
    ) -> Option<Self> {
        let parts = RequestParts::new(method, url, headers);
        let has_plus = parts.has_plus();
        match parts.rebuild(has_plus) {
            Some(Rebuilt { canonical_request, string_to_sign, signature, missing_headers, .. }) => Some(Self {
                version: Version::V4 { canonical_request, string_to_sign },
                signature: Some(signature),
                has_odd_secret: None,
                unknown_headers: missing_headers,
                has_plus,
            }),
            None => parts.is_version_2().then(|| Self::new(Version::V2)),
        }
    }

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

    pub(super) fn new(version: Version) -> Self {
        Self { version, signature: None, has_odd_secret: None, unknown_headers: Vec::new(), has_plus: false }
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

/// When a URL was signed, and for how many seconds.
pub(super) fn validity(canonical: &Canonical<'_>) -> Option<(Timestamp, i64)> {
    let date = canonical.parameter("X-Amz-Date")?.parse().ok()?;
    Some((date, canonical.parameter("X-Amz-Expires")?.parse().ok()?))
}
