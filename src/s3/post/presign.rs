//! From policy to form.

use core::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroize as _;

use crate::s3::post::document::{Conditions, Document};
use crate::s3::post::field::FormField;
use crate::s3::post::form_text::FormText;
use crate::s3::post::multipart_body::LONGEST_FRAME;
use crate::s3::{PostForms, PostPolicy, PresignedPost, Presigner};
use crate::{Error, Timestamp};

/// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html): "the form data and
/// boundaries (excluding the file)".
const MAX_FORM_BYTES: usize = 20 * 1024;

const SIGNATURE_DIGITS: usize = 64;

impl Presigner {
    /// Signs a form, by the system's clock.
    ///
    /// # Errors
    /// As [`presign_post_at`](Self::presign_post_at), and those of [`Timestamp::now`](crate::Timestamp::now).
    #[doc(alias("createPresignedPost", "generate_presigned_post", "presigned_post", "presignedPostPolicy"))]
    #[cfg(feature = "std")]
    pub fn presign_post(&self, policy: &PostPolicy<'_>, expires: Duration) -> Result<PresignedPost, Error> {
        self.presign_post_at(policy, expires, Timestamp::now()?)
    }

    /// Signs a form as of an instant: the same input gives the same form.
    ///
    /// The rules for `expires` are those of [`presign_at`](Self::presign_at). A
    /// [`signing_window`](crate::PresignerBuilder::signing_window) is for URLs that caches keep: forms do not use it.
    ///
    /// Not every store takes forms: [`Store::post_forms`](crate::s3::Store::post_forms) says what is known, and
    /// for one that does not, signing is an error.
    ///
    /// # Errors
    /// - [`Error::Empty`], [`Error::KeyTooLong`], [`Error::DotSegment`], [`Error::FormFieldValue`],
    ///   [`Error::FilenameVariable`] for the key
    /// - [`Error::Empty`], [`Error::InvalidCharacter`], [`Error::ReservedFormField`], [`Error::RepeatedFormField`],
    ///   [`Error::FormFieldValue`], [`Error::FormFieldPrefix`], [`Error::ExactFormField`], [`Error::FilenameVariable`]
    ///   for a field
    /// - [`Error::MetadataTooLarge`], [`Error::TooManyTags`], [`Error::TagKeyLength`], [`Error::TagValueLength`],
    ///   [`Error::ContentLengthRange`], [`Error::FormTooLarge`], [`Error::MetadataPrefix`] for what stores refuse,
    ///   [`Error::S3Rule`], [`Error::OutOfRange`] for what AWS always refuses, at AWS and at a store that
    ///   [claims its rules](crate::s3::Store::has_s3_rules)
    /// - [`Error::PostFormsNotSupported`] if the store takes no forms
    /// - [`Error::Missing`] if neither the presigner nor the policy has the name of the bucket
    /// - [`Error::ExpiresTooShort`], [`Error::ExpiresTooLong`], [`Error::CredentialsExpired`],
    ///   [`Error::OutlivesCredentials`], [`Error::NoCredentials`], [`Error::Credentials`], [`Error::TimeOutOfRange`]
    ///   as for URLs
    pub fn presign_post_at(
        &self,
        policy: &PostPolicy<'_>,
        expires: Duration,
        now: Timestamp,
    ) -> Result<PresignedPost, Error> {
        if self.config.settings.post_forms() == PostForms::NotSupported {
            return Err(Error::PostFormsNotSupported);
        }
        let range = policy.checked_content_length_range()?;
        let mut fields = policy.checked_fields(&self.location)?;
        let (context, validity) = self.signer.context_of_policy(expires, now)?;
        let scope = context.scope();
        if scope.region().is_none() {
            // AWS documents no forms with SigV4A.
            return Err(Error::PostFormsNotSupported);
        }
        let credential = scope.credential(context.credentials().access_key_id());
        // In the letter case of the AWS SDK for JavaScript: there are stores that know no other.
        fields.push(FormField::exact("X-Amz-Algorithm", scope.algorithm()));
        fields.push(FormField::exact("X-Amz-Credential", &*credential));
        fields.push(FormField::exact("X-Amz-Date", scope.amz_date().as_str()));
        if let Some((name, token)) = context.session_token() {
            fields.push(FormField::exact(name, token));
        }
        let conditions = Conditions { fields: &fields, content_length_range: range };
        let mut json = Document { expiration: validity.end_of_url()?, conditions }.to_json();
        // In a buffer of its own: to append it would leave copies of its pieces on the stack.
        let mut policy = STANDARD.encode(&json);

        let mut form = self.unsigned_form(&fields, policy.len());
        form.push("Policy", &policy);
        let signature = context.hmac_key().sign_text(&policy);
        form.push_with("X-Amz-Signature", |value| signature.write_hex(value));
        if form.has_secret() {
            json.zeroize();
            policy.zeroize();
        }
        check_form_size(&form)?;
        Ok(PresignedPost::new(form, validity.expires_at))
    }

    /// A form with these fields, and with room for a policy of so many bytes and its signature.
    fn unsigned_form(&self, fields: &[FormField<'_>], policy_bytes: usize) -> FormText {
        let url = [self.location.endpoint.url_base(), self.location.bucket_path()];
        let bytes = url.iter().map(|part| part.len()).sum::<usize>()
            + fields.iter().map(|field| field.name.len() + field.value.len()).sum::<usize>()
            + "Policy".len()
            + policy_bytes
            + "X-Amz-Signature".len()
            + SIGNATURE_DIGITS;
        let mut form = FormText::new(&url, bytes, fields.len() + 2);
        for field in fields.iter().filter(|field| field.is_sent()) {
            form.push(&field.name, &field.value);
        }
        form
    }
}

pub(super) fn check_form_size(form: &FormText) -> Result<(), Error> {
    // Names have been checked: they need no escapes.
    match form.fields_bytes() + form.fields().len() * LONGEST_FRAME {
        0..=MAX_FORM_BYTES => Ok(()),
        bytes => Err(Error::FormTooLarge { bytes }),
    }
}
