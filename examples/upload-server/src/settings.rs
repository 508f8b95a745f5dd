//! The configuration, from the environment.
//!
//! Every error names the variable and says what it must be.

use std::env::{self, VarError};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use presign::{Credentials, Error, Field, Presigner, s3};
use reqwest::Url;

use crate::app::Rules;
use crate::limits::Limits;
use crate::tokens::Tokens;
use crate::user::Login;

/// The configuration. Everything has a default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `UPLOAD_LISTEN`: where to listen. `127.0.0.1:3000`.
    pub listen: SocketAddr,
    /// `UPLOAD_PUBLIC_URL`: the origin at which browsers reach the server, if it is not where it listens.
    pub public_url: Option<String>,
    /// What is permitted, and to whom.
    pub rules: Rules,
    /// The store.
    pub store: StoreSettings,
}

/// Which store to use.
#[derive(Clone, Debug)]
pub enum StoreSettings {
    /// One in this process, whose objects are gone when it ends.
    Embedded(EmbeddedSettings),
    /// One that exists.
    External(Box<ExternalSettings>),
}

/// The store in this process.
#[derive(Clone, Debug)]
pub struct EmbeddedSettings {
    /// `UPLOAD_STORE_LISTEN`: where it listens. `127.0.0.1:0`, which is any free port.
    pub listen: SocketAddr,
    /// `UPLOAD_STORE_PUBLIC_URL`: the origin at which browsers reach it.
    pub public_url: Option<String>,
    /// `UPLOAD_STORE_FAIL_EVERY`: the store fails to respond to every request of this number, to try out faults.
    pub fail_every: Option<NonZeroU32>,
}

/// A store that exists.
#[derive(Clone, Debug)]
pub struct ExternalSettings {
    /// `PRESIGN_BUCKET`. Without it, the variables below have no effect: many machines have the `AWS_` ones set, and no
    /// example may write to a bucket that was not named for it.
    pub bucket: String,
    /// `AWS_REGION`, unless the store has one.
    pub region: Option<String>,
    /// `AWS_ENDPOINT_URL`, unless the store has one.
    pub endpoint: Option<String>,
    /// `UPLOAD_STORE_PUBLIC_URL`: the endpoint at which browsers reach the store, if it is another one.
    pub public_url: Option<String>,
    /// `PRESIGN_STORE`, such as `minio` or `cloudflare-r2`: the [id](s3::Store::id) of a profile.
    pub store: Option<s3::Store>,
    /// `PRESIGN_ACCOUNT`, for stores that have it in their host.
    pub account: Option<String>,
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones, `AWS_SESSION_TOKEN`.
    pub credentials: Credentials,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// A variable that cannot be used, by its name.
    pub fn from_env() -> Result<Self, String> {
        Ok(Self {
            listen: address("UPLOAD_LISTEN")?.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3_000))),
            public_url: variable("UPLOAD_PUBLIC_URL")?.map(|url| origin("UPLOAD_PUBLIC_URL", &url)).transpose()?,
            rules: Rules::from_env()?,
            store: StoreSettings::from_env()?,
        })
    }
}

impl Rules {
    fn from_env() -> Result<Self, String> {
        let default = Self::default();
        Ok(Self {
            limits: Limits {
                content_types: list("UPLOAD_CONTENT_TYPES", content_type)?.unwrap_or(default.limits.content_types),
                max_size: number("UPLOAD_MAX_SIZE", "bytes", 1_000_000_000)?,
                parts_from: number("UPLOAD_PARTS_FROM", "bytes", 16_000_000)?,
            },
            expires: Duration::from_secs(number("UPLOAD_EXPIRES", "seconds", 900)?),
            login: match variable("UPLOAD_USERS")? {
                Some(users) => Login::Tokens(Tokens::parse(&users).map_err(|rule| format!("UPLOAD_USERS: {rule}"))?),
                None => Login::Nobody,
            },
            allowed_origins: list("UPLOAD_ALLOWED_ORIGINS", origin)?.unwrap_or_default(),
        })
    }
}

impl StoreSettings {
    fn from_env() -> Result<Self, String> {
        if let Some(bucket) = variable("PRESIGN_BUCKET")? {
            return Ok(Self::External(Box::new(ExternalSettings::from_env(bucket)?)));
        }
        let fail_every = "UPLOAD_STORE_FAIL_EVERY";
        Ok(Self::Embedded(EmbeddedSettings {
            listen: address("UPLOAD_STORE_LISTEN")?.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0))),
            public_url: variable("UPLOAD_STORE_PUBLIC_URL")?
                .map(|url| origin("UPLOAD_STORE_PUBLIC_URL", &url))
                .transpose()?,
            fail_every: parsed(fail_every, "a whole number of requests from 1, such as 10")?,
        }))
    }
}

