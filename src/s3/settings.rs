//! The settings of a presigner, and what follows from them.

use alloc::string::String;
use core::time::Duration;

use crate::endpoint::Endpoint;
use crate::error::{EndpointError, Field};
use crate::s3::location::{EndpointConfig, Location, StoreRules};
use crate::s3::partition::is_s3_of_aws;
use crate::s3::{AddressingStyle, PostForms, Store};
use crate::sigv4::{LifeRules, Service, SessionTokenParameter};
use crate::{Error, Region, text};

/// What was given to the builder, except credentials and bucket.
///
/// A presigner keeps it, so that whatever is derived from the presigner is what the builder makes of the same settings.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub(super) struct Settings {
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) addressing_style: Option<AddressingStyle>,
    pub(super) store: Option<Store>,
    pub(super) account: Option<String>,
    pub(super) service: Option<Service>,
    pub(super) dual_stack: bool,
    pub(super) fips: bool,
    pub(super) accelerate: bool,
    pub(super) arn_region_must_match: bool,
    pub(super) without_session_auth: bool,
    pub(super) signing_window: Option<Duration>,
    pub(super) strict_expiry: bool,
}

/// Settings, with what is the same for every bucket.
#[derive(Clone, Debug)]
pub(super) struct Config {
    pub(super) settings: Settings,
    pub(super) endpoints: EndpointConfig,
}

impl Config {
    pub(super) fn new(settings: Settings) -> Result<Self, Error> {
        Ok(Self { endpoints: settings.endpoint_config()?, settings })
    }
}

impl Settings {
    /// Returns the profile of the store. Without one, it is AWS.
    pub(super) fn store(&self) -> Store {
        self.store.unwrap_or_default()
    }

    /// Returns whether the store takes forms. Nothing is known about a store that is given by its endpoint alone.
    #[cfg_attr(not(feature = "post"), allow(dead_code, reason = "forms need the feature"))]
    pub(super) fn post_forms(&self) -> PostForms {
        match self.endpoint {
            Some(_) if self.store.is_none() => PostForms::Unknown,
            _ => self.store().post_forms(),
        }
    }

    /// Returns whose rules a store has that is at this endpoint.
    fn rules(&self, endpoint: Option<&Endpoint>) -> StoreRules {
        match (self.store, &self.endpoint, endpoint) {
            (None, Some(_), Some(endpoint)) if is_s3_of_aws(endpoint.host()) => StoreRules::S3AtGivenEndpoint,
            (None, Some(_), _) => StoreRules::Unknown,
            _ if self.store().has_s3_rules() => StoreRules::S3,
            _ => StoreRules::Unknown,
        }
    }

    fn endpoint_config(&self) -> Result<EndpointConfig, Error> {
        let store = self.store();
        let region = self.region.as_deref().or(store.region()).ok_or(Error::Missing(Field::Region))?;
        let region = Region::new(region)?;
        if let Some(account) = &self.account {
            text::check_name(Field::Account, account)?;
        }
        let addressing_style = self.addressing_style.unwrap_or(store.addressing_style());
        let endpoint = match &self.endpoint {
            Some(endpoint) => Some(parse_endpoint(endpoint)?),
            // The endpoint of a profile is that of the whole store, where the first segment of a key would be a bucket.
            None if addressing_style == AddressingStyle::BucketEndpoint => None,
            None => store.endpoint(&region, self.account.as_deref())?.as_deref().map(parse_endpoint).transpose()?,
        };
        EndpointConfig {
            region,
            addressing_style,
            dual_stack: self.dual_stack,
            fips: self.fips,
            accelerate: self.accelerate,
            arn_region_must_match: self.arn_region_must_match,
            rules: self.rules(endpoint.as_ref()),
            bucket_parent: None,
            endpoint,
        }
        .checked()
    }

    /// Returns the service to sign for: the one that was given, or that of the bucket.
    pub(super) fn service(&self, location: &Location) -> Result<Service, Error> {
        if let Some(service) = &self.service {
            return Ok(service.clone());
        }
        let service = Service::new(location.service)?;
        if self.without_session_auth {
            return Ok(service.session_token_parameter(SessionTokenParameter::SecurityToken));
        }
        Ok(service)
    }

    pub(super) fn life_rules(&self) -> Result<LifeRules, Error> {
        Ok(LifeRules {
            max: self.store().max_expires(),
            window_seconds: self.signing_window.map(whole_seconds).transpose()?,
            strict: self.strict_expiry,
        })
    }
}

/// A fraction of a second is cut off.
fn whole_seconds(window: Duration) -> Result<u64, Error> {
    match window.as_secs() {
        0 => Err(Error::WindowTooShort),
        seconds => Ok(seconds),
    }
}

fn parse_endpoint(text: &str) -> Result<Endpoint, Error> {
    let endpoint: Endpoint = text.parse()?;
    if endpoint.is_http() { Ok(endpoint) } else { Err(EndpointError::Scheme.into()) }
}
