//! What distinguishes one store from another, as data.

use alloc::string::String;
use core::str::FromStr;
use core::time::Duration;

use crate::error::Field;
use crate::s3::AddressingStyle;
use crate::s3::known_host::has_labels;
use crate::s3::store_text::StoreText;
use crate::sigv4::Expires;
use crate::{Error, IntoSetting, IntoText, Region};

/// Describes a store: its host, the region to sign for, where the bucket is in the URL, and how long a URL can be valid.
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
/// A store whose description comes from a configuration file is [`Store::described`]. With the feature `serde`, a `Store`
/// is deserialized from the id of a profile or from such a description.
///
/// All profiles as a table, with a recipe for each: `docs/stores.md` in the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    pub(super) id: StoreText,
    pub(super) name: StoreText,
    pub(super) endpoint: EndpointRule,
    /// For [`EndpointRule::Template`].
    pub(super) endpoint_template: StoreText,
    pub(super) region: StoreText,
    /// Starts that belong to the host, but not to a region.
    pub(super) not_in_region: &'static [&'static str],
    pub(super) addressing_style: AddressingStyle,
    /// Domains whose hosts refuse path style, if only for new buckets.
    pub(super) virtual_hosted_domains: &'static [&'static str],
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
    /// From a template with the placeholders `{region}` and `{account}`.
    Template,
    /// From the user, who runs the store.
    SelfHosted,
}

