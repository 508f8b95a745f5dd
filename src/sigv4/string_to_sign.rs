//! Stage 2: the string to sign.

use core::fmt;

use crate::sigv4::value::Hex;
use crate::sigv4::{ALGORITHM, SigningContext};
use crate::sink::{FormatterSink, Sink};

/// Algorithm, instant, scope and the hash of the canonical request, a line each. `Display` writes the text.
#[derive(Clone, Copy, Debug)]
pub struct StringToSign<'a> {
    context: &'a SigningContext<'a>,
    canonical_request_sha256: [u8; 32],
}

impl<'a> StringToSign<'a> {
    /// The string to sign for a canonical request with this hash.
    #[must_use]
    pub fn new(context: &'a SigningContext<'a>, canonical_request_sha256: [u8; 32]) -> Self {
        Self { context, canonical_request_sha256 }
    }

    pub(super) fn write(&self, sink: &mut impl Sink) {
        write_shared(self.context, sink);
        sink.put(Hex::new(&self.canonical_request_sha256).as_str());
    }
}

/// All lines but the last: those that do not depend on the request.
pub(super) fn write_shared(context: &SigningContext<'_>, sink: &mut impl Sink) {
    sink.put(ALGORITHM);
    sink.put("\n");
    sink.put(context.amz_date().as_str());
    sink.put("\n");
    sink.put(&context.texts().scope);
    sink.put("\n");
}

impl fmt::Display for StringToSign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        FormatterSink::display(f, |sink| self.write(sink))
    }
}
