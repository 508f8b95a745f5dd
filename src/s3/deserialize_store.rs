//! A store from a configuration file: one that the crate knows, or a description.

use alloc::string::String;
use core::fmt;
use core::time::Duration;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use crate::s3::{AddressingStyle, PostForms, Store};

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
        let (mut name, mut endpoint_template, mut region) = (None, None, None);
        let (mut addressing_style, mut max_expires, mut post_forms) = (None, None, None);
        while let Some(member) = members.next_key::<String>()? {
            match member.as_str() {
                "name" => set(&mut name, "name", &mut members)?,
                "endpoint_template" => set(&mut endpoint_template, "endpoint_template", &mut members)?,
                "region" => set(&mut region, "region", &mut members)?,
                "addressing_style" => set(&mut addressing_style, "addressing_style", &mut members)?,
                "max_expires" => set(&mut max_expires, "max_expires", &mut members)?,
                "post_forms" => set(&mut post_forms, "post_forms", &mut members)?,
                // The name of the member is not shown: it may be a secret in the wrong place.
                _ => return Err(A::Error::custom(UNKNOWN_MEMBER)),
            }
        }
        let name: String = name.flatten().ok_or_else(|| A::Error::missing_field("name"))?;
        let endpoint_template: Option<String> = endpoint_template.flatten();
        let region: Option<String> = region.flatten();
        let addressing_style: Option<String> = addressing_style.flatten();
        let max_expires: Option<u64> = max_expires.flatten();

        let mut store = Store::described(name, endpoint_template, region);
        if let Some(style) = addressing_style {
            store = store.with_addressing_style(style.parse::<AddressingStyle>().map_err(A::Error::custom)?);
        }
        if let Some(seconds) = max_expires {
            store = store.with_max_expires(Duration::from_secs(seconds));
        }
        Ok(match post_forms.flatten() {
            Some(true) => store.with_post_forms(PostForms::Supported),
            Some(false) => store.with_post_forms(PostForms::NotSupported),
            None => store,
        })
    }
}

const UNKNOWN_MEMBER: &str = "unknown member of a store; known are name, endpoint_template, region, \
    addressing_style, max_expires, post_forms";

/// Reads the value of a member that was not there yet. It may be null.
fn set<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    value: &mut Option<Option<T>>,
    name: &'static str,
    members: &mut A,
) -> Result<(), A::Error> {
    match value.replace(members.next_value()?) {
        None => Ok(()),
        Some(_) => Err(A::Error::duplicate_field(name)),
    }
}
