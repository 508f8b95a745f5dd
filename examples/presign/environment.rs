//! Credentials, region and endpoint, from where the AWS command line has them.
//!
//! Source: [Environment variables](https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html).

use std::env::{self, VarError};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use presign::Credentials;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::ini::Ini;

const HOW_TO_EXPORT: &str = "run `aws configure export-credentials --format env` and set what it prints";

/// What was found. Region and endpoint are not yet checked.
pub struct Environment {
    pub credentials: Credentials,
    pub region: Option<String>,
    pub endpoint: Option<String>,
}

impl Environment {
    /// Reads the variables and the profile: the given one, that of `AWS_PROFILE`, or the default.
    pub fn read(given_profile: Option<&str>) -> Result<Self, Failure> {
        let credentials_text = read_file("AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let config_text = read_file("AWS_CONFIG_FILE", "config")?;
        let named = given_profile.map(str::to_owned).map_or_else(|| variable("AWS_PROFILE"), |name| Ok(Some(name)))?;
        let profile = Profile {
            credentials: parse(&credentials_text, "credentials")?,
            config: parse(&config_text, "config")?,
            name: named.as_deref().unwrap_or("default"),
        };
        if named.is_some() && !profile.exists() {
            return Err(Failure::new(format!("there is no profile {:?} in the shared AWS files", profile.name)));
        }
        // As at the AWS command line: keys in the environment win over its `AWS_PROFILE`, not over the option.
        let credentials = match variable("AWS_ACCESS_KEY_ID")? {
            Some(_) if given_profile.is_none() => Credentials::from_env()?,
            _ => profile.credentials()?,
        };
        Ok(Self {
            credentials,
            region: first_of(["AWS_REGION", "AWS_DEFAULT_REGION"], || profile.get("region"))?,
            endpoint: profile.endpoint()?,
        })
    }
}

/// A profile of the shared files.
struct Profile<'a> {
    credentials: Ini<'a>,
    config: Ini<'a>,
    name: &'a str,
}

impl<'a> Profile<'a> {
    fn exists(&self) -> bool {
        self.credentials.has_profile(self.name) || self.config.has_profile(self.name)
    }

    /// The file of the credentials wins.
    fn get(&self, setting: &str) -> Option<&'a str> {
        self.credentials.get(self.name, setting).or_else(|| self.config.get(self.name, setting))
    }

    /// The endpoint for S3.
    ///
    /// Source: [Service-specific endpoints](https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    fn endpoint(&self) -> Result<Option<String>, Failure> {
        let ignored =
            first_of(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"], || self.get("ignore_configured_endpoint_urls"))?;
        if ignored.is_some_and(|ignored| ignored.eq_ignore_ascii_case("true")) {
            return Ok(None);
        }
        first_of(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"], || {
            let services = self.get("services");
            let of_s3 = services.and_then(|name| self.config.get_of_service(name, "s3", "endpoint_url"));
            of_s3.or_else(|| self.get("endpoint_url"))
        })
    }

    fn credentials(&self) -> Result<Credentials, Failure> {
        let has = |settings: &[&str]| settings.iter().any(|setting| self.get(setting).is_some());
        // Keys beside these are not the ones that the profile stands for.
        let way = if has(&["role_arn", "web_identity_token_file"]) {
            Some("a role")
        } else if has(&["sso_session", "sso_start_url", "login_session"]) {
            Some("a login")
        } else {
            None
        };
        match (way, self.get("aws_access_key_id"), self.get("aws_secret_access_key")) {
            (None, Some(id), Some(secret)) => {
                let credentials = Credentials::new(id, secret)?;
                match self.get("aws_session_token") {
                    Some(token) => Ok(credentials.with_session_token(token)?),
                    None => Ok(credentials),
                }
            }
            (None, ..) if has(&["credential_process"]) => Err(self.needs("a process")),
            (Some(way), ..) => Err(self.needs(way)),
            _ if self.exists() => Err(Failure::new(format!("the profile {:?} has no access key", self.name))),
            _ => Err(Failure::new(
                "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a --profile",
            )),
        }
    }

    fn needs(&self, way: &str) -> Failure {
        Failure::new(format!("the profile {:?} gets its credentials from {way}: {HOW_TO_EXPORT}", self.name))
    }
}

/// The first variable that is set, or what the profile has.
fn first_of<'a, const N: usize>(
    names: [&str; N],
    profile: impl Fn() -> Option<&'a str>,
) -> Result<Option<String>, Failure> {
    for name in names {
        if let Some(value) = variable(name)? {
            return Ok(Some(value));
        }
    }
    Ok(profile().map(str::to_owned))
}

/// Empty is as good as not set: shells and containers write it so.
fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::new(format!("environment variable {name} is not valid Unicode"))),
    }
}

/// The file that a variable names, or that of this name in `~/.aws`. A file that is not there is empty.
fn read_file(variable_name: &str, default_name: &str) -> Result<Zeroizing<String>, Failure> {
    let path = match variable(variable_name)? {
        Some(path) => Some(PathBuf::from(path)),
        None => env::home_dir().map(|home| home.join(".aws").join(default_name)),
    };
    let Some(path) = path else { return Ok(Zeroizing::default()) };
    read_text(&path).map_err(|kind| Failure::new(format!("the file {} cannot be read: {kind}", path.display())))
}

fn read_text(path: &Path) -> Result<Zeroizing<String>, ErrorKind> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Zeroizing::default()),
        Err(error) => Err(error.kind()),
    }
}

fn parse<'a>(text: &'a str, name: &str) -> Result<Ini<'a>, Failure> {
    Ini::parse(text).map_err(|line| {
        Failure::new(format!("line {line} of the AWS {name} file is neither a [section] nor a setting"))
    })
}
