//! Building a [`Presigner`].

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use crate::credentials_provider::CredentialsSource;
use crate::endpoint::Endpoint;
use crate::error::{EndpointError, Field};
#[cfg(feature = "post")]
use crate::s3::PostForms;
use crate::s3::location::{EndpointConfig, Location};
use crate::s3::service_rules::ServiceRules;
use crate::s3::{AddressingStyle, Presigner, Store};
use crate::sigv4::{LifeRules, Service, Signer};
use crate::{Credentials, Error, IntoSetting, ProvideCredentials, Region, text};

/// Collects the configuration of a [`Presigner`]. [`build`](Self::build) checks all of it.
///
/// Settings that a configuration may leave out take an `Option`, too: `None` is the default.
#[derive(Clone, Default)]
#[must_use]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct PresignerBuilder {
    credentials: Option<CredentialsSource>,
    region: Option<String>,
    bucket: Option<String>,
    endpoint: Option<String>,
    addressing_style: Option<AddressingStyle>,
    store: Option<Store>,
    account: Option<String>,
    service: Option<Service>,
    dual_stack: bool,
    fips: bool,
    accelerate: bool,
    arn_region_must_match: bool,
    without_session_auth: bool,
    signing_window: Option<Duration>,
    strict_expiry: bool,
}

impl PresignerBuilder {
    /// The credentials that sign. Required.
    pub fn credentials(self, credentials: Credentials) -> Self {
        Self { credentials: Some(CredentialsSource::Fixed(credentials)), ..self }
    }

