//! The policy as JSON.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use serde::ser::{Serialize, SerializeSeq as _, SerializeStruct as _, Serializer};

use crate::Timestamp;
use crate::s3::post::field::{FormField, Rule};

/// The operators of conditions.
pub(super) const STARTS_WITH: &str = "starts-with";
pub(super) const RANGE: &str = "content-length-range";

/// Enough bytes for what is around the conditions on fields: the expiration, and the range with two numbers.
#[cfg(feature = "std")]
const DOCUMENT_FRAME: usize = 160;

/// Enough bytes for what a condition has around the name and the value of its field.
#[cfg(feature = "std")]
const CONDITION_FRAME: usize = "[\"starts-with\",\"$\",\"\"],".len();

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
    ///
    /// The vector does not grow, because growing would leave a copy of a session token behind.
    #[cfg(feature = "std")]
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut json = Vec::with_capacity(DOCUMENT_FRAME + self.conditions.room());
        // It does not fail: all names are texts, and a vector takes all bytes. No store takes an empty policy.
        serde_json::to_writer(&mut json, self).map_or_else(|_| Vec::new(), |()| json)
    }

    /// The same, in the growing vector of `serde_json`, which takes no other without `std`.
    #[cfg(not(feature = "std"))]
    pub(super) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

#[cfg(feature = "std")]
impl Conditions<'_> {
    /// Enough bytes for the conditions: of the characters that JSON escapes, fields have only quotes, backslashes and
    /// tabs, and names have none.
    fn room(&self) -> usize {
        let condition = |field: &FormField<'_>| {
            CONDITION_FRAME + field.name.len() + 2 * field.prefix().unwrap_or(&field.value).len()
        };
        self.fields.iter().map(condition).sum()
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

#[cfg(test)]
#[cfg(feature = "std")]
mod tests {
    use super::*;

    #[test]
    fn the_vector_does_not_grow() {
        let hostile = "\"\\\t".repeat(100);
        let expiration = "99991231T235959Z".parse().unwrap();
        for rule in
            [Rule::Exact, Rule::StartsWith(hostile.as_str().into()), Rule::AddedByClient(hostile.as_str().into())]
        {
            for count in [0, 1, 50] {
                let field = FormField { name: "a".into(), value: hostile.as_str().into(), rule: rule.clone() };
                let fields = alloc::vec![field; count];
                let range = u64::MAX..=u64::MAX;
                let conditions = Conditions { fields: &fields, content_length_range: Some(&range) };
                let document = Document { expiration, conditions };
                let json = document.to_json();
                assert_eq!(json.capacity(), DOCUMENT_FRAME + document.conditions.room());
                assert_eq!(json, serde_json::to_vec(&document).unwrap());
            }
        }
    }
}
