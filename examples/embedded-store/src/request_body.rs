//! The bodies of requests, as s3s can read them: in small pieces, and to their end.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use http_body::{Frame, SizeHint};

/// Makes sure that the body of a request is read, whatever the response.
///
/// A store that refuses an upload because of its head does not read the body. The connection would then be closed while
/// the client is still sending, and a client that fails to send does not read the response: it would sometimes report a
/// broken connection instead of the 403.
pub(crate) async fn readable(request: Request) -> Request {
    request.map(|body| Body::new(ReadableBody { body, piece: Bytes::new() }))
}

/// The largest piece of a body that s3s receives.
///
/// s3s refuses a form whose file is in pieces of which one ends with `\r` and the next one has 64 KiB.
const MAX_PIECE: usize = 32 * 1024;

/// A body in small pieces, whose rest is read when it is dropped.
struct ReadableBody {
    body: Body,
    /// Bytes that the body has provided and s3s has not read yet.
    piece: Bytes,
}

impl HttpBody for ReadableBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.piece.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.piece = data,
                Some(Ok(Err(trailers))) => return Poll::Ready(Some(Ok(trailers))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let length = self.piece.len().min(MAX_PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.piece.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.piece.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let piece = self.piece.len() as u64;
        let rest = self.body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower() + piece);
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + piece);
        }
        hint
    }
}

impl Drop for ReadableBody {
    fn drop(&mut self) {
        if self.body.is_end_stream() {
            return;
        }
        let mut rest = mem::take(&mut self.body);
        tokio::spawn(async move {
            while let Some(Ok(_)) = poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await {}
        });
    }
}
