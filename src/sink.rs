//! Where text goes while it is built.

use alloc::string::String;

/// A `String` to read the text, a hash to sign it: the same code writes to both, so what [`explain`] shows is what is
/// signed.
///
/// [`explain`]: crate::Presigner::explain_at
pub(crate) trait Sink {
    fn put(&mut self, text: &str);
}

impl Sink for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}
