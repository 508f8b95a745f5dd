//! Arguments and environment together: who signs, where, and for how long.

use std::time::Duration;

use presign::s3::{AddressingStyle, Provider};
use presign::{Presigner, Timestamp};

use crate::arguments::{Life, Store};
use crate::environment::Environment;
use crate::failure::Failure;
use crate::printed::Printed;

pub struct Session {
    pub presigner: Presigner,
    pub provider: Provider,
    pub expires: Duration,
    pub now: Timestamp,
    /// When the credentials end, if that is before the URL would.
    credentials_end: Option<Timestamp>,
}

impl Session {
    pub fn open(store: &Store, life: &Life, bucket: &str) -> Result<Self, Failure> {
        let environment = Environment::read(store.profile.as_deref())?;
        let named = store.provider.as_deref().map(str::parse).transpose()?;
        let provider = named.unwrap_or_default();
        let now = life.at.map_or_else(Timestamp::now, Ok)?;
        let credentials_end = environment.credentials.expires_at().filter(|end| is_before(*end, now, life.expires));

        let mut builder = Presigner::builder().provider(provider).credentials(environment.credentials);
        // The region of a provider, such as `auto`, is not that of the AWS account in the environment.
        let region = environment.region.filter(|_| provider.region().is_none());
        if let Some(region) = store.region.clone().or(region) {
            builder = builder.region(region);
        }
        let endpoint = environment.endpoint.filter(|_| named.is_none_or(is_self_hosted));
        if let Some(endpoint) = store.endpoint.clone().or(endpoint) {
            builder = builder.endpoint(endpoint);
        }
        if let Some(account) = &store.account {
            builder = builder.account(account);
        }
        let style = store.addressing_style.map(AddressingStyle::from);
        if let Some(style) = style {
            builder = builder.addressing_style(style);
        }
        if style != Some(AddressingStyle::BucketEndpoint) {
            builder = builder.bucket(bucket);
        }
        Ok(Self { presigner: builder.build()?, provider, expires: life.expires, now, credentials_end })
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

/// A provider that leaves the endpoint to its user.
fn is_self_hosted(provider: Provider) -> bool {
    provider != Provider::AWS && provider.endpoint_template().is_none()
}

fn is_before(end: Timestamp, now: Timestamp, expires: Duration) -> bool {
    end.unix_seconds() < now.unix_seconds().saturating_add_unsigned(expires.as_secs())
}
