//! Serves until the server is told to stop.

use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long running requests may take once the server is told to stop: one that hangs must not keep it from stopping.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until `stop` resolves, and then until the running requests have a response, or 10 s have passed.
///
/// # Errors
/// Those of the listener.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping");
        drop(stopping);
    });
    let deadline = async {
        drop(stopped.await);
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = server.into_future() => result,
        () = deadline => {
            tracing::warn!("stopped while requests were running");
            Ok(())
        }
    }
}
