//! The commands for tokens.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{KEY_ID, KEYS, SECRET, presign, run};

fn vectors() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/tokens.jsonl");
    let text = fs::read_to_string(path).expect("the vectors are there");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The token that the command line prints for a vector, if its credentials are ones that can be in the environment.
#[test]
fn every_vector() {
    for vector in vectors() {
        let text = |name: &str| vector[name].as_str().unwrap_or_else(|| panic!("{name}"));
        if text("name") == "rds/paws" {
            continue;
        }
        let expires = format!("{}s", vector["expires_s"]);
        let mut arguments = vec!["token", text("kind"), "--at", text("now"), "--region", text("region")];
        let port = vector["port"].to_string();
        match text("kind") {
            "rds" => arguments.extend(["--host", text("host"), "--port", &port, "--user", text("user")]),
            "dsql" => {
                arguments.extend(["--host", text("host"), "--expires", &expires]);
                arguments.extend((text("action") == "DbConnectAdmin").then_some("--admin"));
            }
            "elasticache" => {
                arguments.extend(["--name", text("cache"), "--user", text("user"), "--expires", &expires]);
                arguments.extend((vector["serverless"] == true).then_some("--serverless"));
            }
            "memorydb" => arguments.extend(["--cluster", text("cache"), "--user", text("user")]),
            "eks" => arguments.extend(["--cluster", text("cluster"), "--output", "token"]),
            "iot" => arguments.extend(["--host", text("host")]),
            _ => {}
        }
        let mut environment =
            vec![("AWS_ACCESS_KEY_ID", text("access_key")), ("AWS_SECRET_ACCESS_KEY", text("secret_key"))];
        environment.extend(vector["session_token"].as_str().map(|token| ("AWS_SESSION_TOKEN", token)));
        assert_eq!(run(&arguments, &environment).ok(), format!("{}\n", text("token")), "{}", text("name"));
    }
}

const RDS: &str =
    "token rds --host prod.abc123.us-east-1.rds.amazonaws.com --port 5432 --user app --at 20260301T120000Z";

/// The names of the AWS command line, and the region of the host, of the option, or of the environment.
#[test]
fn options() {
    let token = presign(RDS).ok();
    assert!(token.starts_with("prod.abc123.us-east-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app&"), "{token}");
    assert!(token.contains("%2Fus-east-1%2Frds-db%2F"), "{token}");
    assert_eq!(presign(&RDS.replace("--host", "--hostname").replace("--user", "--username")).ok(), token);
    assert_eq!(presign(&format!("{RDS} --region us-east-1")).ok(), token);

    let alias = "token rds --host db.example.com --port 5432 --user app";
    assert!(presign(alias).ok().contains("%2Feu-west-1%2Frds-db%2F"));
    assert!(presign(&format!("{alias} --region us-west-2")).ok().contains("%2Fus-west-2%2Frds-db%2F"));

    let eks = "token eks --cluster prod --output token --at 20260301T120000Z";
    assert_eq!(presign(&eks.replace("--cluster", "--cluster-name")).ok(), presign(eks).ok());
    let fips = presign(&format!("{eks} --region us-east-1 --host sts-fips.us-east-1.amazonaws.com")).ok();
    assert_ne!(fips, presign(&format!("{eks} --region us-east-1")).ok());
    let msk = "token msk --at 20260301T120000Z";
    assert_ne!(presign(&format!("{msk} --user-agent app")).ok(), presign(msk).ok());
}

#[test]
fn json_of_tokens() {
    let token = presign(RDS).ok();
    let document: Value = serde_json::from_str(&presign(&format!("{RDS} --output json")).ok()).expect("JSON");
    assert_eq!(
        document,
        json!({
            "token": token.trim_end(),
            "expires_at": "2026-03-01T12:15:00Z",
            "expires_at_ms": 1_772_367_300_000_i64,
            "refresh_at": "2026-03-01T12:14:00Z",
        })
    );
}

