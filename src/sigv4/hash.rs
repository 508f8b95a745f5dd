//! SHA-256 and HMAC of texts that lie in one piece.
//!
//! The hashers of `sha2` and `hmac` take a text in any number of pieces, for which they copy what does not fill a block,
//! and look again at what they have copied with every piece. Their block-level halves, which are used here, hash whole
//! blocks where they lie. Padding and the two hashes of an HMAC are theirs, too.

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

pub(super) use finish;

/// The block-level half of `Sha256`.
pub(super) type Sha256Core = <Sha256 as CoreProxy>::Core;

#[inline]
pub(super) fn sha256(text: &str) -> [u8; 32] {
    finish!(Sha256Core::default(), text.as_bytes())
}

/// SHA-256 that has taken whole blocks.
pub(super) struct StartedSha256(Sha256Core);

impl StartedSha256 {
    /// Takes the whole blocks of a text, and returns what is left of it.
    pub(super) fn new(text: &str) -> (Self, &[u8]) {
        let (blocks, rest) = Array::slice_as_chunks(text.as_bytes());
        let mut core = Sha256Core::default();
        core.update_blocks(blocks);
        (Self(core), rest)
    }

    #[inline]
    pub(super) fn finish(&self, rest: &str) -> [u8; 32] {
        finish!(self.0.clone(), rest.as_bytes())
    }
}

/// HMAC-SHA256 that has taken the start of a text.
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

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha2::Digest as _;

    use super::*;

    const KEY: [u8; 32] = [7; 32];

    /// Of every length around the ends of the first blocks.
    fn texts() -> impl Iterator<Item = String> {
        (0..300).map(|length| ('!'..='~').cycle().take(length).collect())
    }

    #[test]
    fn as_the_hashers_that_take_pieces() {
        for text in texts() {
            assert_eq!(sha256(&text), <[u8; 32]>::from(Sha256::digest(&text)));
            let (started, left) = StartedSha256::new(&text);
            let rest = [str::from_utf8(left).unwrap(), "and more"].concat();
            assert_eq!(started.finish(&rest), <[u8; 32]>::from(Sha256::digest([&text, "and more"].concat())));
        }
    }

    #[test]
    fn as_the_hmac_that_takes_pieces() {
        let keyed = HmacCore::new_from_slice(&KEY).unwrap();
        let expected = |text: &[u8]| {
            <[u8; 32]>::from(Hmac::<Sha256>::new_from_slice(&KEY).unwrap().chain_update(text).finalize().into_bytes())
        };
        for text in texts() {
            assert_eq!(hmac(keyed.clone(), &text), expected(text.as_bytes()));
            let end = [b'e'; BLOCK];
            let whole = [text.as_bytes(), &end].concat();
            assert_eq!(StartedHmac::new(keyed.clone(), &text).finish(&end), expected(&whole));
        }
    }
}
