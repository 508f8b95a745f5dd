//! Why a store would refuse a form.

use alloc::string::String;

/// Why a store would refuse a form, in the words of S3.
///
/// As S3 does, a message may show a condition, with the value that the policy wants; that of a session token is left
/// out. Values of the form are not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PostPolicyError {
    /// The document is no policy.
    #[error("Invalid Policy: {0}")]
    Malformed(&'static str),

    /// S3 needs this field, before the file.
    #[error(
        "Bucket POST must contain a field named '{name}'. If it is specified, please check the order of the fields."
    )]
    #[non_exhaustive]
    MissingField {
        /// The name, in lower case.
        name: &'static str,
    },

    /// The policy has ended.
    #[error("Invalid according to Policy: Policy expired.")]
    Expired,

    /// A field is missing, or has another value than the policy wants.
    #[error("Invalid according to Policy: Policy Condition failed: {condition}")]
    #[non_exhaustive]
    ConditionFailed {
        /// The condition, such as `["eq", "$key", "a.txt"]`.
        condition: String,
    },

    /// The policy has no condition for these fields.
    #[error("Invalid according to Policy: Extra input fields: {names}")]
    #[non_exhaustive]
    ExtraInputFields {
        /// The names, in lower case, separated by commas.
        names: String,
    },

    /// The file is smaller than the policy allows.
    #[error(
        "Your proposed upload is smaller than the minimum allowed size (ProposedSize: {proposed_size}, MinSizeAllowed: {min_size_allowed})"
    )]
    #[non_exhaustive]
    EntityTooSmall {
        /// The size of the file, in bytes.
        proposed_size: u64,
        /// The least size, in bytes.
        min_size_allowed: u64,
    },

    /// The file is larger than the policy allows.
    #[error(
        "Your proposed upload exceeds the maximum allowed size (ProposedSize: {proposed_size}, MaxSizeAllowed: {max_size_allowed})"
    )]
    #[non_exhaustive]
    EntityTooLarge {
        /// The size of the file, in bytes.
        proposed_size: u64,
        /// The greatest size, in bytes.
        max_size_allowed: u64,
    },
}
