//! Where credentials, region and endpoint come from.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use presign::s3::{GetObject, Store};
use presign::{Credentials, Presigner, PresignerBuilder};

use crate::support::{AT, KEY_ID, KEYS, Run, SECRET, at, run};

/// The two shared files in a folder of the test.
struct Files {
    credentials: PathBuf,
    config: PathBuf,
}

impl Files {
    fn new(test: &str, credentials: &str, config: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shared-files").join(test);
        fs::create_dir_all(&folder).unwrap();
        let files = Self { credentials: folder.join("credentials"), config: folder.join("config") };
        fs::write(&files.credentials, credentials).unwrap();
        fs::write(&files.config, config).unwrap();
        files
    }

    fn variables(&self) -> [(&str, &str); 2] {
        [
            ("AWS_SHARED_CREDENTIALS_FILE", self.credentials.to_str().unwrap()),
            ("AWS_CONFIG_FILE", self.config.to_str().unwrap()),
        ]
    }
}

const CREDENTIALS: &str = "\
[default]
aws_access_key_id = AKIDEFAULT
aws_secret_access_key = default-secret
[temporary]
aws_access_key_id = ASIATEMPORARY
aws_secret_access_key = temporary-secret
aws_session_token = the-token
[sso-with-keys]
aws_access_key_id = AKIDECOY
aws_secret_access_key = decoy-secret
";

const CONFIG: &str = "\
[default]
region = eu-central-1
[profile temporary]
region = eu-north-1
endpoint_url = https://s3.example.com
[profile configured]
aws_access_key_id = AKICONFIG
aws_secret_access_key = config-secret
region = us-west-2
[profile sso-with-keys]
sso_session = corp
[profile role]
role_arn = arn:aws:iam::123456789012:role/uploader
source_profile = default
[profile process]
credential_process = /opt/vault get
[profile empty]
region = eu-west-3
";

type Variables<'a> = &'a [(&'a str, &'a str)];

fn get_with(arguments: &[&str], environment: Variables) -> Run {
    run(&[&["get", "s3://user-media/a", "--at", AT], arguments].concat(), environment)
}

/// The URL that the library makes.
fn signed(builder: PresignerBuilder) -> String {
    let presigner = builder.bucket("user-media").build().unwrap();
    presigner.presign_at(GetObject::new("a"), Duration::from_secs(900), at()).unwrap().into_url() + "\n"
}

fn with(key_id: &str, secret: &str) -> PresignerBuilder {
    Presigner::builder().credentials(Credentials::new(key_id, secret).unwrap())
}

