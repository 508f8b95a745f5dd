//! The values of parameters and headers.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Deref;

use zeroize::Zeroizing;

use crate::decimal::Decimal;

/// The value of a parameter or a header.
#[derive(Clone)]
pub(crate) enum ParameterValue<'a> {
    Text(Cow<'a, str>),
    Number(Decimal),
    /// Wiped from memory when it is dropped.
    Secret(Zeroizing<String>),
}

impl Default for ParameterValue<'_> {
    #[inline]
    fn default() -> Self {
        Self::Text(Cow::Borrowed(""))
    }
}

impl Deref for ParameterValue<'_> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Number(digits) => digits,
            Self::Secret(secret) => secret,
        }
    }
}

impl ParameterValue<'_> {
    /// Whether it was given as a number.
    #[inline]
    pub(crate) const fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    pub(crate) fn reborrow(&self) -> ParameterValue<'_> {
        match self {
            Self::Text(text) => ParameterValue::Text(Cow::Borrowed(&**text)),
            Self::Number(digits) => ParameterValue::Number(digits.clone()),
            Self::Secret(secret) => ParameterValue::Text(Cow::Borrowed(&***secret)),
        }
    }

    /// Makes a secret of it, if it is ours: what is borrowed stays the caller's.
    pub(crate) fn into_secret(self) -> Self {
        match self {
            Self::Text(Cow::Owned(text)) => Self::Secret(Zeroizing::new(text)),
            other => other,
        }
    }

    /// Appends the value.
    #[inline]
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Number(digits) => digits.write(out),
            Self::Secret(secret) => out.push_str(secret),
        }
    }

    /// Whether it must not stay in memory.
    #[inline]
    pub(crate) const fn is_secret(&self) -> bool {
        match self {
            Self::Text(_) | Self::Number(_) => false,
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

impl From<u64> for ParameterValue<'_> {
    #[inline]
    fn from(number: u64) -> Self {
        Self::Number(Decimal::new(number))
    }
}
