//! What all signatures of one second have in common.

#[cfg(feature = "std")]
use crate::Timestamp;
use crate::sigv4::SigningContext;
use crate::sigv4::canonical::QueryStart;
use crate::sigv4::signing_key::StartedKey;
use crate::sigv4::string_to_sign::FirstLines;

/// The start of the query, the start of the string to sign, and the key that has hashed it: they are the same for all requests
/// that one identity signs as of one second.
pub(super) struct SigningSecond {
    pub(super) query_start: QueryStart,
    #[cfg(feature = "std")]
    first_lines: FirstLines,
    pub(super) signing_key: StartedKey,
}

impl SigningSecond {
    pub(super) fn new(context: &SigningContext<'_>) -> Self {
        let first_lines = FirstLines::new(context);
        Self {
            query_start: QueryStart::new(context),
            signing_key: context.signing_key().started(&first_lines),
            #[cfg(feature = "std")]
            first_lines,
        }
    }

    /// Goes over to another time.
    #[cfg(feature = "std")]
    pub(super) fn go_to(&mut self, context: &SigningContext<'_>, from: Timestamp) {
        let timestamp = context.timestamp();
        if from.day() != timestamp.day() {
            *self = Self::new(context);
            return;
        }
        self.query_start.set_time(timestamp);
        self.first_lines.set_time(timestamp);
        self.signing_key = context.signing_key().started(&self.first_lines);
    }
}
