//! A body on its way to the store, checked as it passes.

use std::mem;

use axum::BoxError;
use axum::body::Bytes;
use futures_util::TryStreamExt as _;
use futures_util::stream::{Stream, try_unfold};
use presign::verify::{PayloadCheck, SizeCheck, VerifyError};

use crate::refusal::Refusal;

/// What the signature says about a body.
pub(crate) enum Check {
    Payload(PayloadCheck),
    Size(SizeCheck),
}

/// A body of which the last piece is held back until the whole is known to be right: without it, the store has fewer bytes than
/// the `Content-Length` says, and makes no object of them.
struct Upload<S> {
    pieces: S,
    held: Bytes,
    missing: u64,
    check: Check,
}

/// Returns the body for the store, which fails with a [`Refusal`] if it is not the one that was signed.
pub(crate) fn checked<S>(pieces: S, length: u64, check: Check) -> reqwest::Body
where
    S: Stream<Item = Result<Bytes, BoxError>> + Send + Unpin + 'static,
{
    let upload = Upload { pieces, held: Bytes::new(), missing: length, check };
    reqwest::Body::wrap_stream(try_unfold(Some(upload), next_piece))
}

async fn next_piece<S>(upload: Option<Upload<S>>) -> Result<Option<(Bytes, Option<Upload<S>>)>, BoxError>
where
    S: Stream<Item = Result<Bytes, BoxError>> + Unpin,
{
    let Some(mut upload) = upload else { return Ok(None) };
    while let Some(piece) = upload.pieces.try_next().await? {
        upload.add(&piece)?;
        let ready = mem::replace(&mut upload.held, piece);
        if !ready.is_empty() {
            return Ok(Some((ready, Some(upload))));
        }
    }
    Ok(Some((upload.finish()?, None)))
}

impl<S> Upload<S> {
    fn add(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        match &mut self.check {
            Check::Payload(check) => check.update(piece),
            Check::Size(check) => check.add(piece.len()).map_err(|error| Refusal::of_body(&error))?,
        }
        let missing = u64::try_from(piece.len()).ok().and_then(|length| self.missing.checked_sub(length));
        self.missing = missing.ok_or_else(other_length)?;
        Ok(())
    }

    fn finish(self) -> Result<Bytes, Refusal> {
        match self.check {
            Check::Payload(check) => check.finish(),
            Check::Size(check) => check.finish(),
        }
        .map_err(|error: VerifyError| Refusal::of_body(&error))?;
        if self.missing == 0 { Ok(self.held) } else { Err(other_length()) }
    }
}

fn other_length() -> Refusal {
    Refusal::new(400, "IncompleteBody", "The body does not have the length that its head promised.")
}
