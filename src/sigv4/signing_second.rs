//! What all signatures of one second have in common.

#[cfg(feature = "std")]
use alloc::boxed::Box;
#[cfg(feature = "std")]
use alloc::sync::{Arc, Weak};
#[cfg(feature = "std")]
use core::{cell::Cell, mem};

use crate::Timestamp;
use crate::sigv4::bare_request::BareRequest;
use crate::sigv4::hash::StartedHmac;
use crate::sigv4::room::with_room;
use crate::sigv4::signing_day::SigningDay;
use crate::sigv4::string_to_sign::write_shared;
use crate::timestamp::AmzDate;

/// The instant as it is written, and the HMAC once it has taken what every string to sign of that second starts with.
pub(super) struct SigningSecond {
    pub(super) amz_date: AmzDate,
    pub(super) hmac: StartedHmac,
}

impl SigningSecond {
    /// For an instant on this day.
    pub(super) fn new(day: &SigningDay, at: Timestamp) -> Self {
        let amz_date = at.amz_date_on(day.texts.date);
        let hmac = with_room(|shared| {
            write_shared(&amz_date, day.texts.scope(), shared);
            day.key.started(shared)
        });
        Self { amz_date, hmac }
    }
}

/// Each thread keeps its last second, and what it has learnt in it: a service signs many URLs in one, and threads that
/// share nothing do not wait for each other.
///
/// What stays here when a presigner is gone can sign for that second only, if its first lines fill a block, which is so for
/// scopes of 29 bytes or more. It is wiped when the thread signs for another identity or day, or ends.
#[cfg(feature = "std")]
struct Kept {
    /// Of which identity, and which day. It holds the address, so that no other day can have it, but not the key.
    day: Weak<SigningDay>,
    at: Timestamp,
    second: SigningSecond,
    bare: BareRequest,
}

#[cfg(feature = "std")]
impl Kept {
    /// Of the bare request, only the memory is used.
    fn new(day: &Arc<SigningDay>, at: Timestamp, mut bare: BareRequest) -> Self {
        bare.forget();
        Self { day: Arc::downgrade(day), at, second: SigningSecond::new(day, at), bare }
    }

    /// Goes over to an instant of the same day.
    #[inline]
    fn go_to(&mut self, day: &SigningDay, at: Timestamp) {
        if self.at != at {
            self.at = at;
            self.second = SigningSecond::new(day, at);
            self.bare.set_time(&self.second.amz_date);
        }
    }
}

#[cfg(feature = "std")]
std::thread_local! {
    static LAST: Cell<Option<Box<Kept>>> = const { Cell::new(None) };
}

impl SigningSecond {
    /// Signs with what is kept for an instant on this day.
    #[cfg(feature = "std")]
    #[inline]
    pub(super) fn with<T>(
        day: &Arc<SigningDay>,
        at: Timestamp,
        sign: impl FnOnce(&Self, Option<&mut BareRequest>) -> T,
    ) -> T {
        // There is none while the thread ends.
        let mut kept = match LAST.try_with(Cell::take).ok().flatten() {
            Some(kept) if kept.day.as_ptr() == Arc::as_ptr(day) => kept,
            Some(mut other) => {
                *other = Kept::new(day, at, mem::take(&mut other.bare));
                other
            }
            None => Box::new(Kept::new(day, at, BareRequest::default())),
        };
        kept.go_to(day, at);
        let Kept { second, bare, .. } = &mut *kept;
        let signed = sign(second, Some(bare));
        let _ = LAST.try_with(|last| last.set(Some(kept)));
        signed
    }

    /// Signs at an instant on this day.
    #[cfg(not(feature = "std"))]
    pub(super) fn with<T>(
        day: &SigningDay,
        at: Timestamp,
        sign: impl FnOnce(&Self, Option<&mut BareRequest>) -> T,
    ) -> T {
        sign(&Self::new(day, at), None)
    }
}
