//! The request to be signed, borrowed from wherever it is kept.

use crate::parameters::Parameters;
use crate::sigv4::Payload;
use crate::sink::Sink;
use crate::{Endpoint, Method, encode};

/// What the stages need of a [`Request`](crate::sigv4::Request) or of an S3 operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'r> {
    pub(crate) method: Method,
    pub(crate) endpoint: &'r Endpoint,
    pub(crate) path: WirePath<'r>,
    pub(crate) parameters: &'r Parameters<'r>,
    pub(crate) payload: Option<Payload>,
}

/// The path of the URL, in parts so that each is encoded once, where it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WirePath<'r> {
    /// Of the endpoint, encoded.
    pub(crate) base: &'r str,
    pub(crate) encoded: &'r str,
    pub(crate) raw: &'r str,
}

impl WirePath<'_> {
    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.put(self.base);
        sink.put(self.encoded);
        encode::path(self.raw, sink);
    }
}

/// Whether a URL parser would resolve a segment of this path away.
pub(crate) fn has_dot_segment(raw: &str) -> bool {
    raw.split('/').any(|segment| matches!(segment, "." | ".."))
}
