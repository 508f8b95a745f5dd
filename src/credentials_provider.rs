//! Credentials that change while the program runs.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;

use crate::{Credentials, Error, Timestamp};

/// Provides the credentials to sign with now: a closure, a [`CredentialsCell`], or a type of your own.
///
/// Credentials of a role expire after minutes or hours. A presigner with a provider gets its credentials anew for each
/// signature, so it uses replaced credentials at once. Each signature uses credentials of one call only, so an access key
/// id never meets the secret or the token of another.
///
/// `docs/credentials.md` of the repository has recipes for each source of credentials, such as the AWS SDK for Rust.
///
/// ```
/// # use std::io;
/// use presign::{Credentials, CredentialsError, Presigner};
/// # struct Secrets;
/// # impl Secrets { fn get(&self, _: &str) -> io::Result<String> { Ok("value".into()) } }
/// # let secrets = Secrets;
///
/// // `secrets` is yours. Its errors, of whatever type, become the source of the presigner's.
/// let provider = move || {
///     let id = secrets.get("access-key-id").map_err(CredentialsError::new)?;
///     let secret = secrets.get("secret-access-key").map_err(CredentialsError::new)?;
///     Credentials::new(id, secret)
/// };
/// let presigner =
///     Presigner::builder().credentials_provider(provider).region("eu-west-1").bucket("user-media").build()?;
/// # Ok::<(), presign::Error>(())
/// ```
///
/// # What a provider costs
///
/// - The provider is called on the thread that signs: once for each signature, once for each
///   [batch](crate::s3::Presigner::batch), and once for all parts of an upload. The signature waits for the provider, so
///   the provider should return credentials from memory. A slow provider delays no other thread, because no lock is held
///   while it runs; a panic of the provider unwinds through the call that signs, and the next call works as before.
/// - The credentials are compared with those of the previous signature. A provider that returns clones of one value makes
///   this a comparison of two pointers; otherwise the strings are compared.
/// - If the credentials differ, a new signing key is derived: about two microseconds more for this signature. Without the
///   feature `std` no signing key is kept, and each signature derives its own.
///
/// [`CredentialsCell`]: crate::CredentialsCell
pub trait ProvideCredentials: Send + Sync {
    /// Returns the credentials to sign with now.
    ///
    /// The presigner calls [`credentials_until`](Self::credentials_until), which calls this function unless you implement
    /// both. A signature in the `Authorization` header, which is sent at once, always uses this one.
    ///
    /// # Errors
    /// [`Error::NoCredentials`] if there are none at the moment, [`Error::Credentials`] with the cause if the provider
    /// failed. The call that signs returns this error.
    fn credentials(&self) -> Result<Credentials, Error>;

    /// Returns credentials for a URL or a form that must be valid until an instant.
    ///
    /// A URL ends when its credentials end. A provider that can fetch new ones replaces those that end before `until`, so
    /// that the URL is valid for as long as requested. The presigner takes what is returned in any case: a URL that ends early
    /// has the true [`expires_at`](crate::PresignedRequest::expires_at), or is an error with
    /// [`strict_expiry`](crate::PresignerBuilder::strict_expiry).
    ///
    /// The instant is the end of the URL: the signing time and the expiry that was asked for, and the rest of the
    /// [`signing_window`](crate::PresignerBuilder::signing_window), if there is one. By default, this function calls
    /// [`credentials`](Self::credentials), as closures do.
    ///
    /// # Errors
    /// As [`credentials`](Self::credentials).
    ///
    /// ```
    /// use std::sync::{Mutex, PoisonError};
    /// use std::time::Duration;
    /// use presign::{Credentials, Error, Presigner, ProvideCredentials, Timestamp, s3::GetObject};
    ///
    /// struct Role {
    ///     current: Mutex<Credentials>,
    /// }
    ///
    /// impl Role {
    /// #   fn new() -> Result<Self, Error> { Ok(Self { current: Mutex::new(fetch("ASIAFIRST", "2024-03-15T09:00:00Z")?) }) }
    ///     fn fetch(&self) -> Result<Credentials, Error> {
    ///         // A request of yours to STS: sessions of a role last from 15 minutes to 12 hours.
    /// #       fetch("ASIASECOND", "2024-03-15T21:00:00Z")
    ///     }
    /// }
    /// # fn fetch(id: &str, end: &str) -> Result<Credentials, Error> {
    /// #     Ok(Credentials::new(id, "secret")?.with_session_token("token")?.with_expiration(end.parse()?))
    /// # }
    ///
    /// impl ProvideCredentials for Role {
    ///     fn credentials(&self) -> Result<Credentials, Error> {
    ///         Ok(self.current.lock().unwrap_or_else(PoisonError::into_inner).clone())
    ///     }
    ///
    ///     fn credentials_until(&self, until: Timestamp) -> Result<Credentials, Error> {
    ///         let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
    ///         if current.expires_at().is_some_and(|end| end < until) {
    ///             *current = self.fetch()?;
    ///         }
    ///         Ok(current.clone())
    ///     }
    /// }
    ///
    /// let presigner =
    ///     Presigner::builder().credentials_provider(Role::new()?).region("eu-west-1").bucket("user-media").build()?;
    /// let now: Timestamp = "2024-03-15T08:15:30Z".parse()?;
    /// let sign = |expires| presigner.presign_at(GetObject::new("a.png"), Duration::from_secs(expires), now);
    /// assert!(sign(900)?.url().contains("ASIAFIRST"));
    /// // Two hours are more than the first session has left.
    /// let long = sign(7_200)?;
    /// assert!(long.url().contains("ASIASECOND"));
    /// assert_eq!(long.expires_at().to_string(), "2024-03-15T10:15:30Z");
    /// # Ok::<(), presign::Error>(())
    /// ```
    fn credentials_until(&self, until: Timestamp) -> Result<Credentials, Error> {
        let _ = until;
        self.credentials()
    }
}

impl<F: Fn() -> Result<Credentials, Error> + Send + Sync> ProvideCredentials for F {
    fn credentials(&self) -> Result<Credentials, Error> {
        self()
    }
}

/// Always the same ones, where a provider is asked for and there is none.
impl ProvideCredentials for Credentials {
    fn credentials(&self) -> Result<Credentials, Error> {
        Ok(self.clone())
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn credentials(&self) -> Result<Credentials, Error> {
        (**self).credentials()
    }

    fn credentials_until(&self, until: Timestamp) -> Result<Credentials, Error> {
        (**self).credentials_until(until)
    }
}

// Not for every `Box<P>`: a `Box` of a closure is a closure.
impl ProvideCredentials for Box<dyn ProvideCredentials> {
    fn credentials(&self) -> Result<Credentials, Error> {
        (**self).credentials()
    }

    fn credentials_until(&self, until: Timestamp) -> Result<Credentials, Error> {
        (**self).credentials_until(until)
    }
}

/// Either fixed credentials or a provider.
#[derive(Clone)]
pub(crate) enum CredentialsSource {
    Fixed(Credentials),
    Provider(Arc<dyn ProvideCredentials>),
}

impl fmt::Debug for CredentialsSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(credentials) => credentials.fmt(f),
            Self::Provider(_) => f.write_str("CredentialsProvider"),
        }
    }
}
