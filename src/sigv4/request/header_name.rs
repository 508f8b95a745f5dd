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
    Plain(Cow<'a, str>),
    Metadata(Cow<'a, str>),
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
        match name {
            Cow::Borrowed(whole) => match whole.strip_prefix(METADATA_PREFIX) {
                Some(rest) => Self::Metadata(Cow::Borrowed(rest)),
                None => Self::Plain(Cow::Borrowed(whole)),
            },
            Cow::Owned(mut whole) if whole.starts_with(METADATA_PREFIX) => {
                whole.drain(..METADATA_PREFIX.len());
                Self::Metadata(Cow::Owned(whole))
            }
            Cow::Owned(whole) => Self::Plain(Cow::Owned(whole)),
        }
    }

    /// A name of user metadata in any case, without the prefix.
    #[inline]
    pub(crate) fn metadata(rest: Cow<'a, str>) -> Self {
        Self::Metadata(lower_case(rest))
    }

    pub(crate) fn reborrow(&self) -> HeaderName<'_> {
        match self {
            Self::Known(name) => HeaderName::Known(name),
            Self::Plain(name) => HeaderName::Plain(Cow::Borrowed(&**name)),
            Self::Metadata(rest) => HeaderName::Metadata(Cow::Borrowed(&**rest)),
        }
    }

    /// The length of the whole name.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.pieces().map(str::len).iter().sum()
    }

    /// The whole name.
    #[inline]
    pub(crate) fn pieces(&self) -> [&str; 2] {
        match self {
            Self::Known(name) => ["", name],
            Self::Plain(name) => ["", name],
            Self::Metadata(rest) => [METADATA_PREFIX, rest],
        }
    }

    /// The whole name, unless it is one of user metadata.
    #[inline]
    pub(crate) fn plain(&self) -> Option<&str> {
        match self {
            Self::Known(name) => Some(name),
            Self::Plain(name) => Some(name),
            Self::Metadata(_) => None,
        }
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
        let [prefix, rest] = self.pieces();
        if !prefix.is_empty() {
            // Of known length, which is faster.
            out.push_str(METADATA_PREFIX);
        }
        out.push_str(rest);
    }

    /// How it compares with a name in lower case.
    #[inline]
    fn compare(&self, other: &str) -> Ordering {
        match self {
            Self::Known(name) => (*name).cmp(other),
            Self::Plain(name) => (**name).cmp(other),
            Self::Metadata(rest) => match other.as_bytes().split_at_checked(METADATA_PREFIX.len()) {
                Some((prefix, other_rest)) => {
                    METADATA_PREFIX.as_bytes().cmp(prefix).then_with(|| rest.as_bytes().cmp(other_rest))
                }
                // It cannot be the whole prefix.
                None => METADATA_PREFIX.cmp(other),
            },
        }
    }
}

impl Ord for HeaderName<'_> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.plain(), other.plain()) {
            (_, Some(right)) => self.compare(right),
            (Some(left), None) => other.compare(left).reverse(),
            (None, None) => {
                let [[_, left], [_, right]] = [self.pieces(), other.pieces()];
                left.cmp(right)
            }
        }
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
        match (self, other) {
            (Self::Metadata(left), Self::Metadata(right)) => left == right,
            (left, right) => left.plain() == right.plain(),
        }
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
                assert_eq!(names[0].compare(right), left.cmp(right), "{left} {right}");
                assert_eq!(names[1].to_text(), right);
                assert_eq!(names[1].pieces().concat(), right);
            }
        }
        assert_eq!(HeaderName::metadata("A".into()), HeaderName::new("X-Amz-Meta-a".into()));
        assert_eq!(HeaderName::Known("range"), HeaderName::new("Range".into()));
        assert!(HeaderName::Known("range") < HeaderName::new("x-amz-meta-a".into()));
    }
}
