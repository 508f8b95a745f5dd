//! The store that the quickstart talks to.

use std::env::{self, VarError};
use std::error::Error;

use embedded_store::EmbeddedStore;
use presign::{Credentials, Presigner};
use ureq::Proxy;

const BUCKET: &str = "quickstart";

/// A bucket of the environment's store, or of one that runs in this process.
#[derive(Debug)]
pub struct Store {
    presigner: Presigner,
    embedded: Option<EmbeddedStore>,
    description: String,
}

impl Store {
    /// The store that the environment names, if `PRESIGN_BUCKET` is set, else an embedded one.
    ///
    /// The `AWS_` variables alone select nothing: many machines have them set, and no example may write to a bucket
    /// that was not named for it.
    ///
    /// # Errors
    /// A variable that is missing or invalid, or those of [`embedded`](Self::embedded).
    pub fn from_env() -> Result<Self, Box<dyn Error>> {
        let Some(bucket) = variable("PRESIGN_BUCKET")? else { return Self::embedded() };
        let region = variable("AWS_REGION")?.ok_or("AWS_REGION is not set, but PRESIGN_BUCKET is")?;
        let endpoint = variable("AWS_ENDPOINT_URL")?;
        let place = endpoint.clone().unwrap_or_else(|| format!("AWS, {region}"));
        let description = format!("bucket {bucket} at {place} (from the environment)");
        let builder = Presigner::builder().credentials(Credentials::from_env()?).region(region).bucket(bucket);
        let presigner = match endpoint {
            Some(endpoint) => builder.endpoint(endpoint),
            None => builder,
        }
        .build()?;
        Ok(Self { presigner, embedded: None, description })
    }

    /// A store in this process, on disk.
    ///
    /// # Errors
    /// Those of starting it.
    pub fn embedded() -> Result<Self, Box<dyn Error>> {
        let store = EmbeddedStore::on_disk(&[BUCKET])?;
        let presigner = Presigner::builder()
            .credentials(Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY)?)
            .region(EmbeddedStore::REGION)
            .endpoint(store.endpoint())
            .bucket(BUCKET)
            .build()?;
        let description = format!(
            "bucket {BUCKET} at {}, in this process\n       (PRESIGN_BUCKET, AWS_REGION and the other AWS_ variables select yours)",
            store.endpoint()
        );
        Ok(Self { presigner, embedded: Some(store), description })
    }

    /// Signs for the bucket.
    #[must_use]
    pub fn presigner(&self) -> &Presigner {
        &self.presigner
    }

    /// The proxy that the environment sets, but none on the way to an embedded store.
    #[must_use]
    pub fn proxy(&self) -> Option<Proxy> {
        if self.embedded.is_some() { None } else { Proxy::try_from_env() }
    }

    /// One line that says which store this is.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
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
