//! A policy that is read, and what it says about a form.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
#[cfg(feature = "verify")]
use core::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use zeroize::{Zeroize as _, Zeroizing};

use crate::Timestamp;
use crate::s3::PostPolicyError;
use crate::s3::post::condition::{Condition, Form};
use crate::s3::post::field::{FILENAME, IGNORED_PREFIX};

/// Without these there is no form, or none that is signed.
const REQUIRED: [&str; 6] = ["key", "policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"];

/// Fields that need no condition, besides those that are to be ignored.
const EXEMPT: [&str; 3] = ["file", "policy", "x-amz-signature"];

/// A policy as stores read it: for tests of a form without a store, and to see why a store refused one.
///
/// It says nothing about signatures, nor about what does not depend on the policy: that an object has at most 5 GB, its key
/// 1 to 1,024 bytes, and a form 20 KB besides the file, which comes after all of its fields. The rules are those of S3;
/// other stores may be laxer. The document is wiped from memory when it is dropped, because it may contain a session token.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner, Timestamp, s3::PostPolicy};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// use presign::s3::{PostPolicyDocument, PostPolicyError};
///
/// let policy = PostPolicy::with_key_prefix("users/42/").content_length_range(1..=5_000_000);
/// let now: Timestamp = "20240315T081530Z".parse()?;
/// let post = presigner.presign_post_at(&policy, Duration::from_secs(900), now)?;
///
/// let (_, text) = post.fields().find(|(name, _)| *name == "Policy").unwrap();
/// let document = PostPolicyDocument::parse(text).unwrap();
/// assert_eq!(document.evaluate(post.fields(), "a.png", 4_000, now), Ok(()));
/// assert!(matches!(
///     document.evaluate(post.fields(), "a.png", 0, now),
///     Err(PostPolicyError::EntityTooSmall { proposed_size: 0, min_size_allowed: 1, .. })
/// ));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone)]
pub struct PostPolicyDocument {
    expiration: Timestamp,
    conditions: Vec<Condition>,
}

impl PostPolicyDocument {
    /// Reads a policy, in base64 as forms have it or as JSON. Of a member that is there twice, the last one counts.
    ///
    /// # Errors
    /// [`PostPolicyError::Malformed`]
    pub fn parse(text: &str) -> Result<Self, PostPolicyError> {
        let text = text.trim();
        if text.starts_with('{') {
            return Self::from_json(text.as_bytes());
        }
        let json = STANDARD.decode(text).map_err(|_| PostPolicyError::Malformed("Invalid Base64 Encoding."))?;
        Self::from_json(&Zeroizing::new(json))
    }

    fn from_json(json: &[u8]) -> Result<Self, PostPolicyError> {
        let mut policy = serde_json::from_slice(json).map_err(|_| PostPolicyError::Malformed("Invalid JSON."))?;
        let document = Self::from_value(&policy);
        wipe(&mut policy);
        document
    }

    fn from_value(policy: &Value) -> Result<Self, PostPolicyError> {
        let expiration = policy.get("expiration").ok_or(PostPolicyError::Malformed("Policy missing expiration."))?;
        let expiration = expiration
            .as_str()
            .and_then(utc_instant)
            .ok_or(PostPolicyError::Malformed("Invalid 'expiration' value"))?;
        let conditions = policy.get("conditions").ok_or(PostPolicyError::Malformed("Policy missing conditions."))?;
        let conditions = conditions.as_array().ok_or(PostPolicyError::Malformed("Conditions must be a list."))?;
        Ok(Self { expiration, conditions: conditions.iter().map(Condition::parse).collect::<Result<_, _>>()? })
    }

    /// When the policy ends.
    #[must_use]
    pub const fn expiration(&self) -> Timestamp {
        self.expiration
    }

