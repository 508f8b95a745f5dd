//! From policy to form.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::s3::post::document;
use crate::s3::post::field::FormField;
use crate::s3::post::multipart_body;
use crate::s3::{PostForms, PostPolicy, PresignedPost, Presigner};
use crate::sigv4::ALGORITHM;
use crate::{Error, Timestamp};

/// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html): "the form data and
/// boundaries (excluding the file)".
const MAX_FORM_BYTES: usize = 20 * 1024;

impl Presigner {
    /// Signs a form, by the system's clock.
    ///
    /// # Errors
    /// As [`presign_post_at`](Self::presign_post_at), and [`Error::TimeOutOfRange`] if the clock is before 1970.
    #[cfg(feature = "std")]
    pub fn presign_post(&self, policy: &PostPolicy<'_>, expires: Duration) -> Result<PresignedPost, Error> {
        self.presign_post_at(policy, expires, Timestamp::now()?)
    }

    /// Signs a form as of an instant: the same input gives the same form.
    ///
    /// The rules for `expires` are those of [`presign_at`](Self::presign_at). A
    /// [`signing_window`](crate::PresignerBuilder::signing_window) is for URLs that caches keep: forms do not use it.
    ///
    /// Not every store takes forms: [`Provider::post_forms`](crate::s3::Provider::post_forms) says what is known, and
    /// for one that does not, signing is an error.
    ///
    /// # Errors
    /// - [`Error::Empty`], [`Error::KeyTooLong`], [`Error::DotSegment`], [`Error::FormFieldValue`],
    ///   [`Error::FilenameVariable`] for the key
    /// - [`Error::Empty`], [`Error::InvalidCharacter`], [`Error::ReservedFormField`], [`Error::RepeatedFormField`],
    ///   [`Error::FormFieldValue`], [`Error::FormFieldPrefix`], [`Error::ExactFormField`], [`Error::FilenameVariable`]
    ///   for a field
    /// - [`Error::MetadataTooLarge`], [`Error::TooManyTags`], [`Error::TagKeyLength`], [`Error::TagValueLength`],
    ///   [`Error::ContentLengthRange`], [`Error::FormTooLarge`] for what S3 would refuse
    /// - [`Error::PostFormsNotSupported`] if the store takes no forms
    /// - [`Error::Missing`] if neither the presigner nor the policy has the name of the bucket
    /// - [`Error::ExpiresTooShort`], [`Error::ExpiresTooLong`], [`Error::CredentialsExpired`],
    ///   [`Error::OutlivesCredentials`], [`Error::NoCredentials`], [`Error::TimeOutOfRange`] as for URLs
    pub fn presign_post_at(
        &self,
        policy: &PostPolicy<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<PresignedPost, Error> {
        if self.post_forms == PostForms::NotSupported {
            return Err(Error::PostFormsNotSupported);
        }
        let range = policy.checked_content_length_range()?;
        let mut fields = policy.checked_fields(self.bucket.as_deref())?;
        let signer = self.signer.policy_instant(expires, now)?;
        // In the letter case of the AWS SDK for JavaScript: there are stores that know no other.
        fields.push(FormField::exact("X-Amz-Algorithm", ALGORITHM));
        fields.push(FormField::exact("X-Amz-Credential", signer.credential()));
        fields.push(FormField::exact("X-Amz-Date", signer.amz_date().as_str()));
        if let Some((name, token)) = signer.session_token() {
            fields.push(FormField::exact(name, token));
        }
        let document = document::write(signer.expiration()?, &fields, range);
        let document = STANDARD.encode(document);
        let signature = signer.sign_policy(&document);

        let owned = |field: FormField<'_>| (field.name.into_owned(), field.value.into_owned());
        let mut fields: Vec<_> = fields.into_iter().map(owned).collect();
        fields.push((String::from("Policy"), document));
        fields.push((String::from("X-Amz-Signature"), signature));
        check_size(&fields)?;
        Ok(PresignedPost::new(self.bucket_url(), fields, signer.expires_at()))
    }

    fn bucket_url(&self) -> String {
        let endpoint = &self.location.endpoint;
        format!("{}{}", endpoint.origin(), self.location.bucket_path())
    }
}

fn check_size(fields: &[(String, String)]) -> Result<(), Error> {
    let length = |(name, value): &(String, String)| multipart_body::longest_field(name, value);
    match fields.iter().map(length).sum() {
        0..=MAX_FORM_BYTES => Ok(()),
        bytes => Err(Error::FormTooLarge { bytes }),
    }
}
