//! The user of a database or a cache.

use alloc::string::String;

use crate::{Error, IntoText, TokenError};

/// Checks a user name, which may have a space or any other character that can be written.
pub(super) fn checked<'a>(user: impl IntoText<'a>) -> Result<String, Error> {
    let user = user.into_text().into_owned();
    if user.is_empty() || user.contains(char::is_control) {
        return Err(TokenError::User.into());
    }
    Ok(user)
}
