//! The two strings that were signed.

use alloc::string::String;

use zeroize::Zeroize as _;

use crate::sigv4::{CredentialScope, Header, ReceivedParts, StringToSign};

/// The most bytes of a string to sign, without those of the region and the service. The algorithm is that of SigV4A, whose name is
/// longer.
const STRING_TO_SIGN: usize = "AWS4-ECDSA-P256-SHA256\nYYYYMMDDThhmmssZ\nYYYYMMDD///aws4_request\n".len() + 64;

/// The canonical request, and after it the string to sign. It is wiped from memory when it is dropped if it has a session token
/// or a key of SSE-C.
pub(super) struct SignedText {
    text: String,
    string_to_sign_at: usize,
    has_secret: bool,
}

impl SignedText {
    /// Returns an empty text with room for these parts, because growing would leave copies of a secret behind.
    pub(super) fn for_parts(parts: &ReceivedParts<'_>, scope: &CredentialScope<'_>, has_token: bool) -> Self {
        let has_secret = has_token || parts.headers.iter().any(Header::is_secret);
        let room = parts.room() + scope.region().map_or(0, str::len) + scope.service().len() + STRING_TO_SIGN;
        Self { text: String::with_capacity(room), string_to_sign_at: 0, has_secret }
    }

    /// Replaces the text by that of a request, and returns the string to sign.
    pub(super) fn write(&mut self, parts: &ReceivedParts<'_>, scope: &CredentialScope<'_>) -> &str {
        self.text.clear();
        let canonical_request_sha256 = parts.write(&mut self.text);
        self.string_to_sign_at = self.text.len();
        StringToSign::new(*scope, canonical_request_sha256).write(&mut self.text);
        self.string_to_sign()
    }

    pub(super) fn canonical_request(&self) -> &str {
        self.text.get(..self.string_to_sign_at).unwrap_or_default()
    }

    pub(super) fn string_to_sign(&self) -> &str {
        self.text.get(self.string_to_sign_at..).unwrap_or_default()
    }
}

impl Drop for SignedText {
    fn drop(&mut self) {
        if self.has_secret {
            self.text.zeroize();
        }
    }
}
