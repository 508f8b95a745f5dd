//! Access key id, secret access key and session token.

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;

use zeroize::Zeroizing;

use crate::error::Field;
use crate::{Error, IntoText, Timestamp, encode, text};

/// The identity that signs: access key id, secret access key, session token, expiration.
///
/// Clones are cheap and share one copy of the secret and the token. The copy is wiped from memory when the last clone is
/// dropped, and no formatting shows it. Safe code cannot wipe what the compiler leaves on the stack when it moves a value.
///
/// ```
/// use presign::Credentials;
///
/// let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// assert!(!format!("{credentials:?}").contains("wJalr"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(Arc<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<SessionToken>,
    expires_at: Option<Timestamp>,
}

/// In both forms that requests send.
#[derive(Clone, PartialEq, Eq)]
struct SessionToken {
    plain: Zeroizing<String>,
    /// For a query.
    encoded: Zeroizing<String>,
}

impl SessionToken {
    fn new(plain: Zeroizing<String>) -> Self {
        // With room for the longest result: growing would leave a copy behind.
        let mut encoded = Zeroizing::new(String::with_capacity(3 * plain.len()));
        encode::query(&plain, &mut encoded);
        Self { plain, encoded }
    }
}

impl Credentials {
    /// Creates long-term credentials, such as those of an IAM user or of a store's own key.
    ///
    /// # Errors
    /// - [`Error::Empty`] for an empty access key id or secret
    /// - [`Error::InvalidCharacter`] for an access key id with a space, a slash, a comma or a character that is not
    ///   printable ASCII, and for a secret with a control character, such as the line feed at the end of a file
    pub fn new<'a>(access_key_id: impl IntoText<'a>, secret_access_key: impl IntoText<'a>) -> Result<Self, Error> {
        let access_key_id = access_key_id.into_text().into_owned();
        let secret_access_key = Zeroizing::new(secret_access_key.into_text().into_owned());
        text::check_scope_part(Field::AccessKeyId, &access_key_id)?;
        text::check_characters(Field::SecretAccessKey, &secret_access_key, |c| !c.is_control())?;
        Ok(Self(Arc::new(Parts { access_key_id, secret_access_key, session_token: None, expires_at: None })))
    }

    /// Returns credentials that nobody has, with which the signatures of unknown access key ids are verified.
    #[cfg(feature = "verify")]
    pub(crate) fn nobody() -> Self {
        Self(Arc::new(Parts {
            access_key_id: String::new(),
            secret_access_key: Zeroizing::new(String::from("of nobody, and as long as those of AWS..")),
            session_token: None,
            expires_at: None,
        }))
    }

    /// Sets the session token of temporary credentials, such as those of a role.
    ///
    /// # Errors
    /// [`Error::Empty`] for an empty token; [`Error::InvalidCharacter`] for a token with a character that is not printable
    /// ASCII, or with a space.
    ///
    /// ```
    /// # use presign::Credentials;
    /// let credentials = Credentials::new("ASIAEXAMPLE", "secret")?.with_session_token("IQoJb3JpZ2luX2Vj")?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn with_session_token<'a>(mut self, session_token: impl IntoText<'a>) -> Result<Self, Error> {
        let session_token = Zeroizing::new(session_token.into_text().into_owned());
        // The token may become the value of a header.
        text::check_characters(Field::SessionToken, &session_token, |c| c.is_ascii_graphic())?;
        Arc::make_mut(&mut self.0).session_token = Some(SessionToken::new(session_token));
        Ok(self)
    }

    /// Sets when the credentials expire.
    ///
    /// No URL outlives its credentials, so [`PresignedRequest::expires_at`] is the earlier of this instant and the end of
    /// the URL's own expiry. To sign at this instant or later is an error.
    ///
    /// [`PresignedRequest::expires_at`]: crate::PresignedRequest::expires_at
    #[must_use]
    pub fn with_expiration(mut self, expires_at: Timestamp) -> Self {
        Arc::make_mut(&mut self.0).expires_at = Some(expires_at);
        self
    }

    /// Reads the credentials from the environment.
    ///
    /// The variables are `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, unless they are empty, `AWS_SESSION_TOKEN` and
    /// `AWS_CREDENTIAL_EXPIRATION`, which is when the credentials expire, as a [`Timestamp`] can be written. They are read
    /// when this is called, and never again. `aws configure export-credentials` sets all four, AWS Lambda only the first
    /// three.
    ///
    /// Other sources, such as profiles and roles, are in `docs/credentials.md` of the repository.
    ///
    /// Source: [botocore's `EnvProvider`](https://github.com/boto/botocore/blob/develop/botocore/credentials.py).
    ///
    /// # Errors
    /// - [`Error::EnvironmentVariable`] if one of the first two is not set, or if any of the four is not Unicode
    /// - [`Error::EnvironmentTime`] if the expiration cannot be read: a URL that ends unexpectedly would be worse
    /// - otherwise as [`Credentials::new`] and [`Credentials::with_session_token`]
    ///
    /// ```no_run
    /// let credentials = presign::Credentials::from_env()?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[cfg(feature = "std")]
    pub fn from_env() -> Result<Self, Error> {
        let credentials = Self::new(variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?)?;
        let credentials = match optional_variable("AWS_SESSION_TOKEN")? {
            Some(token) => credentials.with_session_token(token)?,
            None => credentials,
        };
        let name = "AWS_CREDENTIAL_EXPIRATION";
        Ok(match optional_variable(name)? {
            Some(end) => credentials.with_expiration(end.parse().map_err(|_| Error::EnvironmentTime { name })?),
            None => credentials,
        })
    }

    /// Returns the access key id, which is not secret: it is part of every URL.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// Returns when the credentials expire, if that is known.
    #[must_use]
    #[inline]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.0.expires_at
    }

    pub(crate) fn secret_access_key(&self) -> &str {
        &self.0.secret_access_key
    }

    #[inline]
    pub(crate) fn session_token(&self) -> Option<&str> {
        self.0.session_token.as_ref().map(|token| token.plain.as_str())
    }

    /// The session token, percent-encoded.
    #[inline]
    pub(crate) fn encoded_session_token(&self) -> Option<&str> {
        self.0.session_token.as_ref().map(|token| token.encoded.as_str())
    }

    /// Returns an error if the credentials have expired at `now`, or expire at that very instant.
    #[inline]
    pub(crate) fn check_alive_at(&self, now: Timestamp) -> Result<(), Error> {
        match self.0.expires_at {
            Some(expired_at) if expired_at <= now => Err(Error::CredentialsExpired { expired_at, signed_at: now }),
            _ => Ok(()),
        }
    }
}

