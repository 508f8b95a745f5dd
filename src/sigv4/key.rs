//! Stage 3: the signing key.

use core::fmt;

use hmac::digest::{KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Credentials;
use crate::sigv4::{CredentialScope, Signature, StringToSign};
use crate::sink::Sink;

type HmacSha256 = hmac::Hmac<Sha256>;

/// The block size of SHA-256, and with it the longest HMAC key that is not hashed first (RFC 2104).
const BLOCK: usize = 64;

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
    /// The state of the HMAC once it has taken the key: a clone of it saves two of the four or five blocks of a
    /// signature.
    keyed: HmacSha256,
}

impl SigningKey {
    /// Derives the key: `HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request")`.
    #[must_use]
    pub fn derive(credentials: &Credentials, scope: &CredentialScope<'_>) -> Self {
        let secret = Zeroizing::new(["AWS4", credentials.secret_access_key()].concat());
        let date_key = hmac(secret.as_bytes(), scope.date());
        let region_key = hmac(&*date_key, scope.region());
        let service_key = hmac(&*region_key, scope.service());
        Self::from_bytes(hmac(&*service_key, "aws4_request"))
    }

    fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self { keyed: keyed(&*bytes), bytes }
    }

    /// The key itself. Whoever has it can sign for its scope, so treat it as the secret that it is.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Signs a text that is not a string to sign.
    #[cfg(feature = "post")]
    pub(super) fn sign_text(&self, text: &str) -> Signature {
        let mut mac = self.keyed.clone();
        mac.put(text);
        Signature::new(mac.finalize().into_bytes().into())
    }

    /// Signs.
    #[must_use]
    pub fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        let mut mac = self.keyed.clone();
        string_to_sign.write(&mut mac);
        Signature::new(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

impl Sink for HmacSha256 {
    fn put(&mut self, text: &str) {
        self.update(text.as_bytes());
    }
}

fn hmac(key: &[u8], text: &str) -> Zeroizing<[u8; 32]> {
    let mut mac = keyed(key);
    mac.put(text);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// The HMAC under a key of any length. `new_from_slice` does the same, but its error, which never comes, would have to
/// go somewhere.
fn keyed(key: &[u8]) -> HmacSha256 {
    let mut block = Zeroizing::new([0; BLOCK]);
    let digest: Zeroizing<[u8; 32]>;
    let key = if key.len() > BLOCK {
        digest = Zeroizing::new(Sha256::digest(key).into());
        &digest[..]
    } else {
        key
    };
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    HmacSha256::new((&*block).into())
}
