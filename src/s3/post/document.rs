//! The policy as JSON.

use alloc::string::{String, ToString};
use core::fmt::Write as _;
use core::ops::RangeInclusive;

use serde_json::Value;

use crate::Timestamp;
use crate::s3::post::field::{FormField, Rule};

/// The operators of conditions.
pub(super) const STARTS_WITH: &str = "starts-with";
pub(super) const RANGE: &str = "content-length-range";

/// The document, in ASCII: AWS wants all other characters escaped.
pub(super) fn write(
    expiration: Timestamp,
    fields: &[FormField<'_>],
    content_length_range: Option<&RangeInclusive<u64>>,
) -> String {
    let range = content_length_range
        .map(|range| Value::from_iter([Value::from(RANGE), (*range.start()).into(), (*range.end()).into()]));
    let conditions: Value = fields.iter().filter_map(condition).chain(range).collect();
    to_ascii(&object([("expiration", expiration.to_string().into()), ("conditions", conditions)]).to_string())
}

fn condition(field: &FormField<'_>) -> Option<Value> {
    match &field.rule {
        Rule::Exact => Some(object([(&field.name, Value::from(&*field.value))])),
        Rule::StartsWith(prefix) => Some(Value::from_iter([STARTS_WITH, &["$", &field.name].concat(), prefix])),
        Rule::Ignored => None,
    }
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::from_iter(members)
}

/// In JSON, characters beyond ASCII stand only in strings, where an escape is as good.
fn to_ascii(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(ascii, "\\u{unit:04x}");
            }
        }
    }
    ascii
}
