//! What the signature covers.

use alloc::borrow::Cow;
use core::fmt;

use crate::s3::AddressingStyle;
use crate::sigv4::Service;
use crate::verify::claim::{PARAMETERS, TOKEN_HEADERS};
use crate::verify::host::BucketPlace;
use crate::verify::query::parameters;
use crate::verify::signed_text::SignedText;
use crate::verify::{Mechanism, VerifiedPayload};
use crate::{Credentials, Timestamp, encode};

/// A request whose signature is right, and of it only what the signature covers.
///
/// Everything here is read from the two strings that were signed, the canonical request and the string to sign. What the client
/// sent besides, such as a header that is not signed, is not here: a server that acts only on this value cannot be made to do
/// what the signer did not sign.
///
/// It says *who* signed *what*. Whether they may do it is for the caller to decide: a verified request is not a permission.
///
/// ```
/// use presign::verify::VerifiedRequest;
///
/// fn may(request: &VerifiedRequest) -> bool {
///     match (request.access_key_id(), request.method(), request.bucket(), request.key()) {
///         ("AKIAREADER", "GET", Some(bucket), Some(key)) => bucket == "user-media" && key.starts_with("public/"),
///         _ => false,
///     }
/// }
/// ```
pub struct VerifiedRequest {
    pub(super) text: SignedText,
    pub(super) path_is_encoded_twice: bool,
    pub(super) bucket_place: BucketPlace,
    pub(super) mechanism: Mechanism,
    pub(super) credentials: Credentials,
    pub(super) signed_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) payload: VerifiedPayload,
}

