//! Stage 3: the signing key.

use core::fmt;

use zeroize::Zeroizing;

use crate::Credentials;
use crate::sigv4::CredentialScope;
use crate::sigv4::hash::KeyedHmac;
use crate::sigv4::scope::TERMINATOR;

/// A key that signs for one credential scope, and for nothing else. Wiped from memory when it is dropped, as
/// far as safe code can.
///
/// ```
/// use presign::sigv4::{CredentialScope, Service, SigningKey};
/// use presign::{Credentials, Region, Timestamp};
///
/// let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")?;
/// let (region, service) = (Region::new("us-east-1")?, Service::new("iam")?);
/// let now: Timestamp = "20150830T000000Z".parse()?;
/// let key = SigningKey::derive(&credentials, &CredentialScope::new(now.amz_date(), &region, &service));
/// assert_eq!(key.as_bytes()[..4], [0xc4, 0xaf, 0xb1, 0xcc]);
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone)]
pub struct SigningKey {
    bytes: Zeroizing<[u8; 32]>,
    keyed: KeyedHmac,
}

impl SigningKey {
    /// Derives the key: `HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request")`.
    #[must_use]
    pub fn derive(credentials: &Credentials, scope: &CredentialScope<'_>) -> Self {
        let date_key = hmac(["AWS4".as_bytes(), credentials.secret_access_key().as_bytes()], scope.date());
        let date_region_key = hmac([&*date_key, &[]], scope.region().unwrap_or_default());
        let date_region_service_key = hmac([&*date_region_key, &[]], scope.service());
        let bytes = hmac([&*date_region_service_key, &[]], TERMINATOR);
        Self { keyed: KeyedHmac::new([&*bytes, &[]]), bytes }
    }

    /// Returns the key itself. Whoever has it can sign for its scope, so treat it as the secret that it is.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &*self.bytes
    }

    /// Returns the HMAC that has taken the key.
    pub(super) const fn keyed(&self) -> &KeyedHmac {
        &self.keyed
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

/// The key is in two pieces.
fn hmac(key: [&[u8]; 2], text: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(KeyedHmac::new(key).hmac(text.as_bytes()))
}
