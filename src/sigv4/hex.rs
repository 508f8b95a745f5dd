//! Hashes and signatures as text.

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
