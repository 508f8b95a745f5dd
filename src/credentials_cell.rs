//! Credentials that a background task replaces.

use alloc::sync::Arc;
use std::sync::{PoisonError, RwLock};

use crate::{Credentials, Error, ProvideCredentials};

/// A place for the current credentials, which a background task replaces before they expire.
///
/// Clones are cheap and share the credentials: give one clone to the presigner and one to the task. Presigners sign with
/// new credentials as soon as [`set`](Self::set) returns. They keep the previous ones until their next signature; the
/// secret is wiped from memory when the last user drops it.
///
/// ```
/// use std::time::Duration;
/// use presign::{Credentials, CredentialsCell, Presigner, s3::GetObject};
///
/// let cell = CredentialsCell::new(Credentials::new("ASIAFIRST", "secret")?.with_session_token("token")?);
/// let presigner =
///     Presigner::builder().credentials_provider(cell.clone()).region("eu-west-1").bucket("user-media").build()?;
///
/// // In the task:
/// cell.set(Credentials::new("ASIASECOND", "other secret")?.with_session_token("other-token")?);
///
/// let get = presigner.presign(GetObject::new("a.png"), Duration::from_secs(60))?;
/// assert!(get.url().contains("X-Amz-Credential=ASIASECOND%2F"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CredentialsCell(Arc<RwLock<Option<Credentials>>>);

impl CredentialsCell {
    /// Creates a cell with credentials.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self(Arc::new(RwLock::new(Some(credentials))))
    }

    /// Creates a cell without credentials. Until some are set, to sign with it is [`Error::NoCredentials`].
    #[must_use]
    pub fn empty() -> Self {
        Self(Arc::new(RwLock::new(None)))
    }

    /// Replaces the credentials, for all clones.
    pub fn set(&self, credentials: Credentials) {
        let previous = self.0.write().unwrap_or_else(PoisonError::into_inner).replace(credentials);
        // Now that the lock is free: to wipe a secret takes longer than to replace it.
        drop(previous);
    }
}

impl ProvideCredentials for CredentialsCell {
    fn credentials(&self) -> Result<Credentials, Error> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Error::NoCredentials)
    }
}

#[cfg(test)]
mod tests {
    use alloc::boxed::Box;
    use std::panic::resume_unwind;

    use super::*;

    #[test]
    fn a_poisoned_lock_is_used_all_the_same() {
        let credentials = |id| Credentials::new(id, "secret").unwrap();
        let cell = CredentialsCell::new(credentials("first"));
        let poisoned = cell.clone();
        let thread = std::thread::spawn(move || {
            let _guard = poisoned.0.write();
            resume_unwind(Box::new("poisons the lock"));
        });
        assert!(thread.join().is_err());
        assert!(cell.0.is_poisoned());
        assert_eq!(cell.credentials(), Ok(credentials("first")));
        cell.set(credentials("second"));
        assert_eq!(cell.credentials(), Ok(credentials("second")));
    }
}
