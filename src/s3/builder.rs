//! Building a [`Presigner`].

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use crate::credentials_provider::CredentialsSource;
use crate::error::Field;
use crate::s3::location::Location;
use crate::s3::settings::{Config, Settings};
use crate::s3::{AddressingStyle, Presigner, Store};
#[cfg(feature = "sigv4a")]
use crate::sigv4::RegionSet;
use crate::sigv4::{Service, Signer};
use crate::{Credentials, Error, IntoSetting, ProvideCredentials};

/// Collects the configuration of a [`Presigner`]. [`build`](Self::build) checks all of it.
///
/// Settings that a configuration may leave out take an `Option`, too: `None` is the default.
#[derive(Clone, Default)]
#[must_use]
pub struct PresignerBuilder {
    credentials: Option<CredentialsSource>,
    bucket: Option<String>,
    settings: Settings,
}

impl Presigner {
    /// Starts the configuration.
    pub fn builder() -> PresignerBuilder {
        PresignerBuilder::default()
    }
}

impl PresignerBuilder {
    /// Sets the credentials that sign. They are required, unless there is a provider.
    pub fn credentials(self, credentials: Credentials) -> Self {
        Self { credentials: Some(CredentialsSource::Fixed(credentials)), ..self }
    }

    /// Sets where to get the credentials for each signature, in place of [`credentials`](Self::credentials): a closure,
    /// a [`CredentialsCell`](crate::CredentialsCell), or another [`ProvideCredentials`].
    pub fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        Self { credentials: Some(CredentialsSource::Provider(Arc::new(provider))), ..self }
    }

    /// Sets the region of the bucket, such as `eu-west-1`, or what the store wants in its place, such as `auto`. It is
    /// required, except for a [`store`](Self::store) that [has one](Store::region).
    pub fn region(mut self, region: impl IntoSetting) -> Self {
        self.settings.region = region.into_setting();
        self
    }

    /// Sets the bucket, or the ARN of an access point, an Object Lambda access point or an Outposts access point. It is
    /// required, except with [`AddressingStyle::BucketEndpoint`], where the endpoint is that of the bucket.
    ///
    /// At an endpoint that may be a Ceph, [`Store::CEPH_RGW`] or one without a profile, it may be `tenant:bucket`, in path
    /// style.
    ///
    /// A directory bucket of AWS is recognized by its name, `base--zone--x-s3`: it has a zonal host, and credentials of
    /// `CreateSession` send their token as `X-Amz-S3session-Token`.
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

    /// Sets the endpoint of a store other than AWS, or another one of AWS, without the bucket: `http://localhost:9000`,
    /// `https://gateway.example.com/s3`. Give the host that the client will use: the signature covers it. If a proxy changes
    /// the host or the path on the way, see [`published_endpoint`](Self::published_endpoint).
    ///
    /// For PrivateLink it is the DNS name of the interface endpoint with `bucket.` in front, such as
    /// `https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com`; path style and virtual-hosted style both work.
    ///
    /// By default it is that of the [`store`](Self::store), and without one the regional endpoint of AWS.
    ///
    /// [`build`](Self::build) compares it with the other settings. An endpoint that contains a bucket, as consoles show
    /// it (`https://user-media.nyc3.digitaloceanspaces.com`, `https://….r2.cloudflarestorage.com/user-media`), is an error
    /// unless an [`addressing_style`](Self::addressing_style) other than `Auto` is set: [`AddressingStyle::BucketEndpoint`] uses it as it is,
    /// without a [`bucket`](Self::bucket). So is an AWS host of another region, and a host that reads no signatures: that
    /// of a website, of a console, of a CDN, or of public downloads such as `r2.dev`.
    #[doc(alias = "endpoint_url")]
    pub fn endpoint(mut self, endpoint: impl IntoSetting) -> Self {
        self.settings.endpoint = endpoint.into_setting();
        self
    }

    /// Sets the address of the store that clients see, if the store sees another one: a proxy in front of it changes the
    /// host or strips a path, or a CDN sends the host of its origin.
    ///
    /// A URL is then this base, followed by the signed path and query; the signature is that of the
    /// [`endpoint`](Self::endpoint), or of AWS's, so that is what the store has to see. This holds for every URL: those
    /// of operations, parts, batches, forms and grants. The base has a scheme, `http` or `https`, a host and, if needed, a
    /// port and the path that the proxy strips. A proxy that passes on the host and the path of the client needs no such
    /// setting, but the public address as `endpoint`.
    ///
    /// The base replaces scheme, host and port in every addressing style; the base path of the `endpoint` stays in the
    /// URL. In virtual-hosted style, where only the signed host names the bucket, the base must therefore be the bucket's own:
    /// for many buckets at one published address, use [`AddressingStyle::Path`].
    ///
    /// `docs/proxies.md` of the repository has configurations of nginx, Caddy and Traefik.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::GetObject};
    /// # let credentials = Credentials::new("minioadmin", "minioadmin")?;
    /// let presigner = Presigner::builder()
    ///     .credentials(credentials)
    ///     .region("us-east-1")
    ///     .endpoint("http://minio:9000") // the proxy sends `Host: minio:9000`, and no `/files`
    ///     .published_endpoint("https://example.com/files")
    ///     .bucket("user-media")
    ///     .build()?;
    /// let get = presigner.presign(GetObject::new("a b.png"), Duration::from_secs(60))?;
    /// assert!(get.url().starts_with("https://example.com/files/user-media/a%20b.png?X-Amz-"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[doc(alias("public_endpoint", "public_url", "custom_domain", "external_endpoint", "proxy", "cdn"))]
    pub fn published_endpoint(mut self, published_endpoint: impl IntoSetting) -> Self {
        self.settings.published_endpoint = published_endpoint.into_setting();
        self
    }

    /// Sets where the bucket is in the URL. By default, and with [`AddressingStyle::Auto`], it is where the
    /// [`store`](Self::store) wants it.
    pub fn addressing_style(mut self, addressing_style: impl Into<Option<AddressingStyle>>) -> Self {
        self.settings.addressing_style = addressing_style.into();
        self
    }

    /// Sets the profile of the store, if not [`Store::AWS`]. What is set with [`region`](Self::region),
    /// [`endpoint`](Self::endpoint) and [`addressing_style`](Self::addressing_style) wins over it.
    ///
    /// Where a profile of this crate has the region in its host, the region is signed in lower case, as hosts are written:
    /// `GRA` is `gra` at [`Store::OVHCLOUD`].
    pub fn store(mut self, store: impl Into<Option<Store>>) -> Self {
        self.settings.store = store.into();
        self
    }

    /// Sets the account, project or namespace, for a [`store`](Self::store) that has it in its host. Other stores ignore
    /// it.
    pub fn account(mut self, account: impl IntoSetting) -> Self {
        self.settings.account = account.into_setting();
        self
    }

    /// Sets the service of the credential scope, if not the one that the bucket has: `s3`, `s3express` for directory
    /// buckets, `s3-object-lambda`, `s3-outposts`.
    pub fn service(mut self, service: impl Into<Option<Service>>) -> Self {
        self.settings.service = service.into();
        self
    }

    /// Sets whether to use the dual-stack endpoints of AWS, which also work over IPv6.
    ///
    /// Source: [Using dual-stack endpoints](https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html).
    pub fn dual_stack(mut self, dual_stack: bool) -> Self {
        self.settings.dual_stack = dual_stack;
        self
    }

    /// Sets whether to use the FIPS endpoints of AWS.
    ///
    /// Source: [FIPS](https://aws.amazon.com/compliance/fips/).
    pub fn fips(mut self, fips: bool) -> Self {
        self.settings.fips = fips;
        self
    }

    /// Sets whether to use transfer acceleration, which must be enabled for the bucket.
    ///
    /// Source: [Transfer acceleration](https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html).
    pub fn accelerate(mut self, accelerate: bool) -> Self {
        self.settings.accelerate = accelerate;
        self
    }

    /// Sets whether an ARN of another region than the presigner's is refused. By default, the region of the ARN is the
    /// one that is signed for.
    pub fn arn_region_must_match(mut self, arn_region_must_match: bool) -> Self {
        self.settings.arn_region_must_match = arn_region_must_match;
        self
    }

    /// Signs with SigV4A, for a set of regions.
    ///
    /// A Multi-Region Access Point is signed for all regions (`*`) without this, and accepts no other signatures. AWS also accepts
    /// SigV4A for access points on Outposts.
    #[cfg(feature = "sigv4a")]
    pub fn region_set(mut self, regions: RegionSet) -> Self {
        self.settings.region_set = Some(regions);
        self
    }

    /// Sets whether credentials for a directory bucket are those of a session (`CreateSession`). They are by default.
    ///
    /// With `false` they are those of a user or a role, and the session token is `X-Amz-Security-Token` instead of
    /// `X-Amz-S3session-Token`.
    pub fn session_auth(mut self, session_auth: bool) -> Self {
        self.settings.without_session_auth = !session_auth;
        self
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
    pub fn signing_window(mut self, window: impl Into<Option<Duration>>) -> Self {
        self.settings.signing_window = window.into();
        self
    }

    /// Moves `X-Amz-Date` back, for stores whose clock is behind: they refuse a URL whose date is in their future with
    /// "Request is not yet valid". By default the date is not moved.
    ///
    /// The URL is valid for as long as without: `X-Amz-Expires` is longer by the slack, and
    /// [`expires_at`](crate::PresignedRequest::expires_at) does not change. The slack is in whole seconds, and a fraction of
    /// a second is rounded up. Slack, expiry and [`signing_window`](Self::signing_window) together must not be above the
    /// limit ([`Error::ClockSlackTooLong`]); the window moves back as a whole, so its first URLs have the slack as well.
    /// Credentials must be valid now, not at the date.
    ///
    /// The `x-amz-date` of a form moves back as well, and its policy expires as without. There are stores, such as those
    /// made with s3s, that refuse a form 15 minutes after this date, whatever its policy says: the slack shortens these 15
    /// minutes, so keep it at a few minutes. Nothing else depends on a clock: what a clock that is ahead needs is a longer
    /// expiry.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::GetObject};
    /// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
    /// let presigner = Presigner::builder()
    ///     .credentials(credentials)
    ///     .region("eu-west-1")
    ///     .bucket("user-media")
    ///     .clock_slack(Duration::from_secs(60))
    ///     .build()?;
    /// let get = presigner.presign_at(GetObject::new("a.png"), Duration::from_secs(900), "20240315T081530Z".parse()?)?;
    /// assert!(get.url().contains("&X-Amz-Date=20240315T081430Z&X-Amz-Expires=960&"));
    /// assert_eq!(get.expires_at().to_string(), "2024-03-15T08:30:30Z");
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[doc(alias("skew", "RequestTimeTooSkewed", "Request is not yet valid"))]
    pub fn clock_slack(mut self, clock_slack: impl Into<Option<Duration>>) -> Self {
        self.settings.clock_slack = clock_slack.into();
        self
    }

    /// Sets whether a URL that would outlive its credentials is refused ([`Error::OutlivesCredentials`]). The
    /// [`signing_window`](Self::signing_window) is a part of its validity.
    ///
    /// By default, such a URL is signed, and [`expires_at`](crate::PresignedRequest::expires_at) is when the credentials
    /// expire.
    pub fn strict_expiry(mut self, strict_expiry: bool) -> Self {
        self.settings.strict_expiry = strict_expiry;
        self
    }

    /// Checks the settings and creates the presigner.
    ///
    /// # Errors
    /// - [`Error::Missing`] without credentials or bucket, without a region or an account that the store needs,
    ///   and without an endpoint if the store has none or if it must be that of a bucket
    /// - [`Error::BucketInEndpoint`] if a bucket is given with [`AddressingStyle::BucketEndpoint`]
    /// - [`Error::Empty`], [`Error::InvalidCharacter`] for the region, the account or the bucket
    /// - [`Error::BucketLength`], [`Error::BucketNotDnsName`], [`Error::BucketHasDots`], [`Error::VirtualHostOnIpAddress`],
    ///   [`Error::DirectoryBucketName`], [`Error::OutpostsAlias`] for the bucket
    /// - [`Error::Arn`], [`Error::MultiRegionAccessPoint`] for an ARN in its place
    /// - [`Error::RegionPrefix`] for a region with a part of the store's host
    /// - [`Error::Endpoint`] for the endpoint, [`Error::PublishedEndpoint`] for the published one
    /// - [`Error::EndpointConflict`] for settings that cannot be combined
    /// - [`Error::WindowTooShort`] for a signing window below one second
    /// - [`Error::UnknownRegion`] if there is no endpoint and the region is not one of AWS
    pub fn build(self) -> Result<Presigner, Error> {
        let credentials = self.credentials.ok_or(Error::Missing(Field::Credentials))?;
        let config = Config::new(self.settings)?;
        let expiry_rules = config.settings.expiry_rules()?;
        let location = Location::new(&config.endpoints, self.bucket)?;
        let signer = Signer::from_source(
            credentials,
            location.signing_region(&config.endpoints),
            config.settings.service(&location)?,
        )
        .with_expiry_rules(expiry_rules);
        Ok(Presigner { signer, config: Arc::new(config), location: Arc::new(location) })
    }
}

/// Shows only checked values: an endpoint may hold a password, and any field a value that was meant for another field.
impl fmt::Debug for PresignerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignerBuilder")
            .field("credentials", &self.credentials)
            .field("addressing_style", &self.settings.addressing_style)
            .field("store", &self.settings.store().name)
            .field("service", &self.settings.service)
            .finish_non_exhaustive()
    }
}
