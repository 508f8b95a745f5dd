//! The request to be signed, borrowed from wherever it is kept.

use alloc::string::String;

use percent_encoding::percent_decode_str;

use crate::endpoint::Endpoint;
use crate::parameters::Parameters;
use crate::sigv4::Payload;
use crate::{Error, Method, encode};

/// What the stages need of a [`Request`](crate::sigv4::Request) or of an S3 operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'r> {
    pub(crate) method: Method,
    pub(crate) endpoint: &'r Endpoint,
    pub(crate) path: WirePath<'r>,
    pub(crate) parameters: &'r Parameters<'r>,
    pub(crate) payload: Option<Payload>,
}

impl Target<'_> {
    /// The URL without a query.
    pub(crate) fn plain_url(&self) -> String {
        let mut url = String::from(self.endpoint.url_base());
        self.path.write(&mut url);
        url
    }

    /// Whether it is a method and a raw path, and nothing else.
    #[inline]
    pub(super) fn is_bare(&self) -> bool {
        self.parameters.is_empty() && self.payload.is_none() && self.path.encoded.is_empty()
    }
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
    /// Refuses an encoded path that another encoder would have written in another way: `%c3`, `%61`, `!`, `%2F`, which
    /// decodes to a slash, and `%EF`, which does not decode to UTF-8.
    pub(super) fn check_canonical(&self) -> Result<(), Error> {
        if self.encoded.is_empty() {
            return Ok(());
        }
        let mut canonical = String::with_capacity(self.encoded.len());
        encode::path(&percent_decode_str(self.encoded).decode_utf8_lossy(), &mut canonical);
        if canonical == self.encoded {
            return Ok(());
        }
        let same = canonical.bytes().zip(self.encoded.bytes()).take_while(|(left, right)| left == right).count();
        Err(Error::PathNotCanonical { position: same })
    }

    #[inline]
    pub(super) fn write(&self, out: &mut String) {
        out.push_str(self.base);
        if !self.encoded.is_empty() {
            out.push_str(self.encoded);
        }
        encode::path(self.raw, out);
    }
}

/// Whether a URL parser would resolve a segment of this path away.
#[inline]
pub(crate) fn has_dot_segment(raw: &str) -> bool {
    // Few segments start with a dot, and whether one does is seen faster.
    (raw.starts_with('.') || raw.contains("/.")) && raw.split('/').any(|segment| matches!(segment, "." | ".."))
}
