//! The values of parameters and headers.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Deref;

#[cfg(feature = "checksum")]
use zeroize::Zeroizing;

/// The value of a parameter or a header.
#[derive(Clone)]
pub(crate) enum ParameterValue<'a> {
    Text(Cow<'a, str>),
    /// As many digits as `u64::MAX` has; the number starts at the given place.
    Number([u8; 20], u8),
    /// Wiped from memory when it is dropped.
    #[cfg(feature = "checksum")]
    Secret(Zeroizing<String>),
}

impl Deref for ParameterValue<'_> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Number(digits, start) => {
                str::from_utf8(digits.get(usize::from(*start)..).unwrap_or_default()).unwrap_or_default()
            }
            #[cfg(feature = "checksum")]
            Self::Secret(secret) => secret,
        }
    }
}

impl ParameterValue<'_> {
    /// Whether it was given as a number.
    #[inline]
    pub(crate) const fn is_number(&self) -> bool {
        matches!(self, Self::Number(..))
    }
}

impl ParameterValue<'_> {
    /// Whether it must not stay in memory.
    #[inline]
    pub(crate) const fn is_secret(&self) -> bool {
        match self {
            Self::Text(_) | Self::Number(..) => false,
            #[cfg(feature = "checksum")]
            Self::Secret(_) => true,
        }
    }
}

impl<'a> From<Cow<'a, str>> for ParameterValue<'a> {
    #[inline]
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for ParameterValue<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<&'static str> for ParameterValue<'_> {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

#[cfg(feature = "checksum")]
impl From<Zeroizing<String>> for ParameterValue<'_> {
    fn from(secret: Zeroizing<String>) -> Self {
        Self::Secret(secret)
    }
}

impl From<u32> for ParameterValue<'_> {
    #[inline]
    fn from(number: u32) -> Self {
        u64::from(number).into()
    }
}

/// The decimal digits, without an allocation.
impl From<u64> for ParameterValue<'_> {
    #[inline]
    fn from(mut number: u64) -> Self {
        let mut digits = [b'0'; 20];
        let mut start = 20;
        for digit in digits.iter_mut().rev() {
            let [last, ..] = (number % 10).to_le_bytes();
            *digit += last;
            start -= 1;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        Self::Number(digits, start)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn numbers() {
        for number in [0, 1, 9, 10, 99, 100, 604_800, u64::MAX - 1, u64::MAX] {
            assert_eq!(&*ParameterValue::from(number), number.to_string());
        }
    }
}
