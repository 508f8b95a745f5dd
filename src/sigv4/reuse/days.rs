//! The signing keys of an identity.

use alloc::sync::Arc;
use std::sync::{Mutex, PoisonError};

use crate::sigv4::SigningKey;

/// The signing keys of the two days, counted from 1970, that were used last: around midnight, some signatures are as of the
/// day before.
///
/// A thread takes the lock when it begins another second, so it need not be fast.
#[derive(Default)]
pub(in crate::sigv4) struct KeptDays(Mutex<[Option<KeptDay>; 2]>);

type KeptDay = (i64, Arc<SigningKey>);

impl KeptDays {
    /// Returns the key that is kept for a day, or keeps what `derive` makes of it.
    pub(in crate::sigv4) fn get_or_derive(
        &self,
        day: i64,
        derive: impl FnOnce() -> Arc<SigningKey>,
    ) -> Arc<SigningKey> {
        // Each day is replaced as a whole, so they are valid even if a thread panicked while it held the lock.
        let [last, before] = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((kept_day, key)) = last
            && *kept_day == day
        {
            return Arc::clone(key);
        }
        core::mem::swap(last, before);
        match last {
            Some((kept_day, key)) if *kept_day == day => Arc::clone(key),
            _ => Arc::clone(&last.insert((day, derive())).1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sigv4::{CredentialScope, Service};
    use crate::{Credentials, Region, Timestamp};

    #[test]
    fn derives_once_a_day_and_never_mixes_days() {
        let days = KeptDays::default();
        let credentials = Credentials::new("id", "secret").unwrap();
        let (region, service) = (Region::new("us-east-1").unwrap(), Service::s3());
        let mut derivations = 0;
        for (time, expected_derivations) in [
            ("20231231T235958Z", 1),
            ("20231231T235959Z", 1),
            ("20240101T000000Z", 2),
            ("20231231T235959Z", 2),
            ("20240101T235959Z", 2),
            // A third day takes the place of the one that was not used last.
            ("20240102T000000Z", 3),
            ("20240101T000000Z", 3),
            ("20231231T235959Z", 4),
            ("20240101T000000Z", 4),
            ("19700101T000000Z", 5),
            ("99991231T235959Z", 6),
        ] {
            let timestamp: Timestamp = time.parse().unwrap();
            let scope = CredentialScope::new(timestamp.amz_date(), &region, &service);
            let derive = || Arc::new(SigningKey::derive(&credentials, &scope));
            let kept = days.get_or_derive(timestamp.day(), || {
                derivations += 1;
                derive()
            });
            assert_eq!(kept.as_bytes(), derive().as_bytes(), "{time}");
            assert_eq!(derivations, expected_derivations, "{time}");
        }
    }
}
