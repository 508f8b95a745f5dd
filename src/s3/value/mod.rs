//! Values of parameters and headers that are more than a text.

#[cfg(feature = "checksum")]
mod checksum;
mod checksum_kind;
mod content_disposition;
mod copy_source;
#[cfg(feature = "checksum")]
mod customer_key;
mod directive;
mod encoded_word;
mod encoding_type;
mod http_date;
mod named;
mod object_attributes;
mod object_canned_acl;
mod object_lock;
mod object_ownership;
mod range;
mod request_payer;
mod restore_tier;
mod server_side_encryption;
mod storage_class;
#[cfg(feature = "post")]
mod success_action_status;

use alloc::borrow::Cow;

#[cfg(feature = "checksum")]
pub use checksum::Checksum;
pub use checksum_kind::{ChecksumAlgorithm, ChecksumMode, ChecksumType};
pub use content_disposition::ContentDisposition;
pub use copy_source::CopySource;
#[cfg(feature = "checksum")]
pub use customer_key::SseCustomerKey;
pub use directive::{MetadataDirective, TaggingDirective};
pub use encoding_type::EncodingType;
pub use object_attributes::{ObjectAttributes, OptionalObjectAttributes};
pub use object_canned_acl::ObjectCannedAcl;
pub use object_lock::{ObjectLockLegalHoldStatus, ObjectLockMode};
pub use object_ownership::ObjectOwnership;
pub use request_payer::RequestPayer;
pub use restore_tier::RestoreTier;
pub use server_side_encryption::ServerSideEncryption;
pub use storage_class::StorageClass;
#[cfg(feature = "post")]
pub use success_action_status::SuccessActionStatus;

pub(super) use encoded_word::encoded_words;
pub(super) use http_date::http_date;
pub(super) use range::{byte_range, is_empty_range, suffix_range};

use crate::sigv4::ParameterValue;

/// What has one form on the wire.
pub(super) trait IntoValue<'a> {
    fn into_value(self) -> Cow<'a, str>;
}

impl<'a, T: IntoValue<'a>> From<T> for ParameterValue<'a> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Text(value.into_value())
    }
}
