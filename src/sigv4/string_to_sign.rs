//! Stage 2: the string to sign.

use alloc::string::String;
use core::fmt;

use crate::sigv4::payload::hex;
use crate::sigv4::{ALGORITHM, SigningContext};
use crate::sink::Sink;

/// Algorithm, instant, scope and the hash of the canonical request, a line each. `Display` writes the text.
#[derive(Clone, Copy, Debug)]
pub struct StringToSign<'a> {
    context: &'a SigningContext<'a>,
    canonical_request_sha256: [u8; 32],
}

impl<'a> StringToSign<'a> {
    /// Puts them together.
    #[must_use]
    pub fn new(context: &'a SigningContext<'a>, canonical_request_sha256: [u8; 32]) -> Self {
        Self { context, canonical_request_sha256 }
    }

    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.put(ALGORITHM);
        sink.put("\n");
        sink.put(self.context.amz_date().as_str());
        sink.put("\n");
        self.context.scope().write(sink);
        sink.put("\n");
        sink.put(str::from_utf8(&hex(&self.canonical_request_sha256)).unwrap_or_default());
    }
}

impl fmt::Display for StringToSign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}
