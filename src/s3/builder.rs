//! Building a [`Presigner`].

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;

use crate::error::Field;
use crate::s3::addressing::{Location, Origin};
use crate::s3::bucket::Bucket;
use crate::s3::{AddressingStyle, Presigner};
use crate::sigv4::{Service, Signer};
use crate::{Credentials, Error, Region};

/// Collects the configuration of a [`Presigner`]; [`build`](Self::build) checks all of it.
#[derive(Clone, Default)]
#[must_use]
pub struct PresignerBuilder {
    credentials: Option<Credentials>,
    region: Option<String>,
    bucket: Option<String>,
    endpoint: Option<String>,
    addressing_style: AddressingStyle,
    service: Option<Service>,
}

impl PresignerBuilder {
    /// The credentials that sign. Required.
    pub fn credentials(self, credentials: Credentials) -> Self {
        Self { credentials: Some(credentials), ..self }
    }

    /// The region of the bucket, such as `eu-west-1`, or what the store wants in its place, such as `auto`. Required.
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
    /// By default it is the regional endpoint of AWS.
    pub fn endpoint(self, endpoint: impl Into<String>) -> Self {
        Self { endpoint: Some(endpoint.into()), ..self }
    }

    /// Where the bucket stands in the URL, if not where [`AddressingStyle::Auto`] puts it.
    pub fn addressing_style(self, addressing_style: AddressingStyle) -> Self {
        Self { addressing_style, ..self }
    }

    /// The service of the credential scope, if not [`Service::s3`].
    pub fn service(self, service: Service) -> Self {
        Self { service: Some(service), ..self }
    }

    /// The presigner.
    ///
    /// # Errors
    /// - [`Error::Missing`] without credentials, region or bucket, and without an endpoint that is to stand for a
    ///   bucket
    /// - [`Error::BucketInEndpoint`] if a bucket is given nevertheless
    /// - [`Error::Empty`], [`Error::InvalidCharacter`] for the region or the bucket
    /// - [`Error::BucketLength`], [`Error::BucketNotDnsName`], [`Error::VirtualHostOnIpAddress`] for the bucket
    /// - [`Error::Endpoint`] for the endpoint
    /// - [`Error::UnknownRegion`] if there is no endpoint and the region is not one of AWS
    pub fn build(self) -> Result<Presigner, Error> {
        let credentials = self.credentials.ok_or(Error::Missing(Field::Credentials))?;
        let region = Region::new(self.region.ok_or(Error::Missing(Field::Region))?)?;
        let origin = Origin::new(self.endpoint.as_deref(), &region)?;
        let bucket = self.bucket.map(Bucket::new).transpose()?;
        let location = Location::new(&origin, bucket.as_ref(), self.addressing_style)?;
        let signer = Signer::new(credentials, region, self.service.unwrap_or_else(Service::s3));
        Ok(Presigner {
            signer,
            origin: Arc::new(origin),
            addressing_style: self.addressing_style,
            location: Arc::new(location),
        })
    }
}

/// Nothing that was not checked yet: an endpoint may hold a password, and any field what was meant for another.
impl fmt::Debug for PresignerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignerBuilder")
            .field("credentials", &self.credentials)
            .field("addressing_style", &self.addressing_style)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}
