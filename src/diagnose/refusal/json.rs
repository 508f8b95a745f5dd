//! A response in JSON: members are looked for at every depth.

use serde_json::Value;

use crate::diagnose::refusal::fields::Fields;
use crate::diagnose::refusal::xml;

/// Reads the first value, if it is one. `serde_json` refuses values that are nested more than 128 levels deep.
pub(super) fn read(text: &str, fields: &mut Fields) {
    // What follows the value, such as the next line of a log, is ignored.
    let Some(Ok(value)) = serde_json::Deserializer::from_str(text).into_iter::<Value>().next() else { return };
    match error_document(&value) {
        Some(document) => xml::read(document, fields),
        None => add(&value, fields),
    }
}

/// The XML of a store, as logs and HAR files have it: as a string, among others about the request.
fn error_document(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) if text.contains("<Error") || text.contains("<Code>") => Some(text),
        Value::Object(members) => members.values().find_map(error_document),
        Value::Array(items) => items.iter().find_map(error_document),
        _ => None,
    }
}

fn add(value: &Value, fields: &mut Fields) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if let Value::String(text) = member {
                    fields.add(name, text);
                }
            }
            members.values().for_each(|member| add(member, fields));
        }
        Value::Array(items) => items.iter().for_each(|item| add(item, fields)),
        _ => {}
    }
}