impl ExternalSettings {
    fn from_env(bucket: String) -> Result<Self, String> {
        let store = variable("PRESIGN_STORE")?.map(|id| id.parse()).transpose();
        Ok(Self {
            bucket,
            region: variable("AWS_REGION")?,
            endpoint: variable("AWS_ENDPOINT_URL")?,
            public_url: variable("UPLOAD_STORE_PUBLIC_URL")?,
            store: store.map_err(|error: Error| format!("PRESIGN_STORE: {error}"))?,
            account: variable("PRESIGN_ACCOUNT")?,
            credentials: Credentials::from_env().map_err(|error| named(&error))?,
        })
    }

    /// Signs for the bucket at the store's own endpoint.
    pub(crate) fn presigner(&self) -> Result<Presigner, String> {
        let builder = Presigner::builder()
            .credentials(self.credentials.clone())
            .bucket(&self.bucket)
            .region(self.region.as_ref())
            .endpoint(self.endpoint.as_ref())
            .store(self.store.clone())
            .account(self.account.as_ref());
        builder.build().map_err(|error| named(&error))
    }
}

/// Puts the name of the variable before an error of `presign`.
fn named(error: &Error) -> String {
    let variable = match error {
        Error::Missing(field) | Error::Empty(field) | Error::InvalidCharacter { field, .. } => match field {
            Field::AccessKeyId => "AWS_ACCESS_KEY_ID",
            Field::SecretAccessKey => "AWS_SECRET_ACCESS_KEY",
            Field::SessionToken => "AWS_SESSION_TOKEN",
            Field::Region => "AWS_REGION",
            Field::Endpoint => "AWS_ENDPOINT_URL",
            Field::Account => "PRESIGN_ACCOUNT",
            _ => "PRESIGN_BUCKET",
        },
        // Its message has the name.
        Error::EnvironmentVariable { .. } => return error.to_string(),
        Error::UnknownRegion => "AWS_REGION",
        Error::Endpoint(_) => "AWS_ENDPOINT_URL",
        _ => "PRESIGN_BUCKET",
    };
    format!("{variable}: {error}")
}

/// Returns the value of an environment variable, if it is set and not empty.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if !value.is_empty() => Ok(Some(value)),
        Ok(_) | Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not valid Unicode")),
    }
}

fn parsed<T: FromStr>(name: &str, rule: &str) -> Result<Option<T>, String> {
    variable(name)?.map(|value| value.parse().map_err(|_| format!("{name} must be {rule}"))).transpose()
}

fn number(name: &str, unit: &str, default: u64) -> Result<u64, String> {
    Ok(parsed(name, &format!("a whole number of {unit}, such as {default}"))?.unwrap_or(default))
}

fn address(name: &str) -> Result<Option<SocketAddr>, String> {
    parsed(name, "an IP address and a port, such as 127.0.0.1:3000 or 0.0.0.0:3000")
}

/// Reads a list whose items are separated by commas.
fn list<T>(name: &str, item: fn(&str, &str) -> Result<T, String>) -> Result<Option<Vec<T>>, String> {
    variable(name)?.map(|value| value.split(',').map(|text| item(name, text.trim())).collect()).transpose()
}

/// Reads an origin as browsers write it: scheme, host, and a port that is not the scheme's own.
fn origin(name: &str, text: &str) -> Result<String, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let origin = url.map(|url| url.origin().ascii_serialization());
    origin.filter(|origin| origin == text.strip_suffix('/').unwrap_or(text)).ok_or_else(|| {
        format!("{name} must have origins without a path, as browsers write them, such as https://app.example.com")
    })
}

fn content_type(name: &str, text: &str) -> Result<String, String> {
    let is_token = |part: &str| {
        let is_token_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !part.is_empty() && part.bytes().all(is_token_byte)
    };
    match text.split_once('/') {
        Some((kind, subtype)) if is_token(kind) && is_token(subtype) => Ok(text.to_ascii_lowercase()),
        _ => Err(format!("{name} must have media types without parameters, such as image/png,application/pdf")),
    }
}
