//! When tokens end, and when to make a new one.

use std::sync::Mutex;
use std::time::Duration;

use presign::tokens::{
    BedrockToken, DsqlToken, EksToken, ElastiCacheToken, ExecApiVersion, IotToken, MemoryDbToken, MskToken, RdsToken,
    Token,
};
use presign::{Credentials, Error, ProvideCredentials, Timestamp};
use serde_json::{Value, json};

use crate::tokens::{NOON, SESSION_TOKEN, at, credentials, region};

/// A token of each service, with its defaults.
fn all(credentials: &dyn ProvideCredentials) -> Result<[Token; 8], Error> {
    let (now, us) = (at(NOON), region("us-east-1"));
    Ok([
        RdsToken::new("a.b.us-east-1.rds.amazonaws.com", 5432, "u")?.sign_at(credentials, now)?,
        DsqlToken::new("a.dsql.us-east-1.on.aws")?.sign_at(credentials, now)?,
        ElastiCacheToken::new("a", "u", us.clone())?.sign_at(credentials, now)?,
        MemoryDbToken::new("a", "u", us.clone())?.sign_at(credentials, now)?,
        EksToken::new("a", us.clone())?.sign_at(credentials, now)?,
        MskToken::new(us.clone())?.sign_at(credentials, now)?,
        BedrockToken::new(us).sign_at(credentials, now)?,
        IotToken::new("a.iot.us-east-1.amazonaws.com")?.sign_at(credentials, now)?,
    ])
}

const VALIDITIES: [u64; 8] = [900, 900, 900, 900, 900, 900, 43_200, 86_400];

fn after(seconds: u64) -> Timestamp {
    at(NOON).checked_add(Duration::from_secs(seconds)).expect("in range")
}

#[test]
fn the_earlier_of_the_token_and_the_credentials() {
    for (credentials_end, margin) in [
        (None, 60),
        (Some(100_000), 60),
        (Some(900), 60),
        (Some(300), 60),
        (Some(120), 60),
        (Some(61), 31),
        (Some(1), 1),
    ] {
        let end = credentials_end.map(after);
        let credentials = end.map_or(credentials(), |end| credentials().with_expiration(end));
        for (token, validity) in all(&credentials).expect("signed").iter().zip(VALIDITIES) {
            let validity = validity.min(credentials_end.unwrap_or(u64::MAX));
            assert_eq!(token.expires_at(), after(validity));
            assert_eq!(token.refresh_at(), after(validity - margin), "{credentials_end:?}");
            assert_eq!(token.expires_at_millis(), after(validity).unix_seconds() * 1_000);
        }
    }
    for end in [NOON, "20260301T115959Z"] {
        let error = all(&credentials().with_expiration(at(end))).expect_err("expired");
        assert!(matches!(error, Error::CredentialsExpired { .. }), "{error:?}");
    }
}

/// A provider is told until when the token works, which is not what the URL of EKS says.
#[test]
fn providers_are_asked_for_the_whole_validity() {
    #[derive(Default)]
    struct Asked(Mutex<Vec<Timestamp>>);
    impl ProvideCredentials for Asked {
        fn credentials(&self) -> Result<Credentials, Error> {
            panic!("asked without an end")
        }
        fn credentials_until(&self, until: Timestamp) -> Result<Credentials, Error> {
            self.0.lock().expect("no panic").push(until);
            Ok(credentials())
        }
    }
    let asked = Asked::default();
    all(&asked).expect("signed");
    assert_eq!(*asked.0.lock().expect("no panic"), VALIDITIES.map(after));
}

#[test]
fn providers_of_any_kind() {
    let expected = all(&credentials()).expect("signed").map(|token| token.as_str().to_owned());
    let shared: std::sync::Arc<dyn ProvideCredentials> = std::sync::Arc::new(credentials());
    let texts = |tokens: Result<[Token; 8], Error>| tokens.expect("signed").map(|token| token.as_str().to_owned());
    assert_eq!(texts(all(&shared)), expected);
    assert_eq!(texts(all(&|| Ok(credentials()))), expected);
    #[cfg(feature = "std")]
    assert_eq!(texts(all(&presign::CredentialsCell::new(credentials()))), expected);
}

#[cfg(feature = "std")]
#[test]
fn the_clock_of_the_system() {
    let before = Timestamp::now().expect("a clock");
    let token = MskToken::new(region("us-east-1")).and_then(|msk| msk.sign(&credentials())).expect("signed");
    let seconds = token.expires_at().duration_since(before).as_secs();
    assert!((900..960).contains(&seconds), "{seconds}");
}

#[test]
fn what_kubectl_reads() {
    let eks = EksToken::new("prod", region("eu-west-1")).expect("a cluster");
    let credentials = credentials().with_session_token(SESSION_TOKEN).expect("a session token");
    let token = eks.sign_at(&credentials, at(NOON)).expect("signed");
    let ends_soon = credentials.clone().with_expiration(after(300));
    for (version, name, credentials, end) in [
        (ExecApiVersion::V1Beta1, "v1beta1", &credentials, "2026-03-01T12:14:00Z"),
        (ExecApiVersion::V1, "v1", &credentials, "2026-03-01T12:14:00Z"),
        (ExecApiVersion::V1, "v1", &ends_soon, "2026-03-01T12:04:00Z"),
    ] {
        let document = eks.clone().exec_credential(version).sign_at(credentials, at(NOON)).expect("signed");
        assert_eq!(
            serde_json::from_str::<Value>(document.as_str()).expect("JSON"),
            json!({
                "kind": "ExecCredential",
                "apiVersion": format!("client.authentication.k8s.io/{name}"),
                "spec": {},
                "status": {"expirationTimestamp": end, "token": token.as_str()},
            })
        );
    }
}

#[test]
fn nothing_is_shown() {
    let credentials = credentials().with_session_token(SESSION_TOKEN).expect("a session token");
    for token in all(&credentials).expect("signed") {
        for text in [format!("{token:?}"), format!("{token:#?}")] {
            assert!(text.starts_with("Token { ") || text.starts_with("Token {\n"), "{text}");
            assert!(!text.contains("Amz") && !text.contains("EXAMPLE") && text.len() < 80, "{text}");
        }
    }
}
