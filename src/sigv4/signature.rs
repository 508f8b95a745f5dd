//! Stage 4: the signature.

use alloc::string::String;
use core::fmt;

use crate::sigv4::hex::Hex;

/// A signature. Together with the rest of the URL it is a bearer token, so `Debug` does not show it.
#[derive(Clone, Copy)]
pub struct Signature(pub(super) [u8; 32]);

impl Signature {
    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The 64 lower-case digits that go into the request.
    #[must_use]
    pub fn to_hex(&self) -> String {
        let mut text = String::with_capacity(64);
        self.write_hex(&mut text);
        text
    }

    #[inline]
    pub(crate) fn write_hex(&self, out: &mut String) {
        out.push_str(Hex::new(&self.0).as_str());
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature").finish_non_exhaustive()
    }
}
