//! The HTTP server, on a thread of its own.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::error_handling::HandleError;
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, map_request};
use presign::Region;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{HttpError, S3};
use tokio::runtime::{self, Runtime};
use tokio::sync::oneshot;

use crate::cors::cors;
use crate::faults::{self, Faults};
use crate::hosts::Hosts;
use crate::request_body::readable;
use crate::unsigned_headers::UnsignedHeaders;
use crate::{EmbeddedStore, Options, unsigned_headers};

/// How long a drop waits for requests under way: a request that hangs must not block the caller.
const GRACE: Duration = Duration::from_secs(1);

/// The thread of the server, which ends when this value is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(objects: impl S3, options: &Options) -> io::Result<Self> {
        let router = router(objects, options)?;
        let listener = TcpListener::bind(options.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("embedded-store".into())
            .spawn(move || serve(&runtime, listener, router, stopped))?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Returns the address that the server listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been printed already. To propagate it in a drop could abort the process.
            let _ = thread.join();
        }
    }
}

fn router(objects: impl S3, options: &Options) -> io::Result<Router> {
    let service = HandleError::new(service(objects, options)?, |error: HttpError| async move {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:?}"))
    });
    let region = Region::new(EmbeddedStore::REGION).map_err(io::Error::other)?;
    let router = Router::new().fallback_service(service);
    let mut router = router.layer(from_fn_with_state(UnsignedHeaders::new(region), unsigned_headers::refuse));
    if let Some(every) = options.fail_every {
        router = router.layer(from_fn_with_state(Faults::new(every), faults::inject));
    }
    // Layers that are added later come first. So every body is read, and every response has CORS headers.
    Ok(router.layer(map_request(readable)).layer(cors(&options.origins)?))
}

fn service(objects: impl S3, options: &Options) -> io::Result<S3Service> {
    let mut builder = S3ServiceBuilder::new(objects);
    builder.set_auth(SimpleAuth::from_single(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY));
    builder.set_host(Hosts::new(options.public_url.as_deref())?);
    Ok(builder.build())
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
