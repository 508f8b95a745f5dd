//! The object that a copy is made from.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::s3::arn::Arn;
use crate::s3::bucket::Bucket;
use crate::s3::key::check_key;
use crate::s3::value::IntoValue;
use crate::{Error, IntoText, encode};

/// The object that [`CopyObject`](crate::s3::CopyObject) and [`UploadPartCopy`](crate::s3::UploadPartCopy) read.
///
/// ```
/// use presign::s3::CopySource;
///
/// let source = CopySource::new("archive", "reports/2024 final.pdf")?.version_id("3/L4kqtJlcpXroDTDmJ");
/// # Ok::<(), presign::Error>(())
/// ```
///
/// Source: [CopyObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html), `x-amz-copy-source`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CopySource {
    encoded: String,
    version_id: Option<String>,
}

impl CopySource {
    /// An object of a bucket. The key is plain text, and is percent-encoded once, by us.
    ///
    /// # Errors
    /// - [`Error::Empty`], [`Error::InvalidCharacter`], [`Error::BucketLength`] for the bucket
    /// - [`Error::Empty`], [`Error::KeyTooLong`] for the key; dot segments are allowed, because nothing resolves them
    ///   in a header
    pub fn new<'a>(bucket: impl IntoText<'a>, key: impl IntoText<'a>) -> Result<Self, Error> {
        Self::encode(Bucket::new(&bucket.into_text())?.as_str(), "/", &key.into_text())
    }

    /// An object that is reached through an access point or on Outposts, by the ARN:
    /// `arn:aws:s3:us-west-2:123456789012:accesspoint/NAME` or
    /// `arn:aws:s3-outposts:us-west-2:123456789012:outpost/ID`.
    ///
    /// # Errors
    /// [`Error::Arn`], [`Error::MultiRegionAccessPoint`] for the ARN; for the key as [`CopySource::new`].
    pub fn access_point<'a>(arn: impl IntoText<'a>, key: impl IntoText<'a>) -> Result<Self, Error> {
        let arn = arn.into_text();
        Arn::parse(&arn)?.check_copy_source()?;
        Self::encode(&arn, "/object/", &key.into_text())
    }

    /// This version of the object, given as plain text.
    #[must_use]
    pub fn version_id<'a>(mut self, version_id: impl IntoText<'a>) -> Self {
        let mut encoded = String::new();
        encode::query(&version_id.into_text(), &mut encoded);
        self.version_id = Some(encoded);
        self
    }

    fn encode(place: &str, separator: &str, key: &str) -> Result<Self, Error> {
        check_key(key, true)?;
        let mut encoded = [place, separator].concat();
        encode::path(key, &mut encoded);
        Ok(Self { encoded, version_id: None })
    }
}

impl<'a> IntoValue<'a> for CopySource {
    fn into_value(self) -> Cow<'a, str> {
        match self.version_id {
            Some(version_id) => [&*self.encoded, "?versionId=", &*version_id].concat().into(),
            None => self.encoded.into(),
        }
    }
}

/// The value of the header.
impl fmt::Display for CopySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.encoded)?;
        match &self.version_id {
            Some(version_id) => write!(f, "?versionId={version_id}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for CopySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CopySource").field(&format_args!("{self}")).finish()
    }
}
