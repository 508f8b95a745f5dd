//! Only speed: the signing keys of a day, so that they are not derived for each request.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use core::hash::BuildHasher as _;
use std::hash::RandomState;
use std::sync::{PoisonError, RwLock};

use crate::Credentials;
use crate::sigv4::{CredentialScope, SigningKey};

/// How many keys are kept. A key that has no place is derived again, which doubles the cost of a request.
const SLOTS: usize = 256;

/// Keys of access key ids and scopes.
///
/// Unknown ids have keys here, too, of a secret that nobody has: otherwise, the time of a response would tell which ids exist.
/// Each id and day has one place, so that requests with made-up ids take no more memory. Which place it is cannot be predicted.
pub(super) struct KeptKeys {
    hasher: RandomState,
    slots: Box<[RwLock<Option<Arc<KeptKey>>>]>,
}

/// The key of one access key id and scope.
pub(super) struct KeptKey {
    access_key_id: String,
    date: String,
    region: String,
    service: String,
    credentials: Credentials,
    pub(super) key: SigningKey,
}

impl KeptKeys {
    pub(super) fn new() -> Self {
        Self { hasher: RandomState::new(), slots: (0..SLOTS).map(|_| RwLock::default()).collect() }
    }

    /// Returns the key of these credentials, which are those of the access key id or a stand-in for an unknown one.
    pub(super) fn get_or_derive(
        &self,
        access_key_id: &str,
        credentials: &Credentials,
        scope: &CredentialScope<'_>,
    ) -> Arc<KeptKey> {
        let hash = self.hasher.hash_one((access_key_id, scope.date()));
        let place = usize::try_from(hash % SLOTS as u64).unwrap_or_default();
        let slot = self.slots.get(place);
        // A key is replaced as a whole, so it is valid even if a thread panicked while it held the lock.
        let kept = slot.and_then(|slot| slot.read().unwrap_or_else(PoisonError::into_inner).clone());
        if let Some(kept) = kept.filter(|kept| kept.is_of(access_key_id, credentials, scope)) {
            return kept;
        }
        let derived = Arc::new(KeptKey {
            access_key_id: access_key_id.into(),
            date: scope.date().into(),
            region: scope.region().into(),
            service: scope.service().into(),
            credentials: credentials.clone(),
            key: SigningKey::derive(credentials, scope),
        });
        if let Some(slot) = slot {
            *slot.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&derived));
        }
        derived
    }
}

impl KeptKey {
    /// The credentials are compared, too, because a secret can be replaced.
    fn is_of(&self, access_key_id: &str, credentials: &Credentials, scope: &CredentialScope<'_>) -> bool {
        self.access_key_id == access_key_id
            && self.date == scope.date()
            && self.region == scope.region()
            && self.service == scope.service()
            && self.credentials == *credentials
    }
}
