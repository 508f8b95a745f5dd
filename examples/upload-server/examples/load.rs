//! Puts load on the server: `cargo run --release -p upload-server --example load [WHAT] [COUNT] [CONNECTIONS]`.
//!
//! | `WHAT` | each piece of work |
//! |---|---|
//! | `grants`, the default | one grant for an upload |
//! | `uploads` | a whole upload: the URL, the file, the confirmation, the file again through its link |
//! | `uploads-with-faults` | the same, at a store of which every tenth response is a 503 |
//!
//! It starts the server as a process of its own (build it first, with the same profile), works over connections that are
//! kept open, and stops it. All share the machine, so the figures are lower bounds.

use std::error::Error;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs};

use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;

/// The whole run ends after this time.
const TIME_LIMIT: Duration = Duration::from_mins(4);

/// How often a client sends a request that fails for a reason that passes.
const ATTEMPTS: u32 = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Load {
    Grants,
    Uploads { faults: bool },
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1).peekable();
    let load = match arguments.peek().map(String::as_str) {
        Some("uploads") => Load::Uploads { faults: false },
        Some("uploads-with-faults") => Load::Uploads { faults: true },
        _ => Load::Grants,
    };
    let mut numbers = arguments.filter_map(|argument| argument.parse::<u64>().ok());
    let count = numbers.next().unwrap_or(if load == Load::Grants { 100_000 } else { 10_000 });
    let connections = numbers.next().unwrap_or(64);
    let (mut server, url) = start_server(load).await?;
    println!("{count} times over {connections} connections to {url}");

    run(load, &url, count.div_ceil(20), connections).await?;
    let before = resident(&server);
    let start = Instant::now();
    let Totals { mut latencies, errors, repeated } =
        tokio::time::timeout(TIME_LIMIT, run(load, &url, count, connections)).await??;
    let elapsed = start.elapsed();

    latencies.sort_unstable();
    let done = latencies.len();
    println!("{:.0} per second, {errors} errors, {repeated} requests repeated, in {elapsed:.2?}", rate(done, elapsed));
    let percentile = |percent: usize| latencies.get((done * percent / 100).min(done.saturating_sub(1))).copied();
    let [p50, p90, p99, most] = [50, 90, 99, 100].map(|percent| percentile(percent).unwrap_or_default());
    println!("latency: p50 {p50:.2?}, p90 {p90:.2?}, p99 {p99:.2?}, max {most:.2?}");
    println!("memory of the server (VmRSS): {before} after the warm-up, {} at the end", resident(&server));
    stop(&mut server).await?;
    if errors == 0 { Ok(()) } else { Err(format!("{errors} errors").into()) }
}

/// Starts the binary beside this one.
async fn start_server(load: Load) -> Result<(Child, String), Box<dyn Error>> {
    let directory = env::current_exe()?.parent().and_then(|examples| examples.parent()).ok_or("no target")?.to_owned();
    let mut command = Command::new(directory.join("upload-server"));
    command.env("UPLOAD_LISTEN", "127.0.0.1:0").env_remove("PRESIGN_BUCKET").env("RUST_LOG", "upload_server=error");
    if load == (Load::Uploads { faults: true }) {
        command.env("UPLOAD_STORE_FAIL_EVERY", "10");
    }
    let mut server = command
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("build the server first, with the same profile: {error}"))?;
    let mut lines = BufReader::new(server.stdout.take().ok_or("no output")?).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some(url) = line.strip_prefix("open ").and_then(|rest| rest.split(' ').next()) {
            return Ok((server, url.to_owned()));
        }
    }
    Err("the server did not start".into())
}

/// Stops the server as Ctrl-C does, so that it removes its store.
async fn stop(server: &mut Child) -> Result<(), Box<dyn Error>> {
    let id = server.id().ok_or("the server has ended by itself")?;
    let interrupt = Command::new("kill").args(["-INT", &id.to_string()]).status().await;
    if !interrupt.is_ok_and(|status| status.success()) {
        server.start_kill()?;
    }
    server.wait().await?;
    Ok(())
}