    /// Whether a store would accept a form with these fields and a file of this name and size.
    ///
    /// As at S3, names are compared without case, the values of a name that is there twice are joined by a comma,
    /// `${filename}` is the name of the file without its directory, and a condition with no field fails, but for that
    /// on the bucket, which is in the URL too. Spaces count: no store is known to skip those in a list of content types.
    ///
    /// # Errors
    /// All but [`PostPolicyError::Malformed`]; the first that S3 would find.
    pub fn evaluate<'f>(
        &self,
        fields: impl IntoIterator<Item = (&'f str, &'f str)>,
        file_name: &str,
        file_size: u64,
        now: Timestamp,
    ) -> Result<(), PostPolicyError> {
        self.check_conditions(&values_by_name(fields, file_name), now)?;
        // The file is read last.
        self.conditions.iter().try_for_each(|condition| condition.check_file_size(file_size))
    }

    /// Checks a form whose file has not been read, and returns the fields that have a condition, by name in lower case.
    #[cfg(feature = "verify")]
    pub(crate) fn check_form<'f>(
        &self,
        fields: impl IntoIterator<Item = (&'f str, &'f str)>,
        file_name: &str,
        now: Timestamp,
    ) -> Result<Form, PostPolicyError> {
        let mut form = values_by_name(fields, file_name);
        self.check_conditions(&form, now)?;
        let names: BTreeSet<_> = self.conditions.iter().filter_map(Condition::parts).map(|(_, name, _)| name).collect();
        form.retain(|name, _| names.contains(name.as_str()));
        Ok(form)
    }

    /// Returns the sizes of a file that all conditions permit.
    #[cfg(feature = "verify")]
    pub(crate) fn content_length_range(&self) -> Option<RangeInclusive<u64>> {
        let ranges = self.conditions.iter().filter_map(|condition| match *condition {
            Condition::ContentLengthRange { min, max } => Some((min, max)),
            _ => None,
        });
        let (min, max) =
            ranges.reduce(|(min, max), (other_min, other_max)| (min.max(other_min), max.min(other_max)))?;
        Some(min..=max)
    }

    fn check_conditions(&self, form: &Form, now: Timestamp) -> Result<(), PostPolicyError> {
        if let Some(name) = REQUIRED.into_iter().find(|name| !form.contains_key(*name)) {
            return Err(PostPolicyError::MissingField { name });
        }
        if now >= self.expiration {
            return Err(PostPolicyError::Expired);
        }
        // Each once: to check a list of content types is to read all of it.
        let mut checked = BTreeSet::new();
        let mut conditions = self.conditions.iter().filter(|condition| checked.insert(condition.parts()));
        conditions.try_for_each(|condition| condition.check_field(form))?;
        self.check_no_extra_fields(form)
    }

    fn check_no_extra_fields(&self, form: &Form) -> Result<(), PostPolicyError> {
        let parts = self.conditions.iter().filter_map(Condition::parts);
        let allowed: BTreeSet<_> = parts.map(|(_, name, _)| name).collect();
        let is_extra =
            |name: &&str| !EXEMPT.contains(name) && !name.starts_with(IGNORED_PREFIX) && !allowed.contains(name);
        // S3 has this field whether it is sent or not.
        let mut names: Vec<_> = form.keys().map(String::as_str).chain(["bucket"]).filter(is_extra).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() { Ok(()) } else { Err(PostPolicyError::ExtraInputFields { names: names.join(", ") }) }
    }
}

/// The number of conditions only: one of them may have a session token.
impl fmt::Debug for PostPolicyDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostPolicyDocument")
            .field("expiration", &self.expiration)
            .field("conditions", &self.conditions.len())
            .finish_non_exhaustive()
    }
}

/// Values by name in lower case.
fn values_by_name<'f>(fields: impl IntoIterator<Item = (&'f str, &'f str)>, file_name: &str) -> Form {
    let file_name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut form: BTreeMap<String, Vec<Zeroizing<String>>> = BTreeMap::new();
    for (name, value) in fields {
        form.entry(name.to_ascii_lowercase()).or_default().push(Zeroizing::new(value.replace(FILENAME, file_name)));
    }
    // Joined at once, because growing would leave copies behind.
    let joined = |values: Vec<Zeroizing<String>>| {
        Zeroizing::new(values.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(","))
    };
    form.into_iter().map(|(name, values)| (name, joined(values))).collect()
}

/// Wipes the strings of a policy from memory, except names: one may be a session token.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A time in UTC, with or without a fraction of a second, which is cut off.
fn utc_instant(text: &str) -> Option<Timestamp> {
    if text.contains('T') && text.ends_with('Z') { text.parse().ok() } else { None }
}
