//! Bucket names.

use alloc::string::String;

use crate::error::Field;
use crate::{Error, text};

/// A name that some S3 bucket may have. Names from before 2018 may be longer than 63 bytes and have upper case and `_`,
/// and other stores may still give such names.
///
/// Source: [General purpose bucket naming rules](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
#[derive(Clone, Debug)]
pub(super) struct Bucket(String);

impl Bucket {
    pub(super) fn new(name: impl Into<String>) -> Result<Self, Error> {
        let name = name.into();
        text::check_name(Field::Bucket, &name)?;
        match name.len() {
            3..=255 => Ok(Self(name)),
            bytes => Err(Error::BucketLength { bytes }),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name can stand in front of a host: lower-case labels, dots between them.
    pub(super) fn is_dns_name(&self) -> bool {
        self.0.len() <= 63 && self.0.split('.').all(is_dns_label)
    }

    /// Whether it can, and is covered by a certificate for `*.host`.
    pub(super) fn is_dns_label(&self) -> bool {
        self.0.len() <= 63 && is_dns_label(&self.0)
    }
}

/// `xn--` is left out: S3 forbids it, and URL parsers would read it as Punycode.
fn is_dns_label(label: &str) -> bool {
    !label.is_empty()
        && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
        && !label.starts_with("xn--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_where_they_can_stand() {
        for (name, is_dns_name, is_dns_label) in [
            ("abc", true, true),
            ("123", true, true),
            ("a-b-c", true, true),
            ("my.dotted.bucket", true, false),
            ("a..b", false, false),
            (".ab", false, false),
            ("ab-", false, false),
            ("-ab", false, false),
            ("a.-b", false, false),
            ("MyBucket", false, false),
            ("my_bucket", false, false),
            ("xn--abc", false, false),
            ("...", false, false),
        ] {
            let bucket = Bucket::new(name).unwrap();
            assert_eq!((bucket.is_dns_name(), bucket.is_dns_label()), (is_dns_name, is_dns_label), "{name}");
        }
        assert!(Bucket::new("a".repeat(63)).unwrap().is_dns_label());
        assert!(!Bucket::new("a".repeat(64)).unwrap().is_dns_name());
    }
}
