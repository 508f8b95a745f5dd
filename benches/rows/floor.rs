//! The least that an implementation with the same hash has to do.

use std::hint::black_box;

use hmac::{Hmac, KeyInit as _, Mac as _};
use presign::Presigner;
use presign::s3::Operation;
use presign::sigv4::Explanation;
use sha2::{Digest as _, Sha256};

use super::task::{LIFE, PRESIGNER, REGION, SECRET_ACCESS_KEY, now};
use super::work::Work;

/// Hashes the canonical request, and computes the HMAC of the string to sign.
pub fn floor(operation: impl Operation) -> Work {
    floor_of(&PRESIGNER, operation)
}

/// Does the same as [`floor`] for the requests of another presigner, which are longer.
pub fn floor_of(presigner: &Presigner, operation: impl Operation) -> Work {
    Work::new(hash_and_sign(&explain(presigner, operation)))
}

/// Does the same as [`floor`], and computes the four HMACs that derive the signing key, whose keys are not set up.
pub fn floor_with_derivation(operation: impl Operation) -> Work {
    let secret = format!("AWS4{SECRET_ACCESS_KEY}");
    let mut hash_and_sign = hash_and_sign(&explain(&PRESIGNER, operation));
    Work::new(move || {
        let mut key = hmac(black_box(secret.as_bytes()), "20240315");
        for part in [REGION, "s3", "aws4_request"] {
            key = hmac(&key, black_box(part));
        }
        (key, hash_and_sign())
    })
}

fn explain(presigner: &Presigner, operation: impl Operation) -> Explanation {
    presigner.explain_at(operation, LIFE, now()).expect("valid")
}

fn hash_and_sign(explanation: &Explanation) -> impl FnMut() -> [[u8; 32]; 2] + use<> {
    let canonical_request = explanation.canonical_request().to_owned();
    let mut sign = keyed_hmac(explanation.string_to_sign().to_owned());
    move || [Sha256::digest(black_box(&canonical_request)).into(), sign()]
}

/// Computes one HMAC under a key that is set up already.
pub fn keyed_hmac(message: String) -> impl FnMut() -> [u8; 32] {
    let keyed = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("any length");
    move || keyed.clone().chain_update(black_box(&message)).finalize().into_bytes().into()
}

fn hmac(key: &[u8], message: &str) -> [u8; 32] {
    let keyed = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    keyed.chain_update(message).finalize().into_bytes().into()
}
