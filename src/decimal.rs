//! Numbers as text, without an allocation.

use alloc::string::String;
use core::ops::Deref;

/// The decimal digits of a number.
#[derive(Clone)]
pub(crate) struct Decimal {
    /// Right-aligned.
    digits: [u8; Self::LONGEST as usize],
    start: u8,
}

impl Decimal {
    /// As many digits as `u64::MAX` has.
    pub(crate) const LONGEST: u8 = 20;

    #[inline]
    pub(crate) fn new(mut number: u64) -> Self {
        let (mut digits, mut start) = ([b'0'; Self::LONGEST as usize], Self::LONGEST);
        for digit in digits.iter_mut().rev() {
            let [last, ..] = (number % 10).to_le_bytes();
            *digit += last;
            start -= 1;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        Self { digits, start }
    }

    /// Appends the digits, one by one, which is quicker for few than what is checked and copied as a text.
    #[inline]
    pub(crate) fn write(&self, out: &mut String) {
        out.extend(self.as_bytes().iter().map(|&digit| char::from(digit)));
    }

    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self.digits.get(usize::from(self.start)..).unwrap_or_default()
    }
}

impl Deref for Decimal {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        // Digits are ASCII.
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn as_display_writes_them() {
        for number in [0, 1, 9, 10, 99, 100, 604_800, u64::MAX - 1, u64::MAX] {
            assert_eq!(&*Decimal::new(number), number.to_string());
        }
    }
}
