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
#[derive(Default)]
pub(super) struct DayCache {
    /// The first day of all, which is the only one of credentials that live for hours.
    first: Place,
    others: OnceLock<Box<[Block; BLOCKS]>>,
}

type Place = OnceLock<(i64, Arc<SigningDay>)>;
type Block = OnceLock<Box<[Place; DAYS]>>;

impl DayCache {
    /// What is kept for a day, counted from 1970, or what `derive` makes of it, unless another day has its place.
    #[inline]
    pub(super) fn get_or_keep(&self, day: i64, derive: impl Fn() -> SigningDay) -> Option<&Arc<SigningDay>> {
        let keep = || (day, Arc::new(derive()));
        match self.first.get_or_init(keep) {
            (first_day, kept) if *first_day == day => Some(kept),
            _ => {
                let (kept_day, kept) = self.other_place(day)?.get_or_init(keep);
                (*kept_day == day).then_some(kept)
            }
        }
    }

    fn other_place(&self, day: i64) -> Option<&Place> {
        let day = usize::try_from(day).ok()?;
        let blocks = self.others.get_or_init(|| Box::new([const { OnceLock::new() }; BLOCKS]));
        let block = blocks.get(day / DAYS % BLOCKS)?;
        block.get_or_init(|| Box::new([const { OnceLock::new() }; DAYS])).get(day % DAYS)
    }
}

#[cfg(test)]
impl DayCache {
    pub(super) fn holds(&self, day: i64) -> bool {
        let holds = |place: &Place| place.get().is_some_and(|(kept_day, _)| *kept_day == day);
        holds(&self.first) || self.other_place(day).is_some_and(holds)
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
            ("20200229T120000Z", 1, true),
            ("20231231T235958Z", 2, true),
            ("20231231T235959Z", 2, true),
            ("20240101T000000Z", 3, true),
            ("20240101T235959Z", 3, true),
            ("20200229T235959Z", 3, true),
            ("20231231T235959Z", 3, true),
            // 4096 days later.
            ("20350319T000000Z", 3, false),
            ("20240101T000000Z", 3, true),
            ("99991231T235959Z", 4, true),
            ("19700101T000000Z", 5, true),
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
                assert!(kept.texts.scope().starts_with(&time[..8]));
            }
            assert_eq!(derived.get(), derivations, "{time}");
        }
    }
}
