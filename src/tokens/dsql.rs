//! Amazon Aurora DSQL.

use alloc::format;
use core::time::Duration;

use crate::sigv4::Request;
use crate::tokens::host::Host;
use crate::tokens::recipe::{Form, Recipe, Unsigned, sign};
use crate::{Error, IntoText, Method, Region};

/// Source: botocore's `generate_db_connect_auth_token` and `generate_db_connect_admin_auth_token`.
static DSQL: Recipe = Recipe {
    service: "dsql",
    default_expires: Duration::from_secs(900),
    max_expires: Duration::from_secs(604_800),
    validity: None,
    form: Form::WITHOUT_SCHEME,
};

/// Signs passwords for a cluster of Amazon Aurora DSQL, which work for 15 minutes unless another expiry is set.
///
/// A password opens connections, over TLS; those that are open stay open.
///
/// # Errors of `sign`
/// [`TokenError::NoRegion`](crate::TokenError::NoRegion) if the host names no region and none was given,
/// [`TokenError::OtherRegion`](crate::TokenError::OtherRegion) if the given one is not the host's.
///
/// ```
/// use presign::Credentials;
/// use presign::tokens::DsqlToken;
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// let cluster = DsqlToken::new("4iabtwnq2j55iez4j4bkykghgm.dsql.us-east-1.on.aws")?;
/// let password = cluster.sign(&credentials)?;
/// assert!(password.as_str().contains("/?Action=DbConnect&"));
///
/// // For the role `admin`.
/// let admin = DsqlToken::admin("4iabtwnq2j55iez4j4bkykghgm.dsql.us-east-1.on.aws")?;
/// assert!(admin.sign(&credentials)?.as_str().contains("/?Action=DbConnectAdmin&"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct DsqlToken {
    host: Host,
    action: &'static str,
    expires: Duration,
}

impl DsqlToken {
    /// Creates the recipe for the host of a cluster and roles other than `admin`. The credentials need the permission
    /// `dsql:DbConnect`.
    ///
    /// # Errors
    /// [`TokenError::Host`](crate::TokenError::Host)
    pub fn new<'a>(host: impl IntoText<'a>) -> Result<Self, Error> {
        Self::with_action(&host.into_text(), "DbConnect")
    }

    /// Creates the recipe for the host of a cluster and the role `admin`. The credentials need the permission
    /// `dsql:DbConnectAdmin`.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn admin<'a>(host: impl IntoText<'a>) -> Result<Self, Error> {
        Self::with_action(&host.into_text(), "DbConnectAdmin")
    }

    fn with_action(host: &str, action: &'static str) -> Result<Self, Error> {
        Ok(Self { host: Host::new(host, "dsql")?, action, expires: DSQL.default_expires })
    }

    /// Sets the region of the cluster, for a host that does not name it.
    #[must_use]
    pub fn region(self, region: Region) -> Self {
        Self { host: self.host.with_region(region), ..self }
    }

    /// Sets for how long a password works, up to seven days; by default, 15 minutes.
    #[must_use]
    pub fn expires(self, expires: Duration) -> Self {
        Self { expires, ..self }
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        Ok(Unsigned {
            recipe: &DSQL,
            region: self.host.region()?,
            request: Request::new(Method::Get, format!("https://{}", self.host.name()))?.query("Action", self.action),
            expires: self.expires,
            appended: "",
        })
    }
}

sign!(DsqlToken);
