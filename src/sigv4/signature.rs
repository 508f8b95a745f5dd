//! Stage 4: the signature, which a signing key computes of a string to sign.

use alloc::string::String;
use core::fmt;

use crate::sigv4::hash::Hex;
#[cfg(feature = "verify")]
use crate::sigv4::hash::equal_in_constant_time;
use crate::sigv4::{SigningContext, SigningKey, StringToSign};

/// A signature. Together with the rest of the URL it is a bearer token, so `Debug` does not show it.
#[derive(Clone, Copy)]
pub struct Signature(pub(super) [u8; 32]);

impl Signature {
    /// Returns the 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the 64 lower-case digits that go into the request.
    #[must_use]
    pub fn to_hex(&self) -> String {
        String::from(Hex::new(&self.0).as_str())
    }

    /// Reads a signature as a request has it: 64 lower-case digits.
    #[cfg(feature = "verify")]
    pub(crate) fn from_hex(digits: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let is_lower_case = !digits.bytes().any(|byte| byte.is_ascii_uppercase());
        (is_lower_case && hex::decode_to_slice(digits, &mut bytes).is_ok()).then_some(Self(bytes))
    }

    /// Compares two signatures in constant time, so that the time does not tell how many bytes are right.
    #[cfg(feature = "verify")]
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        equal_in_constant_time(&self.0, &other.0)
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
        out.push_str(Hex::new(&self.0).as_str());
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
        Signature(self.keyed().hmac(text))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature").finish_non_exhaustive()
    }
}
