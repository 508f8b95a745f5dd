//! Encryption with a key that the client has.

use alloc::string::String;
use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use zeroize::Zeroizing;

/// A key of SSE-C: the store encrypts with it, and forgets it.
///
/// The key is part of the headers that the client has to send, so whoever gets the presigned request gets the key too.
/// This value and the operations that it is given to are wiped from memory when they are dropped, and their `Debug`
/// does not show it. A [`PresignedRequest`](crate::PresignedRequest) holds the headers as plain text. AWS refuses such
/// requests over plain HTTP.
///
/// ```
/// use presign::s3::{PutObject, SseCustomerKey};
///
/// # let bytes = [7; 32];
/// let key = SseCustomerKey::new(&bytes);
/// let upload = PutObject::new("diary.txt").sse_customer_key(&key);
/// assert!(!format!("{upload:?} {key:?}").contains("BwcH"));
/// ```
///
/// Source: [Using server-side encryption with customer-provided keys](https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html).
#[derive(Clone)]
pub struct SseCustomerKey {
    base64: Zeroizing<String>,
    md5_base64: String,
}

impl SseCustomerKey {
    /// The only algorithm that S3 has for such keys: AES with 256 bits.
    pub(in crate::s3) const ALGORITHM: &'static str = "AES256";

    /// A key of 32 random bytes.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self { base64: Zeroizing::new(STANDARD.encode(key)), md5_base64: STANDARD.encode(Md5::digest(key)) }
    }

    pub(in crate::s3) fn base64(&self) -> Zeroizing<String> {
        self.base64.clone()
    }

    pub(in crate::s3) fn md5_base64(&self) -> String {
        self.md5_base64.clone()
    }
}

impl fmt::Debug for SseCustomerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SseCustomerKey").finish_non_exhaustive()
    }
}
