//! What is refused, each with a legal neighbor.

use std::time::Duration;

use presign::tokens::{
    BedrockToken, DsqlToken, EksToken, ElastiCacheToken, IotToken, MemoryDbToken, MskToken, RdsToken, Token,
};
use presign::{Credentials, CredentialsError, Error, ErrorKind, TokenError};
use proptest::prelude::*;

use crate::support::assert_variant;
use crate::tokens::{NOON, at, credentials, region};

const RDS: &str = "prod.abc123.eu-west-1.rds.amazonaws.com";

fn rds(host: &str, port: u16, user: &str) -> Result<Token, Error> {
    RdsToken::new(host, port, user)?.sign_at(&credentials(), at(NOON))
}

fn rds_in(host: &str, name: &str) -> Result<Token, Error> {
    RdsToken::new(host, 5432, "app")?.region(region(name)).sign_at(&credentials(), at(NOON))
}

fn cache(name: &str, user: &str) -> Result<Token, Error> {
    ElastiCacheToken::new(name, user, region("eu-west-1"))?.sign_at(&credentials(), at(NOON))
}

fn memory_db(name: &str) -> Result<Token, Error> {
    MemoryDbToken::new(name, "app", region("eu-west-1"))?.sign_at(&credentials(), at(NOON))
}

fn eks(cluster: &str, name: &str) -> Result<Token, Error> {
    EksToken::new(cluster, region(name))?.sign_at(&credentials(), at(NOON))
}

fn eks_at(host: &str) -> Result<Token, Error> {
    EksToken::new("prod", region("us-east-1"))?.host(host)?.sign_at(&credentials(), at(NOON))
}

fn eks_at_global(name: &str) -> Result<Token, Error> {
    EksToken::new("prod", region(name))?.host("sts.amazonaws.com")?.sign_at(&credentials(), at(NOON))
}

fn msk(name: &str) -> Result<Token, Error> {
    MskToken::new(region(name))?.sign_at(&credentials(), at(NOON))
}