#[cfg(feature = "std")]
fn variable(name: &'static str) -> Result<String, Error> {
    std::env::var(name).map_err(|_| Error::EnvironmentVariable { name })
}

/// Shells and containers often set an empty variable where they mean none.
#[cfg(feature = "std")]
fn optional_variable(name: &'static str) -> Result<Option<String>, Error> {
    match std::env::var_os(name) {
        Some(value) if !value.is_empty() => variable(name).map(Some),
        _ => Ok(None),
    }
}

#[cfg(test)]
impl Credentials {
    /// Returns a function that says whether any clone of these credentials is left.
    pub(crate) fn watch(&self) -> impl Fn() -> bool + use<> {
        let parts = Arc::downgrade(&self.0);
        move || parts.strong_count() > 0
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.0.access_key_id)
            .field("session_token", &self.0.session_token.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_secret_until_the_last_is_dropped() {
        let credentials = Credentials::new("id", "secret").unwrap();
        let is_left = credentials.watch();
        let clone = credentials.clone();
        drop(credentials);
        assert!(is_left());
        drop(clone);
        assert!(!is_left());
    }

    #[test]
    fn what_is_set_on_a_clone_changes_no_other_one() {
        let long_term = Credentials::new("id", "secret").unwrap();
        let temporary = long_term.clone().with_session_token("token").unwrap();
        assert_eq!((long_term.session_token(), temporary.session_token()), (None, Some("token")));
        let expiring = temporary.clone().with_expiration(Timestamp::from_unix_seconds(1).unwrap());
        assert_eq!(temporary.expires_at(), None);
        assert_ne!(expiring, temporary);
        // Equal, although they share nothing.
        assert_eq!(long_term, Credentials::new("id", "secret").unwrap());
        assert_ne!(long_term, Credentials::new("id", "other").unwrap());
    }
}
