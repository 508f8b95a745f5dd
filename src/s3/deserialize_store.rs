//! A store from a configuration file: one that the crate knows, or a description.

use alloc::string::String;
use core::fmt;
use core::time::Duration;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use crate::s3::{AddressingStyle, PostForms, Store};
use crate::sigv4::deserialize::value;

/// Reads the [id](Store::id) of a profile, such as `"minio"`, or an object that describes a store as
/// [`Store::described`] does.
///
/// | member | value |
/// |---|---|
/// | `name` | a string; required |
/// | `endpoint_template` | a string, which may have `{region}` and `{account}` in it |
/// | `region` | the region to sign for when the builder is given none |
/// | `addressing_style` | `auto`, `virtual`, `path` or `bucket-endpoint` |
/// | `max_expires` | whole seconds |
/// | `post_forms` | a boolean: whether the store takes uploads from HTML forms |
/// | `s3_rules` | a boolean: whether the store [refuses what Amazon S3 refuses](Store::has_s3_rules) |
///
/// Every member but the name may be missing or null. An unknown one is an error, because it may be a misspelled one.
///
/// ```
/// use presign::s3::Store;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let stores: Vec<Store> = serde_json::from_str(
///     r#"["minio", { "name": "ours", "endpoint_template": "https://{region}.storage.example.com" }]"#,
/// )?;
/// assert_eq!(stores[0], Store::MINIO);
/// assert_eq!(stores[1].endpoint_template(), Some("https://{region}.storage.example.com"));
/// # Ok(())
/// # }
/// ```
impl<'de> Deserialize<'de> for Store {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StoreVisitor)
    }
}

const MEMBERS: &[&str] =
    &["name", "endpoint_template", "region", "addressing_style", "max_expires", "post_forms", "s3_rules"];

struct StoreVisitor;

impl<'de> Visitor<'de> for StoreVisitor {
    type Value = Store;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a store, or an object that describes one")
    }

    fn visit_str<E: serde::de::Error>(self, id: &str) -> Result<Store, E> {
        id.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Store, A::Error> {
        let (mut name, mut endpoint_template, mut region) = (None::<String>, None::<String>, None::<String>);
        let (mut addressing_style, mut max_expires, mut post_forms) = (None::<String>, None, None);
        let mut s3_rules = None;
        let mut seen = [false; MEMBERS.len()];
        while let Some(member) = members.next_key::<String>()? {
            let position = MEMBERS.iter().position(|known| *known == member);
            let Some((member, seen)) = position.and_then(|at| MEMBERS.get(at).zip(seen.get_mut(at))) else {
                // The member is not shown: it may be a secret in the wrong place.
                return Err(A::Error::custom(format_args!(
                    "unknown member of a store; known are {}",
                    MEMBERS.join(", ")
                )));
            };
            if core::mem::replace(seen, true) {
                return Err(A::Error::duplicate_field(member));
            }
            match *member {
                "name" => name = value(&mut members, member)?,
                "endpoint_template" => endpoint_template = value(&mut members, member)?,
                "region" => region = value(&mut members, member)?,
                "addressing_style" => addressing_style = value(&mut members, member)?,
                "max_expires" => max_expires = value(&mut members, member)?,
                "post_forms" => post_forms = value(&mut members, member)?,
                "s3_rules" => s3_rules = value(&mut members, member)?,
                _ => return Err(A::Error::custom("a member is listed, but not read")),
            }
        }
        let name = name.ok_or_else(|| A::Error::missing_field("name"))?;
        let mut store = Store::described(name, endpoint_template, region);
        if let Some(style) = addressing_style {
            store = store.with_addressing_style(style.parse::<AddressingStyle>().map_err(A::Error::custom)?);
        }
        if let Some(seconds) = max_expires {
            store = store.with_max_expires(Duration::from_secs(seconds));
        }
        store = store.with_s3_rules(s3_rules.unwrap_or_default());
        Ok(match post_forms {
            Some(true) => store.with_post_forms(PostForms::Supported),
            Some(false) => store.with_post_forms(PostForms::NotSupported),
            None => store,
        })
    }
}
