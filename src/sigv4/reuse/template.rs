//! A text that was written once, and in which something else is written into some places.

use alloc::string::String;
use core::ops::Range;

use zeroize::Zeroizing;

/// How much longer the text may become without growing. Growing would leave a copy behind: of the parts of an upload, which may
/// have a secret, only numbers change.
const MOST_GROWTH: usize = 64;

/// The end of a canonical request. What is written into it has to be canonical, and must not change the order of parameters.
/// There is no second implementation of the rules: the text is that of a request that was written line by line.
pub(super) struct Template(Zeroizing<String>);

impl Template {
    pub(super) fn new(text: &str) -> Self {
        let mut copy = Zeroizing::new(String::with_capacity(text.len() + MOST_GROWTH));
        copy.push_str(text);
        Self(copy)
    }

    #[inline]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Writes something else into a place.
    #[inline]
    pub(super) fn replace(&mut self, place: &mut Range<usize>, text: &str) {
        if self.0.get(place.clone()) != Some(text) {
            // Faster than `replace_range`.
            drop(self.0.drain(place.clone()));
            self.0.insert_str(place.start, text);
            place.end = place.start + text.len();
        }
    }
}
