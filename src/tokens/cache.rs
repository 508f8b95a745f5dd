//! Amazon ElastiCache and Amazon MemoryDB, which differ in the service only.

use alloc::format;
use alloc::string::String;
use core::time::Duration;

use crate::sigv4::Request;
use crate::tokens::recipe::{Form, Recipe, Unsigned, sign};
use crate::tokens::user;
use crate::{Error, IntoText, Method, Region, TokenError};

/// Source: [Authenticating with IAM](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html).
static ELASTICACHE: Recipe = cache("elasticache");

/// Source: [Authenticating with IAM](https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html).
static MEMORYDB: Recipe = cache("memorydb");

const fn cache(service: &'static str) -> Recipe {
    let fifteen_minutes = Duration::from_secs(900);
    Recipe {
        service,
        default_expires: fifteen_minutes,
        max_expires: fifteen_minutes,
        validity: None,
        form: Form::WITHOUT_SCHEME,
    }
}

/// What both services need.
#[derive(Clone, Debug)]
struct Cache {
    name: String,
    user: String,
    region: Region,
    expires: Duration,
}

impl Cache {
    fn new<'a>(
        name: impl IntoText<'a>,
        user: impl IntoText<'a>,
        region: Region,
        recipe: &Recipe,
    ) -> Result<Self, Error> {
        let name = name.into_text().into_owned();
        let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        // The name becomes the host, as one label of at most 63 bytes.
        if !(1..=63).contains(&name.len()) || !name.bytes().all(is_allowed) {
            return Err(TokenError::CacheName.into());
        }
        Ok(Self { name, user: user::checked(user)?, region, expires: recipe.default_expires })
    }

    fn unsigned(&self, recipe: &'static Recipe) -> Result<Unsigned<'_>, Error> {
        let request = Request::new(Method::Get, format!("http://{}", self.name))?;
        Ok(Unsigned {
            recipe,
            region: &self.region,
            request: request.query("Action", "connect").query("User", &self.user),
            expires: self.expires,
            appended: "",
        })
    }
}

/// Signs passwords for a user of Amazon ElastiCache, which work for 15 minutes unless a shorter expiry is set.
///
/// A client sends the password with `AUTH user password` (or `HELLO 3 AUTH`), over TLS, and again within 12 hours: the cache
/// closes connections after that. The id and the name of the user must be equal.
///
/// ```
/// use presign::tokens::ElastiCacheToken;
/// use presign::{Credentials, Region};
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// // The name of the replication group, not its endpoint.
/// let cache = ElastiCacheToken::new("my-cluster", "app-user", Region::new("eu-central-1")?)?;
/// let password = cache.sign(&credentials)?;
/// assert!(password.as_str().starts_with("my-cluster/?Action=connect&User=app-user&"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ElastiCacheToken {
    cache: Cache,
    is_serverless: bool,
}

impl ElastiCacheToken {
    /// Creates the recipe for the name of a replication group, a user and the region of the cache.
    ///
    /// # Errors
    /// [`TokenError::CacheName`] for an endpoint or upper-case letters, [`TokenError::User`]
    pub fn new<'a>(name: impl IntoText<'a>, user: impl IntoText<'a>, region: Region) -> Result<Self, Error> {
        Ok(Self { cache: Cache::new(name, user, region, &ELASTICACHE)?, is_serverless: false })
    }

    /// Creates the recipe for the name of a serverless cache, a user and the region of the cache.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn serverless<'a>(name: impl IntoText<'a>, user: impl IntoText<'a>, region: Region) -> Result<Self, Error> {
        Ok(Self { is_serverless: true, ..Self::new(name, user, region)? })
    }

    /// Sets for how long a password works, up to 15 minutes, which is the default.
    #[must_use]
    pub fn expires(self, expires: Duration) -> Self {
        Self { cache: Cache { expires, ..self.cache }, ..self }
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        let mut unsigned = self.cache.unsigned(&ELASTICACHE)?;
        if self.is_serverless {
            unsigned.request = unsigned.request.query("ResourceType", "ServerlessCache");
        }
        Ok(unsigned)
    }
}

sign!(ElastiCacheToken);

/// Signs passwords for a user of Amazon MemoryDB, which work for 15 minutes unless a shorter expiry is set.
///
/// A client sends the password with `AUTH user password` (or `HELLO 3 AUTH`), over TLS, and again within 12 hours: the cluster
/// closes connections after that.
///
/// ```
/// use presign::tokens::MemoryDbToken;
/// use presign::{Credentials, Region};
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// // The name of the cluster, not its endpoint.
/// let cluster = MemoryDbToken::new("my-cluster", "app-user", Region::new("eu-central-1")?)?;
/// let password = cluster.sign(&credentials)?;
/// assert!(password.as_str().starts_with("my-cluster/?Action=connect&User=app-user&"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MemoryDbToken(Cache);

impl MemoryDbToken {
    /// Creates the recipe for the name of a cluster, a user and the region of the cluster.
    ///
    /// # Errors
    /// [`TokenError::CacheName`] for an endpoint or upper-case letters, [`TokenError::User`]
    pub fn new<'a>(name: impl IntoText<'a>, user: impl IntoText<'a>, region: Region) -> Result<Self, Error> {
        Ok(Self(Cache::new(name, user, region, &MEMORYDB)?))
    }

    /// Sets for how long a password works, up to 15 minutes, which is the default.
    #[must_use]
    pub fn expires(self, expires: Duration) -> Self {
        Self(Cache { expires, ..self.0 })
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        self.0.unsigned(&MEMORYDB)
    }
}

sign!(MemoryDbToken);
