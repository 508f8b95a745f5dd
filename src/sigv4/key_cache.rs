//! The signing key of the day, kept between calls.

use std::sync::{PoisonError, RwLock};

use crate::sigv4::SigningKey;

/// Holds the key of the last day that was asked for. It belongs to one secret, one region and one service, so the day
/// is all that can change.
///
/// Around midnight, threads may ask for two days in turn. Each gets the key of the day that it asked for, some derive
/// it again.
#[derive(Debug, Default)]
pub(super) struct KeyCache(RwLock<Option<(i64, SigningKey)>>);

impl KeyCache {
    pub(super) fn get_or_derive(&self, day: i64, derive: impl FnOnce() -> SigningKey) -> SigningKey {
        // A thread that panicked while it held the lock cannot have left half a key behind.
        let cached = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, key)) = cached.as_ref().filter(|(cached_day, _)| *cached_day == day) {
            return key.clone();
        }
        drop(cached);
        let key = derive();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((day, key.clone()));
        key
    }
}

#[cfg(test)]
impl KeyCache {
    pub(super) fn cached_day(&self) -> Option<i64> {
        self.0.read().unwrap().as_ref().map(|(day, _)| *day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sigv4::{CredentialScope, Service};
    use crate::{Credentials, Region, Timestamp};

    #[test]
    fn derives_once_a_day_and_never_mixes_days() {
        let cache = KeyCache::default();
        let derived = core::cell::Cell::new(0);
        let credentials = Credentials::new("id", "secret").unwrap();
        let (region, service) = (Region::new("us-east-1").unwrap(), Service::s3());
        let key_of = |timestamp: Timestamp| {
            let scope = CredentialScope::new(timestamp.amz_date(), &region, &service);
            let key = cache.get_or_derive(timestamp.day(), || {
                derived.set(derived.get() + 1);
                SigningKey::derive(&credentials, &scope)
            });
            assert_eq!(key.as_bytes(), SigningKey::derive(&credentials, &scope).as_bytes());
        };
        for (time, derivations) in [
            ("20231231T235958Z", 1),
            ("20231231T235959Z", 1),
            ("20240101T000000Z", 2),
            ("20240101T235959Z", 2),
            ("20231231T235959Z", 3),
        ] {
            key_of(time.parse().unwrap());
            assert_eq!(derived.get(), derivations, "{time}");
        }
    }
}
