//! The paved path: presigned URLs for S3.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use core::time::Duration;

use crate::s3::location::Location;
use crate::s3::settings::{Config, Settings};
use crate::s3::{Operation, S3Request, Store};
use crate::sigv4::{Explanation, Signer, Target};
use crate::{Credentials, Error, IntoText, Method, PresignedRequest, Region, Timestamp};

/// Makes presigned URLs for one bucket.
///
/// Make one and keep it: it is `Send` and `Sync`, clones are cheap, and the signing key is derived once a day and
/// shared by all clones (with the feature `std`).
///
/// ```
/// use std::time::Duration;
/// use presign::s3::{GetObject, PutObject};
/// use presign::{Credentials, Presigner};
///
/// let presigner = Presigner::builder()
///     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
///     .region("eu-west-1")
///     .bucket("user-media")
///     .build()?;
///
/// let put = presigner.presign(PutObject::new("users/42/avatar.png").content_type("image/png"), Duration::from_secs(900))?;
/// let get = presigner.presign(GetObject::new("users/42/avatar.png"), Duration::from_secs(60))?;
/// assert!(get.url().starts_with("https://user-media.s3.eu-west-1.amazonaws.com/users/42/avatar.png?X-Amz-"));
/// # Ok::<(), presign::Error>(())
/// ```
#[doc(alias("S3Presigner", "S3RequestPresigner"))]
#[derive(Clone, Debug)]
pub struct Presigner {
    pub(super) signer: Signer,
    pub(super) config: Arc<Config>,
    pub(super) location: Arc<Location>,
}

