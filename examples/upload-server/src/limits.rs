//! What may be uploaded, whoever asks.

/// The media types that may be uploaded.
///
/// Not `text/html`, `image/svg+xml` and others that a browser runs as a page: whoever opens their link would run what
/// somebody else uploaded, at the origin of the store.
pub const CONTENT_TYPES: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "application/pdf",
    "application/zip",
    "text/plain",
    "video/mp4",
];

/// Sizes, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest file.
    pub max_size: u64,
    /// From here on the page uploads in parts. The server grants both, up to `max_size`.
    pub parts_from: u64,
}

impl Limits {
    /// What one `PUT` or form can carry at most.
    ///
    /// Source: [Uploading objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html).
    pub(crate) const MAX_SINGLE_REQUEST: u64 = 5 << 30;

    /// The largest file that goes in one request.
    pub(crate) fn max_single_request(&self) -> u64 {
        self.max_size.min(Self::MAX_SINGLE_REQUEST)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_size: 1_000_000_000, parts_from: 16_000_000 }
    }
}
