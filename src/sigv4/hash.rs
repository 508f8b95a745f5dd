//! SHA-256 and HMAC-SHA256 of texts that lie in one piece. The only file that knows the block-level API of `sha2` and `hmac`.
//!
//! The hashers of these crates take a text in any number of pieces. They copy what does not fill a block, and look at the
//! copy again with every piece, which costs a signature a third of its time. Their block-level halves, which are used here,
//! hash whole blocks where they lie. Padding and the two hashes of an HMAC are theirs, too.

use hmac::KeyInit as _;
use hmac::block_api::HmacCore;
use hmac::digest::array::Array;
use hmac::digest::block_api::{CoreProxy, FixedOutputCore as _, UpdateCore as _};
use hmac::digest::block_buffer::EagerBuffer;
#[cfg(feature = "verify")]
use hmac::{Hmac, digest::CtOutput};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// The block size of SHA-256.
const BLOCK: usize = 64;

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

/// The block-level half of `Sha256`.
type Sha256Core = <Sha256 as CoreProxy>::Core;

#[inline]
pub(crate) fn sha256(text: &str) -> [u8; 32] {
    finish!(Sha256Core::default(), text.as_bytes())
}

/// SHA-256 that has taken whole blocks.
#[cfg(feature = "std")]
pub(super) struct StartedSha256(Sha256Core);

#[cfg(feature = "std")]
impl StartedSha256 {
    /// Takes the whole blocks of a text, and returns how many bytes are left.
    pub(super) fn new(text: &str) -> (Self, usize) {
        let (blocks, rest) = Array::slice_as_chunks(text.as_bytes());
        let mut core = Sha256Core::default();
        core.update_blocks(blocks);
        (Self(core), rest.len())
    }

    #[inline]
    pub(super) fn finish(&self, rest: &str) -> [u8; 32] {
        finish!(self.0.clone(), rest.as_bytes())
    }
}

/// HMAC-SHA256 that has taken its key: two of the four or five blocks of a signature.
#[derive(Clone)]
pub(super) struct KeyedHmac(HmacCore<Sha256>);

impl KeyedHmac {
    /// Takes a key of any length, in two pieces. `new_from_slice` of `hmac` does the same, but its error, which never comes,
    /// would have to go somewhere.
    pub(super) fn new([start, end]: [&[u8]; 2]) -> Self {
        let mut block = Zeroizing::new([0; BLOCK]);
        if let Some((to_start, rest)) = block.split_at_mut_checked(start.len())
            && let Some((to_end, _)) = rest.split_at_mut_checked(end.len())
        {
            to_start.copy_from_slice(start);
            to_end.copy_from_slice(end);
        } else {
            // RFC 2104: a key that does not fit into a block is hashed first.
            let hash: Zeroizing<[u8; 32]> =
                Zeroizing::new(Sha256::new().chain_update(start).chain_update(end).finalize().into());
            block.iter_mut().zip(&*hash).for_each(|(to, from)| *to = *from);
        }
        Self(HmacCore::new((&*block).into()))
    }

    /// Returns the HMAC of a message.
    #[inline]
    pub(super) fn hmac(&self, message: &[u8]) -> [u8; 32] {
        finish!(self.0.clone(), message)
    }

    /// Takes the start of a text whose last 64 bytes are not known yet.
    #[cfg(feature = "std")]
    pub(super) fn started(&self, start: &str) -> StartedHmac {
        let mut core = self.0.clone();
        let (blocks, left) = Array::slice_as_chunks(start.as_bytes());
        core.update_blocks(blocks);
        let mut rest = [0; 2 * BLOCK];
        rest.iter_mut().zip(left).for_each(|(to, from)| *to = *from);
        StartedHmac { core, rest, rest_len: left.len() }
    }
}

/// HMAC-SHA256 that has taken the start of a text.
#[cfg(feature = "std")]
pub(super) struct StartedHmac {
    /// With all whole blocks.
    core: HmacCore<Sha256>,
    /// What is left, in front of room for the end of the text.
    rest: [u8; 2 * BLOCK],
    rest_len: usize,
}

#[cfg(feature = "std")]
impl StartedHmac {
    /// A text that starts with less has not changed the state of the HMAC.
    pub(super) const BLOCK: usize = BLOCK;

    /// Returns the HMAC of the text with this end.
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

/// Compares two hashes in constant time.
#[cfg(feature = "verify")]
pub(crate) fn equal_in_constant_time(left: &[u8; 32], right: &[u8; 32]) -> bool {
    let [left, right] = [left, right].map(|hash| CtOutput::<Hmac<Sha256>>::new((*hash).into()));
    left == right
}

/// Compares two texts, whose lengths are not secret, in constant time.
#[cfg(feature = "verify")]
pub(crate) fn equal_texts_in_constant_time(left: &str, right: &str) -> bool {
    let mut differences = [0; 32];
    let mut compare = |left: &[u8], right: &[u8]| {
        for (difference, (left, right)) in differences.iter_mut().zip(left.iter().zip(right)) {
            *difference |= left ^ right;
        }
    };
    let [(left_pieces, left_rest), (right_pieces, right_rest)] =
        [left, right].map(|text| text.as_bytes().as_chunks::<32>());
    left_pieces.iter().zip(right_pieces).for_each(|(left, right)| compare(left, right));
    compare(left_rest, right_rest);
    left.len() == right.len() && equal_in_constant_time(&differences, &[0; 32])
}

/// A hash or a signature as 64 lower-case hexadecimal digits. Of fixed length, so that the compiler can do 16 at a time;
/// there are two in every URL.
#[derive(Clone, Copy)]
pub(super) struct Hex([u8; 64]);

impl Hex {
    #[inline]
    pub(super) fn new(bytes: &[u8; 32]) -> Self {
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
            for (digit, number) in pair.iter_mut().zip([byte >> 4, byte & 15]) {
                *digit = number + if number < 10 { b'0' } else { b'a' - 10 };
            }
        }
        Self(digits)
    }

    #[cfg(any(feature = "std", feature = "verify"))]
    #[inline]
    pub(super) const fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }

    #[inline]
    pub(super) fn as_str(&self) -> &str {
        // Digits are ASCII.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use hmac::{Hmac, Mac as _};

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
        }
    }

    #[cfg(feature = "std")]
    #[test]
    fn a_started_hash_is_that_of_the_whole_text() {
        for text in texts() {
            let (started, left) = StartedSha256::new(&text);
            let rest = [&text[text.len() - left..], "and more"].concat();
            assert_eq!(started.finish(&rest), <[u8; 32]>::from(Sha256::digest([&text, "and more"].concat())));
        }
    }

    #[test]
    fn as_the_hmac_that_takes_pieces() {
        let expected = |key: &[u8], text: &[u8]| {
            <[u8; 32]>::from(Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes())
        };
        let keyed = KeyedHmac::new([&KEY, &[]]);
        for text in texts() {
            assert_eq!(keyed.hmac(text.as_bytes()), expected(&KEY, text.as_bytes()));
            #[cfg(feature = "std")]
            {
                let end = Hex::new(&[0xe5; 32]);
                let whole = [text.as_bytes(), end.as_bytes()].concat();
                assert_eq!(keyed.started(&text).finish(end.as_bytes()), expected(&KEY, &whole));
            }
        }
        for key in texts() {
            let pieces = KeyedHmac::new([b"AWS4", key.as_bytes()]);
            assert_eq!(pieces.hmac(b"text"), expected(&[b"AWS4", key.as_bytes()].concat(), b"text"));
        }
    }
}
