//! What all signatures of one day have in common.

use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::sigv4::canonical_query::QueryStart;
use crate::sigv4::{CredentialScope, SigningKey};
use crate::{Credentials, encode};

/// The key of one day, and the texts that go with it.
pub(super) struct SigningDay {
    pub(super) texts: DayTexts,
    pub(super) key: SigningKey,
}

impl SigningDay {
    pub(super) fn new(credentials: &Credentials, scope: &CredentialScope<'_>) -> Self {
        Self { texts: DayTexts::new(credentials, scope), key: SigningKey::derive(credentials, scope) }
    }
}

/// The texts that one identity signs and sends all day, written once.
#[derive(Clone)]
pub(super) struct DayTexts {
    pub(super) date: [u8; 8],
    /// Access key id and scope.
    pub(super) credential: String,
    scope_start: usize,
    pub(super) query: QueryStart,
    /// Percent-encoded.
    pub(super) encoded_session_token: Option<Zeroizing<String>>,
}

impl DayTexts {
    pub(super) fn new(credentials: &Credentials, scope: &CredentialScope<'_>) -> Self {
        let access_key_id = credentials.access_key_id();
        let credential = [access_key_id, scope.date(), scope.region(), scope.service(), "aws4_request"].join("/");
        Self {
            date: scope.date_digits(),
            query: QueryStart::new(&credential, scope.date()),
            credential,
            scope_start: access_key_id.len() + "/".len(),
            encoded_session_token: credentials.session_token().map(|token| Zeroizing::new(encoded(token))),
        }
    }

    pub(super) fn scope(&self) -> &str {
        self.credential.get(self.scope_start..).unwrap_or_default()
    }
}

/// With room for the longest result, so that no copy of a token is left behind by growing.
fn encoded(raw: &str) -> String {
    let mut text = String::with_capacity(3 * raw.len());
    encode::query(raw, &mut text);
    text
}

/// They hold the session token.
impl fmt::Debug for DayTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DayTexts").field("scope", &self.scope()).finish_non_exhaustive()
    }
}
