//! Where text goes while it is built.

use alloc::string::String;
use core::fmt;

use sha2::digest::Update;

/// A `String` to read the text, a hash to sign it: the same code writes to both, so what is shown is what is signed.
pub(crate) trait Sink {
    fn put(&mut self, text: &str);

    /// Text of which the sink should make no copy that it does not have to make.
    fn put_secret(&mut self, text: &str) {
        self.put(text);
    }
}

impl Sink for String {
    #[inline]
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Collects short texts for a hash, which is faster on long ones.
pub(crate) struct Buffered<'h, H, const SIZE: usize> {
    hash: &'h mut H,
    buffer: [u8; SIZE],
    filled: usize,
}

impl<H: Update, const SIZE: usize> Buffered<'_, H, SIZE> {
    /// Hashes what is written.
    pub(crate) fn write(hash: &mut H, write: impl FnOnce(&mut Buffered<'_, H, SIZE>)) {
        let mut sink = Buffered { hash, buffer: [0; SIZE], filled: 0 };
        write(&mut sink);
        sink.flush();
    }

    fn flush(&mut self) {
        self.hash.update(self.buffer.get(..self.filled).unwrap_or_default());
        self.filled = 0;
    }
}

impl<H: Update, const SIZE: usize> Sink for Buffered<'_, H, SIZE> {
    #[inline]
    fn put(&mut self, text: &str) {
        let end = self.filled + text.len();
        match self.buffer.get_mut(self.filled..end) {
            Some(free) if text.len() < 128 => {
                free.copy_from_slice(text.as_bytes());
                self.filled = end;
            }
            _ => self.put_secret(text),
        }
    }

    fn put_secret(&mut self, text: &str) {
        self.flush();
        self.hash.update(text.as_bytes());
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
