//! What a client has to know in order to send a signed request or form, as the members of one object.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::{Method, PresignedRequest, Timestamp};

/// The same members for requests and for forms, so that one piece of code can send either.
pub(crate) fn signed<'a, S: Serializer>(
    serializer: S,
    method: Method,
    url: &str,
    headers: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    fields: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    expires_at: Timestamp,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("Signed", 5)?;
    object.serialize_field("method", method.as_str())?;
    object.serialize_field("url", url)?;
    object.serialize_field("headers", &Object(headers))?;
    object.serialize_field("fields", &Object(fields))?;
    object.serialize_field("expires_at", &format_args!("{expires_at}"))?;
    object.end()
}

/// Names and values, none of which comes twice, in their order.
struct Object<I>(I);

impl<'a, I: Iterator<Item = (&'a str, &'a str)> + Clone> Serialize for Object<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

/// `{method, url, headers, fields, expires_at}`, with no fields.
impl Serialize for PresignedRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = core::iter::empty();
        signed(serializer, self.method(), self.url(), self.headers(), fields, self.expires_at())
    }
}
