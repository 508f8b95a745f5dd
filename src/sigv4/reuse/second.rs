//! What all signatures of one second have in common.

use alloc::string::String;

use crate::Error;
use crate::sigv4::canonical::QueryStart;
use crate::sigv4::hash::{Hex, StartedHmac};
use crate::sigv4::reuse::bare::BareRequest;
use crate::sigv4::string_to_sign::{TIME_IN_FIRST_LINES, first_lines};
use crate::sigv4::{CanonicalRequest, Expires, Signature, SigningContext, Target};

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
        let first_lines = first_lines(&scope);
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
        let canonical_request = if BareRequest::is_one(target, context) {
            BareRequest::fill(&mut self.bare, target, context, (&self.query_start, expires), url)?
        } else {
            CanonicalRequest::for_query(target, context, &self.query_start, expires, url)?
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
