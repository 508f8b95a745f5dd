//! A text that is hashed while it is written.

use alloc::string::String;
use core::ops::{Deref, DerefMut, Range};

use hmac::digest::array::Array;
use hmac::digest::block_api::{FixedOutputCore as _, UpdateCore as _};
use hmac::digest::block_buffer::EagerBuffer;

use crate::sigv4::hash::{BLOCK, Sha256Core, finish};

/// A text whose start is hashed while the rest is written, because a processor does both at the same time. Of what has been
/// written, less than a block may be taken back.
pub(super) struct HashedText<'t> {
    text: &'t mut String,
    core: Sha256Core,
    /// How much of the text `core` has taken.
    hashed: usize,
}

impl<'t> HashedText<'t> {
    /// A text that goes on with what there is already.
    #[inline]
    pub(super) fn new(text: &'t mut String) -> Self {
        Self { text, core: Sha256Core::default(), hashed: 0 }
    }

    /// Writes a piece, and returns where it lies, and what writing it returned.
    #[inline]
    pub(super) fn range_of<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> (Range<usize>, T) {
        let start = self.text.len();
        let written = write(self);
        (start..self.text.len(), written)
    }

    /// Hashes the blocks that have been written, but for the last one: a processor is slow to read what it has just
    /// written.
    #[inline]
    pub(super) fn hash_ahead(&mut self) {
        let (blocks, _) = Array::slice_as_chunks(self.text.as_bytes().get(self.hashed..).unwrap_or_default());
        if let [blocks @ .., _] = blocks
            && !blocks.is_empty()
        {
            self.core.update_blocks(blocks);
            self.hashed += BLOCK * blocks.len();
        }
    }

    /// The hash of the whole text.
    #[inline]
    pub(super) fn finish(self) -> [u8; 32] {
        finish!(self.core, self.text.as_bytes().get(self.hashed..).unwrap_or_default())
    }
}

impl Deref for HashedText<'_> {
    type Target = String;

    #[inline]
    fn deref(&self) -> &String {
        self.text
    }
}

impl DerefMut for HashedText<'_> {
    #[inline]
    fn deref_mut(&mut self) -> &mut String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn hashes_what_is_there_in_the_end() {
        for piece in ["a", "0123456789", &"0123456789".repeat(7), &"0123456789".repeat(20)] {
            let mut text = String::from("before ");
            let mut hashed = HashedText::new(&mut text);
            for _ in 0..30 {
                hashed.push_str(piece);
                hashed.hash_ahead();
                hashed.pop();
                hashed.push('.');
            }
            let sha256 = hashed.finish();
            assert_eq!(sha256, <[u8; 32]>::from(Sha256::digest(&text)), "{piece}");
        }
    }
}
