//! Who asks. **Your login goes here.**

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::error::ApiError;
use crate::validation::Key;

/// The user that a request comes from, with the keys that are theirs.
///
/// This example has one user, who need not log in. In yours, read the session cookie or the token here, answer 401
/// without one, and give each user a prefix of their own: `user-profile/{id}/`. The slash at the end matters, or user 4
/// owns what belongs to user 42.
pub(crate) struct User {
    prefix: &'static str,
}

impl User {
    pub(crate) const PREFIX: &'static str = "user-profile/";

    /// The key, if it is one of this user's.
    pub(crate) fn key(&self, key: String) -> Result<Key, ApiError> {
        Key::parse(self.prefix, key)
    }
}

impl<S: Sync> FromRequestParts<S> for User {
    type Rejection = ApiError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self { prefix: Self::PREFIX })
    }
}
