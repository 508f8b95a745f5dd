//! Building a [`Presigner`].

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;

use crate::error::Field;
use crate::s3::addressing::{Location, Origin};
use crate::s3::bucket::Bucket;
use crate::s3::{AddressingStyle, Presigner, Provider};
use crate::sigv4::{Service, Signer};
use crate::{Credentials, Error, Region, text};

/// Collects the configuration of a [`Presigner`]; [`build`](Self::build) checks all of it.
#[derive(Clone, Default)]
#[must_use]
pub struct PresignerBuilder {
    credentials: Option<Credentials>,
    region: Option<String>,
    bucket: Option<String>,
    endpoint: Option<String>,
    addressing_style: Option<AddressingStyle>,
    provider: Option<Provider>,
    account: Option<String>,
    service: Option<Service>,
}

impl PresignerBuilder {
    /// The credentials that sign. Required.
    pub fn credentials(self, credentials: Credentials) -> Self {
        Self { credentials: Some(credentials), ..self }
    }

    /// The region of the bucket, such as `eu-west-1`, or what the store wants in its place, such as `auto`.
    /// Required, but for a [`provider`](Self::provider) that [has one](Provider::region).
    pub fn region(self, region: impl Into<String>) -> Self {
        Self { region: Some(region.into()), ..self }
    }

    /// The bucket. Required, but for [`AddressingStyle::BucketEndpoint`], where the endpoint stands for it.
    pub fn bucket(self, bucket: impl Into<String>) -> Self {
        Self { bucket: Some(bucket.into()), ..self }
    }

    /// The endpoint of a store other than AWS, or another one of AWS, without the bucket: `http://localhost:9000`,
    /// `https://gateway.example.com/s3`. Give the host that the client will use: the signature covers it.
    ///
    /// By default it is that of the [`provider`](Self::provider), and without one the regional endpoint of AWS.
    pub fn endpoint(self, endpoint: impl Into<String>) -> Self {
        Self { endpoint: Some(endpoint.into()), ..self }
    }

    /// Where the bucket stands in the URL, if not where the [`provider`](Self::provider) wants it, or without one
    /// [`AddressingStyle::Auto`].
    pub fn addressing_style(self, addressing_style: AddressingStyle) -> Self {
        Self { addressing_style: Some(addressing_style), ..self }
    }

    /// The profile of the store, if not [`Provider::AWS`]. What is set with [`region`](Self::region),
    /// [`endpoint`](Self::endpoint) and [`addressing_style`](Self::addressing_style) wins over it.
    pub fn provider(self, provider: Provider) -> Self {
        Self { provider: Some(provider), ..self }
    }

    /// The account, project or namespace, for a [`provider`](Self::provider) that has it in its host. Others do not use
    /// it.
    pub fn account(self, account: impl Into<String>) -> Self {
        Self { account: Some(account.into()), ..self }
    }

    /// The service of the credential scope, if not [`Service::s3`].
    pub fn service(self, service: Service) -> Self {
        Self { service: Some(service), ..self }
    }

    /// The presigner.
    ///
    /// # Errors
    /// - [`Error::Missing`] without credentials or bucket, without a region or an account that the provider needs,
    ///   and without an endpoint if there is no other one or if it is to stand for a bucket
    /// - [`Error::BucketInEndpoint`] if a bucket is given nevertheless
    /// - [`Error::Empty`], [`Error::InvalidCharacter`] for the region, the account or the bucket
    /// - [`Error::BucketLength`], [`Error::BucketNotDnsName`], [`Error::VirtualHostOnIpAddress`] for the bucket
    /// - [`Error::Endpoint`] for the endpoint
    /// - [`Error::UnknownRegion`] if the endpoint is to be derived from the region and that is not one of AWS
    pub fn build(self) -> Result<Presigner, Error> {
        let credentials = self.credentials.ok_or(Error::Missing(Field::Credentials))?;
        let provider = self.provider.unwrap_or(Provider::AWS);
        let region = self.region.or_else(|| provider.region().map(String::from));
        let region = Region::new(region.ok_or(Error::Missing(Field::Region))?)?;
        if let Some(account) = &self.account {
            // It becomes a part of the host.
            text::check(Field::Account, account, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))?;
        }
        let endpoint = match self.endpoint {
            None if self.addressing_style == Some(AddressingStyle::BucketEndpoint) => {
                // The endpoint of a provider stands for the whole store: the first segment of a key would be a bucket.
                return Err(Error::Missing(Field::Endpoint));
            }
            None => provider.endpoint(&region, self.account.as_deref())?,
            endpoint => endpoint,
        };
        let origin = Origin::new(endpoint.as_deref(), &region)?;
        let bucket = self.bucket.map(Bucket::new).transpose()?;
        let addressing_style = self.addressing_style.unwrap_or(provider.addressing_style());
        let location = Location::new(&origin, bucket.as_ref(), addressing_style)?;
        let signer = Signer::new(credentials, region, self.service.unwrap_or_else(Service::s3))
            .with_max_expires(provider.max_expires());
        Ok(Presigner { signer, origin: Arc::new(origin), addressing_style, location: Arc::new(location) })
    }
}

/// Nothing that was not checked yet: an endpoint may hold a password, and any field what was meant for another.
impl fmt::Debug for PresignerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignerBuilder")
            .field("credentials", &self.credentials)
            .field("addressing_style", &self.addressing_style)
            .field("provider", &self.provider.map(|provider| provider.name()))
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}
