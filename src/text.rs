//! The checks that names and secrets share.

use crate::Error;
use crate::error::Field;

/// A part of the credential scope: access key id, service. A `/` would move the parts, a comma would end the
/// `Credential` of an `Authorization` header, white space is the remains of copy and paste.
pub(crate) fn check_scope_part(field: Field, text: &str) -> Result<(), Error> {
    check_characters(field, text, |c| c.is_ascii_graphic() && !matches!(c, '/' | ','))
}

/// A name that needs no encoding anywhere: region, bucket, account, form field.
pub(crate) fn check_name(field: Field, text: &str) -> Result<(), Error> {
    check_characters(field, text, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Not empty, and made of `allowed` characters.
pub(crate) fn check_characters(field: Field, text: &str, allowed: impl Fn(char) -> bool) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::Empty(field));
    }
    match text.find(|c| !allowed(c)) {
        Some(position) => Err(Error::InvalidCharacter { field, position }),
        None => Ok(()),
    }
}