    /// Where to get the credentials for each signature, in place of [`credentials`](Self::credentials): a closure or a
    /// [`ProvideCredentials`].
    pub fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        Self { credentials: Some(CredentialsSource::Provider(Arc::new(provider))), ..self }
    }

    /// The region of the bucket, such as `eu-west-1`, or what the store wants in its place, such as `auto`.
    /// Required, but for a [`store`](Self::store) that [has one](Store::region).
    pub fn region(self, region: impl IntoSetting) -> Self {
        Self { region: region.into_setting(), ..self }
    }

    /// The bucket, or an ARN that stands for one: of an access point, an Object Lambda access point or an Outposts
    /// access point. Required, but for [`AddressingStyle::BucketEndpoint`], where the endpoint stands for it.
    ///
    /// A directory bucket is known by its name, `base--zone--x-s3`: it has a zonal host, and credentials of `CreateSession` send
    /// their token as `X-Amz-S3session-Token`.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::GetObject};
    /// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
    /// let presigner = Presigner::builder()
    ///     .credentials(credentials)
    ///     .region("us-west-2")
    ///     .bucket("arn:aws:s3:us-west-2:123456789012:accesspoint/media")
    ///     .build()?;
    /// let get = presigner.presign(GetObject::new("a.png"), Duration::from_secs(60))?;
    /// assert!(get.url().starts_with("https://media-123456789012.s3-accesspoint.us-west-2.amazonaws.com/a.png?"));
    /// let express = presigner.with_bucket("media--usw2-az1--x-s3")?;
    /// let get = express.presign(GetObject::new("a.png"), Duration::from_secs(60))?;
    /// assert!(get.url().starts_with("https://media--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com/a.png?"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn bucket(self, bucket: impl IntoSetting) -> Self {
        Self { bucket: bucket.into_setting(), ..self }
    }

    /// The endpoint of a store other than AWS, or another one of AWS, without the bucket: `http://localhost:9000`,
    /// `https://gateway.example.com/s3`. Give the host that the client will use: the signature covers it.
    ///
    /// For PrivateLink it is the DNS name of the interface endpoint with `bucket.` in front, such as
    /// `https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com`; path style and virtual-hosted style both work.
    ///
    /// By default it is that of the [`store`](Self::store), and without one the regional endpoint of AWS.
    #[doc(alias = "endpoint_url")]
    pub fn endpoint(self, endpoint: impl IntoSetting) -> Self {
        Self { endpoint: endpoint.into_setting(), ..self }
    }

    /// Where the bucket stands in the URL, if not where the [`store`](Self::store) wants it, or without one
    /// [`AddressingStyle::Auto`].
    pub fn addressing_style(self, addressing_style: impl Into<Option<AddressingStyle>>) -> Self {
        Self { addressing_style: addressing_style.into(), ..self }
    }

    /// The profile of the store, if not [`Store::AWS`]. What is set with [`region`](Self::region),
    /// [`endpoint`](Self::endpoint) and [`addressing_style`](Self::addressing_style) wins over it.
    pub fn store(self, store: impl Into<Option<Store>>) -> Self {
        Self { store: store.into(), ..self }
    }

    /// The account, project or namespace, for a [`store`](Self::store) that has it in its host. Others do not use
    /// it.
    pub fn account(self, account: impl IntoSetting) -> Self {
        Self { account: account.into_setting(), ..self }
    }

    /// The service of the credential scope, if not the one that the bucket has: `s3`, `s3express` for directory
    /// buckets, `s3-object-lambda`, `s3-outposts`.
    pub fn service(self, service: impl Into<Option<Service>>) -> Self {
        Self { service: service.into(), ..self }
    }

    /// Sets whether to use the dual-stack endpoints of AWS, which also work over IPv6.
    ///
    /// Source: [Using dual-stack endpoints](https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html).
    pub fn dual_stack(self, dual_stack: bool) -> Self {
        Self { dual_stack, ..self }
    }

    /// Sets whether to use the FIPS endpoints of AWS.
    ///
    /// Source: [FIPS](https://aws.amazon.com/compliance/fips/).
    pub fn fips(self, fips: bool) -> Self {
        Self { fips, ..self }
    }

    /// Sets whether to use transfer acceleration, which must be enabled for the bucket.
    ///
    /// Source: [Transfer acceleration](https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html).
    pub fn accelerate(self, accelerate: bool) -> Self {
        Self { accelerate, ..self }
    }

    /// Sets whether an ARN of another region than the presigner's is refused. By default, the region of the ARN is the
    /// one that is signed for.
    pub fn arn_region_must_match(self, arn_region_must_match: bool) -> Self {
        Self { arn_region_must_match, ..self }
    }

    /// Sets whether credentials for a directory bucket are those of a session (`CreateSession`). They are by default.
    ///
    /// With `false` they are those of a user or a role, and the session token is `X-Amz-Security-Token` instead of
    /// `X-Amz-S3session-Token`.
    pub fn session_auth(self, session_auth: bool) -> Self {
        Self { without_session_auth: !session_auth, ..self }
    }

    /// Makes URLs cacheable: in each window, counted from 1970, the same operation, expiry and credentials give the same
    /// URL.
    ///
    /// `X-Amz-Date` is rounded down to the start of the window, and `X-Amz-Expires` is longer by the window, so that
    /// the URL works for the expiry that was asked for even at the end of the window, and at its start for longer:
    /// [`expires_at`](crate::PresignedRequest::expires_at) tells the true end. Window and expiry together must not be
    /// above the limit ([`Error::WindowTooLong`]). Forms have no window.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::GetObject};
    /// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
    /// let presigner = Presigner::builder()
    ///     .credentials(credentials)
    ///     .region("eu-west-1")
    ///     .bucket("user-media")
    ///     .signing_window(Duration::from_secs(3_600))
    ///     .build()?;
    /// let at = |now: &str| presigner.presign_at(GetObject::new("a.png"), Duration::from_secs(900), now.parse()?);
    /// assert_eq!(at("20240315T080000Z")?.url(), at("20240315T085959Z")?.url());
    /// assert_eq!(at("20240315T085959Z")?.expires_at().to_string(), "2024-03-15T09:15:00Z");
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn signing_window(self, window: impl Into<Option<Duration>>) -> Self {
        Self { signing_window: window.into(), ..self }
    }

    /// Sets whether a URL that would outlive its credentials is refused ([`Error::OutlivesCredentials`]). The
    /// [`signing_window`](Self::signing_window) is a part of its validity.
    ///
    /// By default, such a URL is signed, and [`expires_at`](crate::PresignedRequest::expires_at) is when the credentials
    /// expire.
    pub fn strict_expiry(self, strict_expiry: bool) -> Self {
        Self { strict_expiry, ..self }
    }

    /// The presigner.
    ///
    /// # Errors
    /// - [`Error::Missing`] without credentials or bucket, without a region or an account that the store needs,
    ///   and without an endpoint if there is no other one or if it is to stand for a bucket
    /// - [`Error::BucketInEndpoint`] if a bucket is given nevertheless
    /// - [`Error::Empty`], [`Error::InvalidCharacter`] for the region, the account or the bucket
    /// - [`Error::BucketLength`], [`Error::BucketNotDnsName`], [`Error::VirtualHostOnIpAddress`],
    ///   [`Error::DirectoryBucketName`], [`Error::OutpostsAlias`] for the bucket
    /// - [`Error::Arn`], [`Error::MultiRegionAccessPoint`] for an ARN in its place
    /// - [`Error::Endpoint`] for the endpoint
    /// - [`Error::EndpointConflict`] for settings that do not go together
    /// - [`Error::WindowTooShort`] for a signing window below one second
    /// - [`Error::UnknownRegion`] if there is no endpoint and the region is not one of AWS
    pub fn build(mut self) -> Result<Presigner, Error> {
        let credentials = self.credentials.take().ok_or(Error::Missing(Field::Credentials))?;
        let config = self.endpoint_config()?;
        let life_rules = self.life_rules()?;
        let location = Location::new(&config, self.bucket.as_deref())?;
        #[cfg(feature = "post")]
        let post_forms = self.post_forms();
        let rules = match self.service {
            Some(service) => ServiceRules::Given(service),
            None => ServiceRules::OfBucket { session_auth: !self.without_session_auth },
        };
        let signer = Signer::from_source(credentials, location.region.clone(), rules.service(&location)?)
            .with_life_rules(life_rules);
        let bucket = self.bucket.map(Arc::from);
        Ok(Presigner {
            signer,
            config: Arc::new(config),
            bucket,
            rules,
            location: Arc::new(location),
            #[cfg(feature = "post")]
            post_forms,
        })
    }

    fn profile(&self) -> Store {
        self.store.unwrap_or_default()
    }

    /// Of a store that is known by its endpoint alone, nothing is known.
    #[cfg(feature = "post")]
    fn post_forms(&self) -> PostForms {
        match self.endpoint {
            Some(_) if self.store.is_none() => PostForms::Unknown,
            _ => self.profile().post_forms(),
        }
    }

    fn endpoint_config(&self) -> Result<EndpointConfig, Error> {
        let store = self.profile();
        let region = self.region.as_deref().or(store.region()).ok_or(Error::Missing(Field::Region))?;
        let region = Region::new(region)?;
        if let Some(account) = &self.account {
            text::check_name(Field::Account, account)?;
        }
        let addressing_style = self.addressing_style.unwrap_or(store.addressing_style());
        let endpoint = match &self.endpoint {
            Some(endpoint) => Some(endpoint.clone()),
            // The endpoint of a store stands for the whole store, where the first segment of a key would be a bucket.
            None if addressing_style == AddressingStyle::BucketEndpoint => None,
            None => store.endpoint(&region, self.account.as_deref())?,
        };
        Ok(EndpointConfig {
            endpoint: endpoint.as_deref().map(parse_endpoint).transpose()?,
            region,
            addressing_style,
            dual_stack: self.dual_stack,
            fips: self.fips,
            accelerate: self.accelerate,
            arn_region_must_match: self.arn_region_must_match,
        })
    }

    fn life_rules(&self) -> Result<LifeRules, Error> {
        Ok(LifeRules {
            max: self.profile().max_expires(),
            window_seconds: self.signing_window.map(whole_seconds).transpose()?,
            strict: self.strict_expiry,
        })
    }
}

/// A fraction of a second is cut off.
fn whole_seconds(window: Duration) -> Result<u64, Error> {
    match window.as_secs() {
        0 => Err(Error::WindowTooShort),
        seconds => Ok(seconds),
    }
}

pub(super) fn parse_endpoint(text: &str) -> Result<Endpoint, Error> {
    let endpoint: Endpoint = text.parse()?;
    if endpoint.is_http() { Ok(endpoint) } else { Err(EndpointError::Scheme.into()) }
}

/// Nothing that was not checked yet: an endpoint may hold a password, and any field what was meant for another.
impl fmt::Debug for PresignerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignerBuilder")
            .field("credentials", &self.credentials)
            .field("addressing_style", &self.addressing_style)
            .field("store", &self.profile().name())
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}
