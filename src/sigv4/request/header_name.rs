//! The names of headers.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;

/// What the names of user metadata start with.
pub(crate) const METADATA_PREFIX: &str = "x-amz-meta-";

/// The name of a header in lower case, in one piece or without the prefix of user metadata: so it need not be put
/// together before it is written.
///
/// Names with that prefix are always without it, also if the prefix is all that they have.
#[derive(Clone)]
pub(crate) enum HeaderName<'a> {
    /// One of this crate's own, so that nothing can be wrong with it: in lower case, without that prefix.
    Known(&'static str),
    Given {
        is_metadata: bool,
        text: Cow<'a, str>,
    },
}

impl Default for HeaderName<'_> {
    #[inline]
    fn default() -> Self {
        Self::Known("")
    }
}

impl<'a> HeaderName<'a> {
    /// A name in any case.
    #[inline]
    pub(crate) fn new(name: Cow<'a, str>) -> Self {
        let name = lower_case(name);
        if !name.starts_with(METADATA_PREFIX) {
            return Self::Given { is_metadata: false, text: name };
        }
        let text = match name {
            Cow::Borrowed(whole) => Cow::Borrowed(whole.get(METADATA_PREFIX.len()..).unwrap_or_default()),
            Cow::Owned(mut whole) => {
                whole.drain(..METADATA_PREFIX.len());
                Cow::Owned(whole)
            }
        };
        Self::Given { is_metadata: true, text }
    }

    /// A name that is in lower case.
    #[cfg(feature = "verify")]
    #[inline]
    pub(crate) fn in_lower_case(name: &'a str) -> Self {
        let rest = name.strip_prefix(METADATA_PREFIX);
        Self::Given { is_metadata: rest.is_some(), text: Cow::Borrowed(rest.unwrap_or(name)) }
    }

    /// A name of user metadata in any case, without the prefix.
    #[inline]
    pub(crate) fn metadata(rest: Cow<'a, str>) -> Self {
        Self::Given { is_metadata: true, text: lower_case(rest) }
    }

    pub(crate) fn reborrow(&self) -> HeaderName<'_> {
        match self {
            Self::Known(name) => HeaderName::Known(name),
            Self::Given { is_metadata, text } => {
                HeaderName::Given { is_metadata: *is_metadata, text: Cow::Borrowed(&**text) }
            }
        }
    }

    /// Whether it is one of this crate's own.
    #[inline]
    pub(crate) const fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    #[inline]
    const fn is_metadata(&self) -> bool {
        matches!(self, Self::Given { is_metadata: true, .. })
    }

    /// What follows the prefix of user metadata, if it has that; otherwise the whole name.
    #[inline]
    pub(crate) fn given(&self) -> &str {
        match self {
            Self::Known(name) => name,
            Self::Given { text, .. } => text,
        }
    }

    /// The whole name.
    #[inline]
    pub(crate) fn pieces(&self) -> [&str; 2] {
        [if self.is_metadata() { METADATA_PREFIX } else { "" }, self.given()]
    }

    /// The length of the whole name.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.pieces().map(str::len).iter().sum()
    }

    /// The whole name, unless it is one of user metadata.
    #[inline]
    pub(crate) fn plain(&self) -> Option<&str> {
        if self.is_metadata() { None } else { Some(self.given()) }
    }

    pub(crate) fn to_text(&self) -> Cow<'_, str> {
        match self.plain() {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(self.pieces().concat()),
        }
    }

    /// Appends the whole name.
    #[inline]
    pub(crate) fn write(&self, out: &mut String) {
        if self.is_metadata() {
            // Of known length, which is faster.
            out.push_str(METADATA_PREFIX);
        }
        out.push_str(self.given());
    }
}

impl Ord for HeaderName<'_> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.is_metadata() == other.is_metadata() {
            return self.given().cmp(other.given());
        }
        if self.is_metadata() {
            compare_metadata(self.given(), other.given())
        } else {
            compare_metadata(other.given(), self.given()).reverse()
        }
    }
}

/// Compares a name of user metadata, without its prefix, with another name, which does not start with it.
#[inline]
fn compare_metadata(rest: &str, other: &str) -> Ordering {
    match other.as_bytes().split_at_checked(METADATA_PREFIX.len()) {
        Some((prefix, other_rest)) => {
            METADATA_PREFIX.as_bytes().cmp(prefix).then_with(|| rest.as_bytes().cmp(other_rest))
        }
        // It cannot be the whole prefix.
        None => METADATA_PREFIX.cmp(other),
    }
}

impl PartialOrd for HeaderName<'_> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for HeaderName<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.is_metadata() == other.is_metadata() && self.given() == other.given()
    }
}

impl Eq for HeaderName<'_> {}

impl fmt::Debug for HeaderName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text().fmt(f)
    }
}

#[inline]
fn lower_case(name: Cow<'_, str>) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut owned: String = name.into_owned();
        owned.make_ascii_lowercase();
        return Cow::Owned(owned);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_as_their_texts() {
        let texts = [
            "",
            "a",
            "host",
            "x-amz-",
            "x-amz-meta",
            "x-amz-meta-",
            "x-amz-meta-a",
            "x-amz-meta-a-b",
            "x-amz-tagging",
            "z",
        ];
        for left in texts {
            for right in texts {
                let names = [HeaderName::new(left.into()), HeaderName::new(String::from(right).into())];
                assert_eq!(names[0].cmp(&names[1]), left.cmp(right), "{left} {right}");
                assert_eq!(names[0] == names[1], left == right);
                assert_eq!(names[1].to_text(), right);
                assert_eq!(names[1].pieces().concat(), right);
            }
        }
        assert_eq!(HeaderName::metadata("A".into()), HeaderName::new("X-Amz-Meta-a".into()));
        assert_eq!(HeaderName::Known("range"), HeaderName::new("Range".into()));
        assert!(HeaderName::Known("range") < HeaderName::new("x-amz-meta-a".into()));
    }
}
