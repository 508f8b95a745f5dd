//! From what a client may upload to what the store can enforce.

use core::time::Duration;

use crate::s3::{PostForms, PostPolicy, Presigner, PutObject, Upload, UploadGrant};
use crate::{Error, Timestamp};

impl Presigner {
    /// Signs one upload, by the system's clock.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::{Upload, UploadGrant};
    ///
    /// let upload = Upload::new("users/42/avatar.png", "image/png", 5_000_000);
    /// let UploadGrant::Form(form) = presigner.grant_upload(&upload, Duration::from_secs(900))? else { panic!() };
    /// assert_eq!(form.url(), "https://user-media.s3.eu-west-1.amazonaws.com/");
    /// # Ok::<(), presign::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`grant_upload_at`](Self::grant_upload_at), and those of [`Timestamp::now`](crate::Timestamp::now).
    #[cfg(feature = "std")]
    pub fn grant_upload(&self, upload: &Upload<'_>, expires: Duration) -> Result<UploadGrant, Error> {
        self.grant_upload_at(upload, expires, Timestamp::now()?)
    }

    /// Signs one upload as of an instant.
    ///
    /// | the store takes forms | size is known | what is signed |
    /// |---|---|---|
    /// | yes | yes | a form for the key, the type and this size |
    /// | yes | no | a form for the key, the type and up to the greatest size |
    /// | no, or not known | yes | a `PUT` with `content-type` and `content-length` |
    /// | no, or not known | no | [`Error::SizeNotEnforceable`] |
    ///
    /// Whether it takes forms is what [`Store::post_forms`](crate::s3::Store::post_forms) says. Of an endpoint
    /// without a [`store`](crate::PresignerBuilder::store) it is not known.
    ///
    /// # Errors
    /// - [`Error::UploadTooLarge`] if the size is above the greatest one, [`Error::SizeNotEnforceable`]
    /// - as [`presign_post_at`](Self::presign_post_at) for a form, as [`presign_at`](Self::presign_at) for a `PUT`
    pub fn grant_upload_at(
        &self,
        upload: &Upload<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<UploadGrant, Error> {
        let Upload { key, content_type, max_size, size, content_disposition } = upload;
        if let Some(bytes) = size.filter(|size| size > max_size) {
            return Err(Error::UploadTooLarge { bytes, max: *max_size });
        }
        match (self.config.settings.post_forms(), size) {
            (PostForms::Supported, _) => {
                let sizes = size.map_or(0..=*max_size, |size| size..=size);
                let mut policy = PostPolicy::new(&**key).content_type(&**content_type).content_length_range(sizes);
                if let Some(content_disposition) = content_disposition {
                    policy = policy.content_disposition(content_disposition);
                }
                self.presign_post_at(&policy, expires, now).map(UploadGrant::Form)
            }
            (PostForms::NotSupported | PostForms::Unknown, Some(size)) => {
                let mut put = PutObject::new(&**key).content_type(&**content_type).content_length(*size);
                if let Some(content_disposition) = content_disposition {
                    put = put.content_disposition(content_disposition);
                }
                self.presign_at(put, expires, now).map(UploadGrant::Request)
            }
            (PostForms::NotSupported | PostForms::Unknown, None) => Err(Error::SizeNotEnforceable),
        }
    }
}
