//! The store that the quickstart talks to.

use std::env::{self, VarError};
use std::error::Error;

use embedded_store::EmbeddedStore;
use presign::{Credentials, Presigner, s3};
use ureq::Proxy;

const BUCKET: &str = "quickstart";

/// A bucket of the environment's store, or of one that runs in this process.
#[derive(Debug)]
pub struct Store {
    presigner: Presigner,
    /// Stops when it is dropped.
    _embedded: Option<EmbeddedStore>,
    description: String,
    name: String,
    version: Option<String>,
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
        let profile = variable("PRESIGN_STORE")?.map(|id| id.parse::<s3::Store>()).transpose()?;
        let region = variable("AWS_REGION")?;
        if region.is_none() && profile.as_ref().and_then(s3::Store::region).is_none() {
            return Err("AWS_REGION is not set, but PRESIGN_BUCKET is".into());
        }
        let endpoint = variable("AWS_ENDPOINT_URL")?;
        let name = match (&profile, &endpoint) {
            (Some(profile), _) => profile.name().to_owned(),
            (None, None) => s3::Store::AWS.name().to_owned(),
            (None, Some(_)) => "an endpoint without a profile".to_owned(),
        };
        let presigner = Presigner::builder()
            .credentials(Credentials::from_env()?)
            .region(region)
            .store(profile)
            .account(variable("PRESIGN_ACCOUNT")?)
            .endpoint(endpoint)
            .bucket(&bucket)
            .build()?;
        let place = presigner.endpoint().unwrap_or_else(|| format!("AWS, {}", presigner.region()));
        let description = format!("bucket {bucket} at {place} (from the environment)");
        let version = variable("PRESIGN_STORE_VERSION")?;
        Ok(Self { presigner, _embedded: None, description, name, version })
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
        let name = "s3s, embedded".to_owned();
        Ok(Self { presigner, _embedded: Some(store), description, name, version: s3s_version() })
    }

    /// Another store on this machine, such as a proxy that a test started.
    #[must_use]
    pub fn local(presigner: Presigner, name: &str) -> Self {
        let description = name.to_owned();
        Self { presigner, _embedded: None, description: description.clone(), name: description, version: None }
    }

    /// Signs for the bucket.
    #[must_use]
    pub fn presigner(&self) -> &Presigner {
        &self.presigner
    }

    /// The proxy that the environment sets, but none on the way to this machine.
    #[must_use]
    pub fn proxy(&self) -> Option<Proxy> {
        let is_local = self.presigner.endpoint().is_some_and(|endpoint| endpoint.starts_with("http://127.0.0.1:"));
        if is_local { None } else { Proxy::try_from_env() }
    }

    /// The name of the store in the table of `docs/stores.md`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version of the store, if it is known without asking the store.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// One line that says which store this is.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}

/// The version of the crate that the embedded store is made of, as this workspace has it.
fn s3s_version() -> Option<String> {
    let lock = include_str!("../../../Cargo.lock");
    let (_, rest) = lock.split_once("name = \"s3s\"\nversion = \"")?;
    Some(rest.split_once('"')?.0.to_owned())
}

/// An environment variable, if it is set and not empty.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if !value.is_empty() => Ok(Some(value)),
        Ok(_) | Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not Unicode")),
    }
}
