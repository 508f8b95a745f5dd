//! What a thread keeps.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::{Arc, Weak};
use core::cell::Cell;

use crate::sigv4::identity::Identity;
use crate::sigv4::reuse::second::Second;
use crate::sigv4::{Expires, SigningContext, Target};
use crate::{Error, Timestamp};

/// The last second of a thread: a service signs many URLs in one second, and threads that share nothing do not wait for each
/// other.
///
/// What stays here when a presigner is gone can sign for that second only. There is no session token in it. It is wiped when the
/// thread signs for another identity or second, or ends.
struct Kept {
    /// It holds the address, so that no other identity can have it, but not the credentials.
    identity: Weak<Identity>,
    at: Timestamp,
    second: Second,
}

std::thread_local! {
    static LAST: Cell<Option<Box<Kept>>> = const { Cell::new(None) };
}

/// Appends the signed URL to `url`, with what the thread keeps. After an error, `url` is as it was.
#[inline]
pub(in crate::sigv4) fn presign(
    target: &Target<'_>,
    context: &SigningContext<'_>,
    expires: Expires,
    url: &mut String,
) -> Result<(), Error> {
    // There is none while the thread ends.
    let mut kept = match LAST.try_with(Cell::take).ok().flatten() {
        Some(kept) if kept.at == context.timestamp() && kept.is_of_identity(context) => kept,
        other => renewed(other, context),
    };
    let signed = kept.second.presign(target, context, expires, url);
    if kept.second.is_bound_to_its_second() {
        let _ = LAST.try_with(|last| last.set(Some(kept)));
    }
    signed
}

#[cold]
fn renewed(kept: Option<Box<Kept>>, context: &SigningContext<'_>) -> Box<Kept> {
    let (identity, at) = (context.identity(), context.timestamp());
    let Some(mut kept) = kept else {
        return Box::new(Kept { identity: Arc::downgrade(identity), at, second: Second::new(context) });
    };
    if kept.is_of_identity(context) && kept.at.day() == at.day() {
        kept.second.set_time(context);
    } else {
        kept.identity = Arc::downgrade(identity);
        kept.second.set_context(context);
    }
    kept.at = at;
    kept
}

impl Kept {
    #[inline]
    fn is_of_identity(&self, context: &SigningContext<'_>) -> bool {
        self.identity.as_ptr() == Arc::as_ptr(context.identity())
    }
}
