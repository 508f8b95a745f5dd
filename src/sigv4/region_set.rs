//! Where a signature of SigV4A is valid.

use alloc::sync::Arc;
use core::fmt;

use crate::error::Field;
use crate::{Error, IntoText, text};

/// The regions in which a signature of SigV4A is valid: the value of `X-Amz-Region-Set`.
///
/// A list of regions separated by commas, in which `*` stands for any characters: `us-east-1,us-west-2`, `us-*`, or `*` for all
/// regions.
///
/// Source: [AWS Signature Version 4A](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html#how-sigv4a-works).
///
/// ```
/// use presign::sigv4::RegionSet;
///
/// let everywhere = RegionSet::new("*")?;
/// let two_regions = RegionSet::new("us-east-1,us-west-2")?;
/// assert!(RegionSet::new("us-east-1, us-west-2").is_err());
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RegionSet(Arc<str>);

impl RegionSet {
    /// Checks a list of regions.
    ///
    /// # Errors
    /// [`Error::Empty`]; [`Error::InvalidCharacter`] for anything but letters, digits, `.`, `-`, `_`, `*`, and a comma between two
    /// regions.
    pub fn new<'a>(regions: impl IntoText<'a>) -> Result<Self, Error> {
        let regions = regions.into_text();
        let is_in_region = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '*');
        text::check_characters(Field::RegionSet, &regions, |c| is_in_region(c) || c == ',')?;
        // A comma that does not separate two regions.
        let mut previous = ',';
        for (position, c) in regions.char_indices() {
            if c == ',' && (previous == ',' || position + 1 == regions.len()) {
                return Err(Error::InvalidCharacter { field: Field::RegionSet, position });
            }
            previous = c;
        }
        Ok(Self(regions.into()))
    }

    /// Returns the set of all regions, `*`.
    #[must_use]
    pub fn all() -> Self {
        Self("*".into())
    }

    /// Returns the list.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RegionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
