//! Reads a form, for clients in Rust.

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::{Deserialize, Deserializer, Error as DeserializeError};
use zeroize::Zeroize as _;

use crate::error::Field;
use crate::s3::PresignedPost;
use crate::s3::post::field::{FormField, Rule};
use crate::s3::post::form_text::FormText;
use crate::s3::post::policy::check_names;
use crate::s3::post::presign::check_form_size;
use crate::sigv4::deserialize;
use crate::{Error, IntoText as _, Method, SignedParts, text};

/// Reads what `Serialize` writes, with any other members. The form is then one that could have been signed.
impl<'de> Deserialize<'de> for PresignedPost {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize::signed(deserializer).and_then(Self::from_parts)
    }
}

impl PresignedPost {
    /// Puts together what was read.
    pub(in crate::s3) fn from_parts<E: DeserializeError>(mut parts: SignedParts) -> Result<Self, E> {
        let form = if parts.method == Method::Post && parts.headers.is_empty() && !parts.fields.is_empty() {
            checked_form(&parts.url, &parts.fields).map_err(E::custom)
        } else {
            Err(E::custom("a form has the method POST, at least one field and no headers"))
        };
        // The form has copies of the values, and one of them may be a session token.
        parts.fields.iter_mut().for_each(|(_, value)| value.zeroize());
        Ok(Self::new(form?, parts.expires_at))
    }
}

fn checked_form(url: &str, fields: &[(String, String)]) -> Result<FormText, Error> {
    // The conditions are in the policy, which only the store evaluates.
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| FormField { name: name.into_text(), value: value.into_text(), rule: Rule::Ignored })
        .collect();
    for field in &fields {
        text::check_name(Field::FormFieldName, &field.name)?;
        field.check_value()?;
    }
    check_names(fields.iter())?;
    let bytes = fields.iter().map(|field| field.name.len() + field.value.len()).sum::<usize>();
    let mut form = FormText::new(&[url], url.len() + bytes, fields.len());
    for field in &fields {
        form.push(&field.name, &field.value);
    }
    check_form_size(&form)?;
    Ok(form)
}
