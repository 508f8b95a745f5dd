//! SHA-256, HMAC-SHA256, and both as hexadecimal digits.

use hmac::{Hmac, KeyInit as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// HMAC-SHA256 that has taken its key.
pub(super) type KeyedHmac = Hmac<Sha256>;

/// The block size of SHA-256.
const BLOCK: usize = 64;

/// Returns an HMAC that has taken a key of any length, in two pieces. `new_from_slice` of `hmac` does the same, but it would
/// need the key in one piece, which would have to be wiped.
pub(super) fn keyed_hmac([start, end]: [&[u8]; 2]) -> KeyedHmac {
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
    KeyedHmac::new((&*block).into())
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
    use hmac::Mac as _;

    use super::*;

    #[test]
    fn as_the_hmac_that_takes_its_key_in_one_piece() {
        for length in 0..150 {
            let secret: std::vec::Vec<u8> = (b'!'..=b'~').cycle().take(length).collect();
            let whole = Hmac::<Sha256>::new_from_slice(&[b"AWS4", &*secret].concat()).unwrap();
            let pieces = keyed_hmac([b"AWS4", &secret]);
            let hmac = |keyed: KeyedHmac| keyed.chain_update("text").finalize().into_bytes();
            assert_eq!(hmac(pieces), hmac(whole), "{length}");
        }
    }
}
