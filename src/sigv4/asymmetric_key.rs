//! Stage 3 of SigV4A: the asymmetric key.

use alloc::vec::Vec;
use core::fmt;

use p256::ecdsa;
use p256::elliptic_curve::PrimeField as _;
use p256::elliptic_curve::ops::Reduce as _;
use p256::{FieldBytes, NonZeroScalar, Scalar};
use zeroize::Zeroizing;

use crate::Credentials;
use crate::sigv4::hash::KeyedHmac;
use crate::sigv4::scope::ASYMMETRIC_ALGORITHM;

/// The key of SigV4A: a private key on the curve P-256, which is derived from the credentials. It signs for every day, region and
/// service.
///
/// Source: [AWS Signature Version 4A](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html#how-sigv4a-works);
/// the derivation is that of the [AWS Common Runtime](https://github.com/awslabs/aws-c-auth/blob/main/source/key_derivation.c).
///
/// ```
/// use presign::Credentials;
/// use presign::sigv4::AsymmetricSigningKey;
///
/// let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")?;
/// let key = AsymmetricSigningKey::derive(&credentials);
/// assert_eq!(key.as_bytes()[..4], [0x7e, 0xfc, 0x8c, 0x0e]);
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone)]
pub struct AsymmetricSigningKey {
    bytes: Zeroizing<[u8; 32]>,
    key: ecdsa::SigningKey,
}

impl AsymmetricSigningKey {
    /// Derives the key by the counter mode of NIST SP 800-108, with HMAC-SHA256: the first candidate that is the predecessor of a private
    /// key.
    #[must_use]
    pub fn derive(credentials: &Credentials) -> Self {
        let hmac = KeyedHmac::new([b"AWS4A", credentials.secret_access_key().as_bytes()]);
        let candidate = |counter: u8| {
            let mut input = Vec::new();
            input.extend(1_u32.to_be_bytes());
            input.extend(ASYMMETRIC_ALGORITHM.as_bytes());
            input.push(0);
            input.extend(credentials.access_key_id().as_bytes());
            input.push(counter);
            input.extend(256_u32.to_be_bytes());
            Zeroizing::new(hmac.hmac(&input))
        };
        // One in four billion candidates is too large, so there is a key long before the last of the 254.
        let private_key = (1..=254).map(candidate).find_map(|candidate| private_key_after(&candidate));
        let private_key = private_key.unwrap_or_else(|| NonZeroScalar::reduce(&FieldBytes::from(*candidate(255))));
        Self { bytes: Zeroizing::new(private_key.to_repr().into()), key: private_key.into() }
    }

    /// Returns the private key, a number of 256 bits. Whoever has it can sign like the credentials, so treat it as the secret that
    /// it is.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &*self.bytes
    }

    /// Returns the public key, with which signatures can be verified: the coordinates `x` and `y`.
    #[must_use]
    pub fn public_key(&self) -> [[u8; 32]; 2] {
        let point = self.key.verifying_key().to_sec1_point(false);
        [point.x(), point.y()].map(|coordinate| coordinate.map_or([0; 32], |bytes| (*bytes).into()))
    }

    /// Returns the key of the curve.
    pub(super) const fn curve_key(&self) -> &ecdsa::SigningKey {
        &self.key
    }
}

/// Returns the private key that comes after a candidate: both are less than the order of the curve.
fn private_key_after(candidate: &[u8; 32]) -> Option<NonZeroScalar> {
    let candidate: Option<Scalar> = Scalar::from_repr((*candidate).into()).into();
    NonZeroScalar::new(candidate? + Scalar::ONE).into()
}

impl fmt::Debug for AsymmetricSigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsymmetricSigningKey").finish_non_exhaustive()
    }
}
