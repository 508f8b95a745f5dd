//! SHA-256 and HMAC of texts that lie in one piece.
//!
//! The hashers of `sha2` and `hmac` take a text in any number of pieces, for which they copy what does not fill a block,
//! and look again at what they have copied with every piece. Their block-level halves, which are used here, hash whole
//! blocks where they lie. Padding and the two hashes of an HMAC are theirs, too.

use alloc::string::String;
use core::ops::{Deref, DerefMut, Range};

use hmac::block_api::HmacCore;
use hmac::digest::array::Array;
use hmac::digest::block_api::{CoreProxy, FixedOutputCore as _, UpdateCore as _};
use hmac::digest::block_buffer::EagerBuffer;
use sha2::Sha256;

/// The block size of SHA-256.
pub(super) const BLOCK: usize = 64;

/// Hashes the rest of a text whose start `core` has taken.
macro_rules! finish {
    ($core:expr, $rest:expr) => {{
        let (mut core, mut hash) = ($core, Array::default());
        let (blocks, last) = Array::slice_as_chunks($rest);
        let mut last = EagerBuffer::new(last);
        core.update_blocks(blocks);
        core.finalize_fixed_core(&mut last, &mut hash);
        hash.into()
    }};
}

#[inline]
pub(super) fn sha256(text: &str) -> [u8; 32] {
    finish!(<Sha256 as CoreProxy>::Core::default(), text.as_bytes())
}

/// SHA-256 that has taken whole blocks.
pub(super) struct StartedSha256(<Sha256 as CoreProxy>::Core);

impl StartedSha256 {
    /// Takes the whole blocks of a text, and returns what is left of it.
    pub(super) fn new(text: &str) -> (Self, &[u8]) {
        let (blocks, rest) = Array::slice_as_chunks(text.as_bytes());
        let mut core = <Sha256 as CoreProxy>::Core::default();
        core.update_blocks(blocks);
        (Self(core), rest)
    }

    #[inline]
    pub(super) fn finish(&self, rest: &str) -> [u8; 32] {
        finish!(self.0.clone(), rest.as_bytes())
    }
}

/// A text that is hashed while it is written: the processor does both at the same time.
pub(super) struct HashedText<'t> {
    text: &'t mut String,
    core: <Sha256 as CoreProxy>::Core,
    /// What `core` has taken.
    hashed: usize,
}

impl<'t> HashedText<'t> {
    /// A text with what there is already.
    #[inline]
    pub(super) fn new(text: &'t mut String) -> Self {
        Self { text, core: <Sha256 as CoreProxy>::Core::default(), hashed: 0 }
    }

    /// Writes a piece, and returns where it lies, and what writing it returned.
    #[inline]
    pub(super) fn range_of<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> (Range<usize>, T) {
        let start = self.text.len();
        let written = write(self);
        (start..self.text.len(), written)
    }

    /// Hashes the blocks that have been written, but for the last one: a processor is slow to read again what it has just
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

/// HMAC-SHA256 that has taken the start of a text.
#[derive(Clone)]
pub(super) struct StartedHmac {
    /// With all whole blocks.
    core: HmacCore<Sha256>,
    /// What is left, in front of room for the end of the text.
    rest: [u8; 2 * BLOCK],
    rest_len: usize,
}

impl StartedHmac {
    pub(super) fn new(mut keyed: HmacCore<Sha256>, start: &str) -> Self {
        let (blocks, left) = Array::slice_as_chunks(start.as_bytes());
        keyed.update_blocks(blocks);
        let mut rest = [0; 2 * BLOCK];
        rest.iter_mut().zip(left).for_each(|(to, from)| *to = *from);
        Self { core: keyed, rest, rest_len: left.len() }
    }

    /// The HMAC of the text with this end.
    #[inline]
    pub(super) fn finish(&self, end: &[u8; BLOCK]) -> [u8; 32] {
        let mut rest = self.rest;
        let text = rest.get_mut(..self.rest_len + BLOCK).unwrap_or_default();
        if let Some(last) = text.last_chunk_mut() {
            *last = *end;
        }
        finish!(self.core.clone(), text)
    }
}

#[inline]
pub(super) fn hmac(keyed: HmacCore<Sha256>, text: &str) -> [u8; 32] {
    finish!(keyed, text.as_bytes())
}
