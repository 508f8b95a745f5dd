//! The settings of a presigner from a configuration file.
//!
//! Written by hand, as all of serde's traits here are, and because the name of an unknown member is not shown: it may be a
//! secret in the wrong place.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use crate::s3::{PresignerBuilder, Store};
use crate::sigv4::deserialize::{string_instead_of, value};

/// Reads the settings of a configuration file, in any format that serde knows. Credentials are not among them.
///
/// | member | value |
/// |---|---|
/// | `bucket`, `region`, `endpoint`, `published_endpoint`, `account` | a string |
/// | `store` | the [id](Store::id) of a store, such as `minio`, or an object that [describes](Store#impl-Deserialize<'de>-for-Store) one |
/// | `addressing_style` | `auto`, `virtual`, `path` or `bucket-endpoint` |
/// | `dual_stack`, `fips`, `accelerate`, `arn_region_must_match`, `session_auth`, `strict_expiry` | a boolean |
/// | `signing_window`, `clock_slack` | whole seconds |
///
/// Every member may be missing or null. An unknown one is an error, because it may be a misspelled one.
///
/// ```
/// # use presign::Credentials;
/// use presign::PresignerBuilder;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
/// let configuration = r#"{ "store": "minio", "endpoint": "http://localhost:9000", "region": "us-east-1" }"#;
/// let builder: PresignerBuilder = serde_json::from_str(configuration)?;
/// let presigner = builder.credentials(credentials).bucket("user-media").build()?;
/// # Ok(())
/// # }
/// ```
impl<'de> Deserialize<'de> for PresignerBuilder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SettingsVisitor)
    }
}

const MEMBERS: &[&str] = &[
    "bucket",
    "region",
    "endpoint",
    "published_endpoint",
    "account",
    "store",
    "addressing_style",
    "dual_stack",
    "fips",
    "accelerate",
    "arn_region_must_match",
    "session_auth",
    "strict_expiry",
    "signing_window",
    "clock_slack",
];

struct SettingsVisitor;

impl<'de> Visitor<'de> for SettingsVisitor {
    type Value = PresignerBuilder;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the settings of a presigner")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<PresignerBuilder, A::Error> {
        let mut builder = PresignerBuilder::default();
        let mut seen = [false; MEMBERS.len()];
        while let Some(name) = members.next_key::<String>()? {
            let position = MEMBERS.iter().position(|member| *member == name);
            let Some((member, seen)) = position.and_then(|at| MEMBERS.get(at).zip(seen.get_mut(at))) else {
                return Err(A::Error::custom(format_args!("unknown setting; known are {}", MEMBERS.join(", "))));
            };
            if core::mem::replace(seen, true) {
                return Err(A::Error::duplicate_field(member));
            }
            builder = match *member {
                "bucket" => builder.bucket(value::<_, String>(&mut members, member)?),
                "region" => builder.region(value::<_, String>(&mut members, member)?),
                "endpoint" => builder.endpoint(value::<_, String>(&mut members, member)?),
                "published_endpoint" => builder.published_endpoint(value::<_, String>(&mut members, member)?),
                "account" => builder.account(value::<_, String>(&mut members, member)?),
                "store" => builder.store(members.next_value::<Option<Store>>()?),
                "addressing_style" => builder.addressing_style(named(&mut members, member)?),
                "dual_stack" => builder.dual_stack(value(&mut members, member)?.unwrap_or_default()),
                "fips" => builder.fips(value(&mut members, member)?.unwrap_or_default()),
                "accelerate" => builder.accelerate(value(&mut members, member)?.unwrap_or_default()),
                "arn_region_must_match" => {
                    builder.arn_region_must_match(value(&mut members, member)?.unwrap_or_default())
                }
                "session_auth" => builder.session_auth(value(&mut members, member)?.unwrap_or(true)),
                "strict_expiry" => builder.strict_expiry(value(&mut members, member)?.unwrap_or_default()),
                "signing_window" => builder.signing_window(duration(&mut members, member)?),
                "clock_slack" => builder.clock_slack(duration(&mut members, member)?),
                _ => return Err(A::Error::custom("a setting is listed, but not read")),
            };
        }
        Ok(builder)
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<PresignerBuilder, E> {
        Err(string_instead_of(&self))
    }
}

fn named<'de, A: MapAccess<'de>, T: FromStr<Err: fmt::Display>>(
    members: &mut A,
    member: &str,
) -> Result<Option<T>, A::Error> {
    let name = value::<_, String>(members, member)?;
    name.map(|name| name.parse().map_err(A::Error::custom)).transpose()
}

fn duration<'de, A: MapAccess<'de>>(members: &mut A, member: &str) -> Result<Option<Duration>, A::Error> {
    Ok(value(members, member)?.map(Duration::from_secs))
}
