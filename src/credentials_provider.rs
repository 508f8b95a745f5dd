//! Credentials that change while the program runs.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;

use crate::{Credentials, Error};

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
    /// # Errors
    /// [`Error::NoCredentials`] if there are none at the moment, [`Error::Credentials`] with the cause if the provider
    /// failed. The call that signs returns this error.
    fn credentials(&self) -> Result<Credentials, Error>;
}

impl<F: Fn() -> Result<Credentials, Error> + Send + Sync> ProvideCredentials for F {
    fn credentials(&self) -> Result<Credentials, Error> {
        self()
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn credentials(&self) -> Result<Credentials, Error> {
        (**self).credentials()
    }
}

// Not for every `Box<P>`: a `Box` of a closure is a closure.
impl ProvideCredentials for Box<dyn ProvideCredentials> {
    fn credentials(&self) -> Result<Credentials, Error> {
        (**self).credentials()
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
