//! ARNs that can stand for a bucket.
//!
//! Source: [Using an access point ARN](https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-access-points.html) and
//! the endpoint rules of the AWS SDKs.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::ArnError;
use crate::partition::Partition;
use crate::{Error, Region};

/// `arn:partition:service:region:account:resource`, where the resource is a list of names separated by `:` or `/`.
#[derive(Clone, Debug)]
pub(super) struct Arn<'a> {
    pub(super) partition: &'a str,
    pub(super) service: &'a str,
    region: &'a str,
    account: &'a str,
    resource: Vec<&'a str>,
}

/// An access point: of a bucket, of Object Lambda, or on an Outpost.
#[derive(Clone, Debug)]
pub(super) struct AccessPoint {
    pub(super) region: Region,
    account: String,
    name: String,
}

impl<'a> Arn<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, ArnError> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(ArnError::Format);
        let (Ok("arn"), partition, service, region, account, resource) =
            (next(), next()?, next()?, next()?, next()?, next()?)
        else {
            return Err(ArnError::Format);
        };
        if partition.is_empty() || service.is_empty() || resource.is_empty() {
            return Err(ArnError::Format);
        }
        Ok(Self { partition, service, region, account, resource: resource.split([':', '/']).collect() })
    }

    /// Whether it names a Multi-Region Access Point: an access point without a region.
    pub(super) fn is_multi_region(&self) -> bool {
        self.service == "s3" && self.region.is_empty() && self.resource.first() == Some(&"accesspoint")
    }

    /// `accesspoint:alias`, of a Multi-Region Access Point.
    pub(super) fn multi_region_alias(&self) -> Result<&'a str, Error> {
        match *self.resource {
            _ if !self.has_account() => Err(ArnError::Account.into()),
            ["accesspoint", alias] => Ok(alias),
            ["accesspoint", _, ..] => Err(ArnError::SubResource.into()),
            _ => Err(ArnError::AccessPointName.into()),
        }
    }

    fn has_account(&self) -> bool {
        self.account.len() == 12 && self.account.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// `accesspoint:name`
    pub(super) fn access_point(&self) -> Result<AccessPoint, Error> {
        match *self.resource {
            ["accesspoint", name] => self.access_point_named(name),
            ["accesspoint", _, ..] => Err(ArnError::SubResource.into()),
            ["accesspoint"] => Err(ArnError::AccessPointName.into()),
            _ => Err(ArnError::Resource.into()),
        }
    }

    /// `outpost:id:accesspoint:name`, as the id and the access point.
    pub(super) fn outposts_access_point(&self) -> Result<(String, AccessPoint), Error> {
        match *self.resource {
            ["outpost", id, "accesspoint", name] if is_label(id) => Ok((id.into(), self.access_point_named(name)?)),
            ["outpost", id, "accesspoint", _, _, ..] if is_label(id) => Err(ArnError::SubResource.into()),
            ["outpost", id, ..] if is_label(id) => Err(ArnError::Resource.into()),
            ["outpost", ..] => Err(ArnError::OutpostId.into()),
            _ => Err(ArnError::Resource.into()),
        }
    }

    /// Whether it can stand before the key of a copy source: `accesspoint:name`, or `outpost:id`.
    pub(super) fn check_copy_source(&self) -> Result<(), Error> {
        match (self.service, &*self.resource) {
            ("s3", _) if !self.is_multi_region() => self.access_point().map(drop),
            ("s3", _) => Err(Error::MultiRegionAccessPoint),
            ("s3-outposts", ["outpost", id]) if is_label(id) => self.check_place(),
            ("s3-outposts", ["outpost", _]) => Err(ArnError::OutpostId.into()),
            ("s3-outposts", _) => Err(ArnError::Resource.into()),
            _ => Err(ArnError::Service.into()),
        }
    }

    fn check_place(&self) -> Result<(), Error> {
        if !self.region.split('.').all(is_label) {
            return Err(ArnError::Region.into());
        }
        if self.partition != Partition::of(self.region).name {
            return Err(ArnError::Partition.into());
        }
        // Of any other form, account and name could be told apart in more than one way in the host.
        if !self.has_account() {
            return Err(ArnError::Account.into());
        }
        Ok(())
    }

    fn access_point_named(&self, name: &str) -> Result<AccessPoint, Error> {
        self.check_place()?;
        if !is_label(name) || name.len() + 1 + self.account.len() > MAX_LABEL {
            return Err(ArnError::AccessPointName.into());
        }
        Ok(AccessPoint { region: Region::new(self.region)?, account: self.account.into(), name: name.into() })
    }
}

impl AccessPoint {
    /// The first label of its host.
    pub(super) fn label(&self) -> String {
        [&self.name, "-", &self.account].concat()
    }
}

/// The length of a label in a host name.
const MAX_LABEL: usize = 63;

/// A label of a host name, in lower case as all of these names are: clients change the others.
pub(super) fn is_label(text: &str) -> bool {
    (1..=MAX_LABEL).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
