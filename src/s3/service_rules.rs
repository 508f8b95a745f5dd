//! Which service a presigner signs for.

use crate::Error;
use crate::s3::location::Location;
use crate::sigv4::{Service, SessionTokenParameter};

/// The service that the user set, or how to find the one of a bucket.
#[derive(Clone, Debug)]
pub(super) enum ServiceRules {
    Given(Service),
    OfBucket {
        /// Whether the session token of a directory bucket's credentials is that of a session.
        session_auth: bool,
    },
}

impl ServiceRules {
    pub(super) fn service(&self, location: &Location) -> Result<Service, Error> {
        match self {
            Self::Given(service) => Ok(service.clone()),
            Self::OfBucket { session_auth: true } => Service::new(location.service),
            Self::OfBucket { session_auth: false } => {
                Ok(Service::new(location.service)?.session_token_parameter(SessionTokenParameter::SecurityToken))
            }
        }
    }
}
