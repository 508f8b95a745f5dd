//! What the `bucket` of a presigner names.

use alloc::string::String;

use crate::Error;
use crate::error::ArnError;
#[cfg(feature = "sigv4a")]
use crate::s3::arn::is_label;
use crate::s3::arn::{AccessPoint, Arn};
use crate::s3::bucket::Bucket;

/// A bucket, or something that is used as one. Each kind has its own hosts and its own service name.
#[derive(Clone, Debug)]
pub(super) enum Resource<'a> {
    Bucket(Bucket<'a>),
    /// A bucket of S3 Express One Zone, or an access point of one, by a name that ends with its zone.
    DirectoryBucket {
        name: Bucket<'a>,
        zone: String,
    },
    AccessPoint(AccessPoint),
    ObjectLambda(AccessPoint),
    OutpostsAccessPoint {
        outpost_id: String,
        access_point: AccessPoint,
    },
    OutpostsAlias(OutpostsAlias<'a>),
    /// A Multi-Region Access Point, by its alias, which ends with `.mrap`.
    #[cfg(feature = "sigv4a")]
    MultiRegionAccessPoint {
        alias: &'a str,
        /// That of an ARN.
        partition: Option<&'a str>,
    },
}

/// The alias of an access point on an Outpost.
#[derive(Clone, Debug)]
pub(super) struct OutpostsAlias<'a> {
    pub(super) name: Bucket<'a>,
    /// The labels between alias and service: `op-` and the id of the Outpost, or `ec2`.
    pub(super) hardware: String,
    /// Only reachable through an endpoint that is given.
    pub(super) is_beta: bool,
}

impl<'a> Resource<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, Error> {
        if text.starts_with("arn:") {
            return Self::from_arn(&Arn::parse(text)?);
        }
        let name = Bucket::new(text)?;
        // The name of a bucket cannot end with it.
        if text.strip_suffix(".mrap").is_some() {
            return Self::multi_region_access_point(text, None);
        }
        if let Some(rest) = text.strip_suffix("--x-s3").or_else(|| text.strip_suffix("--xa-s3")) {
            return Self::directory_bucket(name, rest);
        }
        if text.ends_with("--op-s3") {
            return Ok(Self::OutpostsAlias(OutpostsAlias::parse(name)?));
        }
        Ok(Self::Bucket(name))
    }

    /// As at a store where the end of a name has no meaning.
    pub(super) fn parse_without_suffixes(text: &'a str, may_have_tenant: bool) -> Result<Self, Error> {
        if text.starts_with("arn:") {
            return Self::parse(text);
        }
        Ok(Self::Bucket(if may_have_tenant { Bucket::with_tenant(text)? } else { Bucket::new(text)? }))
    }

    #[cfg(feature = "sigv4a")]
    fn multi_region_access_point(alias: &'a str, partition: Option<&'a str>) -> Result<Self, Error> {
        if alias.split('.').all(is_label) {
            Ok(Self::MultiRegionAccessPoint { alias, partition })
        } else {
            Err(ArnError::AccessPointName.into())
        }
    }

    #[cfg(not(feature = "sigv4a"))]
    fn multi_region_access_point(_: &'a str, _: Option<&'a str>) -> Result<Self, Error> {
        Err(Error::MultiRegionAccessPoint)
    }

    fn from_arn(arn: &Arn<'a>) -> Result<Self, Error> {
        if arn.is_multi_region() {
            return Self::multi_region_access_point(arn.multi_region_alias()?, Some(arn.partition));
        }
        match arn.service {
            "s3" => Ok(Self::AccessPoint(arn.access_point()?)),
            "s3-object-lambda" => Ok(Self::ObjectLambda(arn.access_point()?)),
            "s3-outposts" => {
                let (outpost_id, access_point) = arn.outposts_access_point()?;
                Ok(Self::OutpostsAccessPoint { outpost_id, access_point })
            }
            _ => Err(ArnError::Service.into()),
        }
    }

    /// `base--zone`, such as `media--use1-az4`.
    fn directory_bucket(name: Bucket<'a>, rest: &str) -> Result<Self, Error> {
        match rest.rsplit_once("--") {
            Some((_, zone)) if zone.contains('-') && name.is_dns_label() => {
                Ok(Self::DirectoryBucket { name, zone: zone.into() })
            }
            _ => Err(Error::DirectoryBucketName),
        }
    }

    /// The service of the credential scope.
    pub(super) fn service(&self) -> &'static str {
        match self {
            Self::Bucket(_) | Self::AccessPoint(_) => "s3",
            #[cfg(feature = "sigv4a")]
            Self::MultiRegionAccessPoint { .. } => "s3",
            Self::DirectoryBucket { .. } => "s3express",
            Self::ObjectLambda(_) => "s3-object-lambda",
            Self::OutpostsAccessPoint { .. } | Self::OutpostsAlias(_) => "s3-outposts",
        }
    }

    /// The access point, if it was named by an ARN.
    pub(super) fn access_point(&self) -> Option<&AccessPoint> {
        match self {
            Self::AccessPoint(access_point)
            | Self::ObjectLambda(access_point)
            | Self::OutpostsAccessPoint { access_point, .. } => Some(access_point),
            #[cfg(feature = "sigv4a")]
            Self::MultiRegionAccessPoint { .. } => None,
            Self::Bucket(_) | Self::DirectoryBucket { .. } | Self::OutpostsAlias(_) => None,
        }
    }

    /// Whether only SigV4A can sign for it.
    pub(super) const fn is_multi_region(&self) -> bool {
        match self {
            #[cfg(feature = "sigv4a")]
            Self::MultiRegionAccessPoint { .. } => true,
            _ => false,
        }
    }
}

impl<'a> OutpostsAlias<'a> {
    /// Fields at fixed places from the end: `…` hardware (1), Outpost id (17), 20 others, region (4), 1 other,
    /// `--op-s3`.
    fn parse(name: Bucket<'a>) -> Result<Self, Error> {
        let field = |from: usize, to: usize| {
            let end = name.as_str().len();
            end.checked_sub(from).and_then(|start| name.as_str().get(start..end - to)).ok_or(Error::OutpostsAlias)
        };
        let hardware = match field(50, 49)? {
            "e" => String::from("ec2"),
            "o" => ["op-", field(49, 32)?].concat(),
            _ => return Err(Error::OutpostsAlias),
        };
        let is_beta = field(12, 8)? == "beta";
        if !name.is_dns_label() {
            return Err(Error::OutpostsAlias);
        }
        Ok(Self { name, hardware, is_beta })
    }
}
