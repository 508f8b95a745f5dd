//! Access key, secret, session token.

use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::error::Field;
use crate::{Error, IntoText, Timestamp, text};

/// The identity that signs.
///
/// The secret and the token are wiped from memory when the value is dropped, and no formatting shows them. What the
/// compiler leaves on the stack when it moves a value is out of reach of safe code.
///
/// ```
/// use presign::Credentials;
///
/// let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// assert!(!format!("{credentials:?}").contains("wJalr"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
    expires_at: Option<Timestamp>,
}

impl Credentials {
    /// Long-term credentials: those of an IAM user, or of another store.
    ///
    /// # Errors
    /// [`Error::Empty`] for an empty part; [`Error::InvalidCharacter`] for an access key id with anything but printable
    /// ASCII or with a space, a slash or a comma, and for a secret with a control character (a line feed from the
    /// end of a file).
    pub fn new<'a>(access_key_id: impl IntoText<'a>, secret_access_key: impl IntoText<'a>) -> Result<Self, Error> {
        let access_key_id = access_key_id.into_text().into_owned();
        let secret_access_key = Zeroizing::new(secret_access_key.into_text().into_owned());
        text::check_scope_part(Field::AccessKeyId, &access_key_id)?;
        // A line feed would be the end of the file that the secret came from.
        text::check(Field::SecretAccessKey, &secret_access_key, |c| !c.is_control())?;
        Ok(Self { access_key_id, secret_access_key, session_token: None, expires_at: None })
    }

    /// Makes them temporary credentials: those of a role, from STS or the instance metadata service.
    ///
    /// # Errors
    /// [`Error::Empty`] if the token is empty (leave it out instead); [`Error::InvalidCharacter`] for a control
    /// character.
    ///
    /// ```
    /// # use presign::Credentials;
    /// let credentials = Credentials::new("ASIAEXAMPLE", "secret")?.with_session_token("IQoJb3JpZ2luX2Vj")?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn with_session_token<'a>(mut self, session_token: impl IntoText<'a>) -> Result<Self, Error> {
        let session_token = Zeroizing::new(session_token.into_text().into_owned());
        // It may become the value of a header.
        text::check(Field::SessionToken, &session_token, |c| c.is_ascii_graphic())?;
        self.session_token = Some(session_token);
        Ok(self)
    }

    /// Says when the credentials end. No URL outlives them, whatever its own expiry says, so
    /// [`PresignedRequest::expires_at`] is the earlier of both, and signing after this instant is an error.
    ///
    /// [`PresignedRequest::expires_at`]: crate::PresignedRequest::expires_at
    #[must_use]
    pub fn with_expiration(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, if it is set and not empty, `AWS_SESSION_TOKEN`.
    ///
    /// # Errors
    /// [`Error::EnvironmentVariable`] if one of the first two is not set or not Unicode; else as [`Credentials::new`].
    ///
    /// ```no_run
    /// let credentials = presign::Credentials::from_env()?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[cfg(feature = "std")]
    pub fn from_env() -> Result<Self, Error> {
        let read = |name| std::env::var(name).map_err(|_| Error::EnvironmentVariable { name });
        let credentials = Self::new(read("AWS_ACCESS_KEY_ID")?, read("AWS_SECRET_ACCESS_KEY")?)?;
        // Shells and containers often set an empty variable where they mean none.
        match std::env::var("AWS_SESSION_TOKEN") {
            Ok(token) if !token.is_empty() => credentials.with_session_token(token),
            Ok(_) | Err(std::env::VarError::NotPresent) => Ok(credentials),
            Err(_) => Err(Error::EnvironmentVariable { name: "AWS_SESSION_TOKEN" }),
        }
    }

    /// The public half, which is part of every URL.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// When the credentials end, if that is known.
    #[must_use]
    #[inline]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    pub(crate) fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    #[inline]
    pub(crate) fn session_token(&self) -> Option<&str> {
        self.session_token.as_ref().map(|token| token.as_str())
    }

    /// An error if they have ended at `now`; the instant of the end itself is too late.
    #[inline]
    pub(crate) fn check_alive_at(&self, now: Timestamp) -> Result<(), Error> {
        match self.expires_at {
            Some(expired_at) if expired_at <= now => Err(Error::CredentialsExpired { expired_at, signed_at: now }),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .field("session_token", &self.session_token.is_some())
            .finish_non_exhaustive()
    }
}
