//! Credentials together with the signing keys that belong to them.

use alloc::sync::Arc;
use core::ops::Deref;

#[cfg(feature = "std")]
use crate::sigv4::day_cache::DayCache;
use crate::sigv4::signing_day::SigningDay;
use crate::sigv4::{CredentialScope, Service};
use crate::{Credentials, Region, Timestamp};

/// One set of credentials. A signature takes all that it needs from one identity, so a key id cannot meet another
/// secret.
pub(super) struct Identity {
    pub(super) credentials: Credentials,
    #[cfg(feature = "std")]
    pub(super) days: DayCache,
}

/// The day of a signature, kept or made for it.
pub(super) enum CurrentDay<'i> {
    #[cfg_attr(not(feature = "std"), allow(dead_code, reason = "nothing is kept then"))]
    Kept(&'i Arc<SigningDay>),
    Shared(Arc<SigningDay>),
}

impl CurrentDay<'_> {
    /// The same, without its identity.
    pub(super) fn into_shared(self) -> CurrentDay<'static> {
        match self {
            Self::Kept(day) => CurrentDay::Shared(Arc::clone(day)),
            Self::Shared(day) => CurrentDay::Shared(day),
        }
    }
}

impl Deref for CurrentDay<'_> {
    type Target = Arc<SigningDay>;

    #[inline]
    fn deref(&self) -> &Arc<SigningDay> {
        match self {
            Self::Kept(day) => day,
            Self::Shared(day) => day,
        }
    }
}

impl Identity {
    pub(super) fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            #[cfg(feature = "std")]
            days: DayCache::default(),
        }
    }

    /// The day of an instant, for a region and a service that are always the same for this identity.
    #[inline]
    pub(super) fn day(&self, timestamp: Timestamp, region: &Region, service: &Service) -> CurrentDay<'_> {
        let make = || SigningDay::new(&self.credentials, &CredentialScope::new(timestamp.amz_date(), region, service));
        #[cfg(feature = "std")]
        if let Some(day) = self.days.get_or_keep(timestamp.day(), make) {
            return CurrentDay::Kept(day);
        }
        CurrentDay::Shared(Arc::new(make()))
    }
}
