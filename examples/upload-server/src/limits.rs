//! What may be uploaded, whoever asks.

/// Types that the server permits unless it is configured otherwise.
///
/// `text/html`, `image/svg+xml` and others that a browser runs as a page are not among them: whoever opens the link of
/// such a file runs what somebody else uploaded, at the origin of the store.
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

/// Limits for every upload. Sizes are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The media types that may be uploaded, in lower case and without parameters.
    pub content_types: Vec<String>,
    /// The largest file.
    pub max_size: u64,
    /// From this size on, the page uploads in parts. The server permits both ways up to `max_size`.
    pub parts_from: u64,
}

impl Limits {
    /// What one `PUT` or form can carry at most.
    ///
    /// Source: [Uploading objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html).
    pub(crate) const MAX_SINGLE_REQUEST: u64 = 5 << 30;

    /// The largest file that one request can carry.
    pub(crate) fn max_single_request(&self) -> u64 {
        self.max_size.min(Self::MAX_SINGLE_REQUEST)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            content_types: CONTENT_TYPES.iter().map(|&name| name.to_owned()).collect(),
            max_size: 1_000_000_000,
            parts_from: 16_000_000,
        }
    }
}
