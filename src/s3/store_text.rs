//! A string of a store's profile.

use alloc::string::String;
use core::fmt;

/// A string that a constant may have, and that may also be known only at run time.
///
/// It is no `Cow`, because a constant function can replace a reference, but not a value that would have to be dropped.
#[derive(Clone)]
pub(super) struct StoreText {
    /// It replaces the other one.
    fixed: Option<&'static str>,
    given: Option<String>,
}

impl StoreText {
    pub(super) const NONE: Self = Self { fixed: None, given: None };

    pub(super) const fn fixed(text: &'static str) -> Self {
        Self { fixed: Some(text), given: None }
    }

    pub(super) const fn given(text: String) -> Self {
        Self { fixed: None, given: Some(text) }
    }

    pub(super) const fn fix(&mut self, text: &'static str) {
        self.fixed = Some(text);
    }

    pub(super) const fn get(&self) -> Option<&str> {
        match (self.fixed, &self.given) {
            (Some(fixed), _) => Some(fixed),
            (None, Some(given)) => Some(given.as_str()),
            (None, None) => None,
        }
    }

    /// The string, which is empty if there is none.
    pub(super) const fn as_str(&self) -> &str {
        match self.get() {
            Some(text) => text,
            None => "",
        }
    }
}

impl PartialEq for StoreText {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for StoreText {}

/// Without a string that was given: it was not checked yet, and may be a secret in the wrong place.
impl fmt::Debug for StoreText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.fixed, &self.given) {
            (None, Some(_)) => f.write_str("\"..\""),
            (fixed, _) => fixed.fmt(f),
        }
    }
}
