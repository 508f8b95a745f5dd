//! What all signatures of one context have in common.

use crate::sigv4::SigningContext;
use crate::sigv4::canonical::QueryStart;
use crate::sigv4::signing_key::StartedKey;
#[cfg(feature = "std")]
use crate::timestamp::AmzDate;

/// The start of the query, and the key that has hashed the start of the string to sign: both are the same for all requests
/// that one identity signs as of one second.
pub(super) struct SigningSecond {
    pub(super) query_start: QueryStart,
    pub(super) signing_key: StartedKey,
}

impl SigningSecond {
    pub(super) fn new(context: &SigningContext<'_>) -> Self {
        Self { query_start: QueryStart::new(context), signing_key: context.signing_key().started(context) }
    }

    /// Goes over to another time of the same day.
    #[cfg(feature = "std")]
    pub(super) fn go_to(&mut self, context: &SigningContext<'_>, amz_date: &AmzDate) {
        self.query_start.set_time(amz_date);
        self.signing_key = context.signing_key().started(context);
    }
}
