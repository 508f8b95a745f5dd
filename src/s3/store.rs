//! What distinguishes one store from another, as data.

use alloc::string::String;
use core::str::FromStr;
use core::time::Duration;

use crate::error::Field;
use crate::s3::AddressingStyle;
use crate::sigv4::Expires;
use crate::{Error, Region};

/// What to know of a store in order to sign for it: its host, the region it wants in signatures, where the bucket
/// stands, how long a URL may live.
///
/// With a profile, a [`PresignerBuilder`](crate::PresignerBuilder) needs only what is yours: bucket, credentials, and
/// the region or the account where the store has them. What is set on the builder wins over the profile.
///
/// ```
/// use presign::s3::Store;
/// use presign::{Credentials, Presigner};
///
/// let presigner = Presigner::builder()
///     .store(Store::CLOUDFLARE_R2)
///     .account("0123456789abcdef0123456789abcdef")
///     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
///     .bucket("user-media")
///     .build()?;
/// # Ok::<(), presign::Error>(())
/// ```
///
/// A store that is not listed here needs no profile: an endpoint and a region are enough. A profile of your own saves
/// repeating them, and sets what the builder does not have:
///
/// ```
/// use presign::s3::{AddressingStyle, Store};
///
/// const OURS: Store = Store::custom("our store")
///     .with_endpoint_template("https://{region}.storage.example.com")
///     .with_addressing_style(AddressingStyle::VirtualHosted);
/// assert_eq!(OURS.max_expires().as_secs(), 604_800);
/// ```
///
/// All profiles as a table, with a recipe for each: `docs/stores.md` in the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) endpoint: EndpointRule,
    pub(super) region: Option<&'static str>,
    pub(super) addressing_style: AddressingStyle,
    pub(super) max_expires: Duration,
    pub(super) post_forms: PostForms,
    pub(super) has_s3_rules: bool,
    pub(super) quirks: &'static [&'static str],
    pub(super) unverified: &'static [StoreFact],
    pub(super) source: Option<&'static str>,
}

/// Where the endpoint of a store comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EndpointRule {
    /// From the region, by the partitions of AWS.
    AwsRegion,
    /// From a text with the placeholders `{region}` and `{account}`.
    Template(&'static str),
    /// From the user, who runs the store.
    SelfHosted,
}

/// Whether a store takes uploads from HTML forms, signed as AWS signs them (`PostObject`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PostForms {
    /// It does.
    Supported,
    /// It answers with an error.
    NotSupported,
    /// Nothing was found about it.
    Unknown,
}

/// A fact of a [`Store`] that its maker's documentation or source code did not confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreFact {
    /// [`Store::endpoint_template`].
    Endpoint,
    /// The region of the signature: [`Store::region`], or that the region in the host is the one to sign for.
    Region,
    /// [`Store::addressing_style`].
    AddressingStyle,
    /// [`Store::max_expires`].
    MaxExpires,
    /// [`Store::post_forms`].
    PostForms,
}

impl Default for Store {
    /// [`Store::AWS`]
    fn default() -> Self {
        Self::AWS
    }
}

impl Store {
    /// A profile of your own. It asks for an endpoint and a region, puts the bucket where [`AddressingStyle::Auto`]
    /// does, and allows seven days, until you say otherwise.
    #[must_use]
    pub const fn custom(name: &'static str) -> Self {
        Self {
            id: name,
            name,
            endpoint: EndpointRule::SelfHosted,
            region: None,
            addressing_style: AddressingStyle::Auto,
            max_expires: SEVEN_DAYS,
            post_forms: PostForms::Unknown,
            has_s3_rules: false,
            quirks: &[],
            unverified: &[],
            source: None,
        }
    }

    /// Sets the endpoint, without the bucket. `{region}` and `{account}` in it are replaced by what is given to the
    /// builder, which then requires them.
    #[must_use]
    pub const fn with_endpoint_template(self, template: &'static str) -> Self {
        Self { endpoint: EndpointRule::Template(template), ..self }
    }

    /// Sets the region to sign for when the builder is given none.
    #[must_use]
    pub const fn with_region(self, region: &'static str) -> Self {
        Self { region: Some(region), ..self }
    }

    /// Sets where the bucket is in the URL.
    #[must_use]
    pub const fn with_addressing_style(self, addressing_style: AddressingStyle) -> Self {
        Self { addressing_style, ..self }
    }

