//! Why a credentials provider failed.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::error::Error;
use core::fmt;

/// The error of a credentials provider, which can be of any type.
///
/// The provider's error is the [`source`](Error::source) of this one and of [`Error::Credentials`]. Neither `Display` nor
/// `Debug` shows it, because it may contain what a credentials service sent. Clones are cheap and share the source; two
/// values are equal if they share it.
///
/// ```
/// use std::error::Error as _;
/// use std::time::Duration;
/// use presign::{Credentials, CredentialsError, ErrorKind, Presigner, s3::GetObject};
///
/// let provider = || {
///     let id = std::fs::read_to_string("/no/such/file").map_err(CredentialsError::new)?;
///     Credentials::new(id, "secret")
/// };
/// let presigner =
///     Presigner::builder().credentials_provider(provider).region("eu-west-1").bucket("user-media").build()?;
/// let error = presigner.presign(GetObject::new("a.png"), Duration::from_secs(60)).unwrap_err();
/// assert_eq!(error.to_string(), "the credentials provider failed");
/// assert_eq!(error.kind(), ErrorKind::Credentials);
/// assert!(error.source().is_some_and(|source| source.is::<std::io::Error>()));
/// # Ok::<(), presign::Error>(())
/// ```
///
/// [`Error::Credentials`]: crate::Error::Credentials
#[derive(Clone)]
pub struct CredentialsError(Arc<dyn Error + Send + Sync>);

impl CredentialsError {
    /// Wraps the error of a provider, or a message.
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(source.into().into())
    }
}

impl Error for CredentialsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the credentials provider failed")
    }
}

impl fmt::Debug for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialsError").finish_non_exhaustive()
    }
}

impl PartialEq for CredentialsError {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for CredentialsError {}
