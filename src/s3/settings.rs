//! The settings of a presigner, and what follows from them.

use alloc::string::{String, ToString as _};
use core::time::Duration;

use crate::endpoint::Endpoint;
use crate::error::{EndpointError, Field};
use crate::s3::endpoint_config::{EndpointConfig, StoreRules};
use crate::s3::known_host::AwsHost;
use crate::s3::location::Location;
use crate::s3::{AddressingStyle, PostForms, Store};
#[cfg(feature = "sigv4a")]
use crate::sigv4::RegionSet;
use crate::sigv4::{ExpiryRules, Service, SessionTokenParameter};
use crate::{Error, text};

/// What was given to the builder, except credentials and bucket.
///
/// A presigner keeps it, so that whatever is derived from the presigner is what the builder makes of the same settings.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub(super) struct Settings {
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) published_endpoint: Option<String>,
    pub(super) addressing_style: Option<AddressingStyle>,
    pub(super) store: Option<Store>,
    pub(super) account: Option<String>,
    pub(super) service: Option<Service>,
    pub(super) dual_stack: bool,
    pub(super) fips: bool,
    pub(super) accelerate: bool,
    pub(super) arn_region_must_match: bool,
    #[cfg(feature = "sigv4a")]
    pub(super) region_set: Option<RegionSet>,
    pub(super) without_session_auth: bool,
    pub(super) signing_window: Option<Duration>,
    pub(super) clock_slack: Option<Duration>,
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
    pub(super) fn store(&self) -> &Store {
        static AWS: Store = Store::AWS;
        self.store.as_ref().unwrap_or(&AWS)
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
        match (&self.store, &self.endpoint, endpoint) {
            (None, Some(_), Some(endpoint)) if AwsHost::parse(endpoint.host()).is_some() => {
                StoreRules::S3AtGivenEndpoint
            }
            (None, Some(_), _) => StoreRules::Unknown,
            _ if self.store().has_s3_rules() => StoreRules::S3,
            _ => StoreRules::Unknown,
        }
    }

    fn endpoint_config(&self) -> Result<EndpointConfig, Error> {
        let store = self.store();
        let region = self.region.as_deref().or(store.region()).ok_or(Error::Missing(Field::Region))?;
        let region = store.region_to_sign(region)?;
        if let Some(account) = &self.account {
            text::check_name(Field::Account, account)?;
        }
        let chosen_style = self.addressing_style.filter(|style| *style != AddressingStyle::Auto);
        let mut addressing_style = chosen_style.unwrap_or(store.addressing_style());
        let store_endpoint = || {
            let endpoint = store.endpoint(&region, self.account.as_deref())?;
            Ok::<_, Error>(endpoint.as_deref().map(parse_endpoint).transpose()?)
        };
        let endpoint = match &self.endpoint {
            Some(endpoint) => Some(parse_endpoint(endpoint)?),
            // The endpoint of a profile is that of the whole store, where the first segment of a key would be a bucket.
            None if addressing_style == AddressingStyle::BucketEndpoint => None,
            None => store_endpoint()?,
        };
        let is_virtual_hosted_only =
            endpoint.as_ref().is_some_and(|endpoint| Store::is_virtual_hosted_only(endpoint.host()));
        if addressing_style == AddressingStyle::Auto && is_virtual_hosted_only {
            addressing_style = AddressingStyle::VirtualHosted;
        }
        let rules = self.rules(endpoint.as_ref());
        let published = self.published_endpoint.as_deref().map(parse_endpoint).transpose();
        EndpointConfig {
            // Only compared with the given endpoint: without an account or a valid region there is nothing to compare.
            store_endpoint: store_endpoint().unwrap_or_default(),
            may_have_tenant: self.store.as_ref().is_none_or(Store::may_have_tenants),
            endpoint,
            region: region.clone(),
            published: published.map_err(Error::PublishedEndpoint)?.map(|published| published.to_string().into()),
            addressing_style,
            has_chosen_style: chosen_style.is_some(),
            dual_stack: self.dual_stack,
            fips: self.fips,
            accelerate: self.accelerate,
            arn_region_must_match: self.arn_region_must_match,
            #[cfg(feature = "sigv4a")]
            region_set: self.region_set.clone(),
            has_suffixes: store.is_aws() && !is_virtual_hosted_only,
            endpoint_region: None,
            is_global_endpoint: false,
            bucket_parent: None,
            unaccelerated: None,
            rules,
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

    pub(super) fn expiry_rules(&self) -> Result<ExpiryRules, Error> {
        Ok(ExpiryRules {
            max: self.store().max_expires(),
            window_seconds: self.signing_window.map_or(Ok(0), whole_seconds)?,
            slack_seconds: self.clock_slack.map_or(0, seconds_rounded_up),
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

/// A date that is too early does no harm.
fn seconds_rounded_up(slack: Duration) -> u64 {
    slack.as_secs().saturating_add((slack.subsec_nanos() > 0).into())
}

fn parse_endpoint(text: &str) -> Result<Endpoint, EndpointError> {
    let endpoint: Endpoint = text.parse()?;
    if endpoint.is_http() { Ok(endpoint) } else { Err(EndpointError::Scheme) }
}
