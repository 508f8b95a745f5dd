//! Tokens for EKS, by the rules of the server: aws-iam-authenticator, `Verify` in `pkg/token/token.go`.

use std::collections::HashSet;

use presign::Timestamp;
use presign::tokens::EksToken;
use url::Url;

use crate::tokens::{NOON, SESSION_TOKEN, at, credentials, region, url_of};

const PARAMETERS: [&str; 9] = [
    "action",
    "version",
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-expires",
    "x-amz-security-token",
    "x-amz-signature",
    "x-amz-signedheaders",
];

/// The first rule that the token breaks, and when the server stops accepting it.
fn check(token: &str, hosts: &[&str]) -> Result<Timestamp, &'static str> {
    let rule = |holds: bool, name| if holds { Ok(()) } else { Err(name) };
    rule(token.len() <= 4_096, "length")?;
    rule(token.starts_with("k8s-aws-v1."), "prefix")?;
    let url = Url::parse(&url_of(token)).map_err(|_| "a URL")?;
    rule(url.scheme() == "https", "scheme")?;
    // Go's `Host` has the port.
    rule(url.port().is_none() && url.host_str().is_some_and(|host| hosts.contains(&host)), "host")?;
    rule(url.path() == "/", "path")?;
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.to_lowercase()).collect();
    rule(names.iter().all(|name| PARAMETERS.contains(&name.as_str())), "a parameter that is not listed")?;
    rule(names.iter().collect::<HashSet<_>>().len() == names.len(), "a parameter twice")?;
    let get = |wanted: &str| {
        let found = url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    rule(get("action") == "GetCallerIdentity", "action")?;
    let signed = get("x-amz-signedheaders").to_lowercase();
    rule(signed.split(';').any(|name| name == "x-k8s-aws-id"), "the cluster is not signed")?;
    rule(get("x-amz-expires").parse::<u32>().is_ok_and(|seconds| seconds <= 900), "expiry")?;
    let date: Timestamp = get("x-amz-date").parse().map_err(|_| "date")?;
    date.checked_add(std::time::Duration::from_secs(900)).map_err(|_| "end")
}

#[test]
fn ours_break_none() {
    let hosts = [
        "sts.us-east-1.amazonaws.com",
        "sts.us-gov-west-1.amazonaws.com",
        "sts.cn-north-1.amazonaws.com.cn",
        "sts.eusc-de-east-1.amazonaws.eu",
        "sts-fips.us-east-1.amazonaws.com",
        "sts.us-east-1.api.aws",
        "sts.amazonaws.com",
    ];
    let long = "x".repeat(2_000);
    for (name, host) in [
        ("us-east-1", None),
        ("us-gov-west-1", None),
        ("cn-north-1", None),
        ("eusc-de-east-1", None),
        ("us-east-1", Some("sts-fips.us-east-1.amazonaws.com")),
        ("us-east-1", Some("sts.us-east-1.api.aws")),
        ("us-east-1", Some("sts.amazonaws.com")),
    ] {
        for session_token in [SESSION_TOKEN, &long] {
            let eks = EksToken::new("prod", region(name)).expect("a cluster");
            let eks = host.map_or(Ok(eks.clone()), |host| eks.host(host)).expect("a host");
            let credentials = credentials().with_session_token(session_token).expect("a session token");
            let token = eks.sign_at(&credentials, at(NOON)).expect("signed");
            assert_eq!(check(token.as_str(), &hosts), Ok(token.expires_at()), "{name} {host:?}");
        }
    }
}

/// The rules of this test find what breaks them.
#[test]
fn others_break_each() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    let token = EksToken::new("prod", region("us-east-1")).and_then(|eks| eks.sign_at(&credentials(), at(NOON)));
    let url = url_of(token.expect("signed").as_str());
    for (from, to, rule) in [
        ("https:", "http:", "scheme"),
        ("sts.us-east-1", "sts.us-west-9", "host"),
        (".com/", ".com:8443/", "host"),
        (".com/?", ".com/x?", "path"),
        ("&Version", "&Extra=1&Version", "a parameter that is not listed"),
        ("&Version", "&ACTION=GetCallerIdentity&Version", "a parameter twice"),
        ("Action=Get", "Action=Put", "action"),
        ("%3Bx-k8s-aws-id", "", "the cluster is not signed"),
        ("Expires=60", "Expires=901", "expiry"),
        ("Date=2026", "Date=20x6", "date"),
    ] {
        assert!(url.contains(from), "{from}");
        let changed = format!("k8s-aws-v1.{}", URL_SAFE_NO_PAD.encode(url.replacen(from, to, 1)));
        assert_eq!(check(&changed, &["sts.us-east-1.amazonaws.com"]), Err(rule), "{from} {to}");
    }
}
