//! Credentials of the AWS SDK for Rust.

use aws_credential_types::Credentials as SdkCredentials;

use crate::{Credentials, Error, Timestamp};

/// Credentials that the SDK's providers found, for instance in a profile or from the instance metadata service.
///
/// ```
/// let found = aws_credential_types::Credentials::new("ASIAEXAMPLE", "secret", Some("token".into()), None, "example");
/// let credentials = presign::Credentials::try_from(&found)?;
/// assert_eq!(credentials.access_key_id(), "ASIAEXAMPLE");
/// # Ok::<(), presign::Error>(())
/// ```
impl TryFrom<&SdkCredentials> for Credentials {
    type Error = Error;

    /// # Errors
    /// As [`Credentials::new`] and [`Credentials::with_session_token`]; [`Error::TimeOutOfRange`] for an expiry after
    /// 9999.
    fn try_from(found: &SdkCredentials) -> Result<Self, Error> {
        let mut credentials = Self::new(found.access_key_id(), found.secret_access_key())?;
        if let Some(token) = found.session_token() {
            credentials = credentials.with_session_token(token)?;
        }
        if let Some(expiry) = found.expiry() {
            credentials = credentials.with_expiration(Timestamp::try_from(expiry)?);
        }
        Ok(credentials)
    }
}