impl VerifiedRequest {
    /// Returns the access key id whose secret signed the request.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        self.credentials.access_key_id()
    }

    /// Returns the region of the credential scope, unless the signature is one of SigV4A.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.scope().0
    }

    /// Returns the regions in which a signature of SigV4A is valid, as a list in which `*` stands for any characters.
    #[cfg(feature = "sigv4a")]
    #[must_use]
    pub fn region_set(&self) -> Option<Cow<'_, str>> {
        if self.region().is_some() {
            return None;
        }
        match self.mechanism {
            Mechanism::Query => {
                parameters(self.line(2)).find(|(name, _)| *name == "X-Amz-Region-Set").map(|(_, value)| decoded(value))
            }
            _ => self.header("x-amz-region-set").map(Cow::Borrowed),
        }
    }

    /// Returns the service of the credential scope.
    #[must_use]
    pub fn service(&self) -> &str {
        self.scope().1
    }

    /// Returns where the signature was.
    #[must_use]
    pub const fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    /// Returns when the request was signed.
    #[must_use]
    pub const fn signed_at(&self) -> Timestamp {
        self.signed_at
    }

    /// Returns when a presigned URL expires. A signature in a header has no end of its own: it is accepted for the clock skew
    /// of the policy.
    #[must_use]
    pub const fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.line(0)
    }

    /// Returns the host, as it was signed: with or without a default port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.header("host").unwrap_or_default()
    }

    /// Returns the decoded path.
    ///
    /// It may have `.` and `..` segments, and whoever makes a file name of it must refuse them: a key of S3 has any segments, and
    /// the normalized path of other services has those that were sent percent-encoded, as in `/%2e%2e/`.
    #[must_use]
    pub fn path(&self) -> Cow<'_, str> {
        let once = decoded(self.line(1));
        match (self.path_is_encoded_twice, once) {
            (true, Cow::Borrowed(once)) => decoded(once),
            (true, Cow::Owned(once)) => Cow::Owned(decoded(&once).into_owned()),
            (false, once) => once,
        }
    }

    /// Returns where the bucket is in the URL, by the host of the policy.
    #[must_use]
    pub const fn addressing_style(&self) -> AddressingStyle {
        self.bucket_place.addressing_style()
    }

    /// Returns the bucket of a request to S3, or none if it is to the service, as `ListBuckets` is.
    ///
    /// It is what the client signed, such as `..`: whoever makes a file name of it must compare it with the buckets that exist.
    #[must_use]
    pub fn bucket(&self) -> Option<Cow<'_, str>> {
        if !self.is_to_s3() {
            return None;
        }
        match &self.bucket_place {
            BucketPlace::Path => match self.path_without_slash() {
                Cow::Borrowed(path) => not_empty(Cow::Borrowed(path.split('/').next()?)),
                Cow::Owned(path) => not_empty(Cow::Owned(path.split('/').next()?.into())),
            },
            BucketPlace::Host(end) => Some(Cow::Borrowed(self.host().get(..*end)?)),
            BucketPlace::Fixed(bucket) => Some(Cow::Borrowed(bucket)),
        }
    }

    /// Returns the object key of a request to S3, or none if it is to the bucket or the service.
    #[must_use]
    pub fn key(&self) -> Option<Cow<'_, str>> {
        if !self.is_to_s3() {
            return None;
        }
        let path = self.path_without_slash();
        if self.bucket_place != BucketPlace::Path {
            return not_empty(path);
        }
        match path {
            Cow::Borrowed(path) => key_after_bucket(path).map(Cow::Borrowed),
            Cow::Owned(path) => key_after_bucket(&path).map(|key| Cow::Owned(key.into())),
        }
    }

    /// Returns the decoded query parameters in canonical order, except those of the signature itself.
    pub fn parameters(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        parameters(self.line(2))
            .filter(|(name, _)| self.mechanism != Mechanism::Query || !PARAMETERS.contains(name))
            .map(|(name, value)| (decoded(name), decoded(value)))
    }

    /// Returns the decoded value of the first query parameter with a name, in its case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        self.parameters().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    /// Returns the signed headers: names in lower case, sorted, each once, and values without superfluous spaces. The values of
    /// a header that was repeated are joined by a comma.
    ///
    /// `host` is one of them. The session token is not.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.text
            .canonical_request()
            .lines()
            .skip(3)
            .map_while(|line| line.split_once(':'))
            .filter(|(name, _)| !TOKEN_HEADERS.contains(name))
    }

    /// Returns the value of a signed header. The name is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(given, _)| *given == name).map(|(_, value)| value)
    }

    /// Returns what the signature covers of the body. If the body was not read before, the caller must compare its hash.
    #[must_use]
    pub const fn payload(&self) -> VerifiedPayload {
        self.payload
    }

    fn line(&self, number: usize) -> &str {
        self.text.canonical_request().split('\n').nth(number).unwrap_or_default()
    }

    /// Whether the service is one of the S3 family, which has buckets.
    fn is_to_s3(&self) -> bool {
        Service::is_in_s3_family(self.service())
    }

    fn path_without_slash(&self) -> Cow<'_, str> {
        match self.path() {
            Cow::Borrowed(path) => Cow::Borrowed(path.strip_prefix('/').unwrap_or(path)),
            Cow::Owned(mut path) => {
                if path.starts_with('/') {
                    path.remove(0);
                }
                Cow::Owned(path)
            }
        }
    }

    /// Returns the region and the service of the scope.
    fn scope(&self) -> (Option<&str>, &str) {
        let scope = self.text.string_to_sign().split('\n').nth(2).unwrap_or_default();
        let mut parts = scope.rsplit('/').skip(1);
        let service = parts.next().unwrap_or_default();
        let region = parts.next().filter(|_| parts.next().is_some());
        (region, service)
    }
}

/// Without the values of parameters and headers, which may be secrets.
impl fmt::Debug for VerifiedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedRequest")
            .field("access_key_id", &self.access_key_id())
            .field("method", &self.method())
            .field("host", &self.host())
            .field("path", &self.path())
            .field("signed_at", &self.signed_at)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Decodes what was encoded here, or was decoded before.
fn decoded(encoded: &str) -> Cow<'_, str> {
    encode::decode(encoded).unwrap_or_default()
}

fn not_empty(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if text.is_empty() { None } else { Some(text) }
}

/// Returns the key of `bucket/key`, if neither is empty.
fn key_after_bucket(path: &str) -> Option<&str> {
    path.split_once('/').filter(|(bucket, key)| !bucket.is_empty() && !key.is_empty()).map(|(_, key)| key)
}