#[derive(Default)]
struct Totals {
    latencies: Vec<Duration>,
    errors: u64,
    repeated: u64,
}

/// Does the work `count` times in all, as many at a time as there are connections.
async fn run(load: Load, url: &str, count: u64, connections: u64) -> Result<Totals, Box<dyn Error>> {
    let next = Arc::new(AtomicU64::new(0));
    let mut clients = JoinSet::new();
    for _ in 0..connections {
        let next = Arc::clone(&next);
        // One client is one connection: each asks for one thing at a time.
        let http = Client::builder().no_proxy().pool_max_idle_per_host(1).build()?;
        let mut client = LoadClient { http, url: url.to_owned(), repeated: 0 };
        clients.spawn(async move {
            let mut totals = Totals::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Totals { repeated: client.repeated, ..totals };
                }
                let start = Instant::now();
                let done = match load {
                    Load::Grants => client.grant(number).await,
                    Load::Uploads { .. } => client.upload(number).await,
                };
                match done {
                    Some(()) => totals.latencies.push(start.elapsed()),
                    None => totals.errors += 1,
                }
            }
        });
    }
    let mut all = Totals::default();
    while let Some(totals) = clients.join_next().await {
        let totals = totals?;
        all.latencies.extend(totals.latencies);
        all.errors += totals.errors;
        all.repeated += totals.repeated;
    }
    Ok(all)
}

struct LoadClient {
    http: Client,
    url: String,
    repeated: u64,
}

impl LoadClient {
    /// Asks for a grant, which must be for this file and for no other.
    async fn grant(&mut self, number: u64) -> Option<()> {
        let key = format!("user-profile/{number}/a.png");
        let body = json!({ "key": key, "type": "image/png", "size": number, "method": "PUT" });
        let grant = self.post("get-upload-grant", &body).await?.text().await.ok()?;
        (grant.contains(&format!("/{key}?")) && grant.contains(r#""method":"PUT""#)).then_some(())
    }

    /// Uploads a file and reads it back.
    async fn upload(&mut self, number: u64) -> Option<()> {
        let key = format!("user-profile/{number}/a.txt");
        let file = format!("file {number} ").repeat(100);
        let request = json!({ "key": key, "type": "text/plain" });
        let url = self.post("get-file-upload-url", &request).await?.text().await.ok()?;
        let put = self.http.put(url).header("content-type", "text/plain").body(file.clone());
        self.send(&put).await?;
        let request = json!({ "key": key, "type": "text/plain", "size": file.len() });
        let confirmed: Value = self.post("confirm-upload", &request).await?.json().await.ok()?;
        let get = self.http.get(confirmed["show"]["url"].as_str()?);
        (self.send(&get).await?.text().await.ok()? == file).then_some(())
    }

    async fn post(&mut self, path: &str, body: &Value) -> Option<Response> {
        let request = self.http.post(format!("{}/users/{path}", self.url)).json(body);
        self.send(&request).await
    }

    /// Sends a request until there is a success.
    async fn send(&mut self, request: &RequestBuilder) -> Option<Response> {
        for attempt in 0..ATTEMPTS {
            self.repeated += u64::from(attempt > 0);
            match request.try_clone()?.send().await {
                Ok(response) if response.status().is_success() => return Some(response),
                Ok(response) if response.status().is_client_error() => return None,
                _ => tokio::time::sleep(Duration::from_millis(10 << attempt)).await,
            }
        }
        None
    }
}

#[allow(clippy::cast_precision_loss, reason = "a few hundred thousand")]
fn rate(count: usize, elapsed: Duration) -> f64 {
    count as f64 / elapsed.as_secs_f64()
}

/// Returns what Linux says about the memory of the server.
fn resident(server: &Child) -> String {
    let status = server.id().and_then(|id| fs::read_to_string(format!("/proc/{id}/status")).ok());
    let line = status.as_deref().and_then(|status| status.lines().find_map(|line| line.strip_prefix("VmRSS:")));
    line.map_or("unknown".into(), |size| size.trim().to_owned())
}
