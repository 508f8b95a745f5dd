//! Arguments and environment together: who signs, where, and for how long.

use std::time::Duration;

use presign::s3::{AddressingStyle, Store};
use presign::{Presigner, Timestamp};

use crate::arguments::{Life, StoreOptions};
use crate::environment::Environment;
use crate::failure::Failure;
use crate::printed::Printed;

pub struct Session {
    pub presigner: Presigner,
    pub store: Store,
    pub expires: Duration,
    pub now: Timestamp,
    /// When the credentials end, if that is before the URL would.
    credentials_end: Option<Timestamp>,
}

impl Session {
    pub fn open(options: &StoreOptions, life: &Life, bucket: &str) -> Result<Self, Failure> {
        let environment = Environment::read(options.profile.as_deref())?;
        let named: Option<Store> = options.store.as_deref().map(str::parse).transpose()?;
        let store = named.clone().unwrap_or_default();
        let now = life.at.map_or_else(Timestamp::now, Ok)?;
        let credentials_end = environment.credentials.expires_at().filter(|end| is_before(*end, now, life.expires));

        // The region of a store, such as `auto`, is not that of the AWS account in the environment.
        let region = environment.region.filter(|_| store.region().is_none());
        let endpoint = environment.endpoint.filter(|_| named.as_ref().is_none_or(is_self_hosted));
        let style = options.addressing_style;
        let builder = Presigner::builder()
            .store(store.clone())
            .credentials(environment.credentials)
            .region(options.region.clone().or(region))
            .endpoint(options.endpoint.clone().or(endpoint))
            .published_endpoint(options.published_endpoint.as_ref())
            .account(options.account.as_ref())
            .addressing_style(style)
            .clock_slack(life.clock_slack)
            .bucket((style != Some(AddressingStyle::BucketEndpoint)).then_some(bucket));
        Ok(Self { presigner: builder.build()?, store, expires: life.expires, now, credentials_end })
    }

    /// What to print of a result, with what the user did not ask for but has to know.
    pub fn print(&self, result: String) -> Printed {
        let mut printed = Printed { result, ..Printed::default() };
        if let Some(end) = self.credentials_end {
            printed.note(&format!("it works only until {end}, when its credentials end"));
        }
        printed
    }
}

/// A store that leaves the endpoint to its user.
fn is_self_hosted(store: &Store) -> bool {
    *store != Store::AWS && store.endpoint_template().is_none()
}

fn is_before(end: Timestamp, now: Timestamp, expires: Duration) -> bool {
    now.checked_add(expires).is_ok_and(|end_of_url| end < end_of_url)
}
