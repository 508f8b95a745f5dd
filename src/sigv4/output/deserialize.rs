//! Reads what `serialize` writes, for clients in Rust.
//!
//! Written by hand rather than derived: derived code shows a string that it did not expect in its error, so a response
//! with the bare URL, which is a secret, would end in a log. For the same reason objects are read with `deserialize_any`,
//! which alone leaves that error to the visitor.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use crate::endpoint::Endpoint;
use crate::error::Field;
use crate::sigv4::output::{PresignedRequest, SignedParts};
use crate::sigv4::request::{Header, HeaderName, ParameterValue};
use crate::{Error, Method, Timestamp, text};

/// Reads the members of a request or of a form. The URL and the headers are then such as could have been signed.
pub(crate) fn signed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SignedParts, D::Error> {
    let mut parts = deserializer.deserialize_any(SignedVisitor)?;
    check_url(&parts.url).map_err(D::Error::custom)?;
    parts.headers.iter_mut().for_each(|(name, _)| name.make_ascii_lowercase());
    check_headers(&parts.headers)?;
    Ok(parts)
}

struct SignedVisitor;

impl<'de> Visitor<'de> for SignedVisitor {
    type Value = SignedParts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the members method, url, headers, fields and expires_at")
    }

    /// Unknown members are ignored, so that servers can be newer than clients. `forbidden_headers` is one of them: it
    /// follows from the headers.
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<SignedParts, A::Error> {
        let (mut method, mut url, mut expires_at) = (None, None, None);
        let (mut headers, mut fields) = (None::<Pairs>, None::<Pairs>);
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "method" => read(&mut method, "method", &mut members)?,
                "url" => read(&mut url, "url", &mut members)?,
                "headers" => read(&mut headers, "headers", &mut members)?,
                "fields" => read(&mut fields, "fields", &mut members)?,
                "expires_at" => read(&mut expires_at, "expires_at", &mut members)?,
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        let missing = A::Error::missing_field;
        Ok(SignedParts {
            method: method.ok_or_else(|| missing("method"))?,
            url: url.ok_or_else(|| missing("url"))?,
            headers: headers.ok_or_else(|| missing("headers"))?.0,
            fields: fields.ok_or_else(|| missing("fields"))?.0,
            expires_at: expires_at.ok_or_else(|| missing("expires_at"))?,
        })
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<SignedParts, E> {
        Err(string_instead_of(&self))
    }
}

/// Reads the value of a member, which may be null. The error does not show it: it may be a secret in the wrong place.
pub(crate) fn value<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    members: &mut A,
    member: &str,
) -> Result<Option<T>, A::Error> {
    members.next_value().map_err(|_| A::Error::custom(format_args!("the value of {member} has another type")))
}

/// Reads the value of a member that has none yet.
fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    member: &mut Option<T>,
    name: &'static str,
    members: &mut A,
) -> Result<(), A::Error> {
    match member.replace(members.next_value()?) {
        None => Ok(()),
        Some(_) => Err(A::Error::duplicate_field(name)),
    }
}

/// Names and values in their order.
struct Pairs(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairsVisitor).map(Self)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Vec<(String, String)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object whose values are strings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        // Grows with what was read: a length that is only announced reserves nothing.
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Err(string_instead_of(&self))
    }
}

/// The error for a string in the place of an object, without the string.
pub(crate) fn string_instead_of<'de, E: serde::de::Error>(expected: &impl Visitor<'de>) -> E {
    E::invalid_type(serde::de::Unexpected::Other("string"), expected)
}

fn check_url(url: &str) -> Result<(), Error> {
    // RFC 3986 section 2, without `#`: there is nothing to send after it.
    text::check_characters(Field::Url, url, |c| c.is_ascii_alphanumeric() || "-._~%:/?[]@!$&'()*+,;=".contains(c))?;
    let origin_end = url.match_indices(['/', '?']).nth(2).map_or(url.len(), |(end, _)| end);
    url.get(..origin_end).unwrap_or_default().parse::<Endpoint>()?;
    Ok(())
}

fn check_headers<E: serde::de::Error>(headers: &[(String, String)]) -> Result<(), E> {
    for (name, value) in headers {
        let value = ParameterValue::Text(value.into());
        Header::new(HeaderName::new(name.into()), value, false).check().map_err(E::custom)?;
    }
    let mut names: Vec<_> = headers.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| matches!(pair, [left, right] if left == right)) {
        Some([name, ..]) => Err(E::custom(format_args!("header {name} is given more than once"))),
        _ => Ok(()),
    }
}

/// Reads what `Serialize` writes: `{method, url, headers, fields, expires_at}`, with no fields, and with any other members.
impl<'de> Deserialize<'de> for PresignedRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        signed(deserializer).and_then(Self::from_parts)
    }
}

impl PresignedRequest {
    /// Puts together what [`signed`] read.
    pub(crate) fn from_parts<E: serde::de::Error>(parts: SignedParts) -> Result<Self, E> {
        let SignedParts { method, url, headers, fields, expires_at } = parts;
        if !fields.is_empty() {
            return Err(E::custom("a request has no form fields"));
        }
        Ok(Self::new(method, url, headers, expires_at))
    }
}

/// Reads `"PUT"`.
impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Reads `"2024-03-15T08:15:30Z"`, and whatever else `FromStr` reads.
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
