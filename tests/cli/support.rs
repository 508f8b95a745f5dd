//! Running the command line.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use presign::{Credentials, Presigner, PresignerBuilder, Timestamp};

pub const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// The time that all tests sign at, and its end for the default expiry.
pub const AT: &str = "20240315T081530Z";
pub const END: &str = "2024-03-15T08:30:30Z";

/// The usual environment.
pub const KEYS: [(&str, &str); 3] =
    [("AWS_ACCESS_KEY_ID", KEY_ID), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_REGION", "eu-west-1")];

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The output of a run that said nothing else.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!((self.code, &*self.stderr), (0, ""));
        self.stdout
    }

    /// The message of a run that could not sign.
    #[track_caller]
    pub fn error(self) -> String {
        assert_eq!((self.code, &*self.stdout), (1, ""));
        let message = self.stderr.strip_prefix("presign: error: ").and_then(|line| line.strip_suffix('\n'));
        let message = message.expect("one line").to_owned();
        assert!(!message.contains('\n'), "{message}");
        message
    }

    /// The message about wrong arguments, without the usage.
    #[track_caller]
    pub fn usage_error(self) -> String {
        assert_eq!((self.code, &*self.stdout), (2, ""));
        let (message, _) = self.stderr.split_once("\n\n").expect("an empty line");
        message.strip_prefix("error: ").expect("clap's form").to_owned()
    }
}

/// Runs a line of arguments, split at spaces, in the usual environment.
pub fn presign(arguments: &str) -> Run {
    run(&arguments.split(' ').collect::<Vec<_>>(), &KEYS)
}

/// Runs with this environment and nothing else of it: no shared files either.
pub fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    finish(command(environment).args(arguments))
}

/// The program in an environment.
pub fn command(environment: &[(&str, &str)]) -> Command {
    with_environment(Command::new(binary()), environment)
}

pub fn with_environment(mut command: Command, environment: &[(&str, &str)]) -> Command {
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-home");
    command.env_clear().env("HOME", &nowhere).env("USERPROFILE", nowhere).envs(environment.iter().copied());
    command
}

pub fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code().expect("no signal"), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The example, which `cargo test` builds next to this test, but not if it is told to build only this one.
pub fn binary() -> PathBuf {
    let test = env::current_exe().expect("a test has a file");
    let folder = test.parent().and_then(Path::parent).expect("target/debug/deps").join("examples");
    let binary = folder.join(format!("presign{}", env::consts::EXE_SUFFIX));
    let how = "run `cargo test --features diagnose,post,tokens`, or first `cargo build --example presign --features diagnose,post,tokens`";
    let Ok(built) = fs::metadata(&binary).and_then(|metadata| metadata.modified()) else {
        panic!("there is no {}: {how}", binary.display())
    };
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/presign");
    assert!(newest(&sources) <= built, "{} is older than its sources: {how}", binary.display());
    binary
}

fn newest(folder: &Path) -> SystemTime {
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path());
    let modified = |path: PathBuf| {
        if path.is_dir() { newest(&path) } else { fs::metadata(path).and_then(|file| file.modified()).expect("a time") }
    };
    entries.map(modified).max().expect("a file")
}

/// What the library makes of the usual environment, for a bucket.
pub fn library(bucket: &str) -> Presigner {
    builder().bucket(bucket).build().expect("a presigner")
}

pub fn builder() -> PresignerBuilder {
    Presigner::builder().credentials(Credentials::new(KEY_ID, SECRET).expect("credentials")).region("eu-west-1")
}

pub fn at() -> Timestamp {
    AT.parse().expect("a time")
}

/// Command lines as they stand in texts.
#[cfg(unix)]
pub mod shell {
    use std::process::Command;

    use super::{KEYS, Run, binary, finish, with_environment};

    /// The calls of `presign` in a text, at the start of a line or in `$(...)`, without what is done with their output.
    pub fn commands(text: &str) -> Vec<String> {
        text.lines().filter_map(|line| in_line(line.trim_start())).collect()
    }

    fn in_line(line: &str) -> Option<String> {
        if let Some((_, inner)) = line.split_once("$(presign ") {
            let (arguments, _) = inner.rsplit_once(")\"")?;
            return Some(format!("presign {arguments}"));
        }
        let ends = [" > ", " | ", "  #"].iter().filter_map(|end| line.find(end));
        line.starts_with("presign ").then(|| line[..ends.min().unwrap_or(line.len())].trim_end().to_owned())
    }

    /// Runs one in the usual environment.
    pub fn run(line: &str) -> Run {
        let folder = binary().parent().expect("a folder").to_owned();
        let mut command = with_environment(Command::new("/bin/sh"), &KEYS);
        finish(command.args(["-c", line]).env("PATH", folder))
    }
}
