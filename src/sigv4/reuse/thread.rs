//! What a thread keeps: what all signatures of one second have in common.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::{Arc, Weak};
use core::cell::Cell;

use crate::sigv4::canonical::QueryStart;
use crate::sigv4::hash::{Hex, StartedHmac};
use crate::sigv4::identity::Identity;
use crate::sigv4::reuse::bare::BareRequest;
use crate::sigv4::string_to_sign::{TIME_IN_FIRST_LINES, first_lines};
use crate::sigv4::{CanonicalRequest, Expires, Signature, SigningContext, Target};
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

/// The start of the query, the first lines of the string to sign, and the HMAC that has taken them: they are the same for all
/// requests that one identity signs as of one second.
pub(super) struct Second {
    pub(super) query_start: QueryStart,
    first_lines: String,
    hmac: StartedHmac,
    /// It depends neither on the identity nor on the second.
    bare: Option<BareRequest>,
}

impl Second {
    pub(super) fn new(context: &SigningContext<'_>) -> Self {
        let scope = context.scope();
        let first_lines = first_lines(&scope).concat();
        Self {
            query_start: QueryStart::new(context.credentials().access_key_id(), &scope),
            hmac: context.signing_key().keyed().started(&first_lines),
            first_lines,
            bare: None,
        }
    }

    /// Goes over to another time of the same day.
    pub(super) fn set_time(&mut self, context: &SigningContext<'_>) {
        let time = context.timestamp().amz_time();
        let time = str::from_utf8(&time).unwrap_or_default();
        self.query_start.set_time(time);
        // Faster than `replace_range`.
        drop(self.first_lines.drain(TIME_IN_FIRST_LINES));
        self.first_lines.insert_str(TIME_IN_FIRST_LINES.start, time);
        self.hmac = context.signing_key().keyed().started(&self.first_lines);
    }

    /// Goes over to another day or identity.
    pub(super) fn set_context(&mut self, context: &SigningContext<'_>) {
        let bare = self.bare.take();
        *self = Self { bare, ..Self::new(context) };
    }

    /// Whether what is kept can sign for this second only: the HMAC has taken a whole block.
    pub(super) fn is_bound_to_its_second(&self) -> bool {
        self.first_lines.len() >= StartedHmac::BLOCK
    }

    /// Appends the signed URL to `url`. After an error, `url` is as it was.
    #[inline]
    pub(super) fn presign(
        &mut self,
        target: &Target<'_>,
        context: &SigningContext<'_>,
        expires: Expires,
        url: &mut String,
    ) -> Result<(), Error> {
        let query_start = &self.query_start;
        let canonical_request = if BareRequest::is_one(target, context) {
            let bare = match &mut self.bare {
                Some(bare) if bare.fits(context, expires) => bare,
                other => other.insert(BareRequest::new(target, context, query_start, expires)?),
            };
            let (end, query_end) = bare.end_for(target.endpoint.authority());
            let query_start = query_start.as_str();
            CanonicalRequest::from_written(target, [query_start, end], query_start.len() + query_end, url)
        } else {
            CanonicalRequest::for_query(target, context, query_start, expires, url)?
        };
        let signature = self.hmac.sign(&canonical_request.sha256());
        *url = canonical_request.into_url();
        signature.append_to_url(context, url);
        Ok(())
    }

    /// Returns the HMAC that has taken the first lines of the string to sign.
    pub(super) fn into_hmac(self) -> StartedHmac {
        self.hmac
    }
}

impl StartedHmac {
    /// Computes the signature of the string to sign that ends with the hash of this canonical request.
    #[inline]
    pub(super) fn sign(&self, canonical_request_sha256: &[u8; 32]) -> Signature {
        Signature(self.finish(Hex::new(canonical_request_sha256).as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;
    use crate::sigv4::{Request, Service, Signer};
    use crate::{Credentials, Method, Region};

    /// The first lines of the string to sign fill a block with a region of four letters, and do not with one of three: then the
    /// HMAC is still that of the whole day.
    #[test]
    fn what_could_sign_for_another_second_is_not_kept() {
        for (region, is_kept) in [("us-east-1", true), ("abc", false), ("auto", true), ("xyz", false)] {
            let credentials = Credentials::new("id", "secret").unwrap();
            let signer = Signer::new(credentials, Region::new(region).unwrap(), Service::s3());
            let request = Request::new(Method::Get, "https://h.example").unwrap();
            let now = Timestamp::from_unix_seconds(1_710_490_530).unwrap();
            signer.presign_at(&request, Duration::from_secs(60), now).unwrap();
            assert_eq!(LAST.take().is_some(), is_kept, "{region}");
        }
    }
}
