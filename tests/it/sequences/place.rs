//! Where a request goes: presigners and signers, with what the naive implementation must know of them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use presign::s3::AddressingStyle;
use presign::sigv4::{PathEncoding, PathNormalization, Service, Signer};
use presign::{Error, Presigner, Region};

use super::identity::{Identity, provider};
use super::random::Random;
use crate::naive::PathRules;

/// A presigner or a signer.
#[derive(Clone, Debug)]
pub struct Place {
    pub signs: Signs,
    /// `None` if a provider is asked.
    pub identity: Option<Arc<Identity>>,
    pub scheme: &'static str,
    pub host: String,
    /// The base of the URL where it is not scheme and host.
    pub published: Option<&'static str>,
    /// The path up to the key, with a slash at the end; for a signer up to the path.
    pub prefix: String,
    pub region: &'static str,
    pub service: &'static str,
    pub path_rules: PathRules,
    /// Seconds.
    pub window: u64,
}

#[derive(Clone)]
pub enum Signs {
    S3(Presigner, Configuration),
    Any(Signer),
}

/// Short: the rest of a place says the same.
impl fmt::Debug for Signs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::S3(_, configuration) => configuration.fmt(f),
            Self::Any(_) => f.write_str("Signer"),
        }
    }
}

/// What a presigner was made of.
#[derive(Clone, Copy, Debug)]
pub struct Configuration {
    /// Scheme, authority and base path.
    endpoint: Option<(&'static str, &'static str, &'static str)>,
    style: AddressingStyle,
    bucket: &'static str,
    region: &'static str,
    published: Option<&'static str>,
    service: Option<&'static str>,
    window: u64,
}

const ENDPOINTS: [(&str, &str, &str); 6] = [
    ("http", "minio:9000", ""),
    ("https", "files.example.com", "/base/path"),
    ("http", "[::1]:8080", ""),
    // The host of another presigner, in path style.
    ("https", "s3.eu-west-1.amazonaws.com", ""),
    ("https", "a.example", ""),
    ("https", "a-longer-host-than-the-others.example.com:8443", "/x"),
];
const REGIONS: [&str; 3] = ["eu-west-1", "us-east-1", "ap-southeast-2"];
const BUCKETS: [&str; 4] = ["user-media", "other-media", "dotted.media", "b0b"];
const DIRECTORY_BUCKET: &str = "media--euw1-az1--x-s3";

impl Configuration {
    /// The configurations that a round starts with.
    fn all() -> Vec<Self> {
        let aws = Self {
            endpoint: None,
            style: AddressingStyle::Auto,
            bucket: "user-media",
            region: "eu-west-1",
            published: None,
            service: None,
            window: 0,
        };
        let [minio, based, ..] = ENDPOINTS;
        vec![
            Self { bucket: DIRECTORY_BUCKET, ..aws },
            Self { bucket: "dotted.media", ..aws },
            // A scope that fills no block of the hash.
            Self { endpoint: Some(minio), region: "usa", ..aws },
            Self { endpoint: Some(based), style: AddressingStyle::VirtualHosted, ..aws },
            Self { endpoint: Some(based), style: AddressingStyle::BucketEndpoint, ..aws },
            Self { endpoint: Some(minio), published: Some("https://cdn.example.com/files"), ..aws },
            Self { endpoint: Some(minio), service: Some("my-gateway"), ..aws },
            Self { window: 300, ..aws },
            aws,
        ]
    }

    fn build(&self, identity: Option<&Arc<Identity>>) -> Result<Presigner, Error> {
        let is_bucket = self.style == AddressingStyle::BucketEndpoint;
        let builder = Presigner::builder()
            .region(self.region)
            .endpoint(self.endpoint.map(|(scheme, authority, base)| format!("{scheme}://{authority}{base}")))
            .addressing_style(self.style)
            .bucket((!is_bucket).then_some(self.bucket))
            .published_endpoint(self.published)
            .service(self.service.map(Service::new).transpose()?)
            .signing_window((self.window > 0).then_some(Duration::from_secs(self.window)));
        match identity {
            Some(identity) => builder.credentials(identity.credentials.clone()).build(),
            None => builder.credentials_provider(provider()).build(),
        }
    }