#[test]
fn profiles() {
    let files = Files::new("profiles", CREDENTIALS, CONFIG);
    let [credentials_file, config_file] = files.variables();
    let environment = |more: &[(&'static str, &'static str)]| [&[credentials_file, config_file], more].concat();
    let default = signed(with("AKIDEFAULT", "default-secret").region("eu-central-1"));
    let temporary = {
        let credentials = Credentials::new("ASIATEMPORARY", "temporary-secret").unwrap();
        let credentials = credentials.with_session_token("the-token").unwrap();
        let builder = Presigner::builder().credentials(credentials).region("eu-north-1");
        signed(builder.endpoint("https://s3.example.com"))
    };
    let configured = signed(with("AKICONFIG", "config-secret").region("us-west-2"));

    assert_eq!(get_with(&[], &environment(&[])).ok(), default);
    assert_eq!(get_with(&["--profile", "temporary"], &environment(&[])).ok(), temporary);
    assert_eq!(get_with(&[], &environment(&[("AWS_PROFILE", "temporary")])).ok(), temporary);
    assert_eq!(get_with(&[], &environment(&[("AWS_PROFILE", "")])).ok(), default);
    assert_eq!(get_with(&["--profile", "configured"], &environment(&[("AWS_PROFILE", "temporary")])).ok(), configured);

    // Keys of the environment win over its profile, which still has the region; the option wins over both.
    let keys = [("AWS_ACCESS_KEY_ID", KEY_ID), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    let mixed = [&keys[..], &[("AWS_PROFILE", "configured")]].concat();
    assert_eq!(get_with(&[], &environment(&mixed)).ok(), signed(with(KEY_ID, SECRET).region("us-west-2")));
    assert_eq!(get_with(&["--profile", "configured"], &environment(&keys)).ok(), configured);
}

#[test]
fn profiles_that_are_more_than_keys() {
    let files = Files::new("more-than-keys", CREDENTIALS, CONFIG);
    let way_out = "run `aws configure export-credentials --format env` and set what it prints";
    for (profile, message) in [
        ("role", format!("the profile \"role\" gets its credentials from a role: {way_out}")),
        ("sso-with-keys", format!("the profile \"sso-with-keys\" gets its credentials from a login: {way_out}")),
        ("process", format!("the profile \"process\" gets its credentials from a process: {way_out}")),
        ("empty", "the profile \"empty\" has no access key".to_owned()),
        ("other", "there is no profile \"other\" in the shared AWS files".to_owned()),
    ] {
        assert_eq!(get_with(&["--profile", profile], &files.variables()).error(), message);
    }
}

#[test]
fn files_that_cannot_be_read() {
    let files = Files::new("broken", "[default]\nmy-secret-without-a-name\n", "");
    let message = "line 2 of the AWS credentials file is neither a [section] nor a setting";
    assert_eq!(get_with(&[], &files.variables()).error(), message);

    let folder = env!("CARGO_TARGET_TMPDIR");
    let message = get_with(&[], &[("AWS_CONFIG_FILE", folder)]).error();
    assert!(message.starts_with(&format!("the file {folder} cannot be read: ")), "{message}");
}

#[test]
fn nothing_at_all() {
    let message = "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a --profile";
    assert_eq!(get_with(&[], &[]).error(), message);
    let message = "environment variable AWS_SECRET_ACCESS_KEY is not set or is not valid Unicode";
    assert_eq!(get_with(&[], &[("AWS_ACCESS_KEY_ID", KEY_ID)]).error(), message);
    let message = "no region given: use --region, AWS_REGION or the region of a profile";
    assert_eq!(get_with(&[], &KEYS[..2]).error(), message);
}

#[test]
fn regions_and_endpoints() {
    let keys = &KEYS[..2];
    let region = |name| with(KEY_ID, SECRET).region(name);
    let cases: [(&[&str], Variables, PresignerBuilder); 9] = [
        (&[], &[("AWS_DEFAULT_REGION", "eu-west-2")], region("eu-west-2")),
        (&[], &[("AWS_DEFAULT_REGION", "eu-west-2"), ("AWS_REGION", "eu-west-3")], region("eu-west-3")),
        (&["--region", "us-east-2"], &[("AWS_REGION", "eu-west-3")], region("us-east-2")),
        (
            &[],
            &[
                ("AWS_REGION", "x"),
                ("AWS_ENDPOINT_URL", "https://a.example"),
                ("AWS_ENDPOINT_URL_S3", "https://b.example"),
            ],
            region("x").endpoint("https://b.example"),
        ),
        (
            &["--endpoint", "https://c.example"],
            &[("AWS_REGION", "x"), ("AWS_ENDPOINT_URL", "https://a.example")],
            region("x").endpoint("https://c.example"),
        ),
        // What a store brings wins over the environment, which is that of an AWS account.
        (
            &["--store", "cloudflare-r2", "--account", "abc"],
            &[("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", "https://a.example")],
            region("auto").store(Store::CLOUDFLARE_R2).account("abc"),
        ),
        (
            &["--store", "aws"],
            &[("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", "https://a.example")],
            region("eu-west-1"),
        ),
        // What it does not bring comes from there.
        (
            &["--store", "minio"],
            &[("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", "http://localhost:9000")],
            region("us-east-1").endpoint("http://localhost:9000"),
        ),
        (
            &["--store", "wasabi", "--region", "eu-central-1"],
            &[("AWS_REGION", "eu-west-1")],
            region("eu-central-1").store(Store::WASABI),
        ),
    ];
    for (arguments, more, expected) in cases {
        assert_eq!(get_with(arguments, &[keys, more].concat()).ok(), signed(expected), "{arguments:?} {more:?}");
    }
}

#[test]
fn endpoints_of_profiles() {
    let config = "\
[profile services]
region = x
services = mine
endpoint_url = https://all.example

[profile all]
region = x
endpoint_url = https://all.example

[profile ignored]
region = x
services = mine
ignore_configured_endpoint_urls = TRUE

[services mine]
s3 =
  endpoint_url = https://s3.example
sqs =
  endpoint_url = https://sqs.example
";
    let files = Files::new("endpoints", "", config);
    let profile = |name, more: Variables| {
        let all: Vec<_> =
            KEYS[..2].iter().chain(&files.variables()).chain(more).chain(&[("AWS_PROFILE", name)]).copied().collect();
        get_with(&["--region", "us-east-1"], &all).ok()
    };
    let signed_at = |endpoint: &str| signed(with(KEY_ID, SECRET).region("us-east-1").endpoint(endpoint));
    assert_eq!(profile("services", &[]), signed_at("https://s3.example"));
    assert_eq!(profile("all", &[]), signed_at("https://all.example"));
    assert_eq!(profile("services", &[("AWS_ENDPOINT_URL", "https://env.example")]), signed_at("https://env.example"));
    let aws = signed(with(KEY_ID, SECRET).region("us-east-1"));
    assert_eq!(profile("ignored", &[]), aws);
    assert_eq!(profile("ignored", &[("AWS_ENDPOINT_URL_S3", "https://env.example")]), aws);
    assert_eq!(profile("services", &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")]), aws);
}

#[test]
fn credentials_that_end() {
    let token = [("AWS_SESSION_TOKEN", "token")];
    let with_end = |end| get_with(&[], &[&KEYS[..], &token, &[("AWS_CREDENTIAL_EXPIRATION", end)]].concat());
    let credentials = Credentials::new(KEY_ID, SECRET).unwrap().with_session_token("token").unwrap();
    let url = signed(Presigner::builder().credentials(credentials).region("eu-west-1"));

    for end in ["2024-03-15T08:30:30+00:00", "2099-01-01T02:00:00+02:00", "2099-01-01T00:00:00.123456Z"] {
        assert_eq!(with_end(end).ok(), url);
    }
    for end in ["2024-03-15T08:30:29+00:00", "2024-03-15T08:30:29Z", "2024-03-15T09:30:29.999+01:00"] {
        let short = with_end(end);
        let note = "presign: note: it works only until 2024-03-15T08:30:29Z, when its credentials end\n";
        assert_eq!((short.code, &short.stdout, &*short.stderr), (0, &url, note));
    }
    let message = "the credentials expired at 2024-03-15T08:15:30Z, the signing time is 2024-03-15T08:15:30Z";
    assert_eq!(with_end("2024-03-15T08:15:30+00:00").error(), message);
    let message = "environment variable AWS_CREDENTIAL_EXPIRATION is not a time of RFC 3339 from 1970 to 9999: \
                   set it to one such as 2024-03-15T08:15:30Z, or unset it";
    assert_eq!(with_end("tomorrow").error(), message);
}

#[cfg(unix)]
#[test]
fn variables_that_are_not_unicode() {
    use std::os::unix::ffi::OsStrExt as _;

    let mut command = crate::support::command(&KEYS);
    command.args(["get", "s3://user-media/a"]).env("AWS_REGION", std::ffi::OsStr::from_bytes(b"eu\xff"));
    let message = crate::support::finish(&mut command).error();
    assert_eq!(message, "environment variable AWS_REGION is not valid Unicode");
}
