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

    /// Compares the signature with the digits of a request in constant time, so that the time does not tell how many are right.
    #[cfg(feature = "verify")]
    pub(crate) fn has_digits(&self, digits: &str) -> bool {
        let halves = |digits: &[u8]| {
            digits
                .split_at_checked(32)
                .and_then(|(first, second)| Some([first.try_into().ok()?, second.try_into().ok()?]))
        };
        match (halves(Hex::new(&self.0).as_bytes()), halves(digits.as_bytes())) {
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
