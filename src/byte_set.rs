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
        text.bytes().take_while(|&byte| self.contains(byte)).count()
    }
}
