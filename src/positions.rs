//! Finds bytes in a string, eight at a time.

/// A byte of one in each of eight.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// The lower seven bits of each byte.
const LOWER: u64 = u64::from_le_bytes([0x7f; 8]);

/// What comes after the end of a text. Nobody looks for it.
const FILLER: u8 = 0x7f;

/// Returns the positions of a byte of ASCII.
#[inline]
pub(crate) fn positions(text: &str, byte: u8) -> impl Iterator<Item = usize> {
    positions_by(text, move |eight| {
        // Zero where the byte is this one. Adding carries into the highest bit everywhere else, and into no other byte.
        let difference = eight ^ (ONES * u64::from(byte));
        !(((difference & LOWER) + LOWER) | difference)
    })
}

/// Returns the positions of `%`, `&` and `=` in a text that has no other characters than those and the unreserved ones.
#[inline]
pub(crate) fn positions_in_query(text: &str) -> impl Iterator<Item = usize> {
    positions_by(text, |eight| {
        // All bytes are less than 128, so that nothing is carried into another byte. Of those that are possible, only `%` and
        // `&` come before `-`.
        let from_minus = eight + ONES * u64::from(128 - b'-');
        let not_equals_sign = (eight ^ (ONES * u64::from(b'='))) + LOWER;
        !(from_minus & not_equals_sign)
    })
}

/// Returns the positions of the bytes of which `marks` sets the highest bit.
#[inline]
fn positions_by(text: &str, marks: impl Fn(u64) -> u64) -> impl Iterator<Item = usize> {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [FILLER; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let mut eights = eights.iter().copied().chain([last]);
    let (mut start, mut marked) = (0, 0);
    core::iter::from_fn(move || {
        while marked == 0 {
            marked = marks(u64::from_le_bytes(eights.next()?)) & !LOWER;
            start += 8;
        }
        let place = marked.trailing_zeros() / 8;
        marked &= marked - 1;
        Some(start - 8 + place as usize)
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;

    fn texts(characters: &[char]) -> Vec<String> {
        let text = |length, step| characters.iter().cycle().step_by(step).take(length).collect();
        (0..40).flat_map(|length| (1..characters.len()).map(move |step| text(length, step))).collect()
    }

    fn expected(text: &str, bytes: &[u8]) -> Vec<usize> {
        text.bytes().enumerate().filter(|(_, byte)| bytes.contains(byte)).map(|(place, _)| place).collect()
    }

    #[test]
    fn as_found_one_by_one() {
        for text in texts(&['%', '&', '$', 'a', 'é', '\0', '\u{7f}', '\u{1}', '~']) {
            assert_eq!(positions(&text, b'%').collect::<Vec<_>>(), expected(&text, b"%"), "{text:?}");
        }
        for text in texts(&['%', '-', '&', '.', '=', '9', 'A', '~', '=', 'z', '%']) {
            assert_eq!(positions_in_query(&text).collect::<Vec<_>>(), expected(&text, b"%&="), "{text:?}");
        }
    }
}
