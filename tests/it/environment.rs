//! `Credentials::from_env`. A process cannot change its own environment safely, so the test starts itself with another
//! one.

use std::env;
use std::error::Error as _;
use std::ffi::OsStr;
use std::process::Command;

use presign::{Credentials, ErrorKind};

const EXPIRATION: &str = "AWS_CREDENTIAL_EXPIRATION";

/// Runs [`child`] in this environment and returns what it printed.
fn read(variables: &[(&str, &OsStr)]) -> String {
    let mut command = Command::new(env::current_exe().expect("a test has a file"));
    command.args(["--exact", "environment::child", "--nocapture"]).env("PRESIGN_TEST_CHILD", "1");
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", EXPIRATION] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().expect("the test starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().find_map(|line| line.split_once("read: ")).expect("the child printed").1.to_owned()
}

#[test]
fn child() {
    if env::var_os("PRESIGN_TEST_CHILD").is_some() {
        match Credentials::from_env() {
            Ok(credentials) => match credentials.expires_at() {
                Some(end) => println!("read: {credentials:?} until {end}"),
                None => println!("read: {credentials:?}"),
            },
            Err(error) => {
                assert!(error.source().is_none());
                assert_eq!(error.kind(), ErrorKind::Credentials);
                println!("read: {error} ({error:?})");
            }
        }
    }
}

#[test]
fn from_env() {
    let id = ("AWS_ACCESS_KEY_ID", OsStr::new("AKIAIOSFODNN7EXAMPLE"));
    let secret = ("AWS_SECRET_ACCESS_KEY", OsStr::new("secret"));
    let token = |value| ("AWS_SESSION_TOKEN", OsStr::new(value));
    let read_ok = "Credentials { access_key_id: \"AKIAIOSFODNN7EXAMPLE\", session_token: false, .. }";
    let read_token = "Credentials { access_key_id: \"AKIAIOSFODNN7EXAMPLE\", session_token: true, .. }";
    let missing = |name| {
        let message = "is not set or is not valid Unicode";
        format!("environment variable {name} {message} (EnvironmentVariable {{ name: {name:?} }})")
    };

    assert_eq!(read(&[id, secret]), read_ok);
    assert_eq!(read(&[id, secret, token("")]), read_ok);
    assert_eq!(read(&[id, secret, token("token")]), read_token);
    assert_eq!(read(&[]), missing("AWS_ACCESS_KEY_ID"));
    assert_eq!(read(&[id]), missing("AWS_SECRET_ACCESS_KEY"));
    let empty = read(&[id, ("AWS_SECRET_ACCESS_KEY", OsStr::new(""))]);
    assert_eq!(empty, "the secret access key is empty (Empty(SecretAccessKey))");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let broken = OsStr::from_bytes(b"\xff");
        assert_eq!(read(&[id, secret, ("AWS_SESSION_TOKEN", broken)]), missing("AWS_SESSION_TOKEN"));
        assert_eq!(read(&[id, secret, (EXPIRATION, broken)]), missing(EXPIRATION));
    }

    let until = |value| read(&[id, secret, token("token"), (EXPIRATION, OsStr::new(value))]);
    assert_eq!(until(""), read_token);
    for value in ["2099-01-01T00:00:00Z", "2099-01-01T02:00:00+02:00", "2099-01-01T00:00:00.123456Z"] {
        assert_eq!(until(value), format!("{read_token} until 2099-01-01T00:00:00Z"));
    }
    // What is past is read; to sign with it is an error.
    assert_eq!(until("2000-01-01T00:00:00+00:00"), format!("{read_token} until 2000-01-01T00:00:00Z"));
    for value in ["tomorrow", "1710490530", "2099-01-01 00:00:00", "2099-01-01T00:00:00", "1969-01-01T00:00:00Z"] {
        let message =
            "is not a time of RFC 3339 from 1970 to 9999: set it to one such as 2024-03-15T08:15:30Z, or unset it";
        let expected =
            format!("environment variable {EXPIRATION} {message} (EnvironmentTime {{ name: {EXPIRATION:?} }})");
        assert_eq!(until(value), expected);
    }
}