impl Presigner {
    /// Returns a presigner for another bucket. It shares the signing key, unless an ARN or a directory bucket needs
    /// another one.
    ///
    /// This is cheap enough to do it for each request.
    ///
    /// A [`published_endpoint`](crate::s3::PresignerBuilder::published_endpoint) is kept. In virtual-hosted style its proxy
    /// must send the requests to the host of the new bucket: the signature is valid for no other.
    ///
    /// # Errors
    /// Those of [`PresignerBuilder::build`](crate::s3::PresignerBuilder::build) that concern the bucket.
    pub fn with_bucket<'a>(&self, bucket: impl IntoText<'a>) -> Result<Self, Error> {
        let location = Location::new(&self.config.endpoints, Some(bucket.into_text().into_owned()))?;
        let has_same_scope = location.arn_region == self.location.arn_region
            && location.is_multi_region == self.location.is_multi_region
            && location.service == self.location.service;
        let signer = if has_same_scope {
            self.signer.clone()
        } else {
            let region = location.signing_region(&self.config.endpoints);
            self.signer.with_signing_region(region, &self.config.settings.service(&location)?)
        };
        Ok(Self { signer, config: Arc::clone(&self.config), location: Arc::new(location) })
    }

    /// Returns a presigner for another endpoint, such as the public one beside the one inside your network. It shares
    /// the signing key.
    ///
    /// The host is signed, so a URL works only at the endpoint that it was signed for: give clients URLs for the host
    /// that they can reach. If a proxy changes the host on the way, the signed one is not the public one: see
    /// [`published_endpoint`](crate::s3::PresignerBuilder::published_endpoint), which is kept.
    ///
    /// # Errors
    /// Those of [`PresignerBuilder::build`](crate::s3::PresignerBuilder::build) that concern the endpoint and the bucket.
    ///
    /// ```
    /// # use presign::{Credentials, Presigner};
    /// # let credentials = Credentials::new("minioadmin", "minioadmin")?;
    /// let internal = Presigner::builder()
    ///     .credentials(credentials)
    ///     .region("us-east-1")
    ///     .endpoint("http://minio:9000")
    ///     .bucket("user-media")
    ///     .build()?;
    /// let public = internal.with_endpoint("https://files.example.com")?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn with_endpoint<'a>(&self, endpoint: impl IntoText<'a>) -> Result<Self, Error> {
        let endpoint = Some(endpoint.into_text().into_owned());
        self.with_settings(Settings { endpoint, ..self.config.settings.clone() })
    }

    /// Returns a presigner for another region, with its own signing key.
    ///
    /// # Errors
    /// Those of [`PresignerBuilder::build`](crate::s3::PresignerBuilder::build) that concern the region, the endpoint and
    /// the bucket.
    pub fn with_region<'a>(&self, region: impl IntoText<'a>) -> Result<Self, Error> {
        let region = Some(region.into_text().into_owned());
        self.with_settings(Settings { region, ..self.config.settings.clone() })
    }

    fn with_settings(&self, settings: Settings) -> Result<Self, Error> {
        let config = Config::new(settings)?;
        let location = Location::new(&config.endpoints, self.location.bucket.clone())?;
        let region = location.signing_region(&config.endpoints);
        let signer = self.signer.with_signing_region(region, &config.settings.service(&location)?);
        Ok(Self { signer, config: Arc::new(config), location: Arc::new(location) })
    }

    /// Returns a presigner with other credentials, which derives a signing key of its own: for credentials that are
    /// fetched for one request, or that belong to one tenant.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self { signer: self.signer.with_credentials(credentials), ..self.clone() }
    }

    /// Returns the bucket, or what was given in its place, such as the ARN of an access point. There is none with
    /// [`AddressingStyle::BucketEndpoint`](crate::s3::AddressingStyle::BucketEndpoint).
    #[must_use]
    pub fn bucket(&self) -> Option<&str> {
        self.location.bucket.as_deref()
    }

    /// Returns the region that is signed for: the one that was given, that of the store, or that of an ARN.
    #[must_use]
    pub fn region(&self) -> &Region {
        self.location.region(&self.config.endpoints)
    }

    /// Returns the endpoint that was given, or that of the store. There is none for AWS, where it follows from region
    /// and bucket.
    #[must_use]
    pub fn endpoint(&self) -> Option<String> {
        self.config.endpoints.endpoint.as_ref().map(ToString::to_string)
    }

    /// Returns the published endpoint, if one was given.
    #[must_use]
    pub fn published_endpoint(&self) -> Option<&str> {
        self.config.endpoints.published.as_deref()
    }

    /// Returns the profile of the store, if one was given.
    #[must_use]
    pub fn store(&self) -> Option<Store> {
        self.config.settings.store.clone()
    }

    /// Returns the URL of an object without a signature, for objects that everybody may read.
    ///
    /// Host and path are those of a presigned URL. The key is plain text. It is not known here whether the object is public:
    /// the store responds with 403 if it is not.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::KeyTooLong`], [`Error::DotSegment`] for the key
    ///
    /// ```
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let url = presigner.object_url("logos/a b.svg")?;
    /// assert_eq!(url, "https://user-media.s3.eu-west-1.amazonaws.com/logos/a%20b.svg");
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[doc(alias("public_url", "getPublicUrl", "unsigned_url"))]
    pub fn object_url<'k>(&self, key: impl IntoText<'k>) -> Result<String, Error> {
        Ok(self.target(&S3Request::new(Method::Get).key(key))?.plain_url())
    }

    /// Signs an operation, by the system's clock.
    ///
    /// The URL works from now until `expires` has passed, in whole seconds from 1 to 604,800 (seven days; a
    /// [`Store`](crate::s3::Store) may have another limit), or until the credentials end.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at), and those of [`Timestamp::now`](crate::Timestamp::now).
    #[doc(alias(
        "getSignedUrl",
        "getSignedUrlPromise",
        "GetPreSignedURL",
        "generate_presigned_url",
        "createPresignedRequest",
        "temporaryUrl",
        "presign_url",
        "presigned_url",
        "signed_url"
    ))]
    #[cfg(feature = "std")]
    pub fn presign(&self, operation: impl Operation, expires: Duration) -> Result<PresignedRequest, Error> {
        self.presign_at(operation, expires, Timestamp::now()?)
    }

    /// Signs an operation as of an instant: the same input gives the same URL.
    ///
    /// # Errors
    /// - [`Error::Empty`], [`Error::KeyTooLong`], [`Error::DotSegment`] for the key
    /// - [`Error::ExpiresTooShort`] below one second, [`Error::ExpiresTooLong`] above seven days or
    ///   [`Store::max_expires`](crate::s3::Store::max_expires); a fraction of a second is cut off
    /// - [`Error::WindowTooLong`], [`Error::ClockSlackTooLong`] if the expiry is too long together with the signing window
    ///   or the clock slack
    /// - [`Error::CredentialsExpired`] if the credentials end at `now` or before, [`Error::OutlivesCredentials`] with
    ///   [`strict_expiry`](crate::s3::PresignerBuilder::strict_expiry), [`Error::NoCredentials`] if a provider has
    ///   none, [`Error::Credentials`] if it failed
    /// - [`Error::TimeOutOfRange`] if the URL would end after the year 9999
    /// - [`Error::ReservedHeader`], [`Error::HopByHopHeader`], [`Error::HeaderName`], [`Error::HeaderValue`],
    ///   [`Error::ContentSha256`] for a header
    /// - [`Error::ReservedQueryParameter`], [`Error::Empty`], [`Error::ResponseOverride`] for a query parameter
    /// - [`Error::OutOfRange`], [`Error::EmptyRange`], [`Error::MetadataPrefix`], [`Error::MetadataTooLarge`],
    ///   [`Error::TooManyTags`], [`Error::TagKeyLength`], [`Error::TagValueLength`], [`Error::Repeated`],
    ///   [`Error::Empty`] for values that no store takes or that a store could take for another
    /// - [`Error::S3Rule`] for what AWS always refuses, at AWS and at a store that
    ///   [claims its rules](crate::s3::Store::has_s3_rules)
    ///
    /// `docs/limits.md` of the repository lists all rules, each with its source.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::GetObject};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
    /// #     .region("us-east-1")
    /// #     .endpoint("https://examplebucket.s3.amazonaws.com")
    /// #     .addressing_style(presign::s3::AddressingStyle::BucketEndpoint)
    /// #     .build()?;
    /// let get = presigner.presign_at(GetObject::new("test.txt"), Duration::from_secs(86_400), "20130524T000000Z".parse()?)?;
    /// assert!(get.url().ends_with("=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn presign_at(
        &self,
        operation: impl Operation,
        expires: Duration,
        now: Timestamp,
    ) -> Result<PresignedRequest, Error> {
        let request = operation.request();
        let mut url = String::new();
        let expires_at = self.signer.presign_target(&mut url, &self.target(&request)?, expires, now)?;
        Ok(request.presigned(url, expires_at))
    }

    /// Appends the URL to a buffer, by the system's clock, and returns when the URL expires.
    ///
    /// A buffer that is used again and again saves the allocation of each URL. The headers that the client must send are
    /// those of the operation: [`S3Request::to_headers`](crate::s3::S3Request::to_headers).
    ///
    /// # Errors
    /// As [`presign`](Self::presign). The buffer is then as it was before.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::GetObject};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let mut url = String::new();
    /// for key in ["1.png", "2.png"] {
    ///     url.clear();
    ///     presigner.presign_into(&mut url, GetObject::new(key), Duration::from_secs(60))?;
    ///     println!("{url}");
    /// }
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[cfg(feature = "std")]
    pub fn presign_into(
        &self,
        url: &mut String,
        operation: impl Operation,
        expires: Duration,
    ) -> Result<Timestamp, Error> {
        self.presign_into_at(url, operation, expires, Timestamp::now()?)
    }

    /// Appends the URL to a buffer, as of an instant, and returns when the URL expires.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at). The buffer is then as it was before.
    pub fn presign_into_at(
        &self,
        url: &mut String,
        operation: impl Operation,
        expires: Duration,
        now: Timestamp,
    ) -> Result<Timestamp, Error> {
        self.signer.presign_target(url, &self.target(&operation.request())?, expires, now)
    }

    /// As [`explain_at`](Self::explain_at), by the system's clock.
    ///
    /// # Errors
    /// As [`explain_at`](Self::explain_at).
    #[doc(alias = "SignatureDoesNotMatch")]
    #[cfg(feature = "std")]
    pub fn explain(&self, operation: impl Operation, expires: Duration) -> Result<Explanation, Error> {
        self.explain_at(operation, expires, Timestamp::now()?)
    }

    /// The texts that [`presign_at`](Self::presign_at) signs, to be compared with those in a `SignatureDoesNotMatch`
    /// response.
    ///
    /// # Errors
    /// As [`presign_at`](Self::presign_at).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, Timestamp, s3::GetObject};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let explanation = presigner.explain_at(GetObject::new("a b.png"), Duration::from_secs(60), "20240315T081530Z".parse()?)?;
    /// assert_eq!(explanation.canonical_request().lines().nth(1), Some("/a%20b.png"));
    /// assert_eq!(explanation.string_to_sign().lines().nth(2), Some("20240315/eu-west-1/s3/aws4_request"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn explain_at(
        &self,
        operation: impl Operation,
        expires: Duration,
        now: Timestamp,
    ) -> Result<Explanation, Error> {
        self.signer.explain_target(&self.target(&operation.request())?, expires, now)
    }

    /// Returns what is to be signed of a request.
    #[inline]
    pub(super) fn target<'r>(&'r self, request: &'r S3Request<'_>) -> Result<Target<'r>, Error> {
        request.target(&self.location, &self.config.endpoints)
    }
}
