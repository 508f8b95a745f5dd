//! The hosts that a server serves, and where each has the bucket.

use alloc::string::String;
use alloc::sync::Arc;

use crate::byte_set::ByteSet;
use crate::error::Field;
use crate::s3::AddressingStyle;
use crate::{Error, IntoText, text};

/// A host that a server serves, and where its requests name the bucket.
///
/// Names are compared without case. A port is given unless it is 80 or 443.
///
/// ```
/// use presign::verify::ServedHost;
///
/// let path_style = ServedHost::new("s3.example.com")?; // https://s3.example.com/user-media/a.png
/// let virtual_hosted = ServedHost::with_bucket_subdomains("s3.example.com:9000")?; // http://user-media.s3.example.com:9000/a.png
/// let of_one_bucket = ServedHost::of_bucket("media.example.com", "user-media")?; // https://media.example.com/a.png
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedHost {
    /// In lower case, without a default port. Empty for any host.
    name: String,
    bucket: BucketOf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum BucketOf {
    Path,
    Subdomain,
    Fixed(Arc<str>),
}

/// Where a request names its bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BucketPlace {
    /// In the first segment of the path.
    Path,
    /// In the host, in so many bytes before a dot.
    Host(usize),
    /// Nowhere: the host is that of this bucket.
    Fixed(Arc<str>),
}

impl ServedHost {
    /// Creates a host whose requests name the bucket in the path, if they are to S3.
    ///
    /// # Errors
    /// [`Error::Empty`]; [`Error::InvalidCharacter`] for anything that is not a host with an optional port, such as a URL
    pub fn new<'a>(host: impl IntoText<'a>) -> Result<Self, Error> {
        Self::with(&host.into_text(), BucketOf::Path)
    }

    /// Creates a host whose subdomains are buckets. The host itself is not included: add it with [`new`](Self::new).
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_bucket_subdomains<'a>(host: impl IntoText<'a>) -> Result<Self, Error> {
        Self::with(&host.into_text(), BucketOf::Subdomain)
    }

    /// Creates a host that is that of one bucket.
    ///
    /// # Errors
    /// As [`new`](Self::new), for both.
    pub fn of_bucket<'a, 'b>(host: impl IntoText<'a>, bucket: impl IntoText<'b>) -> Result<Self, Error> {
        let bucket = bucket.into_text();
        text::check_name(Field::Bucket, &bucket)?;
        Self::with(&host.into_text(), BucketOf::Fixed(Arc::from(&*bucket)))
    }

    /// Any host, with the bucket in the path.
    ///
    /// For tests, and for servers that cannot know their name. The signature still covers the host, but a request that was
    /// signed for another server with the same keys is also accepted here.
    #[must_use]
    pub fn any() -> Self {
        Self { name: String::new(), bucket: BucketOf::Path }
    }

    fn with(host: &str, bucket: BucketOf) -> Result<Self, Error> {
        text::check_characters(Field::Host, host, |c| u8::try_from(c).is_ok_and(|byte| HOST.contains(byte)))?;
        let mut name = String::from(without_default_port(host));
        name.make_ascii_lowercase();
        Ok(Self { name, bucket })
    }

    /// Returns where the bucket is in a request for an authority, if this host serves it, which is not an empty one.
    pub(super) fn bucket_place(&self, authority: &str) -> Option<BucketPlace> {
        let authority = without_default_port(authority);
        match &self.bucket {
            _ if self.name.is_empty() => HOST.contains_all(authority.as_bytes()).then_some(BucketPlace::Path),
            BucketOf::Subdomain => {
                let bucket_end = authority.len().checked_sub(self.name.len() + ".".len())?;
                let (bucket, rest) = authority.split_at_checked(bucket_end)?;
                let is_subdomain = rest.strip_prefix('.')?.eq_ignore_ascii_case(&self.name);
                // An upper-case bucket would be another one than that of the DNS name.
                let is_in_bucket = |byte: u8| HOST.contains(byte) & !byte.is_ascii_uppercase();
                let is_bucket = !bucket.is_empty() && bucket.bytes().fold(true, |all, byte| all & is_in_bucket(byte));
                (is_subdomain && is_bucket).then_some(BucketPlace::Host(bucket_end))
            }
            _ if !authority.eq_ignore_ascii_case(&self.name) => None,
            BucketOf::Path => Some(BucketPlace::Path),
            BucketOf::Fixed(bucket) => Some(BucketPlace::Fixed(Arc::clone(bucket))),
        }
    }
}

impl BucketPlace {
    pub(super) const fn addressing_style(&self) -> AddressingStyle {
        match self {
            Self::Path => AddressingStyle::Path,
            Self::Host(_) => AddressingStyle::VirtualHosted,
            Self::Fixed(_) => AddressingStyle::BucketEndpoint,
        }
    }
}

/// What a host with a port is made of.
pub(super) static HOST: ByteSet = ByteSet::alphanumeric_and(b"-._:[]");

/// The ports that clients leave out of the `Host` header, or do not: 443 with `https`, 80 with `http`.
pub(super) const DEFAULT_PORTS: [&str; 2] = [":443", ":80"];

/// Returns a host without its port, if that is a default one.
pub(super) fn without_default_port(authority: &str) -> &str {
    DEFAULT_PORTS.iter().find_map(|port| authority.strip_suffix(port)).unwrap_or(authority)
}