    fn place(self, presigner: Presigner, identity: Option<Arc<Identity>>) -> Place {
        let Self { bucket, region, style, .. } = self;
        let directory = bucket == DIRECTORY_BUCKET;
        let (scheme, host, prefix) = match self.endpoint {
            None if directory => {
                ("https", format!("{bucket}.s3express-euw1-az1.{region}.amazonaws.com"), "/".to_owned())
            }
            // No certificate of AWS fits a name with dots.
            None if bucket.contains('.') => ("https", format!("s3.{region}.amazonaws.com"), format!("/{bucket}/")),
            None => ("https", format!("{bucket}.s3.{region}.amazonaws.com"), "/".to_owned()),
            Some((scheme, authority, base)) => match style {
                AddressingStyle::VirtualHosted => (scheme, format!("{bucket}.{authority}"), format!("{base}/")),
                AddressingStyle::BucketEndpoint => (scheme, authority.to_owned(), format!("{base}/")),
                _ => (scheme, authority.to_owned(), format!("{base}/{bucket}/")),
            },
        };
        let service = self.service.unwrap_or(if directory { "s3express" } else { "s3" });
        Place {
            identity,
            scheme,
            host,
            published: self.published,
            prefix,
            region,
            service,
            path_rules: PathRules::of(service),
            window: self.window,
            signs: Signs::S3(presigner, self),
        }
    }

    fn service_root(&self) -> Option<(String, String)> {
        let (_, authority, base) = match self.endpoint {
            _ if self.style == AddressingStyle::BucketEndpoint => return None,
            Some(endpoint) => endpoint,
            None => return Some((format!("s3.{}.amazonaws.com", self.region), "/".into())),
        };
        Some((authority.into(), if base.is_empty() { "/" } else { base }.into()))
    }

