//! Stage 3: the signing key.

use core::fmt;

use hmac::KeyInit as _;
use hmac::block_api::HmacCore;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::Credentials;
use crate::sigv4::hash::{BLOCK, StartedHmac, hmac};
use crate::sigv4::{CredentialScope, Signature, StringToSign};

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
    keyed: HmacCore<Sha256>,
}

impl SigningKey {
    /// Derives the key: `HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request")`.
    #[must_use]
    pub fn derive(credentials: &Credentials, scope: &CredentialScope<'_>) -> Self {
        let date_key = derive_from(["AWS4".as_bytes(), credentials.secret_access_key().as_bytes()], scope.date());
        let region_key = derive_from([&*date_key, &[]], scope.region());
        let service_key = derive_from([&*region_key, &[]], scope.service());
        Self::from_bytes(derive_from([&*service_key, &[]], "aws4_request"))
    }

    fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self { keyed: keyed([&*bytes, &[]]), bytes }
    }

    /// The key itself. Whoever has it can sign for its scope, so treat it as the secret that it is.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &*self.bytes
    }

    /// Signs.
    #[must_use]
    pub fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        self.sign_text(&string_to_sign.to_text())
    }

    pub(super) fn sign_text(&self, text: &str) -> Signature {
        Signature(hmac(self.keyed.clone(), text))
    }

    /// The signature of a text that starts so.
    pub(super) fn started(&self, start: &str) -> StartedHmac {
        StartedHmac::new(self.keyed.clone(), start)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

/// The key is in two pieces.
fn derive_from(key: [&[u8]; 2], text: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hmac(keyed(key), text))
}

/// The HMAC under a key of any length. `new_from_slice` does the same, but its error, which never comes, would have to
/// go somewhere.
fn keyed([start, end]: [&[u8]; 2]) -> HmacCore<Sha256> {
    let mut block = Zeroizing::new([0; BLOCK]);
    if let Some((to_start, rest)) = block.split_at_mut_checked(start.len())
        && let Some((to_end, _)) = rest.split_at_mut_checked(end.len())
    {
        to_start.copy_from_slice(start);
        to_end.copy_from_slice(end);
    } else {
        // RFC 2104: a key that does not fit into a block is hashed first.
        let hash: Zeroizing<[u8; 32]> =
            Zeroizing::new(Sha256::new().chain_update(start).chain_update(end).finalize().into());
        block.iter_mut().zip(&*hash).for_each(|(to, from)| *to = *from);
    }
    HmacCore::new((&*block).into())
}
