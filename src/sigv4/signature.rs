//! Stage 4: the signature, which a signing key computes of a string to sign.

use alloc::string::String;
use core::fmt;

#[cfg(feature = "sigv4a")]
use p256::ecdsa::DerSignature;
#[cfg(feature = "sigv4a")]
use p256::ecdsa::signature::Signer as _;
#[cfg(all(feature = "sigv4a", feature = "verify"))]
use p256::ecdsa::signature::Verifier as _;

#[cfg(feature = "sigv4a")]
use crate::sigv4::AsymmetricSigningKey;
use crate::sigv4::hash::Hex;
#[cfg(feature = "verify")]
use crate::sigv4::hash::equal_in_constant_time;
use crate::sigv4::{SigningContext, SigningKey, StringToSign};

/// A signature. Together with the rest of the URL it is a bearer token, so `Debug` does not show it.
#[derive(Clone, Copy)]
pub struct Signature(Bytes);

#[derive(Clone, Copy)]
enum Bytes {
    Hmac([u8; 32]),
    /// Of SigV4A: in DER, whose length varies, with zeros after it.
    #[cfg(feature = "sigv4a")]
    Der([u8; MAX_DER], usize),
}

/// The longest signature on the curve P-256 in DER.
#[cfg(feature = "sigv4a")]
const MAX_DER: usize = 72;

impl Signature {
    #[inline]
    pub(super) const fn from_hmac(hmac: [u8; 32]) -> Self {
        Self(Bytes::Hmac(hmac))
    }

    #[cfg(feature = "sigv4a")]
    pub(super) fn from_der(der: &[u8]) -> Self {
        let mut bytes = [0; MAX_DER];
        bytes.iter_mut().zip(der).for_each(|(to, from)| *to = *from);
        Self(Bytes::Der(bytes, der.len()))
    }

    /// Returns the bytes: 32 of SigV4, or up to 72 of SigV4A.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Hmac(bytes) => bytes,
            #[cfg(feature = "sigv4a")]
            Bytes::Der(bytes, length) => bytes.get(..*length).unwrap_or_default(),
        }
    }

    /// Returns the lower-case digits that go into the request: 64 of SigV4, or up to 144 of SigV4A.
    #[must_use]
    pub fn to_hex(&self) -> String {
        let mut digits = String::new();
        self.write_hex(&mut digits);
        digits
    }

    /// Compares the signature with the digits of a request in constant time, so that the time does not tell how many are right.
    #[cfg(feature = "verify")]
    pub(crate) fn has_digits(&self, digits: &str) -> bool {
        #[cfg_attr(not(feature = "sigv4a"), allow(irrefutable_let_patterns, reason = "there is another kind with it"))]
        let Bytes::Hmac(bytes) = &self.0 else { return false };
        let halves = |digits: &[u8]| {
            digits
                .split_at_checked(32)
                .and_then(|(first, second)| Some([first.try_into().ok()?, second.try_into().ok()?]))
        };
        match (halves(Hex::new(bytes).as_bytes()), halves(digits.as_bytes())) {
            (Some([first, second]), Some([given_first, given_second])) => {
                equal_in_constant_time(&first, &given_first) & equal_in_constant_time(&second, &given_second)
            }
            _ => false,
        }
    }

    /// Appends the signature to the query of a URL, and behind it a session token that it does not cover.
    #[inline]
    pub(super) fn append_to_url(&self, context: &SigningContext<'_>, url: &mut String) {
        url.push_str("&X-Amz-Signature=");
        self.write_hex(url);
        let service = context.service();
        if let Some(token) = context.credentials().encoded_session_token()
            && !service.signs_session_token()
        {
            url.push('&');
            url.push_str(service.session_token_query());
            url.push('=');
            url.push_str(token);
        }
    }

    #[inline]
    pub(crate) fn write_hex(&self, out: &mut String) {
        match &self.0 {
            Bytes::Hmac(bytes) => out.push_str(Hex::new(bytes).as_str()),
            #[cfg(feature = "sigv4a")]
            Bytes::Der(..) => out.push_str(&hex::encode(self.as_bytes())),
        }
    }
}

impl SigningKey {
    /// Computes the signature of a string to sign.
    #[must_use]
    pub fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        self.sign_text(&string_to_sign.to_text())
    }

    /// Computes the signature of a text of another form, such as the policy of a form.
    pub(crate) fn sign_text(&self, text: &str) -> Signature {
        Signature::from_hmac(self.keyed().hmac(text.as_bytes()))
    }
}

#[cfg(feature = "sigv4a")]
impl AsymmetricSigningKey {
    /// Computes the signature of a string to sign. It is the same each time, by RFC 6979.
    #[must_use]
    pub fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        let signature: DerSignature = self.curve_key().sign(string_to_sign.to_text().as_bytes());
        Signature::from_der(signature.as_bytes())
    }

    /// Whether a signature, in hexadecimal digits as a request has it, is one of this text.
    #[cfg(feature = "verify")]
    pub(crate) fn has_signed(&self, text: &str, digits: &str) -> bool {
        let is_lower_case = !digits.bytes().any(|byte| byte.is_ascii_uppercase());
        let der = hex::decode(digits).ok().filter(|_| is_lower_case);
        let signature = der.and_then(|der| DerSignature::from_bytes(&der).ok());
        signature.is_some_and(|signature| self.curve_key().verifying_key().verify(text.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature").finish_non_exhaustive()
    }
}