    /// Another presigner that comes of this one, with another bucket, endpoint or region.
    fn derived(&self, presigner: &Presigner, random: &mut Random) -> Result<(Presigner, Self), Error> {
        let mut other = *self;
        let has_bucket = self.style != AddressingStyle::BucketEndpoint && self.bucket != DIRECTORY_BUCKET;
        let presigner = match random.below(3) {
            0 if has_bucket => {
                // Without dots, which the host of a bucket may have but a certificate does not fit.
                other.bucket = random.pick(&BUCKETS);
                if self.style == AddressingStyle::VirtualHosted {
                    other.bucket = "other-media";
                } else if self.endpoint.is_none() && random.one_in(4) {
                    other.bucket = DIRECTORY_BUCKET;
                }
                presigner.with_bucket(other.bucket)?
            }
            1 if self.style == AddressingStyle::Auto && self.bucket != DIRECTORY_BUCKET => {
                let (scheme, authority, base) = ENDPOINTS[random.below(ENDPOINTS.len())];
                let is_aws = authority.ends_with("amazonaws.com");
                if is_aws && self.region != "eu-west-1" {
                    return Ok((presigner.clone(), other));
                }
                other.endpoint = Some((scheme, authority, base));
                presigner.with_endpoint(format!("{scheme}://{authority}{base}"))?
            }
            _ if self.endpoint.is_none_or(|(_, authority, _)| !authority.ends_with("amazonaws.com")) => {
                other.region = random.pick(&REGIONS);
                presigner.with_region(other.region)?
            }
            _ => presigner.clone(),
        };
        Ok((presigner, other))
    }
}

/// The places that a round starts with.
pub fn places(identities: &[Arc<Identity>], random: &mut Random) -> Result<Vec<Place>, Error> {
    // Many share their credentials; each third asks the provider.
    let mut identity = || {
        let fixed = Arc::clone(&identities[random.below(identities.len())]);
        (!random.one_in(3)).then_some(fixed)
    };
    let mut places = Vec::new();
    for configuration in Configuration::all() {
        for identity in [identity(), identity()] {
            let presigner = configuration.build(identity.as_ref())?;
            places.push(configuration.place(presigner, identity));
        }
    }
    for (service, scheme, host, base, rules) in [
        ("sts", "https", "sts.us-east-1.amazonaws.com", "", None),
        ("execute-api", "https", "a1b2c3.execute-api.eu-west-1.amazonaws.com", "/prod", None),
        ("iotdevicegateway", "wss", "abc-ats.iot.eu-west-1.amazonaws.com", "", None),
        ("vpc-lattice-svcs", "https", "svc.vpc-lattice-svcs.eu-west-1.on.aws", "", None),
        ("s3express", "https", "media--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com", "", None),
        ("s3", "http", "192.0.2.7:9000", "/base", None),
        ("s3", "https", "s3.example", "", None),
        ("my-gateway", "https", "gateway.example.com", "", Some((PathEncoding::Twice, PathNormalization::Keep))),
        ("my-gateway", "https", "gateway.example.com", "", Some((PathEncoding::Once, PathNormalization::Normalize))),
    ] {
        let (mut rules_of_service, mut path_rules) = (Service::new(service)?, PathRules::of(service));
        if let Some((encoding, normalization)) = rules {
            rules_of_service = rules_of_service.path_encoding(encoding).path_normalization(normalization);
            let normalize = normalization == PathNormalization::Normalize;
            path_rules = PathRules { normalize, encode_again: encoding == PathEncoding::Twice };
        }
        let (identity, region) = (identity(), "eu-west-1");
        let signer = match &identity {
            Some(identity) => Signer::new(identity.credentials.clone(), Region::new(region)?, rules_of_service),
            None => Signer::from_provider(provider(), Region::new(region)?, rules_of_service),
        };
        places.push(Place {
            signs: Signs::Any(signer),
            identity,
            scheme,
            host: host.into(),
            published: None,
            prefix: base.into(),
            region,
            service,
            path_rules,
            window: 0,
        });
    }
    Ok(places)
}

impl Place {
    /// The host and the path of a request to S3 itself, if one can be made here.
    pub fn service_root(&self) -> Option<(String, String)> {
        match &self.signs {
            Signs::S3(_, configuration) if self.service == "s3" => configuration.service_root(),
            _ => None,
        }
    }

    /// Another place that comes of this one: with other credentials, another bucket, endpoint or region.
    pub fn derived(&self, identities: &[Arc<Identity>], random: &mut Random) -> Result<Self, Error> {
        if random.one_in(4) {
            let identity = Arc::clone(&identities[random.below(identities.len())]);
            let credentials = identity.credentials.clone();
            let signs = match &self.signs {
                Signs::S3(presigner, configuration) => {
                    Signs::S3(presigner.with_credentials(credentials), *configuration)
                }
                Signs::Any(signer) => Signs::Any(signer.with_credentials(credentials)),
            };
            return Ok(Self { signs, identity: Some(identity), ..self.clone() });
        }
        match &self.signs {
            Signs::S3(presigner, configuration) => {
                let (presigner, configuration) = configuration.derived(presigner, random)?;
                Ok(configuration.place(presigner, self.identity.clone()))
            }
            Signs::Any(signer) if self.service != "my-gateway" => {
                let region = random.pick(&["eu-west-1", "us-east-1"]);
                let signer = signer.with_scope(&Region::new(region)?, &Service::new(self.service)?);
                Ok(Self { signs: Signs::Any(signer), region, ..self.clone() })
            }
            Signs::Any(signer) => Ok(Self { signs: Signs::Any(signer.clone()), ..self.clone() }),
        }
    }
}
