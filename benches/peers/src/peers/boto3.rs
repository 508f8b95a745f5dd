//! boto3, the AWS SDK for Python: forms, made in a process of its own that takes its turn in each round.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::Contestant;
use crate::check::check_form;
use crate::contestant::Clock;
use crate::task::{
    ACCESS_KEY_ID, BUCKET, CONTENT_TYPE, FORM_LIFE, KEY, MAX_LENGTH, MIN_LENGTH, REGION, SECRET_ACCESS_KEY,
};

/// Starts boto3 by the `python3` in the `PATH`.
///
/// # Errors
/// If there is no `python3`, or if it has no boto3.
///
/// # Panics
/// If the process ends while the contestant runs.
pub fn boto3() -> Result<Contestant, String> {
    let mut python = Python::start().map_err(|error| format!("python3: {error}"))?;
    let greeting = python.line().map_err(|_| "`python3 -c 'import boto3'` fails; see the README")?;
    let mut greeting: Value = serde_json::from_str(&greeting).map_err(|error| format!("{greeting}: {error}"))?;
    let version = greeting["version"].as_str().ok_or("it reports no version")?.to_owned();
    let fields: BTreeMap<String, String> =
        serde_json::from_value(greeting["fields"].take()).map_err(|error| format!("its fields: {error}"))?;
    let verdict = check_form(&fields, Clock::Read, &[]);
    Ok(Contestant::elsewhere("boto3 `generate_presigned_post`", version, Some(10.0), verdict, move |count| {
        python.run(count).expect("python3 goes on")
    }))
}

/// The running script.
struct Python {
    process: Child,
    requests: Option<ChildStdin>,
    responses: BufReader<ChildStdout>,
}

impl Python {
    fn start() -> io::Result<Self> {
        let task = json!({
            "access_key_id": ACCESS_KEY_ID,
            "secret_access_key": SECRET_ACCESS_KEY,
            "region": REGION,
            "bucket": BUCKET,
            "key": KEY,
            "content_type": CONTENT_TYPE,
            "min_length": MIN_LENGTH,
            "max_length": MAX_LENGTH,
            "seconds": FORM_LIFE.as_secs(),
        });
        let mut process = Command::new("python3")
            .args(["-c", include_str!("boto3.py"), &task.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let requests = process.stdin.take();
        let responses = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self { process, requests, responses: BufReader::new(responses) })
    }

    fn run(&mut self, count: u32) -> io::Result<Duration> {
        let requests = self.requests.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(requests, "{count}")?;
        self.line()?.trim().parse().map(Duration::from_nanos).map_err(io::Error::other)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.responses.read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line),
        }
    }
}

/// The script ends with its input.
impl Drop for Python {
    fn drop(&mut self) {
        self.requests = None;
        // A failure at this point changes no result.
        let _ = self.process.wait();
    }
}
