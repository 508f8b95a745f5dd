//! The policy as JSON.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use serde::ser::{Serialize, SerializeSeq as _, SerializeStruct as _, Serializer};

use crate::Timestamp;
use crate::s3::post::field::{FormField, Rule};

/// The operators of conditions.
pub(super) const STARTS_WITH: &str = "starts-with";
pub(super) const RANGE: &str = "content-length-range";

/// `{"expiration": …, "conditions": […]}`
pub(super) struct Document<'d> {
    pub(super) expiration: Timestamp,
    pub(super) conditions: Conditions<'d>,
}

/// One condition for each field that is not to be ignored, and one on the size.
pub(super) struct Conditions<'d> {
    pub(super) fields: &'d [FormField<'d>],
    pub(super) content_length_range: Option<&'d RangeInclusive<u64>>,
}

impl Document<'_> {
    /// In UTF-8: there are stores that cannot read the escapes of characters beyond U+FFFF.
    pub(super) fn to_json(&self) -> Vec<u8> {
        // It does not fail: all names are texts, and a vector takes all bytes. No store takes an empty policy.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Document", 2)?;
        document.serialize_field("expiration", self.expiration.amz_date().to_rfc3339().as_str())?;
        document.serialize_field("conditions", &self.conditions)?;
        document.end()
    }
}

impl Serialize for Conditions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut conditions = serializer.serialize_seq(None)?;
        for field in self.fields {
            match &field.rule {
                Rule::Exact => conditions.serialize_element(&Exact(&field.name, &field.value))?,
                Rule::StartsWith(prefix) | Rule::AddedByClient(prefix) => {
                    conditions.serialize_element(&(STARTS_WITH, format_args!("${}", field.name), prefix))?;
                }
                Rule::Ignored => {}
            }
        }
        if let Some(range) = self.content_length_range {
            conditions.serialize_element(&(RANGE, range.start(), range.end()))?;
        }
        conditions.end()
    }
}

/// `{name: value}`
struct Exact<'d>(&'d str, &'d str);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.0, self.1)])
    }
}
