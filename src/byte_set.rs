//! Sets of ASCII characters, in which a byte is looked up at once.

/// A set of ASCII characters.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    /// Letters, digits, and what is given.
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    pub(crate) const fn alphanumeric_and(others: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut byte = 0;
        while byte < 128_u8 {
            set[byte as usize] = byte.is_ascii_alphanumeric();
            byte += 1;
        }
        let mut position = 0;
        while position < others.len() {
            set[others[position] as usize] = true;
            position += 1;
        }
        Self(set)
    }

    #[inline]
    pub(crate) fn contains(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)) == Some(&true)
    }

    /// How many bytes at the start are in the set. That is the start of a character.
    #[inline]
    pub(crate) fn run(&self, text: &str) -> usize {
        // Eight at a time, as long as all of them are: that saves seven branches.
        let (eights, _) = text.as_bytes().as_chunks::<8>();
        let start = 8 * eights.iter().take_while(|eight| self.contains_all(*eight)).count();
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        if rest.len() < 8 && self.contains_all(rest) {
            return text.len();
        }
        start + rest.iter().take_while(|&&byte| self.contains(byte)).count()
    }

    /// Whether all bytes are in the set.
    #[inline]
    pub(crate) fn contains_all(&self, bytes: &[u8]) -> bool {
        bytes.iter().fold(true, |all, &byte| all & self.contains(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_at_the_first_byte_that_is_not_in_the_set() {
        let set = ByteSet::alphanumeric_and(b"-");
        for before in ["", "a", "abc-ABC", "abc-ABC-", "01234567-89abcdef", "0123456789abcdef0123456789abcdef"] {
            assert_eq!(set.run(before), before.len());
            for after in [" ", "é", "/0123456789", "日本 0123456789"] {
                assert_eq!(set.run(&[before, after].concat()), before.len(), "{before}{after}");
            }
        }
    }
}
