//! What a client must know to send a signed request or form, as the members of one object.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::sigv4::output::PresignedRequest;
use crate::sigv4::output::forbidden_header::is_forbidden;
use crate::{Method, Timestamp};

/// The same members for requests and for forms, so that one piece of code can send either.
pub(crate) fn signed<'a, S: Serializer>(
    serializer: S,
    method: Method,
    url: &str,
    headers: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    fields: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    expires_at: Timestamp,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("Signed", 6)?;
    object.serialize_field("method", &method)?;
    object.serialize_field("url", url)?;
    object.serialize_field("headers", &Object(headers.clone()))?;
    object.serialize_field("fields", &Object(fields))?;
    object
        .serialize_field("forbidden_headers", &List(headers.map(|(name, _)| name).filter(|name| is_forbidden(name))))?;
    object.serialize_field("expires_at", &expires_at)?;
    object.end()
}

/// Names and values in their order. No name occurs twice.
struct Object<I>(I);

impl<'a, I: Iterator<Item = (&'a str, &'a str)> + Clone> Serialize for Object<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

/// A list of strings in their order.
struct List<I>(I);

impl<'a, I: Iterator<Item = &'a str> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// `{method, url, headers, fields, forbidden_headers, expires_at}`, with no fields.
impl Serialize for PresignedRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = core::iter::empty();
        signed(serializer, self.method(), self.url(), self.headers(), fields, self.expires_at())
    }
}

/// `"PUT"`
impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// `"2024-03-15T08:15:30Z"`
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
