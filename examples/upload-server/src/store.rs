//! The store that uploads go to.

use std::error::Error;
use std::time::Duration;

use embedded_store::{EmbeddedStore, Options};
use presign::s3::{self, GetObject, PostForms};
use presign::{Credentials, Presigner};

use crate::settings::{EmbeddedSettings, ExternalSettings, StoreSettings};

/// The bucket of the embedded store.
pub const BUCKET: &str = "user-media";

/// What is known about the embedded store: it takes forms.
const EMBEDDED: s3::Store = s3::Store::custom("embedded store").with_post_forms(PostForms::Supported);

/// A bucket, and, if its store is in this process, the store.
#[derive(Debug)]
pub struct Store {
    presigner: Presigner,
    internal: Presigner,
    origin: String,
    internal_origin: String,
    page_sources: String,
    description: String,
    _embedded: Option<EmbeddedStore>,
}

impl Store {
    /// Opens the store of the settings. An embedded store lets pages of these origins in; another store must be
    /// configured to do so.
    ///
    /// # Errors
    /// An invalid configuration, by the names of its variables, and those of starting an embedded store.
    pub fn open(settings: &StoreSettings, page_origins: Vec<String>) -> Result<Self, Box<dyn Error>> {
        match settings {
            StoreSettings::Embedded(settings) => Self::embedded(settings, page_origins),
            StoreSettings::External(settings) => Self::external(settings),
        }
    }

    /// Uses a store that clients and the server reach at the same address.
    ///
    /// # Errors
    /// Those of signing a first URL.
    pub fn of(presigner: Presigner) -> Result<Self, presign::Error> {
        let origin = origin(&presigner)?;
        Ok(Self {
            internal: presigner.clone(),
            presigner,
            internal_origin: origin.clone(),
            page_sources: origin.clone(),
            origin,
            description: String::new(),
            _embedded: None,
        })
    }

    fn embedded(settings: &EmbeddedSettings, page_origins: Vec<String>) -> Result<Self, Box<dyn Error>> {
        let options = Options {
            origins: page_origins,
            listen: settings.listen,
            public_url: settings.public_url.clone(),
            fail_every: settings.fail_every,
        };
        let embedded = EmbeddedStore::on_disk_with(&[BUCKET], &options).map_err(|error| {
            format!("the embedded store cannot listen on {} (UPLOAD_STORE_LISTEN): {error}", settings.listen)
        })?;
        let internal = Presigner::builder()
            .credentials(Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY)?)
            .region(EmbeddedStore::REGION)
            .endpoint(embedded.endpoint())
            .store(EMBEDDED)
            .bucket(BUCKET)
            .build()?;
        let store = Self::reached(internal, settings.public_url.as_deref())?;
        // After a restart the store has another port. A page that was loaded before can then still use it.
        let has_other_ports = settings.public_url.is_none() && settings.listen.port() == 0;
        Ok(Self {
            page_sources: if has_other_ports { any_port(&store.origin) } else { store.page_sources },
            description: format!("bucket {BUCKET} at {}, in this process: it ends with it", store.origin),
            _embedded: Some(embedded),
            ..store
        })
    }

    fn external(settings: &ExternalSettings) -> Result<Self, Box<dyn Error>> {
        let store = Self::reached(settings.presigner()?, settings.public_url.as_deref())?;
        if store.internal_origin.starts_with("https://") && cfg!(not(feature = "https")) {
            let advice = "this server was built without TLS: build it with --features https";
            return Err(format!("the store at {} needs https, but {advice}", store.internal_origin).into());
        }
        let bucket = &settings.bucket;
        Ok(Self {
            description: format!("bucket {bucket}, from the environment; its CORS rule must let the page in"),
            ..store
        })
    }

    /// Uses a store that browsers reach at another address than the server, if there is one.
    fn reached(internal: Presigner, public_url: Option<&str>) -> Result<Self, Box<dyn Error>> {
        let presigner = match public_url {
            Some(url) => internal.with_endpoint(url).map_err(|error| format!("UPLOAD_STORE_PUBLIC_URL: {error}"))?,
            None => internal.clone(),
        };
        Ok(Self { internal_origin: origin(&internal)?, internal, ..Self::of(presigner)? })
    }

    /// Signs what clients send.
    #[must_use]
    pub fn presigner(&self) -> &Presigner {
        &self.presigner
    }

    /// Signs what the server itself sends.
    pub(crate) fn internal_presigner(&self) -> &Presigner {
        &self.internal
    }

    /// Returns the origin that clients send files to.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the origin that the server itself sends requests to.
    pub(crate) fn internal_origin(&self) -> &str {
        &self.internal_origin
    }

    /// Returns what the page may connect to, as a source of a content security policy.
    pub(crate) fn page_sources(&self) -> &str {
        &self.page_sources
    }

    /// Returns a line that says which store this is.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}

/// Returns scheme, host and port of what a presigner signs for.
fn origin(presigner: &Presigner) -> Result<String, presign::Error> {
    let probe = presigner.presign(GetObject::new("probe"), Duration::from_secs(1))?;
    let url = probe.url();
    let authority = url.find("://").map_or(0, |colon| colon + "://".len());
    let path = url[authority..].find('/').map_or(url.len(), |slash| authority + slash);
    Ok(url[..path].to_owned())
}

/// Replaces the port of an origin by the wildcard of content security policies.
fn any_port(origin: &str) -> String {
    origin.rsplit_once(':').map_or(origin.to_owned(), |(host, _)| format!("{host}:*"))
}
