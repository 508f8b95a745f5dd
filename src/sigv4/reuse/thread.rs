//! What a thread keeps.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::{Arc, Weak};
use core::cell::Cell;

use crate::sigv4::identity::Identity;
use crate::sigv4::reuse::bare::BareRequest;
use crate::sigv4::signer::{presign_in, put_signature};
use crate::sigv4::signing_second::SigningSecond;
use crate::sigv4::{Expires, SigningContext, StringToSign, Target};
use crate::{Error, Timestamp};

/// The last second of a thread, and the last bare request in it: a service signs many URLs in one second, and threads that
/// share nothing do not wait for each other.
///
/// What stays here when a presigner is gone can sign for that second only, if the start of its string to sign fills a block,
/// which is so for scopes of 29 bytes or more. There is no session token in it. It is wiped when the thread signs for another
/// identity or second, or ends.
struct Kept {
    /// It holds the address, so that no other identity can have it, but not the credentials.
    identity: Weak<Identity>,
    at: Timestamp,
    second: SigningSecond,
    bare: Option<BareRequest>,
}

std::thread_local! {
    static LAST: Cell<Option<Box<Kept>>> = const { Cell::new(None) };
}

/// Appends the signed URL, by what the thread keeps. After an error, `url` is as it was.
#[inline]
pub(in crate::sigv4) fn presign_kept(
    target: &Target<'_>,
    context: &SigningContext<'_>,
    expires: Expires,
    url: &mut String,
) -> Result<(), Error> {
    // There is none while the thread ends.
    let mut kept = match LAST.try_with(Cell::take).ok().flatten() {
        Some(kept) if kept.is_of(context) => kept,
        other => Kept::renew(other, context),
    };
    let signed = kept.presign(target, context, expires, url);
    let _ = LAST.try_with(|last| last.set(Some(kept)));
    signed
}

impl Kept {
    #[inline]
    fn is_of(&self, context: &SigningContext<'_>) -> bool {
        self.at == context.timestamp() && self.is_of_identity(context)
    }

    #[inline]
    fn is_of_identity(&self, context: &SigningContext<'_>) -> bool {
        self.identity.as_ptr() == Arc::as_ptr(context.identity())
    }

    #[cold]
    fn renew(other: Option<Box<Self>>, context: &SigningContext<'_>) -> Box<Self> {
        let Some(mut kept) = other else {
            return Box::new(Self {
                identity: Arc::downgrade(context.identity()),
                at: context.timestamp(),
                second: SigningSecond::new(context),
                bare: None,
            });
        };
        if kept.is_of_identity(context) {
            kept.second.go_to(context, kept.at);
        } else {
            kept.identity = Arc::downgrade(context.identity());
            kept.second = SigningSecond::new(context);
        }
        kept.at = context.timestamp();
        kept
    }

    #[inline]
    fn presign(
        &mut self,
        target: &Target<'_>,
        context: &SigningContext<'_>,
        expires: Expires,
        url: &mut String,
    ) -> Result<(), Error> {
        let Self { second, bare, .. } = self;
        if !BareRequest::is_one(target, context) {
            return presign_in(second, target, context, expires, url);
        }
        if bare.as_ref().is_none_or(|bare| !bare.fits(context, expires)) {
            *bare = BareRequest::new(target, context, &second.query_start, expires)?;
        }
        let Some(bare) = bare else { return presign_in(second, target, context, expires, url) };
        let sha256 = bare.write(target, &second.query_start, url);
        put_signature(context, &second.signing_key.sign(&StringToSign::new(context, sha256)), url);
        Ok(())
    }
}
