//! Tokens that are presigned requests: the vectors, what is refused, and when tokens end.

mod cluster;
mod ends;
mod inputs;
mod vectors;
#[cfg(feature = "verify")]
mod verified;

use std::fs;
use std::path::Path;
use std::time::Duration;

use presign::tokens::{
    BedrockToken, DsqlToken, EksToken, ElastiCacheToken, IotToken, MemoryDbToken, MskToken, RdsToken, Token,
};
use presign::{Credentials, Error, ProvideCredentials, Region, Timestamp};
use serde_json::Value;

const NOON: &str = "20260301T120000Z";
const SESSION_TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLE//token==";

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

fn region(name: &str) -> Region {
    Region::new(name).expect("a region")
}

fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").expect("valid credentials")
}

/// A line of `tokens.jsonl`.
struct Vector(Value);

impl Vector {
    fn load() -> Vec<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/tokens.jsonl");
        let text = fs::read_to_string(path).expect("the vectors are there");
        text.lines().map(|line| Self(serde_json::from_str(line).expect("a line is JSON"))).collect()
    }

    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().expect(name)
    }

    fn number(&self, name: &str) -> u64 {
        self.0[name].as_u64().expect(name)
    }

    fn now(&self) -> Timestamp {
        at(self.text("now"))
    }

    fn region(&self) -> Region {
        region(self.text("region"))
    }

    fn expires(&self) -> Duration {
        Duration::from_secs(self.number("expires_s"))
    }

    fn credentials(&self) -> Credentials {
        let credentials = Credentials::new(self.text("access_key"), self.text("secret_key")).expect("credentials");
        match self.0["session_token"].as_str() {
            Some(token) => credentials.with_session_token(token).expect("a session token"),
            None => credentials,
        }
    }

    fn sign(&self, credentials: &(impl ProvideCredentials + ?Sized)) -> Result<Token, Error> {
        let (now, region, expires) = (self.now(), self.region(), self.expires());
        match self.text("kind") {
            "rds" => {
                assert_eq!(expires, Duration::from_secs(900));
                let port = self.number("port").try_into().expect("a port");
                RdsToken::new(self.text("host"), port, self.text("user"))?.region(region).sign_at(credentials, now)
            }
            "dsql" => {
                let new = if self.text("action") == "DbConnect" { DsqlToken::new } else { DsqlToken::admin };
                new(self.text("host"))?.region(region).expires(expires).sign_at(credentials, now)
            }
            "elasticache" => {
                let is_serverless = self.0["serverless"] == true;
                let new = if is_serverless { ElastiCacheToken::serverless } else { ElastiCacheToken::new };
                new(self.text("cache"), self.text("user"), region)?.expires(expires).sign_at(credentials, now)
            }
            "memorydb" => MemoryDbToken::new(self.text("cache"), self.text("user"), region)?
                .expires(expires)
                .sign_at(credentials, now),
            "eks" => {
                assert_eq!(expires, Duration::from_secs(60));
                EksToken::new(self.text("cluster"), region)?.sign_at(credentials, now)
            }
            "msk" => {
                assert_eq!(expires, Duration::from_secs(900));
                MskToken::new(region)?.sign_at(credentials, now)
            }
            "bedrock" => BedrockToken::new(region).expires(expires).sign_at(credentials, now),
            "iot" => IotToken::new(self.text("host"))?.region(region).expires(expires).sign_at(credentials, now),
            kind => panic!("no token of the kind {kind}"),
        }
    }
}

/// The URL in a token, as far as it has one, with what was appended to it.
fn url_of(token: &str) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    if let Some(base64) = token.strip_prefix("bedrock-api-key-") {
        return text(STANDARD.decode(base64).expect("base64"));
    }
    if token.contains('?') {
        return token.to_owned();
    }
    text(URL_SAFE_NO_PAD.decode(token.strip_prefix("k8s-aws-v1.").unwrap_or(token)).expect("base64url"))
}
