//! Where text goes while it is built.

use alloc::string::String;
use core::fmt;

/// A `String` to read the text, a hash to sign it: the same code writes to both, so what is shown is what is signed.
pub(crate) trait Sink {
    fn put(&mut self, text: &str);
}

impl Sink for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Keeps the first error of a formatter until the text is complete.
pub(crate) struct FormatterSink<'a, 'f> {
    formatter: &'a mut fmt::Formatter<'f>,
    result: fmt::Result,
}

impl<'a, 'f> FormatterSink<'a, 'f> {
    /// The body of a `Display` implementation.
    pub(crate) fn display(formatter: &'a mut fmt::Formatter<'f>, write: impl FnOnce(&mut Self)) -> fmt::Result {
        let mut sink = Self { formatter, result: Ok(()) };
        write(&mut sink);
        sink.result
    }
}

impl Sink for FormatterSink<'_, '_> {
    fn put(&mut self, text: &str) {
        self.result = self.result.and_then(|()| self.formatter.write_str(text));
    }
}
