//! Amazon Bedrock: short-term API keys.

use core::time::Duration;

use base64::engine::general_purpose::STANDARD;

use crate::sigv4::Request;
use crate::tokens::recipe::{Form, Recipe, Unsigned, sign};
use crate::{Error, Method, Region};

const TWELVE_HOURS: Duration = Duration::from_secs(43_200);

/// Source: [aws-bedrock-token-generator-python](https://github.com/aws/aws-bedrock-token-generator-python).
static BEDROCK: Recipe = Recipe {
    service: "bedrock",
    default_expires: TWELVE_HOURS,
    max_expires: TWELVE_HOURS,
    validity: None,
    form: Form { has_scheme: false, base64: Some(("bedrock-api-key-", &STANDARD)) },
};

/// Signs short-term API keys of Amazon Bedrock, which work for 12 hours unless a shorter expiry is set, or until the
/// credentials expire.
///
/// Clients send the key in each request, as `Authorization: Bearer …`; those of AWS read it from the environment variable
/// `AWS_BEARER_TOKEN_BEDROCK`.
///
/// ```
/// use presign::tokens::BedrockToken;
/// use presign::{Credentials, Region};
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// // The region in which the key will be used.
/// let bedrock = BedrockToken::new(Region::new("us-east-1")?);
/// let key = bedrock.sign(&credentials)?;
/// assert!(key.as_str().starts_with("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29tLz9BY3Rpb249Q2FsbFdpdGhCZWFyZXJUb2tlbi"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct BedrockToken {
    region: Region,
    expires: Duration,
}

impl BedrockToken {
    /// Creates the recipe for the region in which the key will be used.
    #[must_use]
    pub fn new(region: Region) -> Self {
        Self { region, expires: BEDROCK.default_expires }
    }

    /// Sets for how long a key works, up to 12 hours, which is the default.
    #[must_use]
    pub fn expires(self, expires: Duration) -> Self {
        Self { expires, ..self }
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        Ok(Unsigned {
            recipe: &BEDROCK,
            region: &self.region,
            // The same host in every region.
            request: Request::new(Method::Post, "https://bedrock.amazonaws.com")?
                .query("Action", "CallWithBearerToken"),
            expires: self.expires,
            appended: "&Version=1",
        })
    }
}

sign!(BedrockToken);