#[test]
fn refused_inputs() {
    use TokenError::{CacheName, ClusterName, Host, NoRegion, NotSts, OtherRegion, Port, UnknownRegion, User};
    for (result, expected) in [
        (rds(RDS, 5432, "app"), None),
        (rds("PROD.abc123.eu-west-1.rds.amazonaws.com", 5432, "app"), None),
        (rds("", 5432, "app"), Some(Host)),
        (rds("https://prod.abc123.eu-west-1.rds.amazonaws.com", 5432, "app"), Some(Host)),
        (rds("prod.abc123.eu-west-1.rds.amazonaws.com:5432", 5432, "app"), Some(Host)),
        (rds("prod.abc123.eu-west-1.rds.amazonaws.com:443", 5432, "app"), Some(Host)),
        (rds("prod.abc123.eu-west-1.rds.amazonaws.com/", 5432, "app"), Some(Host)),
        (rds("prod.abc123.eu-west-1.rds.amazonaws.com/app", 5432, "app"), Some(Host)),
        (rds("prod.abc123.eu-west-1.rds.amazonaws.com?a=b", 5432, "app"), Some(Host)),
        (rds("user:password@prod.abc123.eu-west-1.rds.amazonaws.com", 5432, "app"), Some(Host)),
        (rds("prod..eu-west-1.rds.amazonaws.com", 5432, "app"), Some(Host)),
        (rds("10.0.0.1", 5432, "app"), Some(Host)),
        (rds("[::1]", 5432, "app"), Some(Host)),
        (rds(RDS, 1, "app"), None),
        (rds(RDS, 65535, "app"), None),
        (rds(RDS, 0, "app"), Some(Port)),
        (rds(RDS, 5432, "a b+c&d=é"), None),
        (rds(RDS, 5432, ""), Some(User)),
        (rds(RDS, 5432, "app\n"), Some(User)),
        (rds_in(RDS, "eu-west-1"), None),
        (rds_in(RDS, "eu-central-1"), Some(OtherRegion)),
        (rds_in(RDS, "EU-WEST-1"), Some(OtherRegion)),
        (rds_in("prod.abc123.rds.cn-north-1.amazonaws.com.cn", "cn-northwest-1"), Some(OtherRegion)),
        (rds("db.example.com", 5432, "app"), Some(NoRegion)),
        (rds_in("db.example.com", "eu-west-1"), None),
        (rds("prod.global-abc123.global.rds.amazonaws.com", 5432, "app"), Some(NoRegion)),
        (rds_in("prod.global-abc123.global.rds.amazonaws.com", "eu-west-1"), None),
        (cache("my-cluster", "app"), None),
        (cache("my-cluster", "App"), None),
        (cache("", "app"), Some(CacheName)),
        (cache("My-cluster", "app"), Some(CacheName)),
        (cache("my_cluster", "app"), Some(CacheName)),
        (cache("my/cluster", "app"), Some(CacheName)),
        (cache("master.my-cluster.abc123.euw1.cache.amazonaws.com", "app"), Some(CacheName)),
        (cache("my-cluster:6379", "app"), Some(CacheName)),
        (cache("rediss://my-cluster", "app"), Some(CacheName)),
        (cache(&"a".repeat(63), "app"), None),
        (cache(&"a".repeat(64), "app"), Some(CacheName)),
        (cache("my-cluster", ""), Some(User)),
        (cache("my-cluster", "a\0"), Some(User)),
        (memory_db("my-cluster"), None),
        (memory_db("MY-CLUSTER"), Some(CacheName)),
        (memory_db("clustercfg.my-cluster.abc123.memorydb.eu-west-1.amazonaws.com"), Some(CacheName)),
        (eks("Prod_01-a.b", "eu-west-1"), None),
        (eks(&"a".repeat(100), "eu-west-1"), None),
        (eks(&"a".repeat(101), "eu-west-1"), Some(ClusterName)),
        (eks("", "eu-west-1"), Some(ClusterName)),
        (eks("team/prod", "eu-west-1"), Some(ClusterName)),
        (eks("arn:aws:eks:eu-west-1:123456789012:cluster/prod", "eu-west-1"), Some(ClusterName)),
        (eks("prod\r\n", "eu-west-1"), Some(ClusterName)),
        (eks("prod", "cn-north-1"), None),
        (eks("prod", "us-gov-west-1"), None),
        (eks("prod", "aws-global"), Some(UnknownRegion)),
        (eks("prod", "auto"), Some(UnknownRegion)),
        (eks_at("sts-fips.us-east-1.amazonaws.com"), None),
        (eks_at("sts.us-east-1.api.aws"), None),
        (eks_at_global("us-east-1"), None),
        (eks_at_global("eu-west-1"), Some(OtherRegion)),
        (eks_at("sts.us-west-2.amazonaws.com"), Some(OtherRegion)),
        (eks_at("sts.example.com"), Some(NotSts)),
        (eks_at("vpce-0a1b-2c3d.sts.us-east-1.vpce.amazonaws.com"), Some(NotSts)),
        (eks_at("sts.us-east-1.amazonaws.com.example.com"), Some(NotSts)),
        (eks_at("https://sts.us-east-1.amazonaws.com"), Some(Host)),
        (msk("us-west-2"), None),
        (msk("auto"), Some(UnknownRegion)),
    ] {
        let error = result.err();
        assert_eq!(error.as_ref().map(Error::kind), expected.map(|_| ErrorKind::Configuration), "{error:?}");
        assert_eq!(error, expected.map(Error::Token));
    }
    let hosts = |host: &str| (DsqlToken::new(host).err(), DsqlToken::admin(host).err(), IotToken::new(host).err());
    assert_eq!(hosts("a.example.com"), (None, None, None));
    let error = || Some(Error::Token(Host));
    assert_eq!(hosts("wss://a.example.com/mqtt"), (error(), error(), error()));
}

