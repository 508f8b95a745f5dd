//! The result: a URL, and the fields of a form.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::s3::MultipartBody;
use crate::s3::post::form_text::FormText;
use crate::s3::post::html;
use crate::{Error, Method, SignedParts, Timestamp};

/// A signed form, to be sent as `multipart/form-data`.
///
/// Whoever has it can upload until [`expires_at`](Self::expires_at), so treat it like a password: `Debug` shows no
/// values of fields, and there is no `Display`. A form with a session token is wiped from memory when it is dropped; copies
/// of its fields are yours.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner, s3::PostPolicy};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// let post = presigner.presign_post(&PostPolicy::new("a.txt"), Duration::from_secs(900))?;
/// let body = post.multipart_body("a.txt", "text/plain", b"Hello")?;
/// println!("POST {} with content-type: {}", post.url(), body.content_type());
/// # Ok::<(), presign::Error>(())
/// ```
#[doc(alias = "presigned_post")]
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedPost {
    form: FormText,
    expires_at: Timestamp,
}

impl PresignedPost {
    pub(super) const fn new(form: FormText, expires_at: Timestamp) -> Self {
        Self { form, expires_at }
    }

    /// Where to send the form: the URL of the bucket. The method is `POST`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.form.url()
    }

    /// The fields that the form has to send, in this order, and behind them the file in a field named `file`: stores
    /// ignore what comes after it.
    #[must_use]
    pub fn fields(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        self.form.fields()
    }

    /// Returns everything that the client must know, as owned values.
    #[must_use]
    pub fn into_parts(self) -> SignedParts {
        SignedParts {
            method: Method::Post,
            url: String::from(self.url()),
            headers: Vec::new(),
            fields: self.fields().map(|(name, value)| (String::from(name), String::from(value))).collect(),
            expires_at: self.expires_at,
        }
    }

    /// When the form stops working: when its policy ends, or when its credentials do, whichever is first.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// The form as HTML, with a field for the file and a button: an element for a page in UTF-8. Everything in it is
    /// escaped. The browser shows the answer of the store, or goes where
    /// [`success_action_redirect`](crate::s3::PostPolicy::success_action_redirect) says.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::PostPolicy};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let post = presigner.presign_post(&PostPolicy::new("R&D.txt"), Duration::from_secs(900))?;
    /// assert!(post.to_html().contains(r#"<input type="hidden" name="key" value="R&amp;D.txt">"#));
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[must_use]
    pub fn to_html(&self) -> String {
        html::html_form(self.url(), self.fields())
    }

    /// The body that a browser would send, for clients that are not browsers.
    ///
    /// # Errors
    /// As [`MultipartBody::new`].
    pub fn multipart_body(&self, file_name: &str, content_type: &str, file: &[u8]) -> Result<MultipartBody, Error> {
        MultipartBody::new(self.fields(), file_name, content_type, file)
    }
}

impl fmt::Debug for PresignedPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields().map(|(name, _)| name).collect();
        f.debug_struct("PresignedPost")
            .field("url", &self.url())
            .field("fields", &names)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// `{method, url, headers, fields, forbidden_headers, expires_at}`, with no headers: clients set the `content-type` of a
/// form themselves.
#[cfg(feature = "serde")]
impl serde::Serialize for PresignedPost {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let headers = core::iter::empty();
        crate::sigv4::serialize::signed(serializer, Method::Post, self.url(), headers, self.fields(), self.expires_at)
    }
}
