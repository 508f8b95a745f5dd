//! Where the bucket is in the URL.

use core::fmt;
use core::str::FromStr;

use crate::Error;

/// Where the bucket is in the URL.
///
/// ```
/// # use presign::{Credentials, Presigner};
/// use presign::s3::AddressingStyle;
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
/// let presigner = Presigner::builder()
///     .credentials(credentials)
///     .region("eu-west-1")
///     .endpoint("https://files.example.com")
///     .addressing_style(AddressingStyle::BucketEndpoint)
///     .build()?;
/// # Ok::<(), presign::Error>(())
/// ```
///
/// [`FromStr`] and `Display` use the names `auto`, `virtual` and `path`, as the
/// [configuration files of AWS](https://docs.aws.amazon.com/cli/latest/topic/s3-config.html#addressing-style) do, and
/// `bucket-endpoint`, which those files do not have:
///
/// ```
/// use presign::s3::AddressingStyle;
///
/// assert_eq!("virtual".parse(), Ok(AddressingStyle::VirtualHosted));
/// assert_eq!(AddressingStyle::BucketEndpoint.to_string(), "bucket-endpoint");
/// ```
///
/// Source: [Virtual hosting of general purpose buckets](https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
#[doc(alias("UrlStyle", "forcePathStyle", "s3ForcePathStyle", "force_path_style"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AddressingStyle {
    /// Uses the style of the [`Store`](crate::s3::Store). For AWS and without a profile, that is `VirtualHosted` where
    /// the endpoint follows from the region and the bucket is a DNS name without dots, which the certificate would not
    /// cover, and `Path` for other names and for endpoints that are given. On domains of stores that document that they
    /// refuse path style, at least for new buckets (`myqcloud.com`, `aliyuncs.com`, `volces.com`, `t3.storage.dev`), it is
    /// `VirtualHosted`.
    ///
    /// An endpoint that contains the bucket is an error, because the bucket may be meant once or twice: choose one of the
    /// other styles to sign for it.
    #[default]
    Auto,
    /// `https://bucket.s3.eu-west-1.amazonaws.com/key`
    VirtualHosted,
    /// `https://s3.eu-west-1.amazonaws.com/bucket/key`
    Path,
    /// `https://files.example.com/key`: the endpoint is that of one bucket, as with a CNAME record, and no
    /// bucket is given.
    ///
    /// Make sure that it does: at an endpoint of the whole store, the first segment of a key would be a bucket.
    BucketEndpoint,
}

impl AddressingStyle {
    /// Returns the name of the style in configuration files, such as `virtual`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::VirtualHosted => "virtual",
            Self::Path => "path",
            Self::BucketEndpoint => "bucket-endpoint",
        }
    }
}

impl fmt::Display for AddressingStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AddressingStyle {
    type Err = Error;

    /// # Errors
    /// [`Error::UnknownAddressingStyle`]
    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "auto" => Ok(Self::Auto),
            "virtual" => Ok(Self::VirtualHosted),
            "path" => Ok(Self::Path),
            "bucket-endpoint" => Ok(Self::BucketEndpoint),
            _ => Err(Error::UnknownAddressingStyle),
        }
    }
}