#[test]
fn what_kubectl_reads() {
    let eks = ["token", "eks", "--cluster", "prod", "--at", "20260301T120000Z"];
    let token = run(&[&eks[..], &["--output", "token"]].concat(), &KEYS).ok();
    let info = |version: &str| format!(r#"{{"kind":"ExecCredential","apiVersion":"{version}","spec":{{}}}}"#);
    let (v1, v1beta1) = (info("client.authentication.k8s.io/v1"), info("client.authentication.k8s.io/v1beta1"));
    for (asked, version) in [(None, "v1beta1"), (Some(""), "v1beta1"), (Some(&*v1), "v1"), (Some(&*v1beta1), "v1beta1")]
    {
        let mut environment = KEYS.to_vec();
        environment.extend(asked.map(|info| ("KUBERNETES_EXEC_INFO", info)));
        assert_eq!(
            serde_json::from_str::<Value>(&run(&eks, &environment).ok()).expect("JSON"),
            json!({
                "kind": "ExecCredential",
                "apiVersion": format!("client.authentication.k8s.io/{version}"),
                "spec": {},
                "status": {"expirationTimestamp": "2026-03-01T12:14:00Z", "token": token.trim_end()},
            })
        );
    }
    for other in [info("client.authentication.k8s.io/v1alpha1"), "{".to_owned()] {
        assert_eq!(
            run(&eks, &[&KEYS[..], &[("KUBERNETES_EXEC_INFO", &other)]].concat()).error(),
            "KUBERNETES_EXEC_INFO asks for another version than client.authentication.k8s.io/v1 and v1beta1: change \
             `apiVersion` of the user in the kubeconfig"
        );
    }
}

#[test]
fn credentials_that_end_before_the_token() {
    let environment = [&KEYS[..], &[("AWS_CREDENTIAL_EXPIRATION", "2026-03-01T12:10:00Z")]].concat();
    let run = run(&RDS.split(' ').collect::<Vec<_>>(), &environment);
    assert_eq!(run.code, 0);
    assert_eq!(run.stderr, "presign: note: it works only until 2026-03-01T12:10:00Z, when its credentials end\n");
}

#[test]
fn what_cannot_be_signed() {
    for (arguments, message) in [
        (
            "rds --host https://prod.abc123.us-east-1.rds.amazonaws.com --port 5432 --user app",
            "the host is not a DNS name alone: give it without a scheme, a port and a path",
        ),
        (
            "rds --host prod.abc123.us-east-1.rds.amazonaws.com --port 0 --user app",
            "the port is 0: give the port of the database, such as 5432 or 3306",
        ),
        (
            "rds --host prod.abc123.us-east-1.rds.amazonaws.com --port 5432 --user=",
            "the user name is empty or has a control character",
        ),
        (
            "rds --host prod.abc123.us-east-1.rds.amazonaws.com --port 5432 --user app --region us-west-2",
            "the host is in another region than --region: give the region of the host, or none",
        ),
        (
            "dsql --host a.dsql.us-east-1.on.aws --expires 8d",
            "the expiry of 691200s is too long: at most 604800s are allowed",
        ),
        (
            "elasticache --name My-Cache --user app",
            "the cache name is not 1 to 63 lower-case letters, digits and `-`: give the name of the cache, replication \
             group or cluster, not its endpoint",
        ),
        ("elasticache --name a --user app --expires 1h", "the expiry of 3600s is too long: at most 900s are allowed"),
        (
            "eks --cluster team/prod",
            "the cluster name is not 1 to 100 letters, digits, `-`, `_` and `.`: give the name of the cluster, not its \
             ARN",
        ),
        (
            "msk --region auto",
            "the region is not an AWS region, so the host cannot be derived from it: give one such as eu-west-1",
        ),
        ("bedrock --expires 13h", "the expiry of 46800s is too long: at most 43200s are allowed"),
    ] {
        assert_eq!(presign(&format!("token {arguments}")).error(), message, "{arguments}");
    }
    let keys = [("AWS_ACCESS_KEY_ID", KEY_ID), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    let no_region = "no region given: use --region, AWS_REGION or the region of a profile";
    for arguments in ["bedrock", "msk", "rds --host db.example.com --port 1 --user a"] {
        let arguments = format!("token {arguments}");
        assert_eq!(run(&arguments.split(' ').collect::<Vec<_>>(), &keys).error(), no_region, "{arguments}");
    }
    assert_eq!(
        presign("token rds --host a --port 70000 --user a").usage_error(),
        "invalid value '70000' for '--port <PORT>': 70000 is not in 0..=65535"
    );
}
