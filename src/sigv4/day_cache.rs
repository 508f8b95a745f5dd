//! The signing days of an identity, kept between calls.

use alloc::boxed::Box;
use alloc::sync::Arc;
use std::sync::OnceLock;

use crate::sigv4::signing_day::SigningDay;

/// Days of one block, and blocks: together the days of eleven years.
const DAYS: usize = 64;
const BLOCKS: usize = 64;

/// A place for each day, which is written once and never again, so that readers neither wait for each other nor write
/// anything: not even a count of them, over which the cores of a large machine would fight.
///
/// A day that is not the first in its place is not kept. That happens to instants more than eleven years apart.
pub(super) struct DayCache([OnceLock<Box<Block>>; BLOCKS]);

type Block = [OnceLock<(i64, Arc<SigningDay>)>; DAYS];

impl Default for DayCache {
    fn default() -> Self {
        Self([const { OnceLock::new() }; BLOCKS])
    }
}

impl DayCache {
    /// What is kept for a day, counted from 1970, or what `derive` makes of it, unless another day has its place.
    #[inline]
    pub(super) fn get_or_keep(&self, day: i64, derive: impl FnOnce() -> SigningDay) -> Option<&Arc<SigningDay>> {
        let day_number = usize::try_from(day).ok()?;
        let block = self.0.get(day_number / DAYS % BLOCKS)?;
        let block = block.get_or_init(|| Box::new([const { OnceLock::new() }; DAYS]));
        let (kept_day, kept) = block.get(day_number % DAYS)?.get_or_init(|| (day, Arc::new(derive())));
        (*kept_day == day).then_some(kept)
    }
}

#[cfg(test)]
impl DayCache {
    pub(super) fn holds(&self, day: i64) -> bool {
        let day_number = usize::try_from(day).unwrap();
        let block = self.0.get(day_number / DAYS % BLOCKS).and_then(OnceLock::get);
        let kept = block.and_then(|block| block.get(day_number % DAYS)?.get());
        kept.is_some_and(|(kept_day, _)| *kept_day == day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sigv4::{CredentialScope, Service, SigningKey};
    use crate::{Credentials, Region, Timestamp};

    #[test]
    fn derives_once_a_day_and_never_mixes_days() {
        let cache = DayCache::default();
        let derived = core::cell::Cell::new(0);
        let credentials = Credentials::new("id", "secret").unwrap();
        let (region, service) = (Region::new("us-east-1").unwrap(), Service::s3());
        for (time, derivations, is_kept) in [
            ("20231231T235958Z", 1, true),
            ("20231231T235959Z", 1, true),
            ("20240101T000000Z", 2, true),
            ("20240101T235959Z", 2, true),
            ("20231231T235959Z", 2, true),
            // 4096 days later.
            ("20350319T000000Z", 2, false),
            ("20240101T000000Z", 2, true),
            ("99991231T235959Z", 3, true),
            ("19700101T000000Z", 4, true),
        ] {
            let timestamp: Timestamp = time.parse().unwrap();
            let scope = CredentialScope::new(timestamp.amz_date(), &region, &service);
            let kept = cache.get_or_keep(timestamp.day(), || {
                derived.set(derived.get() + 1);
                SigningDay::new(&credentials, &scope)
            });
            assert_eq!(kept.is_some(), is_kept, "{time}");
            if let Some(kept) = kept {
                assert_eq!(kept.key.as_bytes(), SigningKey::derive(&credentials, &scope).as_bytes());
                assert!(kept.texts.scope.starts_with(&time[..8]));
            }
            assert_eq!(derived.get(), derivations, "{time}");
        }
    }
}
