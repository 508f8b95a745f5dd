//! The store that uploads go to.

use std::error::Error;

use embedded_store::EmbeddedStore;
use presign::s3::{PostForms, Provider};
use presign::{Credentials, Presigner};

use crate::settings::ExternalStore;

/// The bucket of the embedded store.
pub const BUCKET: &str = "user-media";

/// What is known of the embedded store: it takes forms.
const EMBEDDED: Provider = Provider::custom("embedded store").with_post_forms(PostForms::Supported);

/// A bucket, and if it is in this process, the server that has it.
#[derive(Debug)]
pub struct Store {
    presigner: Presigner,
    description: String,
    _embedded: Option<EmbeddedStore>,
}

impl Store {
    /// Opens the store, without settings an embedded one, which lets pages of these origins in. Another store has to be
    /// told to do so.
    ///
    /// # Errors
    /// Those of the configuration, and of starting an embedded store.
    pub fn open(settings: Option<&ExternalStore>, page_origins: &[String]) -> Result<Self, Box<dyn Error>> {
        match settings {
            Some(settings) => Self::external(settings),
            None => Self::embedded(page_origins),
        }
    }

    fn embedded(page_origins: &[String]) -> Result<Self, Box<dyn Error>> {
        let store = EmbeddedStore::on_disk_for_pages(&[BUCKET], page_origins)?;
        let presigner = Presigner::builder()
            .credentials(Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY)?)
            .region(EmbeddedStore::REGION)
            .endpoint(store.endpoint())
            .provider(EMBEDDED)
            .bucket(BUCKET)
            .build()?;
        let description = format!("bucket {BUCKET} at {}, in this process: it ends with it", store.endpoint());
        Ok(Self { presigner, description, _embedded: Some(store) })
    }

    fn external(settings: &ExternalStore) -> Result<Self, Box<dyn Error>> {
        let ExternalStore { bucket, region, endpoint, provider, account, credentials } = settings;
        let mut builder = Presigner::builder().credentials(credentials.clone()).bucket(bucket);
        if let Some(region) = region {
            builder = builder.region(region);
        }
        if let Some(endpoint) = endpoint {
            builder = builder.endpoint(endpoint);
        }
        if let Some(provider) = provider {
            builder = builder.provider(*provider);
        }
        if let Some(account) = account {
            builder = builder.account(account);
        }
        let presigner = builder.build()?;
        let description = format!("bucket {bucket}, from the environment; its CORS rule has to let the page in");
        Ok(Self { presigner, description, _embedded: None })
    }

    /// Signs for the bucket.
    #[must_use]
    pub fn presigner(&self) -> &Presigner {
        &self.presigner
    }

    /// One line that says which store this is.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}
