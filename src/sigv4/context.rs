//! Who signs, for what, and when: everything in a signature that is not the request.

use crate::sigv4::{CredentialScope, Service};
use crate::sink::Sink;
use crate::timestamp::AmzDate;
use crate::{Credentials, Error, Region, Timestamp};

/// The identity, the region, the service and the instant of one signature.
///
/// ```
/// use presign::sigv4::{Service, SigningContext};
/// use presign::{Credentials, Region};
///
/// let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
/// let (region, service) = (Region::new("us-east-1")?, Service::new("s3")?);
/// let context = SigningContext::new(&credentials, &region, &service, "20130524T000000Z".parse()?);
/// assert_eq!(context.scope().to_string(), "20130524/us-east-1/s3/aws4_request");
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SigningContext<'a> {
    credentials: &'a Credentials,
    region: &'a Region,
    service: &'a Service,
    timestamp: Timestamp,
    amz_date: AmzDate,
}

impl<'a> SigningContext<'a> {
    /// A context from its four parts.
    #[must_use]
    pub fn new(credentials: &'a Credentials, region: &'a Region, service: &'a Service, timestamp: Timestamp) -> Self {
        Self { credentials, region, service, timestamp, amz_date: timestamp.amz_date() }
    }

    /// The credential scope.
    #[must_use]
    pub fn scope(&self) -> CredentialScope<'_> {
        CredentialScope::new(self.amz_date, self.region, self.service)
    }

    /// The instant.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    pub(super) fn amz_date(&self) -> &AmzDate {
        &self.amz_date
    }

    pub(super) fn service(&self) -> &'a Service {
        self.service
    }

    pub(super) fn session_token(&self) -> Option<&'a str> {
        self.credentials.session_token()
    }

    /// The session token, if the service wants it to be signed.
    pub(super) fn signed_session_token(&self) -> Option<&'a str> {
        self.session_token().filter(|_| self.service.signs_session_token())
    }

    /// The session token, if the service wants it outside of the signature.
    pub(super) fn unsigned_session_token(&self) -> Option<&'a str> {
        self.session_token().filter(|_| !self.service.signs_session_token())
    }

    pub(super) fn check_credentials(&self) -> Result<(), Error> {
        self.credentials.check_alive_at(self.timestamp)
    }

    /// Access key id and scope, as `X-Amz-Credential` and `Credential=` have them.
    pub(super) fn write_credential(&self, sink: &mut impl Sink) {
        sink.put(self.credentials.access_key_id());
        sink.put("/");
        self.scope().write(sink);
    }
}
