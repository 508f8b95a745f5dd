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
///
/// A body that should be empty is checked at once: no HTTP client reads one after it has sent a `Content-Length` of 0.
pub(crate) async fn checked<S>(pieces: S, length: u64, check: Check) -> Result<reqwest::Body, Refusal>
where
    S: Stream<Item = Result<Bytes, BoxError>> + Send + Unpin + 'static,
{
    let upload = Upload { pieces, held: Bytes::new(), missing: length, check };
    if length == 0 {
        let checked = next_piece(Some(upload)).await;
        checked.map_err(|error| error.downcast().map_or_else(|_| other_length(), |refusal| *refusal))?;
        return Ok(reqwest::Body::default());
    }
    Ok(reqwest::Body::wrap_stream(try_unfold(Some(upload), next_piece)))
}

async fn next_piece<S>(upload: Option<Upload<S>>) -> Result<Option<(Bytes, Option<Upload<S>>)>, BoxError>
where
    S: Stream<Item = Result<Bytes, BoxError>> + Unpin,
{
    let Some(mut upload) = upload else { return Ok(None) };
    while let Some(piece) = upload.pieces.try_next().await? {
        if piece.is_empty() {
            // It would take the place of the last one.
            continue;
        }
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

#[cfg(test)]
mod tests {
    use futures_util::stream::iter;
    use presign::verify::VerifiedPayload;

    use super::*;

    /// Returns what the store gets, and whether it gets all of it.
    async fn sent(pieces: &[&'static [u8]], length: u64, hash: [u8; 32]) -> (Vec<u8>, bool) {
        let pieces: Vec<Result<_, BoxError>> = pieces.iter().map(|piece| Ok(Bytes::from_static(piece))).collect();
        let check = Check::Payload(VerifiedPayload::Sha256(hash).check());
        let mut upload = Some(Upload { pieces: iter(pieces), held: Bytes::new(), missing: length, check });
        let mut sent = Vec::new();
        loop {
            match next_piece(upload).await {
                Ok(Some((piece, rest))) => {
                    sent.extend_from_slice(&piece);
                    upload = rest;
                }
                Ok(None) => return (sent, true),
                Err(_) => return (sent, false),
            }
        }
    }

    #[tokio::test]
    async fn the_store_never_gets_all_of_a_wrong_body() {
        // SHA-256 of `abc`, FIPS 180-2.
        let hash = [
            0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03,
            0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
        ];
        for pieces in [&[&b"abc"[..]][..], &[b"a", b"bc"], &[b"", b"a", b"", b"b", b"c", b"", b""]] {
            assert_eq!(sent(pieces, 3, hash).await, (b"abc".to_vec(), true), "{pieces:?}");
            let (part, is_all) = sent(pieces, 3, [0; 32]).await;
            assert!(part.len() < 3 && !is_all, "{pieces:?}: {part:?}");
            // A body that is shorter or longer than the head promised.
            let (part, is_all) = sent(pieces, 4, hash).await;
            assert!(part.len() < 3 && !is_all, "{pieces:?}: {part:?}");
            let (part, is_all) = sent(pieces, 2, hash).await;
            assert!(part.len() < 2 && !is_all, "{pieces:?}: {part:?}");
        }
    }
}
