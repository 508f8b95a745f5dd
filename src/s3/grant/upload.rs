//! What a client may upload.

use alloc::borrow::Cow;

use crate::IntoText;

/// One file that a client may upload: this key, this media type, at most this size.
///
/// [`Presigner::grant_upload`](crate::Presigner::grant_upload) signs it as what the store can enforce.
#[derive(Clone, Debug)]
#[must_use]
pub struct Upload<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) content_type: Cow<'a, str>,
    pub(super) max_size: u64,
    pub(super) size: Option<u64>,
    pub(super) content_disposition: Option<Cow<'a, str>>,
}

impl<'a> Upload<'a> {
    /// An upload to this key, given as plain text, with this media type, of at most `max_size` bytes.
    pub fn new(key: impl IntoText<'a>, content_type: impl IntoText<'a>, max_size: u64) -> Self {
        Self {
            key: key.into_text(),
            content_type: content_type.into_text(),
            max_size,
            size: None,
            content_disposition: None,
        }
    }

    /// The size in bytes that the client announced: the file must have exactly this one. A store without forms cannot do
    /// without it.
    pub fn size(self, bytes: u64) -> Self {
        Self { size: Some(bytes), ..self }
    }

    /// Sets the `Content-Disposition` of later responses: a string, or a
    /// [`ContentDisposition`](crate::s3::ContentDisposition) with any file name.
    ///
    /// ```
    /// use presign::s3::{ContentDisposition, Upload};
    ///
    /// let upload = Upload::new("uploads/42", "image/png", 5_000_000)
    ///     .content_disposition(ContentDisposition::attachment("Z\u{fc}rich.png"));
    /// ```
    pub fn content_disposition(self, content_disposition: impl IntoText<'a>) -> Self {
        Self { content_disposition: Some(content_disposition.into_text()), ..self }
    }
}
