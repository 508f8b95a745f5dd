//! The URLs of all parts of an upload.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::s3::{Batch, MultipartPlan, Operation as _, PlannedPart, Presigner, UploadPart};
#[cfg(feature = "std")]
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
    batch: Option<Batch<'a>>,
    /// What the URLs of all parts have in common.
    #[cfg(feature = "std")]
    numbered: Option<NumberedRequest>,
    /// What the caller adds to each part.
    with: Option<Arc<With<'a>>>,
}

type With<'a> = dyn Fn(PlannedPart, UploadPart<'a>) -> UploadPart<'a> + Send + Sync + 'a;

impl<'a> UploadParts<'a> {
    /// Adds to the operation of each part what the upload needs: checksums, `content_md5`, the key of SSE-C, who pays.
    ///
    /// S3 demands a checksum of each part if the upload was created with a
    /// [`checksum_algorithm`](crate::s3::CreateMultipartUpload::checksum_algorithm), unless its
    /// [`checksum_type`](crate::s3::CreateMultipartUpload::checksum_type) is `FULL_OBJECT`, and a checksum or a
    /// `content-md5` of each part of an object with Object Lock. The client must send the headers that are added: each
    /// [`PresignedRequest`] lists them.
    ///
    /// Source: [Checking object integrity](https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html).
    ///
    /// ```
    /// # #[cfg(feature = "checksum")] {
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// use presign::s3::{Checksum, MultipartPlan};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    ///
    /// let plan = MultipartPlan::new(20_000_000)?;
    /// let hour = Duration::from_secs(3_600);
    /// // The client sent the CRC32 of each part.
    /// let checksums = [[0x1d, 0x0f, 0x93, 0x2c], [0x8a, 0x10, 0x1c, 0x55], [0xe5, 0x2b, 0x40, 0x07]];
    /// let parts = presigner.upload_parts("a.mp4", "VXBsb2FkIElE", &plan, hour).with(|part, upload_part| {
    ///     upload_part.checksum(Checksum::Crc32(checksums[part.part_number() as usize - 1]))
    /// });
    /// for item in parts {
    ///     let (part, signed) = item?;
    ///     println!("{}: {} {:?}", part.part_number(), signed.url(), signed.headers().collect::<Vec<_>>());
    /// }
    /// # }
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn with(self, with: impl Fn(PlannedPart, UploadPart<'a>) -> UploadPart<'a> + Send + Sync + 'a) -> Self {
        let with: Arc<With<'a>> = match self.with {
            Some(before) => Arc::new(move |part, upload_part| with(part, before(part, upload_part))),
            None => Arc::new(with),
        };
        Self { with: Some(with), ..self }
    }

    /// Appends the URL of the next part to a buffer, and returns the part, or `None` after the last one.
    ///
    /// The client must send `content-length` with the [length](PlannedPart::content_length) of the part, and the headers
    /// that [`with`](Self::with) added.
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
        Some(match self.with.clone() {
            Some(with) => self.sign_part_with(&*with, part, url).map(|_| part),
            None => self.sign_part(part, url).map(|_| part),
        })
    }

    /// The operation of one part, and the end of its URL.
    fn sign_part_with(
        &self,
        with: &With<'a>,
        part: PlannedPart,
        url: &mut String,
    ) -> Result<(UploadPart<'a>, Timestamp), Error> {
        let operation = UploadPart::new(self.key.clone(), self.upload_id.clone(), part.part_number());
        let operation = with(part, operation.content_length(part.content_length()));
        let expires_at = self.presigner.presign_into_at(url, &operation, self.expires, self.now.clone()?)?;
        Ok((operation, expires_at))
    }

    /// The URL of one part, and its end.
    fn sign_part(&mut self, part: PlannedPart, url: &mut String) -> Result<Timestamp, Error> {
        #[cfg(feature = "std")]
        if let (Some(batch), Some(numbered)) = (&self.batch, &mut self.numbered) {
            batch.presign_numbered_into(url, numbered, [part.part_number().into(), part.content_length()]);
            return Ok(batch.expires_at());
        }
        // Taken, so that a part that cannot be signed leaves nothing: the next one asks for credentials again.
        let batch = match self.batch.take() {
            Some(batch) => batch,
            None => self.presigner.batch_at(self.expires, self.now.clone()?)?,
        };
        let operation =
            UploadPart::new(&*self.key, &*self.upload_id, part.part_number()).content_length(part.content_length());
        let expires_at = batch.presign_into(url, &operation)?;
        #[cfg(feature = "std")]
        {
            self.numbered = batch.numbered(&operation, "partNumber", "content-length").ok().flatten();
        }
        self.batch = Some(batch);
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
            batch: None,
            #[cfg(feature = "std")]
            numbered: None,
            with: self.with.clone(),
            ..*self
        }
    }
}

impl Iterator for UploadParts<'_> {
    type Item = Result<(PlannedPart, PresignedRequest), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let part = self.advance()?;
        let mut url = String::new();
        if let Some(with) = self.with.clone() {
            let signed = self.sign_part_with(&*with, part, &mut url);
            return Some(signed.map(|(operation, expires_at)| (part, operation.request().presigned(url, expires_at))));
        }
        Some(self.sign_part(part, &mut url).map(|expires_at| {
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
    /// Each URL is valid only for a body of exactly the length of its part. [`UploadParts::with`] adds headers to the parts,
    /// such as checksums, which S3 demands of some uploads, or those of SSE-C.
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
        UploadParts {
            presigner: self,
            key,
            upload_id,
            plan: *plan,
            next: 1,
            expires,
            now,
            batch: None,
            #[cfg(feature = "std")]
            numbered: None,
            with: None,
        }
    }
}
