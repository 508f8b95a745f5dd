//! The commands for tokens.

use std::env;

use presign::tokens::{
    BedrockToken, DsqlToken, EksToken, ElastiCacheToken, ExecApiVersion, IotToken, MemoryDbToken, MskToken, RdsToken,
    Token,
};
use presign::{Credentials, Error, Field, Region, Timestamp, TokenError};
use serde::Serialize;

use crate::arguments::{TokenOptions, TokenOutput, TokenService};
use crate::environment::Environment;
use crate::failure::Failure;
use crate::printed::Printed;

pub fn token(service: &TokenService) -> Result<Printed, Failure> {
    match service {
        TokenService::Rds(rds) => {
            let session = Session::open(&rds.options)?;
            let token = RdsToken::new(&rds.host, rds.port, &rds.user)?;
            let in_region = |region| set(token.clone(), region, RdsToken::region);
            session.print(&session.by_host(|region| in_region(region).sign_at(&session.credentials, session.now))?)
        }
        TokenService::Dsql(dsql) => {
            let session = Session::open(&dsql.options)?;
            let new = if dsql.admin { DsqlToken::admin } else { DsqlToken::new };
            let token = set(new(&dsql.host)?, dsql.expires, DsqlToken::expires);
            let in_region = |region| set(token.clone(), region, DsqlToken::region);
            session.print(&session.by_host(|region| in_region(region).sign_at(&session.credentials, session.now))?)
        }
        TokenService::Elasticache(cache) => {
            let session = Session::open(&cache.options)?;
            let new = if cache.serverless { ElastiCacheToken::serverless } else { ElastiCacheToken::new };
            let token = new(&cache.name, &cache.user, session.region()?)?;
            let token = set(token, cache.expires, ElastiCacheToken::expires);
            session.print(&token.sign_at(&session.credentials, session.now)?)
        }
        TokenService::Memorydb(cluster) => {
            let session = Session::open(&cluster.options)?;
            let token = MemoryDbToken::new(&cluster.cluster, &cluster.user, session.region()?)?;
            let token = set(token, cluster.expires, MemoryDbToken::expires);
            session.print(&token.sign_at(&session.credentials, session.now)?)
        }
        TokenService::Eks(eks) => {
            let session = Session::open(&eks.options)?;
            let mut token = EksToken::new(&eks.cluster, session.region()?)?;
            if let Some(host) = &eks.host {
                token = token.host(host)?;
            }
            if session.output != Some(TokenOutput::Token) {
                token = token.exec_credential(exec_api_version()?);
            }
            let token = token.sign_at(&session.credentials, session.now)?;
            Ok(session.print_text(&token, format!("{}\n", token.as_str())))
        }
        TokenService::Msk(msk) => {
            let session = Session::open(&msk.options)?;
            let token = set(MskToken::new(session.region()?)?, msk.user_agent.as_ref(), MskToken::user_agent);
            session.print(&token.sign_at(&session.credentials, session.now)?)
        }
        TokenService::Bedrock(bedrock) => {
            let session = Session::open(&bedrock.options)?;
            let token = set(BedrockToken::new(session.region()?), bedrock.expires, BedrockToken::expires);
            session.print(&token.sign_at(&session.credentials, session.now)?)
        }
        TokenService::Iot(iot) => {
            let session = Session::open(&iot.options)?;
            let token = set(IotToken::new(&iot.host)?, iot.expires, IotToken::expires);
            let in_region = |region| set(token.clone(), region, IotToken::region);
            session.print(&session.by_host(|region| in_region(region).sign_at(&session.credentials, session.now))?)
        }
    }
}

/// Sets what is given.
fn set<T, V>(token: T, value: Option<V>, set: impl FnOnce(T, V) -> T) -> T {
    match value {
        Some(value) => set(token, value),
        None => token,
    }
}

/// Arguments and environment together.
struct Session {
    credentials: Credentials,
    given_region: Option<Region>,
    region_of_environment: Option<String>,
    now: Timestamp,
    output: Option<TokenOutput>,
}

impl Session {
    fn open(options: &TokenOptions) -> Result<Self, Failure> {
        let environment = Environment::read(options.profile.as_deref())?;
        Ok(Self {
            credentials: environment.credentials,
            given_region: options.region.as_ref().map(Region::new).transpose()?,
            region_of_environment: environment.region,
            now: options.at.map_or_else(Timestamp::now, Ok)?,
            output: options.output,
        })
    }

    /// The region, where no host names one.
    fn region(&self) -> Result<Region, Failure> {
        match (&self.given_region, &self.region_of_environment) {
            (Some(region), _) => Ok(region.clone()),
            (None, Some(region)) => Ok(Region::new(region)?),
            (None, None) => Err(Error::Missing(Field::Region).into()),
        }
    }

    /// Signs for the region that the host names. That of the environment is for a host that names none.
    fn by_host(&self, sign: impl Fn(Option<Region>) -> Result<Token, Error>) -> Result<Token, Failure> {
        match sign(self.given_region.clone()) {
            Err(Error::Token(TokenError::NoRegion)) => Ok(sign(Some(self.region()?))?),
            signed => Ok(signed?),
        }
    }

    fn print(&self, token: &Token) -> Result<Printed, Failure> {
        let text = match self.output {
            Some(TokenOutput::Json) => {
                let json = serde_json::to_string_pretty(&TokenJson {
                    token: token.as_str(),
                    expires_at: token.expires_at().to_string(),
                    expires_at_ms: token.expires_at_millis(),
                    refresh_at: token.refresh_at().to_string(),
                });
                json.map_err(|error| Failure::new(format!("the token cannot be written: {error}")))?
            }
            _ => token.as_str().to_owned(),
        };
        Ok(self.print_text(token, format!("{text}\n")))
    }

    /// What to print, with what the user did not ask for but has to know.
    fn print_text(&self, token: &Token, result: String) -> Printed {
        let mut printed = Printed { result, ..Printed::default() };
        if self.credentials.expires_at() == Some(token.expires_at()) {
            printed.note(&format!("it works only until {}, when its credentials end", token.expires_at()));
        }
        printed
    }
}

#[derive(Serialize)]
struct TokenJson<'t> {
    token: &'t str,
    expires_at: String,
    /// Of Kafka clients.
    expires_at_ms: i64,
    refresh_at: String,
}

/// The version that kubectl asks for, or that of `aws eks get-token` if nobody asks.
///
/// Source: [Client authentication](https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
fn exec_api_version() -> Result<ExecApiVersion, Failure> {
    let Some(info) = env::var_os("KUBERNETES_EXEC_INFO").filter(|info| !info.is_empty()) else {
        return Ok(ExecApiVersion::V1Beta1);
    };
    let info: Option<serde_json::Value> = info.to_str().and_then(|info| serde_json::from_str(info).ok());
    match info.as_ref().and_then(|info| info["apiVersion"].as_str()) {
        Some("client.authentication.k8s.io/v1beta1") => Ok(ExecApiVersion::V1Beta1),
        Some("client.authentication.k8s.io/v1") => Ok(ExecApiVersion::V1),
        _ => Err(Failure::new(
            "KUBERNETES_EXEC_INFO asks for another version than client.authentication.k8s.io/v1 and v1beta1: change \
             `apiVersion` of the user in the kubeconfig",
        )),
    }
}
