//! Amazon RDS and Aurora.

use alloc::format;
use alloc::string::String;
use core::time::Duration;

use crate::sigv4::Request;
use crate::tokens::host::Host;
use crate::tokens::recipe::{Form, Recipe, Unsigned, sign};
use crate::tokens::user;
use crate::{Error, IntoText, Method, Region, TokenError};

const FIFTEEN_MINUTES: Duration = Duration::from_secs(900);

/// Source: botocore's `generate_db_auth_token`.
static RDS: Recipe = Recipe {
    service: "rds-db",
    default_expires: FIFTEEN_MINUTES,
    max_expires: FIFTEEN_MINUTES,
    validity: None,
    form: Form::WITHOUT_SCHEME,
};

/// Signs passwords for a user of a database in Amazon RDS or Aurora, which work for 15 minutes.
///
/// A password opens connections; those that are open stay open. The connection must use TLS, the user must be one for IAM
/// (`GRANT rds_iam` in PostgreSQL, `AWSAuthenticationPlugin` in MySQL), and the policy of the credentials must allow
/// `rds-db:connect`. A client of MySQL has to enable its cleartext plugin.
///
/// # Errors of `sign`
/// [`TokenError::NoRegion`] if the host names no region and none was given, [`TokenError::OtherRegion`] if the given one is
/// not the host's.
///
/// ```
/// use presign::Credentials;
/// use presign::tokens::RdsToken;
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// let database = RdsToken::new("prod.abc123.eu-west-1.rds.amazonaws.com", 5432, "app")?;
/// let password = database.sign(&credentials)?;
/// assert!(password.as_str().starts_with("prod.abc123.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app&"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RdsToken {
    host: Host,
    port: u16,
    user: String,
}

impl RdsToken {
    /// Creates the recipe for the host and the port of an instance, a cluster or a proxy, and a user of the database.
    ///
    /// The host is the one that AWS gave the database, also if clients reach it by a tunnel or an alias. The region is the
    /// one that the host names.
    ///
    /// # Errors
    /// [`TokenError::Host`], [`TokenError::Port`], [`TokenError::User`]
    pub fn new<'a>(host: impl IntoText<'a>, port: u16, user: impl IntoText<'a>) -> Result<Self, Error> {
        let host = Host::new(&host.into_text(), "rds")?;
        if port == 0 {
            return Err(TokenError::Port.into());
        }
        Ok(Self { host, port, user: user::checked(user)? })
    }

    /// Sets the region of the database, for a host that does not name it, such as the writer of an Aurora global database.
    #[must_use]
    pub fn region(self, region: Region) -> Self {
        Self { host: self.host.with_region(region), ..self }
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        let endpoint = format!("https://{}:{}", self.host.name(), self.port);
        Ok(Unsigned {
            recipe: &RDS,
            region: self.host.region()?,
            request: Request::new(Method::Get, endpoint)?.query("Action", "connect").query("DBUser", &self.user),
            expires: RDS.default_expires,
            appended: "",
        })
    }
}

sign!(RdsToken);
