//! The HTTP server, on a thread of its own.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::error_handling::HandleError;
use axum::http::StatusCode;
use axum::middleware::map_request;
use s3s::auth::SimpleAuth;
use s3s::host::SingleDomain;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{HttpError, S3};
use tokio::runtime::{self, Runtime};
use tokio::sync::oneshot;
use tower_http::cors::CorsLayer;

use crate::EmbeddedStore;
use crate::cors::cors;
use crate::drain::drain;

/// How long a drop waits for requests under way: one that hangs must not hang the caller.
const GRACE: Duration = Duration::from_secs(1);

/// The thread that serves, until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(objects: impl S3, origins: &[String]) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let router = router(service(objects, port)?, cors(origins)?);
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("embedded-store".into())
            .spawn(move || serve(&runtime, listener, router, stopped))?;
        Ok(Self { port, stop: Some(stop), thread: Some(thread) })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there has been printed there; another one here would abort the process.
            let _ = thread.join();
        }
    }
}

fn service(objects: impl S3, port: u16) -> io::Result<S3Service> {
    let mut builder = S3ServiceBuilder::new(objects);
    builder.set_auth(SimpleAuth::from_single(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY));
    // `Host` has the port, so the domain has it too. A host that is an IP address always means path style.
    builder.set_host(SingleDomain::new(&format!("localhost:{port}")).map_err(io::Error::other)?);
    Ok(builder.build())
}

fn router(service: S3Service, cors: CorsLayer) -> Router {
    let service = HandleError::new(service, |error: HttpError| async move {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:?}"))
    });
    Router::new().fallback_service(service).layer(map_request(drain)).layer(cors)
}

/// Serves until `stopped` resolves, as it does when the sender is dropped.
fn serve(runtime: &Runtime, listener: tokio::net::TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    runtime.block_on(async {
        let (drain, draining) = oneshot::channel::<()>();
        let server = axum::serve(listener, router).with_graceful_shutdown(async { drop(draining.await) });
        let server = tokio::spawn(server.into_future());
        drop(stopped.await);
        drop(drain);
        drop(tokio::time::timeout(GRACE, server).await);
    });
}
