//! Only speed: the signing keys of a day, so that they are not derived for each request.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use core::hash::BuildHasher as _;
use std::hash::RandomState;
use std::sync::{PoisonError, RwLock};

use crate::Credentials;
use crate::sigv4::{CredentialScope, KeyOfAlgorithm};

/// How many keys are kept. A key that has no place is derived again, which doubles the cost of a request.
const SLOTS: usize = 256;

/// Keys of access key ids and scopes.
///
/// Unknown ids also have keys here, of a secret that nobody has: otherwise, the time of a response would tell which ids exist.
/// Each id and day has one place, so that requests with made-up ids take no more memory. Which place it is cannot be predicted.
pub(super) struct KeptKeys {
    /// A random number.
    seed: u64,
    slots: Box<[RwLock<Option<Arc<KeptKey>>>]>,
}

/// The key of one access key id and scope.
pub(super) struct KeptKey {
    access_key_id: String,
    date: [u8; 8],
    /// None for SigV4A.
    region: Option<String>,
    service: String,
    credentials: Credentials,
    pub(super) key: KeyOfAlgorithm,
}

impl KeptKeys {
    pub(super) fn new() -> Self {
        Self { seed: RandomState::new().hash_one(()), slots: (0..SLOTS).map(|_| RwLock::default()).collect() }
    }

    /// Returns the key of these credentials, which are those of the access key id or a stand-in for an unknown one.
    pub(super) fn get_or_derive(
        &self,
        access_key_id: &str,
        credentials: &Credentials,
        scope: &CredentialScope<'_>,
    ) -> Arc<KeptKey> {
        let date = scope.amz_date().date_bytes();
        let slot = self.slots.get(self.place(access_key_id, date));
        // A key is replaced as a whole, so it is valid even if a thread panicked while it held the lock.
        let kept = slot.and_then(|slot| slot.read().unwrap_or_else(PoisonError::into_inner).clone());
        if let Some(kept) = kept.filter(|kept| kept.is_of(access_key_id, credentials, date, scope)) {
            return kept;
        }
        let derived = Arc::new(KeptKey {
            access_key_id: access_key_id.into(),
            date,
            region: scope.region().map(String::from),
            service: scope.service().into(),
            credentials: credentials.clone(),
            key: KeyOfAlgorithm::derive(credentials, scope),
        });
        if let Some(slot) = slot {
            *slot.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&derived));
        }
        derived
    }

    /// Returns a place that cannot be predicted. Two ids in one place only take more time, so it need not be a hash against
    /// those who look for such ids with patience.
    fn place(&self, access_key_id: &str, date: [u8; 8]) -> usize {
        let mix = |hash: u64, eight| (hash ^ u64::from_le_bytes(eight)).wrapping_mul(self.seed | 1).rotate_left(32);
        let (eights, rest) = access_key_id.as_bytes().as_chunks::<8>();
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let hash = eights.iter().copied().chain([last, date]).fold(self.seed, mix);
        let [place, ..] = hash.rotate_left(32).to_be_bytes();
        usize::from(place) % SLOTS
    }
}

impl KeptKey {
    /// The credentials are also compared, because a secret can be replaced.
    fn is_of(
        &self,
        access_key_id: &str,
        credentials: &Credentials,
        date: [u8; 8],
        scope: &CredentialScope<'_>,
    ) -> bool {
        self.access_key_id == access_key_id
            && self.date == date
            && self.region.as_deref() == scope.region()
            && self.service == scope.service()
            && self.credentials == *credentials
    }
}
