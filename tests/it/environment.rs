//! `Credentials::from_env`. A process cannot change its own environment safely, so the test starts itself with another
//! one.

use std::env;
use std::error::Error as _;
use std::ffi::OsStr;
use std::process::Command;

use presign::Credentials;

/// Runs [`child`] in this environment and returns what it printed.
fn read(variables: &[(&str, &OsStr)]) -> String {
    let mut command = Command::new(env::current_exe().expect("a test has a file"));
    command.args(["--exact", "environment::child", "--nocapture"]).env("PRESIGN_TEST_CHILD", "1");
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
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
            Ok(credentials) => println!("read: {credentials:?}"),
            Err(error) => {
                assert!(error.source().is_none());
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
    }
}
