//! Many URLs of one instant.

use alloc::string::String;
use core::fmt;
use core::time::Duration;

use crate::s3::{Operation, Presigner};
#[cfg(feature = "std")]
use crate::sigv4::NumberedRequest;
use crate::sigv4::{SigningContext, Validity, append_presigned_url};
use crate::{Error, PresignedRequest, Timestamp};

/// Signs many URLs with one time and one set of credentials, such as those of a page of a listing.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// use presign::s3::GetObject;
///
/// let batch = presigner.batch(Duration::from_secs(900))?;
/// let mut url = String::new();
/// for key in ["photos/1.png", "photos/2.png"] {
///     url.clear();
///     batch.presign_into(&mut url, GetObject::new(key))?;
///     println!("{url}");
/// }
/// println!("until {}", batch.expires_at());
/// # Ok::<(), presign::Error>(())
/// ```
pub struct Batch<'p> {
    presigner: &'p Presigner,
    context: SigningContext<'p>,
    validity: Validity,
}

impl Presigner {
    /// Creates a batch, by the system's clock.
    ///
    /// # Errors
    /// As [`batch_at`](Self::batch_at), and those of [`Timestamp::now`](crate::Timestamp::now).
    #[cfg(feature = "std")]
    pub fn batch(&self, expires: Duration) -> Result<Batch<'_>, Error> {
        self.batch_at(expires, Timestamp::now()?)
    }

    /// Creates a batch for one instant: its URLs are those of [`presign_at`](Self::presign_at).
    ///
    /// # Errors
    /// Those of [`presign_at`](Self::presign_at) for the expiry, the instant and the credentials.
    pub fn batch_at(&self, expires: Duration, now: Timestamp) -> Result<Batch<'_>, Error> {
        let (context, validity) = self.signer.context(expires, now)?;
        Ok(Batch { presigner: self, context, validity })
    }
}

impl Batch<'_> {
    /// Signs an operation.
    ///
    /// # Errors
    /// Those of [`Presigner::presign_at`] for the operation.
    pub fn presign(&self, operation: impl Operation) -> Result<PresignedRequest, Error> {
        let request = operation.request();
        let mut url = String::new();
        append_presigned_url(&self.presigner.target(&request)?, &self.context, self.validity.expires, &mut url)?;
        Ok(request.presigned(url, self.expires_at()))
    }

    /// Appends the URL to a buffer, and returns when the URL expires.
    ///
    /// The headers that the client must send are those of the operation:
    /// [`S3Request::to_headers`](crate::s3::S3Request::to_headers).
    ///
    /// # Errors
    /// As [`presign`](Self::presign). The buffer is then as it was before.
    pub fn presign_into(&self, url: &mut String, operation: impl Operation) -> Result<Timestamp, Error> {
        append_presigned_url(&self.presigner.target(&operation.request())?, &self.context, self.validity.expires, url)?;
        Ok(self.expires_at())
    }

    /// Prepares to sign an operation with other numbers in a query parameter and a header; none if it has not both.
    #[cfg(feature = "std")]
    pub(super) fn numbered(
        &self,
        operation: impl Operation,
        parameter: &str,
        header: &str,
    ) -> Result<Option<NumberedRequest>, Error> {
        let request = operation.request();
        NumberedRequest::prepare(
            &self.presigner.target(&request)?,
            &self.context,
            self.validity.expires,
            [parameter, header],
        )
    }

    /// Appends the URL of a prepared operation with these numbers.
    #[cfg(feature = "std")]
    pub(super) fn presign_numbered_into(&self, url: &mut String, request: &mut NumberedRequest, numbers: [u64; 2]) {
        request.presign(&self.context, numbers, url);
    }

    /// When the URLs stop working: when they expire, or when their credentials do, whichever is first.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.validity.expires_at
    }
}

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("expires_at", &self.expires_at()).finish_non_exhaustive()
    }
}
