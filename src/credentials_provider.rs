//! Credentials that change while the program runs.

use alloc::sync::Arc;
use core::fmt;

use crate::{Credentials, Error};

/// Gives the credentials that are valid now: a closure, or a type of your own.
///
/// It is asked for every signature, so it should answer from memory: let a task of yours fetch new credentials before
/// the old ones end, and hand out what it fetched last. A signature takes everything from one answer, so key id, secret
/// and token always belong together, and the signing key is derived again only when the answer changes.
///
/// ```
/// use std::sync::{Arc, RwLock};
/// use presign::{Credentials, Presigner};
///
/// let current = Arc::new(RwLock::new(Credentials::new("ASIAEXAMPLE", "secret")?.with_session_token("token")?));
/// let for_presigner = Arc::clone(&current);
/// let presigner = Presigner::builder()
///     .credentials_provider(move || Ok(for_presigner.read().map_err(|_| presign::Error::NoCredentials)?.clone()))
///     .region("eu-west-1")
///     .bucket("user-media")
///     .build()?;
/// // A background task does `*current.write()? = fetched` from time to time.
/// # Ok::<(), presign::Error>(())
/// ```
pub trait ProvideCredentials: Send + Sync {
    /// The credentials to sign with.
    ///
    /// # Errors
    /// [`Error::NoCredentials`] if there are none at the moment; the signature then fails with this error.
    fn credentials(&self) -> Result<Credentials, Error>;
}

impl<F: Fn() -> Result<Credentials, Error> + Send + Sync> ProvideCredentials for F {
    fn credentials(&self) -> Result<Credentials, Error> {
        self()
    }
}

/// Where credentials come from.
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
