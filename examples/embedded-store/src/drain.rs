//! Reading request bodies to their end.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use http_body::{Frame, SizeHint};

/// Makes sure that the body of a request is read, whatever the response.
///
/// A store that refuses an upload because of its head does not read the body. The connection would then be closed while
/// the client is still sending, and a client that fails to send does not read the response: it would sometimes report a
/// broken connection instead of the 403.
pub(crate) async fn drain(request: Request) -> Request {
    request.map(|body| Body::new(Drained(body)))
}

/// A body whose rest is read when it is dropped.
struct Drained(Body);

impl HttpBody for Drained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.0).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl Drop for Drained {
    fn drop(&mut self) {
        if self.0.is_end_stream() {
            return;
        }
        let mut rest = mem::take(&mut self.0);
        tokio::spawn(async move {
            while let Some(Ok(_)) = poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await {}
        });
    }
}
