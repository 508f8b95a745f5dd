//! What all signatures of one context have in common.

#[cfg(feature = "std")]
use crate::Timestamp;
use crate::sigv4::SigningContext;
use crate::sigv4::canonical::QueryStart;
use crate::sigv4::signing_key::StartedKey;

/// The start of the query, and the key that has hashed the start of the string to sign: both are the same for all requests
/// that one identity signs as of one second.
pub(super) struct SigningSecond {
    pub(super) query_start: QueryStart,
    pub(super) signing_key: StartedKey,
}

impl SigningSecond {
    pub(super) fn new(context: &SigningContext<'_>) -> Self {
        let query_start = QueryStart::new(context);
        Self { signing_key: context.signing_key().started(context, query_start.amz_date()), query_start }
    }

    /// Goes over to another time.
    #[cfg(feature = "std")]
    pub(super) fn go_to(&mut self, context: &SigningContext<'_>, from: Timestamp) {
        if from.day() != context.timestamp().day() {
            *self = Self::new(context);
            return;
        }
        self.query_start.set_time(context.timestamp());
        self.signing_key = context.signing_key().started(context, self.query_start.amz_date());
    }
}
