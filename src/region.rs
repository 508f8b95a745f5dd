//! The region of the credential scope.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;

use crate::error::Field;
use crate::into_text::sealed::Sealed;
use crate::text;
use crate::{Error, IntoText};

/// A region, such as `eu-west-1`, or what another store wants in its place, such as `auto` or `garage`.
///
/// Clones are cheap.
///
/// ```
/// use presign::Region;
///
/// let region = Region::new("eu-west-1")?;
/// assert_eq!(region.as_str(), "eu-west-1");
/// assert!(Region::new("eu/west").is_err());
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region(Arc<str>);

impl Region {
    /// Checks the name of a region.
    ///
    /// # Errors
    /// [`Error::Empty`]; [`Error::InvalidCharacter`] for anything but letters, digits, `.`, `-` and `_`.
    pub fn new<'a>(name: impl IntoText<'a>) -> Result<Self, Error> {
        let name = name.into_text();
        text::check_name(Field::Region, &name)?;
        Ok(Self(name.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Sealed for Region {}
impl Sealed for &Region {}

impl<'a> IntoText<'a> for Region {
    #[inline]
    fn into_text(self) -> Cow<'a, str> {
        Cow::Owned(String::from(self.as_str()))
    }
}

impl<'a, 'r: 'a> IntoText<'a> for &'r Region {
    #[inline]
    fn into_text(self) -> Cow<'a, str> {
        Cow::Borrowed(self.as_str())
    }
}
