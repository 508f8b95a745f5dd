//! Tokens that others computed.

use std::time::Duration;

use presign::sigv4::{Request, Service, Signer};
use presign::tokens::{DsqlToken, EksToken, ElastiCacheToken, IotToken, MskToken, RdsToken};
use presign::{Error, Method, TokenError};

use crate::support::Case;
use crate::tokens::{Vector, url_of};

#[test]
fn every_token_byte_for_byte() {
    let vectors = Vector::load();
    let (mut signed, mut official) = (0, 0);
    for vector in &vectors {
        let name = vector.text("name");
        official += usize::from(vector.0["official"] == true);
        if name == "rds/paws" {
            continue;
        }
        let token = vector.sign(&vector.credentials()).expect(name);
        assert!(url_of(token.as_str()).contains(&format!("&X-Amz-Signature={}", vector.text("signature"))), "{name}");
        assert_eq!(token.as_str(), vector.text("token"), "{name}");
        signed += 1;
    }
    assert_eq!((vectors.len(), signed, official), (20, 19, 6));
}

/// This vector is for a host of another region: the type refuses it, and the recipe gives the same.
#[test]
fn a_host_of_another_region() {
    let vector = Vector::load().into_iter().find(|vector| vector.text("name") == "rds/paws").expect("a vector");
    assert_eq!(vector.sign(&vector.credentials()).err(), Some(Error::Token(TokenError::OtherRegion)));
    let signer = Signer::new(vector.credentials(), vector.region(), Service::new("rds-db").expect("a service"));
    let endpoint = format!("https://{}:{}", vector.text("host"), vector.number("port"));
    let request = Request::new(Method::Get, endpoint)
        .expect("an endpoint")
        .query("Action", "connect")
        .query("DBUser", vector.text("user"));
    let signed = signer.presign_at(&request, vector.expires(), vector.now()).expect("signed");
    assert_eq!(signed.url().strip_prefix("https://"), Some(vector.text("token")));
}

/// The names and values of a query, in the order of the alphabet: implementations differ in theirs.
fn sorted(url: &str) -> (String, Vec<&str>) {
    let (start, query) = url.split_once('?').expect("a query");
    let mut parameters: Vec<_> = query.split('&').collect();
    parameters.sort_unstable();
    (start.to_owned(), parameters)
}

/// The URLs of the JavaScript SDK, aws4fetch and others, of which these tokens are made.
#[test]
fn tokens_of_the_urls_of_other_services() {
    let mut signed = 0;
    for case in Case::load("presign-services.jsonl") {
        let query = |wanted| case.pairs("query").find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let (host, port) = case.input("endpoint").split_once(':').unwrap_or((case.input("endpoint"), "0"));
        let region = presign::Region::new(case.input("region")).expect("a region");
        let credentials = case.credentials().expect("credentials");
        let now = case.now().expect("a time");
        let (kind, rest) = case.name().split_once('/').expect("two parts");
        let token = match kind {
            "sts" if rest.starts_with("eks-token") => {
                let (_, cluster) = case.pairs("headers").next().expect("a header");
                EksToken::new(cluster, region).and_then(|eks| eks.sign_at(&credentials, now))
            }
            "rds-connect" => RdsToken::new(host, port.parse().expect("a port"), query("DBUser").expect("a user"))
                .and_then(|rds| rds.sign_at(&credentials, now)),
            "elasticache" => {
                let new = query("ResourceType")
                    .map_or(ElastiCacheToken::new as fn(_, _, _) -> _, |_| ElastiCacheToken::serverless);
                let cache: Result<ElastiCacheToken, Error> = new(host, query("User").expect("a user"), region);
                cache.and_then(|cache| cache.sign_at(&credentials, now))
            }
            "dsql" if query("Action") == Some("DbConnect") => {
                DsqlToken::new(host).and_then(|dsql| dsql.sign_at(&credentials, now))
            }
            "dsql" => DsqlToken::admin(host).and_then(|dsql| dsql.sign_at(&credentials, now)),
            "msk" => MskToken::new(region).and_then(|msk| msk.sign_at(&credentials, now)),
            "iot-wss" => IotToken::new(host).and_then(|iot| iot.sign_at(&credentials, now)),
            _ => continue,
        };
        let name = case.name();
        let url = url_of(token.expect(name).as_str());
        let url = url.strip_suffix("&User-Agent=presign").unwrap_or(&url);
        let is_same = case.expected_urls().any(|expected| {
            let expected = if url.contains("://") { expected } else { expected.split_once("://").expect("a scheme").1 };
            sorted(expected) == sorted(url)
        });
        assert!(is_same, "{}: {url}", case.name());
        signed += 1;
    }
    assert_eq!(signed, 12);
}

/// Computed with botocore 1.44.8.
#[test]
fn clusters_in_other_partitions_and_at_other_endpoints() {
    let vector = Vector::load().into_iter().find(|vector| vector.text("name") == "eks/us-west-2").expect("a vector");
    for (region, host, signature) in [
        (
            "cn-north-1",
            "sts.cn-north-1.amazonaws.com.cn",
            "94df2761c22298440318935dcdbed759c265fbe8a0eeb189eee3bfb5846c927f",
        ),
        (
            "us-gov-west-1",
            "sts.us-gov-west-1.amazonaws.com",
            "86482087f72290409a9e8d6494dfe8dd4b21ae2d70166c4c37c4d50b9f95dc55",
        ),
        (
            "us-east-1",
            "sts-fips.us-east-1.amazonaws.com",
            "0f79435e8ac15434ad77f2df6e108df0618e9df89321dae0efeba1fa97a12b89",
        ),
        ("us-east-1", "sts.us-east-1.api.aws", "02dba6223ad592d9007c5a7c4ad91f06f2451d80a2aba57e9aeb796d81fc9487"),
    ] {
        let eks = EksToken::new("prod", crate::tokens::region(region)).expect("a cluster");
        let is_regional = host.starts_with("sts.") && !host.ends_with("api.aws");
        let eks = if is_regional { eks } else { eks.host(host).expect("a host") };
        let url = url_of(eks.sign_at(&vector.credentials(), vector.now()).expect("signed").as_str());
        assert!(url.starts_with(&format!("https://{host}/?")), "{url}");
        assert!(url.ends_with(&format!("&X-Amz-Signature={signature}")), "{host}");
    }
}

#[test]
fn what_can_be_set() {
    let vectors = Vector::load();
    let msk = vectors.iter().find(|vector| vector.text("name") == "msk/us-west-2").expect("a vector");
    let brokers = MskToken::new(msk.region()).expect("a region");
    let token = brokers.user_agent("my app/1+0").sign_at(&msk.credentials(), msk.now());
    assert!(url_of(token.expect("signed").as_str()).ends_with("&User-Agent=my%20app%2F1%2B0"));

    let dsql = vectors.iter().find(|vector| vector.text("name") == "dsql/connect").expect("a vector");
    let week = Duration::from_secs(604_800);
    let token = DsqlToken::new(dsql.text("host")).expect("a host").expires(week);
    let token = token.sign_at(&dsql.credentials(), dsql.now()).expect("signed");
    assert!(token.as_str().contains("&X-Amz-Expires=604800&"));
    // The port of HTTPS is never in the host.
    let token = RdsToken::new("Prod.abc.eu-west-1.rds.amazonaws.com", 443, "a b").expect("a database");
    let token = token.sign_at(&dsql.credentials(), dsql.now()).expect("signed");
    assert!(token.as_str().starts_with("prod.abc.eu-west-1.rds.amazonaws.com/?Action=connect&DBUser=a%20b&"));
}
