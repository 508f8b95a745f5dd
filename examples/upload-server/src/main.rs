//! The upload server. See the README beside this package.

use std::error::Error;
use std::io::{self, IsTerminal as _};
use std::net::SocketAddr;
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
    let store = Store::open(settings.store.as_ref(), &page_origins(address))?;
    let app = App::new(store.presigner().clone(), settings.limits, settings.expires)?;
    println!("store: {}", store.description());
    println!("open http://{address} in a browser; Ctrl-C stops the server");
    let stop = stop_signal()?;
    serve(listener, app.into_router()?, stop).await?;
    println!("stopped");
    Ok(())
}

/// Only what this crate says, unless `RUST_LOG` asks for more: other crates may log whole URLs.
fn start_log() -> Result<(), Box<dyn Error>> {
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "upload_server=info".into());
    let filter: Targets = filter.parse().map_err(|error| format!("RUST_LOG: {error}"))?;
    let output = tracing_subscriber::fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    tracing_subscriber::registry().with(output).with(filter).init();
    Ok(())
}

/// The origins that browsers give the page.
fn page_origins(address: SocketAddr) -> Vec<String> {
    vec![format!("http://{address}"), format!("http://localhost:{}", address.port())]
}

/// Resolves when the user or the system wants the server to stop.
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        let terminated = terminate.recv();
        #[cfg(not(unix))]
        let terminated = std::future::pending::<Option<()>>();
        tokio::select! {
            _ = terminated => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    })
}
