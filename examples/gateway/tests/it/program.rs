//! The program: what it prints works, and what it reads.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use embedded_store::EmbeddedStore;
use presign::s3::{GetObject, PutObject};
use presign::{Credentials, Presigner};
use quickstart::{agent, send};
use ureq::http::Request;

use crate::server::MINUTE;

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn program(variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway"));
    for (name, _) in env::vars_os() {
        if ["AWS_", "GATEWAY_", "PRESIGN_"].iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts the program, and returns what it prints until it listens, and its endpoint.
fn start(variables: &[(&str, &str)]) -> (Program, Vec<String>, String) {
    let mut child = program(variables).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut lines = Vec::new();
    let endpoint = loop {
        let line = output.next().expect("a line").unwrap();
        if let Some((_, rest)) = line.split_once("listening at ") {
            break rest.split(';').next().unwrap().to_owned();
        }
        lines.push(line);
    };
    (Program(child), lines, endpoint)
}

/// Runs a printed command as curl would.
fn run(command: &str) -> (u16, String) {
    let url = command.split('\'').nth(1).unwrap();
    let response = match command.split_once("--data-binary ") {
        Some((_, body)) => send(&agent(None), Request::put(url).body(body.split(' ').next().unwrap()).unwrap()),
        None => send(&agent(None), Request::get(url).body(()).unwrap()),
    };
    let response = response.unwrap();
    (response.status().as_u16(), String::from_utf8(response.into_body()).unwrap())
}

#[test]
fn the_printed_commands_work() {
    let (_program, lines, endpoint) = start(&[]);
    let commands: Vec<_> = lines.iter().filter(|line| line.starts_with("curl ")).collect();
    let [put, get, list, authorized] = commands[..] else { panic!("{lines:?}") };
    assert_eq!(run(put).0, 200);
    assert_eq!(run(get), (200, "Hello".into()));
    let (status, listing) = run(list);
    assert!(status == 200 && listing.contains("<Key>users/alice/hello.txt</Key>"), "{listing}");
    assert!(authorized.contains("--aws-sigv4 aws:amz:us-east-1:s3") && authorized.contains(&endpoint), "{authorized}");
    // Where curl is installed, all of them as they are.
    if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        for command in commands {
            let fails = command.replacen("curl ", "curl --silent --show-error --fail --noproxy '*' ", 1);
            let status = Command::new("sh").args(["-c", &fails]).stdout(Stdio::null()).status().unwrap();
            assert!(status.success(), "{command}");
        }
    }
    let plain = send(&agent(None), Request::get(format!("{endpoint}/user-media/a")).body(()).unwrap()).unwrap();
    assert_eq!(plain.status(), 403);
}

#[test]
fn keys_from_a_file_for_a_store_of_the_environment() {
    let store = EmbeddedStore::on_disk(&["one", "two"]).unwrap();
    let keys = env::temp_dir().join(format!("presign-gateway-{}.keys", std::process::id()));
    fs::write(&keys, "# Everything in one bucket.\n\nGATEWAYONE secret-one one/\n  GATEWAYTWO secret-two two/b/ \n")
        .unwrap();
    let (_program, lines, endpoint) = start(&[
        ("GATEWAY_KEYS", keys.to_str().unwrap()),
        ("AWS_ENDPOINT_URL", &store.endpoint()),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", EmbeddedStore::ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", EmbeddedStore::SECRET_ACCESS_KEY),
    ]);
    assert_eq!(lines, [""; 0]);
    fs::remove_file(keys).unwrap();
    let status = |id: &str, secret: &str, bucket: &str, key: &str| {
        let builder = Presigner::builder().credentials(Credentials::new(id, secret).unwrap()).region("eu-west-1");
        let presigner = builder.endpoint(&endpoint).bucket(bucket).build().unwrap();
        let put = presigner.presign(PutObject::new(key), MINUTE).unwrap();
        let get = presigner.presign(GetObject::new(key), MINUTE).unwrap();
        let put = send(&agent(None), put.to_http(b"body").unwrap()).unwrap().status().as_u16();
        (put, send(&agent(None), get.to_http(()).unwrap()).unwrap().status().as_u16())
    };
    assert_eq!(status("GATEWAYONE", "secret-one", "one", "any"), (200, 200));
    assert_eq!(status("GATEWAYTWO", "secret-two", "two", "b/c"), (200, 200));
    assert_eq!(status("GATEWAYONE", "secret-one", "two", "b/c"), (403, 403));
    assert_eq!(status("GATEWAYTWO", "secret-two", "two", "a"), (403, 403));
    assert_eq!(status("GATEWAYTWO", "secret-one", "two", "b/c"), (403, 403));
}

#[test]
fn settings_that_are_wrong() {
    let store = [("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "secret")];
    let no_keys = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for (variables, message) in [
        (vec![("GATEWAY_LISTEN", "nowhere")], "gateway: "),
        (vec![("GATEWAY_HOST", "https://s3.example.com")], "gateway: "),
        (vec![("GATEWAY_KEYS", no_keys)], "gateway: environment variable AWS_ACCESS_KEY_ID"),
        ([&store[..], &[("GATEWAY_KEYS", "/nothing/there")]].concat(), "gateway: /nothing/there: "),
        ([&store[..], &[("GATEWAY_KEYS", no_keys)]].concat(), "gateway: key 1 is not of the form"),
    ] {
        let mut child = Program(program(&variables).spawn().unwrap());
        assert!(!child.0.wait().unwrap().success(), "{variables:?}");
        let mut error = String::new();
        child.0.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        assert!(error.starts_with(message), "{variables:?}: {error}");
    }
}
