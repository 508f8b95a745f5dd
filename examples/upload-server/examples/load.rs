//! How many grants a second: `cargo run --release -p upload-server --example load [GRANTS] [CONNECTIONS]`.
//!
//! It starts the server as a process of its own (build it first, with the same profile), asks it for uploads over
//! connections that are kept open, and stops it. Both share the machine, so the figure is a lower bound.

use std::error::Error;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs};

use reqwest::Client;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;

/// The whole run ends after this, whatever was done.
const TIME_LIMIT: Duration = Duration::from_mins(2);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1).map(|argument| argument.parse::<u64>());
    let grants = arguments.next().transpose()?.unwrap_or(100_000);
    let connections = arguments.next().transpose()?.unwrap_or(64);
    let (mut server, url) = start_server().await?;
    println!("{grants} grants over {connections} connections from {url}");

    ask(&url, grants.div_ceil(20), connections).await?;
    let before = resident(&server);
    let start = Instant::now();
    let (mut latencies, errors) = tokio::time::timeout(TIME_LIMIT, ask(&url, grants, connections)).await??;
    let elapsed = start.elapsed();

    latencies.sort_unstable();
    let count = latencies.len();
    println!("{:.0} grants/s, {errors} errors, {count} answers in {elapsed:.2?}", rate(count, elapsed));
    let percentile = |percent: usize| latencies.get((count * percent / 100).min(count.saturating_sub(1))).copied();
    let [p50, p90, p99, most] = [50, 90, 99, 100].map(|percent| percentile(percent).unwrap_or_default());
    println!("latency: p50 {p50:.2?}, p90 {p90:.2?}, p99 {p99:.2?}, max {most:.2?}");
    println!("memory of the server (VmRSS): {before} after the warm-up, {} in the end", resident(&server));
    server.kill().await?;
    if errors == 0 { Ok(()) } else { Err(format!("{errors} errors").into()) }
}

/// The binary beside this one.
async fn start_server() -> Result<(Child, String), Box<dyn Error>> {
    let directory = env::current_exe()?.parent().and_then(|examples| examples.parent()).ok_or("no target")?.to_owned();
    let mut server = Command::new(directory.join("upload-server"))
        .env("UPLOAD_LISTEN", "127.0.0.1:0")
        .env_remove("PRESIGN_BUCKET")
        .env("RUST_LOG", "upload_server=warn")
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

/// Asks until all grants are there, and returns how long each took, and how many there are not.
async fn ask(url: &str, grants: u64, connections: u64) -> Result<(Vec<Duration>, u64), Box<dyn Error>> {
    let next = Arc::new(AtomicU64::new(0));
    let mut askers = JoinSet::new();
    for _ in 0..connections {
        let (next, url) = (Arc::clone(&next), format!("{url}/users/get-file-upload-url"));
        // One client is one connection: each asks for one thing at a time.
        let client = Client::builder().no_proxy().pool_max_idle_per_host(1).build()?;
        askers.spawn(async move {
            let (mut latencies, mut errors) = (Vec::new(), 0);
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= grants {
                    return (latencies, errors);
                }
                let start = Instant::now();
                if grant(&client, &url, number).await { latencies.push(start.elapsed()) } else { errors += 1 }
            }
        });
    }
    let (mut latencies, mut errors) = (Vec::new(), 0);
    while let Some(asked) = askers.join_next().await {
        let (more, failed) = asked?;
        latencies.extend(more);
        errors += failed;
    }
    Ok((latencies, errors))
}

/// Whether there is a grant for this file, and for no other.
async fn grant(client: &Client, url: &str, number: u64) -> bool {
    let key = format!("user-profile/{number}/a.png");
    let body = format!(r#"{{"key":"{key}","type":"image/png","size":{number},"method":"PUT"}}"#);
    let request = client.post(url).header("content-type", "application/json").body(body);
    let Ok(answer) = request.send().await else { return false };
    let is_success = answer.status().is_success();
    let Ok(answer) = answer.text().await else { return false };
    is_success && answer.contains(&format!("/{key}?")) && answer.contains(r#""method":"PUT""#)
}

#[allow(clippy::cast_precision_loss, reason = "a few hundred thousand")]
fn rate(count: usize, elapsed: Duration) -> f64 {
    count as f64 / elapsed.as_secs_f64()
}

/// What Linux says of its memory.
fn resident(server: &Child) -> String {
    let status = server.id().and_then(|id| fs::read_to_string(format!("/proc/{id}/status")).ok());
    let line = status.as_deref().and_then(|status| status.lines().find_map(|line| line.strip_prefix("VmRSS:")));
    line.map_or("unknown".into(), |size| size.trim().to_owned())
}
