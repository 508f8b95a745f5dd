//! Who signs, for what, and when: everything in a signature that is not the request.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::sigv4::signing_day::DayTexts;
use crate::sigv4::{CredentialScope, Service};
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
#[derive(Clone, Debug)]
pub struct SigningContext<'a> {
    credentials: &'a Credentials,
    region: &'a Region,
    service: &'a Service,
    timestamp: Timestamp,
    amz_date: AmzDate,
    day: Cow<'a, DayTexts>,
}

impl<'a> SigningContext<'a> {
    /// A context from its four parts.
    #[must_use]
    pub fn new(credentials: &'a Credentials, region: &'a Region, service: &'a Service, timestamp: Timestamp) -> Self {
        let amz_date = timestamp.amz_date();
        let day = DayTexts::new(credentials, &CredentialScope::new(amz_date, region, service));
        Self { credentials, region, service, timestamp, amz_date, day: Cow::Owned(day) }
    }

    /// The same, with the texts of these credentials, this scope and the day of this instant.
    #[inline]
    pub(super) const fn with_texts(
        credentials: &'a Credentials,
        (region, service): (&'a Region, &'a Service),
        (timestamp, amz_date): (Timestamp, AmzDate),
        day: &'a DayTexts,
    ) -> Self {
        Self { credentials, region, service, timestamp, amz_date, day: Cow::Borrowed(day) }
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

    #[inline]
    pub(super) fn amz_date(&self) -> &AmzDate {
        &self.amz_date
    }

    #[inline]
    pub(super) fn service(&self) -> &'a Service {
        self.service
    }

    #[inline]
    pub(super) fn day(&self) -> &DayTexts {
        &self.day
    }

    /// The session token, if the service wants it to be signed.
    pub(super) fn signed_session_token(&self) -> Option<&'a str> {
        self.credentials.session_token().filter(|_| self.service.signs_session_token())
    }

    /// The same for a query.
    #[inline]
    pub(super) fn signed_encoded_session_token(&self) -> Option<&str> {
        self.encoded_session_token().filter(|_| self.service.signs_session_token())
    }

    /// The session token, if the service wants it outside of the signature.
    pub(super) fn unsigned_session_token(&self) -> Option<&'a str> {
        self.credentials.session_token().filter(|_| !self.service.signs_session_token())
    }

    #[inline]
    pub(super) fn has_session_token(&self) -> bool {
        self.credentials.session_token().is_some()
    }

    #[inline]
    fn encoded_session_token(&self) -> Option<&str> {
        self.day.encoded_session_token.as_deref().map(String::as_str)
    }

    #[inline]
    pub(super) fn check_credentials(&self) -> Result<(), Error> {
        self.credentials.check_alive_at(self.timestamp)
    }
}
