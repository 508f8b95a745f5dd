//! Bucket names.

use alloc::borrow::Cow;

use crate::error::Field;
use crate::{Error, text};

/// A name that some S3 bucket may have. Names from before 2018 may be longer than 63 bytes and have upper case and `_`,
/// and other stores may still give such names.
///
/// Source: [General purpose bucket naming rules](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket<'a> {
    name: &'a str,
    form: Form,
}

/// What the name can be in a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// One label.
    Label,
    /// Several labels.
    Labels,
    /// No part of a host.
    Other,
}

impl<'a> Bucket<'a> {
    pub(super) fn new(name: &'a str) -> Result<Self, Error> {
        let form = Form::of(name);
        // Labels have no other characters.
        if form == Form::Other {
            text::check_name(Field::Bucket, name)?;
        }
        match name.len() {
            3..=255 => Ok(Self { name, form }),
            bytes => Err(Error::BucketLength { bytes }),
        }
    }

    /// A name with a tenant before it, `tenant:bucket`, as Ceph has it in paths. The tenant of the pool is empty.
    ///
    /// Source: [RGW Multi-tenancy](https://docs.ceph.com/en/latest/radosgw/multitenancy/).
    pub(super) fn with_tenant(name: &'a str) -> Result<Self, Error> {
        let Some((tenant, bucket)) = name.split_once(':') else { return Self::new(name) };
        if !tenant.is_empty() {
            text::check_name(Field::Bucket, tenant)?;
        }
        Self::new(bucket)?;
        Ok(Self { name, form: Form::Other })
    }

    /// The name in a path.
    pub(super) fn path_segment(&self) -> Cow<'a, str> {
        match self.form {
            Form::Other if self.name.contains(':') => Cow::Owned(self.name.replace(':', "%3A")),
            _ => Cow::Borrowed(self.name),
        }
    }

    pub(super) const fn as_str(&self) -> &'a str {
        self.name
    }

    /// Whether the name can be put before a host: lower-case labels, with dots between them.
    pub(super) fn is_dns_name(&self) -> bool {
        self.form != Form::Other
    }

    /// Whether it can, and is covered by a certificate for `*.host`.
    pub(super) fn is_dns_label(&self) -> bool {
        self.form == Form::Label
    }
}

impl Form {
    fn of(name: &str) -> Self {
        if name.len() > 63 {
            Self::Other
        } else if is_dns_label(name) {
            Self::Label
        } else if name.split('.').all(is_dns_label) {
            Self::Labels
        } else {
            Self::Other
        }
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
        assert!(Bucket::new(&"a".repeat(63)).unwrap().is_dns_label());
        assert!(!Bucket::new(&"a".repeat(64)).unwrap().is_dns_name());
    }
}
