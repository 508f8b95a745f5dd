//! What is signed for: one region, or with SigV4A a set of regions.

use crate::Region;
#[cfg(feature = "sigv4a")]
use crate::sigv4::RegionSet;

/// One region, or with SigV4A a set of regions. The algorithm follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SigningRegion {
    One(Region),
    #[cfg(feature = "sigv4a")]
    Set(RegionSet),
}

impl SigningRegion {
    /// Returns the value of `X-Amz-Region-Set`.
    #[cfg_attr(not(feature = "sigv4a"), allow(clippy::unused_self, reason = "there is none then"))]
    #[inline]
    pub(super) fn set(&self) -> Option<&str> {
        match self {
            Self::One(_) => None,
            #[cfg(feature = "sigv4a")]
            Self::Set(set) => Some(set.as_str()),
        }
    }
}

impl From<Region> for SigningRegion {
    fn from(region: Region) -> Self {
        Self::One(region)
    }
}

#[cfg(feature = "sigv4a")]
impl From<RegionSet> for SigningRegion {
    fn from(set: RegionSet) -> Self {
        Self::Set(set)
    }
}
