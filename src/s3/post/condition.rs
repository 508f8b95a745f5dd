//! One condition of a policy that is read.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::s3::PostPolicyError;
use crate::s3::post::document::{RANGE, STARTS_WITH};
use crate::s3::post::field::meets_prefix;

const EQ: &str = "eq";

/// The fields of a form: values by name in lower case.
pub(crate) type Form = BTreeMap<String, Zeroizing<String>>;

/// A condition; names are in lower case. Values are wiped from memory when they are dropped: one may be a session token.
#[derive(Clone)]
pub(super) enum Condition {
    Eq { name: String, value: Zeroizing<String> },
    StartsWith { name: String, prefix: Zeroizing<String> },
    ContentLengthRange { min: u64, max: u64 },
}

impl Condition {
    pub(super) fn parse(condition: &Value) -> Result<Self, PostPolicyError> {
        match condition {
            Value::Object(members) => {
                let mut members = members.iter();
                match (members.next(), members.next()) {
                    (Some((name, Value::String(value))), None) => {
                        Ok(Self::Eq { name: name.to_ascii_lowercase(), value: Zeroizing::new(value.clone()) })
                    }
                    _ => Err(PostPolicyError::Malformed(
                        "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
                    )),
                }
            }
            Value::Array(parts) => match parts.as_slice() {
                [Value::String(operator), first, second] => Self::from_parts(operator, first, second),
                _ => Err(PostPolicyError::Malformed("Invalid Condition: wrong number of arguments.")),
            },
            _ => Err(PostPolicyError::Malformed("Invalid Condition: it is neither a list nor an object.")),
        }
    }

    fn from_parts(operator: &str, first: &Value, second: &Value) -> Result<Self, PostPolicyError> {
        if operator.eq_ignore_ascii_case(RANGE) {
            return match (number(first), number(second)) {
                (Some(min), Some(max)) => Ok(Self::ContentLengthRange { min, max }),
                _ => Err(PostPolicyError::Malformed("Invalid Content-Length-Range: it needs two numbers.")),
            };
        }
        let name = first.as_str().and_then(|name| name.strip_prefix('$')).map(str::to_ascii_lowercase);
        let (Some(name), Some(value)) = (name, second.as_str().map(String::from).map(Zeroizing::new)) else {
            return Err(PostPolicyError::Malformed("Invalid Condition: it needs a field name with `$` and a text."));
        };
        if operator.eq_ignore_ascii_case(EQ) {
            Ok(Self::Eq { name, value })
        } else if operator.eq_ignore_ascii_case(STARTS_WITH) {
            Ok(Self::StartsWith { name, prefix: value })
        } else {
            Err(PostPolicyError::Malformed("Invalid Condition: unknown operation."))
        }
    }

    /// Operator, field and value of a condition on a field.
    pub(super) fn parts(&self) -> Option<(&'static str, &str, &str)> {
        match self {
            Self::Eq { name, value } => Some((EQ, name, value)),
            Self::StartsWith { name, prefix } => Some((STARTS_WITH, name, prefix)),
            Self::ContentLengthRange { .. } => None,
        }
    }

    /// Whether the field has the value that it should have.
    pub(super) fn check_field(&self, form: &Form) -> Result<(), PostPolicyError> {
        let Some((operator, name, value)) = self.parts() else { return Ok(()) };
        let holds = match form.get(name) {
            Some(actual) if operator == EQ => actual.as_str() == value,
            Some(actual) => meets_prefix(name, actual, value),
            // The URL has it, which is not known here.
            None => name == "bucket",
        };
        if holds { Ok(()) } else { Err(PostPolicyError::ConditionFailed { condition: shown(operator, name, value) }) }
    }

    /// Whether the file has a size that it may have.
    pub(super) fn check_file_size(&self, proposed_size: u64) -> Result<(), PostPolicyError> {
        match *self {
            Self::ContentLengthRange { min, .. } if proposed_size < min => {
                Err(PostPolicyError::EntityTooSmall { proposed_size, min_size_allowed: min })
            }
            Self::ContentLengthRange { max, .. } if proposed_size > max => {
                Err(PostPolicyError::EntityTooLarge { proposed_size, max_size_allowed: max })
            }
            _ => Ok(()),
        }
    }
}

/// A condition as S3 writes it, without the value of a session token or of a key of SSE-C.
fn shown(operator: &str, name: &str, value: &str) -> String {
    let value = if name.ends_with("-token") || name.contains("customer-key") { "..." } else { value };
    let (name, value) = (Value::from(format!("${name}")), Value::from(value));
    format!("[\"{operator}\", {name}, {value}]")
}

/// A number, which other libraries also write as a text.
fn number(value: &Value) -> Option<u64> {
    // `parse` takes a sign.
    let digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
    value.as_u64().or_else(|| value.as_str().filter(digits)?.parse().ok())
}
