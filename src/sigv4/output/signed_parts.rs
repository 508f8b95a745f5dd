//! What a client must know, as fields.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::{Method, Timestamp};

/// The parts of a [`PresignedRequest`](crate::PresignedRequest) or of a form, as owned values.
///
/// The members are the same for both, as in the JSON of the feature `serde`, so one piece of code can handle either.
/// `Debug` leaves out the query of the URL and all values.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner, s3::PutObject};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// let put = presigner.presign(PutObject::new("a.png").content_type("image/png"), Duration::from_secs(900))?;
/// let parts = put.into_parts();
/// assert_eq!(parts.headers, [("content-type".into(), "image/png".into())]);
/// assert_eq!(parts.fields, []);
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedParts {
    /// The method that the client must use: `POST` for a form.
    pub method: Method,
    /// The URL, to be sent as it is. That of a request is as secret as a password.
    pub url: String,
    /// The headers that the client must send, with names in lower case. A form has none.
    pub headers: Vec<(String, String)>,
    /// The fields of the form, in the order in which they are sent, before the file. A request has none.
    pub fields: Vec<(String, String)>,
    /// When the request or the form expires, or its credentials do, whichever is first.
    pub expires_at: Timestamp,
}

impl fmt::Debug for SignedParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("SignedParts")
            .field("method", &self.method)
            .field("url", &self.url.split('?').next())
            .field("headers", &names(&self.headers))
            .field("fields", &names(&self.fields))
            .field("expires_at", &self.expires_at)
            .finish()
    }
}