    /// Sets the longest life of a URL.
    #[must_use]
    pub const fn with_max_expires(self, max_expires: Duration) -> Self {
        Self { max_expires, ..self }
    }

    /// Sets whether the store takes uploads from HTML forms.
    #[must_use]
    pub const fn with_post_forms(self, post_forms: PostForms) -> Self {
        Self { post_forms, ..self }
    }

    /// Sets whether the store refuses what Amazon S3 refuses; see [`has_s3_rules`](Self::has_s3_rules).
    #[must_use]
    pub const fn with_s3_rules(self, has_s3_rules: bool) -> Self {
        Self { has_s3_rules, ..self }
    }

    /// Returns the name of the store in configuration files and on the command line, such as `cloudflare-r2`: what
    /// [`FromStr`] takes. A profile of your own has the name that it was given.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The name of the store, for people.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The endpoint with the placeholders `{region}` and `{account}`. There is none for AWS, where the domain depends
    /// on the partition of the region, and for stores that you run yourself.
    #[must_use]
    pub const fn endpoint_template(&self) -> Option<&'static str> {
        match self.endpoint {
            EndpointRule::Template(template) => Some(template),
            EndpointRule::AwsRegion | EndpointRule::SelfHosted => None,
        }
    }

    /// The region to sign for when the builder is given none. Without one, the builder requires it.
    #[must_use]
    pub const fn region(&self) -> Option<&'static str> {
        self.region
    }

    /// Where the bucket is in the URL.
    #[must_use]
    pub const fn addressing_style(&self) -> AddressingStyle {
        self.addressing_style
    }

    /// The longest life of a URL: longer ones are [`Error::ExpiresTooLong`].
    #[must_use]
    pub const fn max_expires(&self) -> Duration {
        self.max_expires
    }

    /// Whether the store takes uploads from HTML forms.
    #[must_use]
    pub const fn post_forms(&self) -> PostForms {
        self.post_forms
    }

    /// Whether the store refuses what Amazon S3 refuses, so that signing it is an error ([`Error::S3Rule`]): combinations
    /// of headers, and values of theirs. Of the profiles here, only [`AWS`](Self::AWS) claims that.
    ///
    /// All rules, with their sources: `docs/limits.md` in the repository.
    ///
    /// ```
    /// use presign::s3::Store;
    ///
    /// const STRICT: Store = Store::MINIO.with_s3_rules(true);
    /// assert!(STRICT.has_s3_rules() && Store::AWS.has_s3_rules() && !Store::MINIO.has_s3_rules());
    /// ```
    #[must_use]
    pub const fn has_s3_rules(&self) -> bool {
        self.has_s3_rules
    }

    /// What else surprises people who come from AWS, a sentence or two each.
    #[must_use]
    pub const fn quirks(&self) -> &'static [&'static str] {
        self.quirks
    }

    /// Which of the facts above are assumptions.
    #[must_use]
    pub const fn unverified(&self) -> &'static [StoreFact] {
        self.unverified
    }

    /// The page or the source code that the facts come from.
    #[must_use]
    pub const fn source(&self) -> Option<&'static str> {
        self.source
    }

    /// The endpoint, or none if the region alone leads to it.
    pub(super) fn endpoint(&self, region: &Region, account: Option<&str>) -> Result<Option<String>, Error> {
        match self.endpoint {
            EndpointRule::AwsRegion => Ok(None),
            EndpointRule::SelfHosted => Err(Error::Missing(Field::Endpoint)),
            EndpointRule::Template(template) => {
                let endpoint = template.replace("{region}", region.as_str());
                if !template.contains("{account}") {
                    return Ok(Some(endpoint));
                }
                Ok(Some(endpoint.replace("{account}", account.ok_or(Error::Missing(Field::Account))?)))
            }
        }
    }
}

/// Finds the profile of a store by its [`id`](Store::id), such as `aws` or `cloudflare-r2`.
///
/// ```
/// use presign::Error;
/// use presign::s3::Store;
///
/// assert_eq!("minio".parse(), Ok(Store::MINIO));
/// assert_eq!("s3".parse::<Store>(), Err(Error::UnknownStore)); // its message lists all names
/// ```
impl FromStr for Store {
    type Err = Error;

    fn from_str(id: &str) -> Result<Self, Error> {
        Self::ALL.iter().copied().find(|known| known.id == id).ok_or(Error::UnknownStore)
    }
}

/// The limit of AWS, which most stores share.
pub(super) const SEVEN_DAYS: Duration = Expires::AWS_MAX;
