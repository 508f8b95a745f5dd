//! What all signatures of one second have in common.

use alloc::string::String;
use alloc::sync::Arc;

use hmac::Mac as _;

use crate::Timestamp;
use crate::sigv4::key::HmacSha256;
use crate::sigv4::signing_day::SigningDay;
use crate::sigv4::string_to_sign::write_shared;
use crate::timestamp::AmzDate;

/// The instant as it is written, and the HMAC once it has taken what every string to sign of that second starts with.
#[derive(Clone)]
pub(super) struct SigningSecond {
    pub(super) amz_date: AmzDate,
    pub(super) hmac: HmacSha256,
}

impl SigningSecond {
    /// For an instant on this day.
    #[cfg(feature = "std")]
    #[inline]
    pub(super) fn of(day: &Arc<SigningDay>, at: Timestamp) -> Self {
        kept::last_or(day, at, || Self::new(day, at))
    }

    /// For an instant on this day.
    #[cfg(not(feature = "std"))]
    pub(super) fn of(day: &Arc<SigningDay>, at: Timestamp) -> Self {
        Self::new(day, at)
    }

    fn new(day: &SigningDay, at: Timestamp) -> Self {
        let amz_date = at.amz_date_on(day.texts.date);
        let mut shared = String::with_capacity(128);
        write_shared(&amz_date, &day.texts.scope, &mut shared);
        Self { amz_date, hmac: day.key.hmac().chain_update(shared) }
    }
}

/// Each thread keeps its last second: a service signs many URLs in one, and threads that share nothing do not wait for
/// each other.
///
/// What stays here when a presigner is gone can sign for that second only. It is wiped when the thread signs for another
/// one, or ends.
#[cfg(feature = "std")]
mod kept {
    use alloc::sync::{Arc, Weak};
    use core::cell::RefCell;

    use super::SigningSecond;
    use crate::Timestamp;
    use crate::sigv4::signing_day::SigningDay;

    struct Kept {
        /// Of which identity, and which day. It holds the address, so that no other day can have it, but not the key.
        day: Weak<SigningDay>,
        at: Timestamp,
        second: SigningSecond,
    }

    std::thread_local! {
        static LAST: RefCell<Option<Kept>> = const { RefCell::new(None) };
    }

    #[inline]
    pub(super) fn last_or(day: &Arc<SigningDay>, at: Timestamp, make: impl FnOnce() -> SigningSecond) -> SigningSecond {
        let is_this = |kept: &&Kept| kept.at == at && kept.day.as_ptr() == Arc::as_ptr(day);
        // There is none while the thread ends.
        let kept = LAST.try_with(|last| last.borrow().as_ref().filter(is_this).map(|kept| kept.second.clone()));
        kept.ok().flatten().unwrap_or_else(|| {
            let second = make();
            let kept = Kept { day: Arc::downgrade(day), at, second: second.clone() };
            // Without it, the next signature makes its own.
            let _ = LAST.try_with(|last| last.replace(Some(kept)));
            second
        })
    }
}