#[test]
fn limits_of_the_expiry() {
    let second = Duration::from_secs(1);
    let sign = |service: usize, expires| match service {
        0 => DsqlToken::new("a.dsql.us-east-1.on.aws")?.expires(expires).sign_at(&credentials(), at(NOON)),
        1 => ElastiCacheToken::new("a", "u", region("us-east-1"))?.expires(expires).sign_at(&credentials(), at(NOON)),
        2 => MemoryDbToken::new("a", "u", region("us-east-1"))?.expires(expires).sign_at(&credentials(), at(NOON)),
        3 => BedrockToken::new(region("us-east-1")).expires(expires).sign_at(&credentials(), at(NOON)),
        _ => IotToken::new("a.iot.us-east-1.amazonaws.com")?.expires(expires).sign_at(&credentials(), at(NOON)),
    };
    for (service, limit) in [604_800, 900, 900, 43_200, 86_400].into_iter().enumerate() {
        let max = Duration::from_secs(limit);
        let end = at(NOON).checked_add(max).expect("in range");
        assert_eq!(sign(service, max).map(|token| token.expires_at()), Ok(end));
        assert!(sign(service, second).is_ok());
        assert_eq!(sign(service, second / 2).err(), Some(Error::ExpiresTooShort));
        for expires in [max + second / 2, max + second, Duration::MAX] {
            let error = sign(service, expires).expect_err("above the limit");
            assert_variant!(error, ExpiresTooLong { expires, max });
        }
    }
}

#[test]
fn tokens_that_the_cluster_would_refuse() {
    let sign = |bytes: usize| {
        let credentials = credentials().with_session_token("x".repeat(bytes)).expect("a session token");
        EksToken::new("prod", region("eu-west-1")).and_then(|eks| eks.sign_at(&credentials, at(NOON)))
    };
    let longest = (1..4_096).rev().find_map(|bytes| sign(bytes).ok()).expect("a token");
    assert!((4_094..=4_096).contains(&longest.as_str().len()));
    let error = sign(4_096).expect_err("too long");
    assert!(matches!(error, Error::Token(TokenError::TooLong { bytes: 5_000.., .. })), "{error:?}");
}

#[test]
fn errors_of_credentials() {
    let rds = RdsToken::new(RDS, 5432, "app").expect("a database");
    let failed = || Err::<Credentials, _>(CredentialsError::new("no route").into());
    assert_eq!(rds.sign_at(&|| Err(Error::NoCredentials), at(NOON)).err(), Some(Error::NoCredentials));
    assert_eq!(rds.sign_at(&failed, at(NOON)).expect_err("failed").kind(), ErrorKind::Credentials);
    let last = at("99991231T235959Z");
    assert_eq!(rds.sign_at(&credentials(), last).err(), Some(Error::TimeOutOfRange));
}

/// Whatever is given: there is no panic, a token is one line of what its service takes, and no error shows the value.
#[test]
fn any_text() {
    let shown = |error: &Error, text: &str| text.len() > 8 && format!("{error} {error:?}").contains(text);
    let text = prop_oneof![any::<String>(), "[a-z0-9.:/?#@ %-]{0,40}", "[a-z0-9-]{1,20}(\\.[a-z0-9-]{1,20}){0,5}"];
    proptest!(|(text in text, port: u16)| {
        for result in [
            rds(&text, port, "app"),
            rds(RDS, 5432, &text),
            DsqlToken::new(&text).and_then(|dsql| dsql.region(region("us-east-1")).sign_at(&credentials(), at(NOON))),
            IotToken::new(&text).and_then(|iot| iot.region(region("us-east-1")).sign_at(&credentials(), at(NOON))),
            cache(&text, "app"),
            cache("a", &text),
            memory_db(&text),
            eks(&text, "us-east-1"),
            eks_at(&text),
            MskToken::new(region("us-east-1")).and_then(|msk| msk.user_agent(&text).sign_at(&credentials(), at(NOON))),
        ] {
            match result {
                Ok(token) => prop_assert!(token.as_str().bytes().all(|byte| byte.is_ascii_graphic())),
                Err(error) => prop_assert!(!shown(&error, &text), "{error:?}"),
            }
        }
    });
}
