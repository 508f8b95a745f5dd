//! Amazon MSK: SASL/OAUTHBEARER.

use alloc::format;
use alloc::string::String;
use core::time::Duration;

use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::sigv4::Request;
use crate::tokens::host::regional_host;
use crate::tokens::recipe::{Form, Recipe, Unsigned, sign};
use crate::{Error, IntoText, Method, Region, encode};

/// Source: [aws-msk-iam-sasl-signer-go](https://github.com/aws/aws-msk-iam-sasl-signer-go).
static MSK: Recipe = Recipe {
    service: "kafka-cluster",
    default_expires: Duration::from_secs(900),
    max_expires: Duration::from_secs(900),
    validity: None,
    form: Form { has_scheme: true, base64: Some(("", &URL_SAFE_NO_PAD)) },
};

/// Signs tokens of SASL/OAUTHBEARER for the brokers of Amazon MSK, which work for 15 minutes.
///
/// Clients of Kafka ask for the token in a callback, for instance `ClientContext::generate_oauth_token` of rdkafka, with its
/// end in milliseconds: [`Token::expires_at_millis`](crate::tokens::Token::expires_at_millis).
///
/// ```
/// use presign::tokens::MskToken;
/// use presign::{Credentials, Region};
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// let brokers = MskToken::new(Region::new("us-west-2")?)?;
/// let token = brokers.sign_at(&credentials, "20260301T120000Z".parse()?)?;
/// assert!(token.as_str().starts_with("aHR0cHM6Ly9rYWZrYS51cy13ZXN0LTIuYW1hem9uYXdzLmNvbS"));
/// assert_eq!(token.expires_at_millis(), 1_772_367_300_000);
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MskToken {
    region: Region,
    host: String,
    /// Appended to the signed URL.
    user_agent: String,
}

impl MskToken {
    /// Creates the recipe for all brokers of a region.
    ///
    /// # Errors
    /// [`TokenError::UnknownRegion`](crate::TokenError::UnknownRegion)
    pub fn new(region: Region) -> Result<Self, Error> {
        // The signers of AWS take this domain in every partition.
        let host = regional_host("kafka", &region, "amazonaws.com")?;
        Ok(Self { region, host, user_agent: String::from("&User-Agent=presign") })
    }

    /// Sets the name of the client for the logs of the brokers; by default, `presign`. It is not signed.
    #[must_use]
    pub fn user_agent<'a>(self, user_agent: impl IntoText<'a>) -> Self {
        let mut appended = String::from("&User-Agent=");
        encode::query(&user_agent.into_text(), &mut appended);
        Self { user_agent: appended, ..self }
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        Ok(Unsigned {
            recipe: &MSK,
            region: &self.region,
            request: Request::new(Method::Get, format!("https://{}", self.host))?
                .query("Action", "kafka-cluster:Connect"),
            expires: MSK.default_expires,
            appended: &self.user_agent,
        })
    }
}

sign!(MskToken);
