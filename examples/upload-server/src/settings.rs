//! What the environment says.

use std::env::{self, VarError};
use std::error::Error;
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use presign::Credentials;
use presign::s3::Provider;

use crate::limits::Limits;

/// The configuration, of which everything has a default.
#[derive(Clone)]
pub struct Settings {
    /// `UPLOAD_LISTEN`: where to listen. 127.0.0.1:3000.
    pub listen: SocketAddr,
    /// `UPLOAD_EXPIRES`: how long a grant works, in seconds. 900.
    pub expires: Duration,
    /// `UPLOAD_MAX_SIZE` and `UPLOAD_PARTS_FROM`, in bytes. 1 GB and 16 MB.
    pub limits: Limits,
    /// The store, or none for one in this process, whose objects are gone when it ends.
    pub store: Option<ExternalStore>,
}

/// A store that exists.
#[derive(Clone)]
pub struct ExternalStore {
    /// `PRESIGN_BUCKET`. Without it, the variables below have no effect: many machines have the `AWS_` ones set, and no
    /// example may write to a bucket that was not named for it.
    pub bucket: String,
    /// `AWS_REGION`, unless the provider has one.
    pub region: Option<String>,
    /// `AWS_ENDPOINT_URL`, unless the provider has one.
    pub endpoint: Option<String>,
    /// `PRESIGN_PROVIDER`, such as `minio` or `cloudflare-r2`: a name of [`Provider::ALL`].
    pub provider: Option<Provider>,
    /// `PRESIGN_ACCOUNT`, for providers that have it in their host.
    pub account: Option<String>,
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones, `AWS_SESSION_TOKEN`.
    pub credentials: Credentials,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// A variable that cannot be used, by its name.
    pub fn from_env() -> Result<Self, Box<dyn Error>> {
        let limits = Limits::default();
        Ok(Self {
            listen: parsed("UPLOAD_LISTEN")?.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3_000))),
            expires: Duration::from_secs(parsed("UPLOAD_EXPIRES")?.unwrap_or(900)),
            limits: Limits {
                max_size: parsed("UPLOAD_MAX_SIZE")?.unwrap_or(limits.max_size),
                parts_from: parsed("UPLOAD_PARTS_FROM")?.unwrap_or(limits.parts_from),
            },
            store: ExternalStore::from_env()?,
        })
    }
}

impl ExternalStore {
    fn from_env() -> Result<Option<Self>, Box<dyn Error>> {
        let Some(bucket) = variable("PRESIGN_BUCKET")? else { return Ok(None) };
        Ok(Some(Self {
            bucket,
            region: variable("AWS_REGION")?,
            endpoint: variable("AWS_ENDPOINT_URL")?,
            provider: variable("PRESIGN_PROVIDER")?.as_deref().map(provider).transpose()?,
            account: variable("PRESIGN_ACCOUNT")?,
            credentials: Credentials::from_env()?,
        }))
    }
}

/// An environment variable, if it is set and not empty.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if !value.is_empty() => Ok(Some(value)),
        Ok(_) | Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not Unicode")),
    }
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(name: &str) -> Result<Option<T>, String> {
    let parse = |value: String| value.parse().map_err(|error| format!("{name}: {error}"));
    variable(name)?.map(parse).transpose()
}

/// The provider whose name has these letters and digits: `cloudflare-r2` is Cloudflare R2.
fn provider(name: &str) -> Result<Provider, String> {
    let found = Provider::ALL.iter().copied().find(|provider| slug(provider.name()) == slug(name));
    found.ok_or_else(|| {
        let names: Vec<_> = Provider::ALL.iter().map(Provider::name).collect();
        format!("PRESIGN_PROVIDER is none of {}", names.join(", "))
    })
}

fn slug(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_has_a_name_of_its_own() {
        for known in Provider::ALL {
            assert_eq!(provider(known.name()).unwrap(), *known);
        }
        assert_eq!(provider("cloudflare-r2").unwrap(), Provider::CLOUDFLARE_R2);
        assert!(provider("nobody").unwrap_err().contains("Cloudflare R2, Google Cloud Storage"));
    }
}