/// Whether a store takes uploads from HTML forms, signed as AWS signs them (`PostObject`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PostForms {
    /// The store takes forms.
    Supported,
    /// The store refuses forms.
    NotSupported,
    /// No source says whether the store takes forms.
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
        Self { id: StoreText::fixed(name), name: StoreText::fixed(name), ..Self::UNKNOWN }
    }

    /// A profile of your own, of strings that are known only at run time. Otherwise it is as [`custom`](Self::custom).
    ///
    /// ```
    /// use presign::s3::{AddressingStyle, Store};
    ///
    /// let domain = String::from("storage.example.com"); // from a configuration file
    /// let ours = Store::described("our store", format!("https://{{region}}.{domain}"), None::<String>)
    ///     .with_addressing_style(AddressingStyle::VirtualHosted);
    /// assert_eq!(ours.endpoint_template(), Some("https://{region}.storage.example.com"));
    /// ```
    #[must_use]
    pub fn described<'a>(
        name: impl IntoText<'a>,
        endpoint_template: impl IntoSetting,
        region: impl IntoSetting,
    ) -> Self {
        let name = StoreText::given(name.into_text().into_owned());
        let endpoint_template = endpoint_template.into_setting().map(StoreText::given);
        Self {
            id: name.clone(),
            name,
            endpoint: if endpoint_template.is_some() { EndpointRule::Template } else { EndpointRule::SelfHosted },
            endpoint_template: endpoint_template.unwrap_or(StoreText::NONE),
            region: region.into_setting().map_or(StoreText::NONE, StoreText::given),
            ..Self::UNKNOWN
        }
    }

    /// What is assumed of a store about which nothing is known.
    pub(super) const UNKNOWN: Self = Self {
        id: StoreText::NONE,
        name: StoreText::NONE,
        endpoint: EndpointRule::SelfHosted,
        endpoint_template: StoreText::NONE,
        region: StoreText::NONE,
        not_in_region: &[],
        addressing_style: AddressingStyle::Auto,
        virtual_hosted_domains: &[],
        max_expires: SEVEN_DAYS,
        post_forms: PostForms::Unknown,
        has_s3_rules: false,
        quirks: &[],
        unverified: &[],
        source: None,
    };

    /// Sets the endpoint, without the bucket. `{region}` and `{account}` in it are replaced by what is given to the
    /// builder, which then requires them.
    #[must_use]
    pub const fn with_endpoint_template(mut self, template: &'static str) -> Self {
        // The facts about the region in the host are those of another host.
        self.source = None;
        self.not_in_region = &[];
        self.endpoint = EndpointRule::Template;
        self.endpoint_template.fix(template);
        self
    }

    /// Sets the region to sign for when the builder is given none.
    #[must_use]
    pub const fn with_region(mut self, region: &'static str) -> Self {
        self.region.fix(region);
        self
    }

    /// Sets where the bucket is in the URL.
    #[must_use]
    pub const fn with_addressing_style(mut self, addressing_style: AddressingStyle) -> Self {
        self.addressing_style = addressing_style;
        self
    }

    /// Sets the longest validity of a URL.
    #[must_use]
    pub const fn with_max_expires(mut self, max_expires: Duration) -> Self {
        self.max_expires = max_expires;
        self
    }

    /// Sets whether the store takes uploads from HTML forms.
    #[must_use]
    pub const fn with_post_forms(mut self, post_forms: PostForms) -> Self {
        self.post_forms = post_forms;
        self
    }

    /// Sets whether the store refuses what Amazon S3 refuses; see [`has_s3_rules`](Self::has_s3_rules).
    #[must_use]
    pub const fn with_s3_rules(mut self, has_s3_rules: bool) -> Self {
        self.has_s3_rules = has_s3_rules;
        self
    }

    /// Returns the name of the store in configuration files and on the command line, such as `cloudflare-r2`: what
    /// [`FromStr`] takes. A profile of your own has the name that it was given.
    #[must_use]
    pub const fn id(&self) -> &str {
        self.id.as_str()
    }

    /// Returns the name of the store, for people.
    #[must_use]
    pub const fn name(&self) -> &str {
        self.name.as_str()
    }

    /// Returns the endpoint with the placeholders `{region}` and `{account}`. There is none for AWS, where the domain depends
    /// on the partition of the region, and for stores that you run yourself.
    #[must_use]
    pub const fn endpoint_template(&self) -> Option<&str> {
        self.endpoint_template.get()
    }

    /// Returns the region to sign for when the builder is given none. Without one, the builder requires it.
    #[must_use]
    pub const fn region(&self) -> Option<&str> {
        self.region.get()
    }

    /// Returns where the bucket is in the URL.
    #[must_use]
    pub const fn addressing_style(&self) -> AddressingStyle {
        self.addressing_style
    }

    /// Returns the longest validity of a URL: longer ones are [`Error::ExpiresTooLong`].
    #[must_use]
    pub const fn max_expires(&self) -> Duration {
        self.max_expires
    }

    /// Returns whether the store takes uploads from HTML forms.
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

    /// Returns what else surprises people who come from AWS, a sentence or two each.
    #[must_use]
    pub const fn quirks(&self) -> &'static [&'static str] {
        self.quirks
    }

    /// Returns which of the facts above are assumptions.
    #[must_use]
    pub const fn unverified(&self) -> &'static [StoreFact] {
        self.unverified
    }

    /// Returns the page or the source code that the facts come from.
    #[must_use]
    pub const fn source(&self) -> Option<&'static str> {
        self.source
    }

    /// The region as the store writes it. Where it is a part of the host, it has no upper case: host names have no case,
    /// and the signature must have the name that the store's host has. Of profiles that are not of this crate nothing is
    /// known.
    pub(super) fn region_to_sign(&self, region: &str) -> Result<Region, Error> {
        let is_in_host = self.endpoint_template.as_str().contains("{region}");
        if self.source.is_some() && is_in_host { Region::new(region.to_ascii_lowercase()) } else { Region::new(region) }
    }

    /// The endpoint, or none if the region alone leads to it.
    pub(super) fn endpoint(&self, region: &Region, account: Option<&str>) -> Result<Option<String>, Error> {
        match self.endpoint {
            EndpointRule::AwsRegion => Ok(None),
            EndpointRule::SelfHosted => Err(Error::Missing(Field::Endpoint)),
            EndpointRule::Template => {
                let prefix = self.not_in_region.iter().find(|prefix| region.as_str().starts_with(**prefix));
                if let Some(&prefix) = prefix {
                    return Err(Error::RegionPrefix { prefix });
                }
                let template = self.endpoint_template.as_str();
                let endpoint = template.replace("{region}", region.as_str());
                if !template.contains("{account}") {
                    return Ok(Some(endpoint));
                }
                Ok(Some(endpoint.replace("{account}", account.ok_or(Error::Missing(Field::Account))?)))
            }
        }
    }

    /// Whether it is AWS, with whatever else was changed.
    pub(super) fn is_aws(&self) -> bool {
        self.endpoint == EndpointRule::AwsRegion
    }

    /// Whether a bucket may have the form `tenant:bucket`: at Ceph, and at a store that only its user knows.
    pub(super) fn may_have_tenants(&self) -> bool {
        self.source.is_none() || self.id() == Self::CEPH_RGW.id()
    }

    /// Whether a host refuses path style, by what the profiles of this crate know of its domain.
    pub(super) fn is_virtual_hosted_only(host: &str) -> bool {
        Self::ALL.iter().flat_map(|store| store.virtual_hosted_domains).any(|domain| has_labels(host, domain))
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
        Self::ALL.iter().find(|known| known.id() == id).cloned().ok_or(Error::UnknownStore)
    }
}

/// The limit of AWS, which most stores share.
pub(super) const SEVEN_DAYS: Duration = Expires::AWS_MAX;
