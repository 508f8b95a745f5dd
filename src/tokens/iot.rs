//! AWS IoT Core: MQTT over WebSocket.

use alloc::format;
use core::time::Duration;

use crate::sigv4::Request;
use crate::tokens::host::Host;
use crate::tokens::recipe::{Form, Recipe, Unsigned, sign};
use crate::{Error, IntoText, Method, Region};

const ONE_DAY: Duration = Duration::from_secs(86_400);

/// Source: [Device communication protocols](https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html). The session
/// token is appended after signing, as [`Service::new`](crate::sigv4::Service::new) has it for this service.
static IOT: Recipe = Recipe {
    service: "iotdevicegateway",
    default_expires: ONE_DAY,
    max_expires: ONE_DAY,
    validity: None,
    form: Form::URL,
};

/// Signs URLs of MQTT over WebSocket for AWS IoT Core, which work for 24 hours unless a shorter expiry is set.
///
/// The URL opens connections, with the subprotocol `mqtt`; those that are open stay open. A client that connects again by
/// itself needs a new URL after the old one has expired.
///
/// # Errors of `sign`
/// [`TokenError::NoRegion`](crate::TokenError::NoRegion) if the host names no region and none was given,
/// [`TokenError::OtherRegion`](crate::TokenError::OtherRegion) if the given one is not the host's.
///
/// ```
/// use std::time::Duration;
/// use presign::Credentials;
/// use presign::tokens::IotToken;
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// // The data endpoint of the account: `aws iot describe-endpoint --endpoint-type iot:Data-ATS`.
/// let iot = IotToken::new("abc123-ats.iot.us-east-1.amazonaws.com")?.expires(Duration::from_secs(300));
/// let url = iot.sign(&credentials)?;
/// assert!(url.as_str().starts_with("wss://abc123-ats.iot.us-east-1.amazonaws.com/mqtt?X-Amz-Algorithm="));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct IotToken {
    host: Host,
    expires: Duration,
}

impl IotToken {
    /// Creates the recipe for the data endpoint of an account.
    ///
    /// # Errors
    /// [`TokenError::Host`](crate::TokenError::Host)
    pub fn new<'a>(host: impl IntoText<'a>) -> Result<Self, Error> {
        Ok(Self { host: Host::new(&host.into_text(), "iot")?, expires: IOT.default_expires })
    }

    /// Sets the region of the endpoint, for a domain of your own, which does not name it.
    #[must_use]
    pub fn region(self, region: Region) -> Self {
        Self { host: self.host.with_region(region), ..self }
    }

    /// Sets for how long a URL works, up to 24 hours, which is the default.
    #[must_use]
    pub fn expires(self, expires: Duration) -> Self {
        Self { expires, ..self }
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        Ok(Unsigned {
            recipe: &IOT,
            region: self.host.region()?,
            request: Request::new(Method::Get, format!("wss://{}", self.host.name()))?.path("/mqtt"),
            expires: self.expires,
            appended: "",
        })
    }
}

sign!(IotToken);
