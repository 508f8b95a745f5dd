//! The URLs of all parts of an upload.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::s3::{Batch, MultipartPlan, PlannedPart, Presigner, UploadPart};
use crate::sigv4::NumberedRequest;
use crate::{Error, IntoText, Method, PresignedRequest, Timestamp};

/// Presigned requests for the parts of a plan, in order: see [`Presigner::upload_parts`].
#[must_use]
pub struct UploadParts<'a> {
    presigner: &'a Presigner,
    key: Cow<'a, str>,
    upload_id: Cow<'a, str>,
    plan: MultipartPlan,
    next: u32,
    expires: Duration,
    /// A clock that fails is the error of each part.
    now: Result<Timestamp, Error>,
    /// What all parts have in common, from the first one on.
    prepared: Option<(Batch<'a>, NumberedRequest)>,
}

impl UploadParts<'_> {
    /// Appends the URL of the next part to a buffer, and returns the part, or `None` after the last one.
    ///
    /// The client must send `content-length` with the [length](PlannedPart::content_length) of the part.
    ///
    /// # Errors
    /// As [`Presigner::presign_at`]. The buffer is then as it was before.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner, s3::MultipartPlan};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// let plan = MultipartPlan::new(20_000_000)?;
    /// let hour = Duration::from_secs(3_600);
    /// let mut parts = presigner.upload_parts("a.mp4", "VXBsb2FkIElE", &plan, hour);
    /// let mut url = String::new();
    /// while let Some(part) = parts.next_into(&mut url) {
    ///     println!("{} {url}", part?.part_number());
    ///     url.clear();
    /// }
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn next_into(&mut self, url: &mut String) -> Option<Result<PlannedPart, Error>> {
        let part = self.advance()?;
        Some(self.sign(part, url).map(|_| part))
    }

    /// The URL of one part, and its end.
    fn sign(&mut self, part: PlannedPart, url: &mut String) -> Result<Timestamp, Error> {
        let numbers = (u64::from(part.part_number()), part.content_length());
        if let Some((batch, request)) = &mut self.prepared {
            batch.presign_numbered_into(url, request, numbers);
            return Ok(batch.expires_at());
        }
        let batch = self.presigner.batch_at(self.expires, self.now.clone()?)?;
        let expires_at = batch.expires_at();
        let operation =
            UploadPart::new(&*self.key, &*self.upload_id, part.part_number()).content_length(part.content_length());
        batch.presign_into(url, &operation)?;
        let numbered = batch.numbered(&operation, "partNumber", "content-length")?;
        self.prepared = numbered.map(|request| (batch, request));
        Ok(expires_at)
    }

    fn advance(&mut self) -> Option<PlannedPart> {
        let part = self.plan.part(self.next)?;
        self.next += 1;
        Some(part)
    }
}

/// The copy goes on where this one is, and keeps nothing yet.
impl Clone for UploadParts<'_> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            upload_id: self.upload_id.clone(),
            now: self.now.clone(),
            prepared: None,
            ..*self
        }
    }
}

impl Iterator for UploadParts<'_> {
    type Item = Result<(PlannedPart, PresignedRequest), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let part = self.advance()?;
        let mut url = String::new();
        Some(self.sign(part, &mut url).map(|expires_at| {
            let length = (String::from("content-length"), part.content_length().to_string());
            (part, PresignedRequest::new(Method::Put, url, Vec::from([length]), expires_at))
        }))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from((self.plan.part_count() + 1).saturating_sub(self.next)).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl ExactSizeIterator for UploadParts<'_> {}

impl core::iter::FusedIterator for UploadParts<'_> {}

impl fmt::Debug for UploadParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadParts").field("plan", &self.plan).field("next", &self.next).finish_non_exhaustive()
    }
}

impl Presigner {
    /// Signs the upload of every part of a plan, by the system's clock: all parts as of the same instant.
    ///
    /// Each URL is valid only for a body of exactly the length of its part. For headers of parts, such as those of SSE-C,
    /// sign [`UploadPart`] for each part of the plan.
    ///
    /// # Errors
    /// Each item is a result as of [`presign`](Self::presign). A part whose item is an error is not tried again: sign it
    /// as [`UploadPart`].
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// use presign::s3::MultipartPlan;
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    ///
    /// let plan = MultipartPlan::new(20_000_000)?;
    /// let hour = Duration::from_secs(3_600);
    /// for item in presigner.upload_parts("a.mp4", "VXBsb2FkIElE", &plan, hour) {
    ///     let (part, signed) = item?;
    ///     println!("bytes {:?}: {} {}", part.range(), signed.method(), signed.url());
    /// }
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[cfg(feature = "std")]
    pub fn upload_parts<'a>(
        &'a self,
        key: impl IntoText<'a>,
        upload_id: impl IntoText<'a>,
        plan: &MultipartPlan,
        expires: Duration,
    ) -> UploadParts<'a> {
        self.upload_parts_of(key.into_text(), upload_id.into_text(), plan, expires, Timestamp::now())
    }

    /// Signs the upload of every part of a plan, as of an instant.
    ///
    /// # Errors
    /// Each item is a result as of [`presign_at`](Self::presign_at).
    pub fn upload_parts_at<'a>(
        &'a self,
        key: impl IntoText<'a>,
        upload_id: impl IntoText<'a>,
        plan: &MultipartPlan,
        expires: Duration,
        now: Timestamp,
    ) -> UploadParts<'a> {
        self.upload_parts_of(key.into_text(), upload_id.into_text(), plan, expires, Ok(now))
    }

    fn upload_parts_of<'a>(
        &'a self,
        key: Cow<'a, str>,
        upload_id: Cow<'a, str>,
        plan: &MultipartPlan,
        expires: Duration,
        now: Result<Timestamp, Error>,
    ) -> UploadParts<'a> {
        UploadParts { presigner: self, key, upload_id, plan: *plan, next: 1, expires, now, prepared: None }
    }
}
