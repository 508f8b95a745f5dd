//! The upload server. See the README beside this package.

use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use tokio::net::TcpListener;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use upload_server::{App, Settings, Store, serve};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("upload-server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    start_log()?;
    let settings = Settings::from_env()?;
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| {
        format!(
            "cannot listen on {}: {error}; UPLOAD_LISTEN sets another address, such as 127.0.0.1:0",
            settings.listen
        )
    })?;
    let address = listener.local_addr()?;
    let public_url = settings.public_url.unwrap_or_else(|| reachable(address));
    let origins = [page_origins(&public_url), settings.rules.allowed_origins.clone()].concat();
    let store = Store::open(&settings.store, origins)?;
    let app = App::new(&store, settings.rules)?;
    // Whoever reads the next lines may stop the server at once.
    let stop = stop_signal()?;
    print(&format!("store: {}", store.description()));
    print(&format!("open {public_url} in a browser; Ctrl-C stops the server"));
    serve(listener, app.into_router()?, stop).await?;
    print("stopped");
    Ok(())
}

/// Prints a line. Whoever started the server need not read it to the end.
fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Logs only what this crate says, unless `RUST_LOG` asks for more: other crates may log whole URLs.
fn start_log() -> Result<(), Box<dyn Error>> {
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "upload_server=info".into());
    let filter: Targets = filter.parse().map_err(|error| format!("RUST_LOG: {error}"))?;
    let output = tracing_subscriber::fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    tracing_subscriber::registry().with(output).with(filter).init();
    Ok(())
}

/// Returns a URL at which this machine reaches the server.
fn reachable(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{address}")
}

/// Returns the origins that the page may have: its address, and, on this machine, the other name of it.
fn page_origins(public_url: &str) -> Vec<String> {
    let local = public_url.strip_prefix("http://127.0.0.1:").map(|port| format!("http://localhost:{port}"));
    [Some(public_url.to_owned()), local].into_iter().flatten().collect()
}

/// Resolves when the user or the system wants the server to stop, also if that was between this call and the first poll.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves when the user wants the server to stop.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
