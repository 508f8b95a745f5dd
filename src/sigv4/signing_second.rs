//! What all signatures of one second have in common.

use crate::sigv4::SigningContext;
use crate::sigv4::canonical::QueryStart;
#[cfg(feature = "std")]
use crate::sigv4::reuse::BareRequest;
use crate::sigv4::signature::StartedKey;
use crate::sigv4::string_to_sign::FirstLines;

/// The start of the query, the start of the string to sign, and the key that has hashed it: they are the same for all requests
/// that one identity signs as of one second.
pub(super) struct SigningSecond {
    pub(super) query_start: QueryStart,
    #[cfg(feature = "std")]
    first_lines: FirstLines,
    pub(super) signing_key: StartedKey,
    /// This is the same for other seconds and identities, too.
    #[cfg(feature = "std")]
    pub(super) bare: Option<BareRequest>,
}

impl SigningSecond {
    pub(super) fn new(context: &SigningContext<'_>) -> Self {
        let scope = context.scope();
        let first_lines = FirstLines::new(&scope);
        Self {
            query_start: QueryStart::new(context.credentials().access_key_id(), &scope),
            signing_key: context.signing_key().started(&first_lines),
            #[cfg(feature = "std")]
            first_lines,
            #[cfg(feature = "std")]
            bare: None,
        }
    }
}

#[cfg(feature = "std")]
impl SigningSecond {
    /// Goes over to another time of the same day.
    pub(super) fn set_time(&mut self, context: &SigningContext<'_>) {
        self.query_start.set_time(context.timestamp());
        self.first_lines.set_time(context.timestamp());
        self.signing_key = context.signing_key().started(&self.first_lines);
    }

    /// Goes over to another day or identity.
    pub(super) fn set_context(&mut self, context: &SigningContext<'_>) {
        let bare = self.bare.take();
        *self = Self { bare, ..Self::new(context) };
    }
}
