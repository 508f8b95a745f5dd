//! `PutObject`.

use alloc::borrow::Cow;
use alloc::string::ToString;

#[cfg(feature = "checksum")]
use crate::s3::Checksum;
use crate::s3::operation::{object_operation, setters};

object_operation! {
    /// Writes an object: [PutObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html).
    ///
    /// Everything set here becomes a signed header: the client has to send it with the same value, or the store answers
    /// `SignatureDoesNotMatch`. What is not set is free: without [`content_type`](Self::content_type) the client may upload any type,
    /// without [`content_length`](Self::content_length) any size.
    ///
    /// ```
    /// use presign::s3::PutObject;
    ///
    /// let upload = PutObject::new("users/42/avatar.png")
    ///     .content_type("image/png")
    ///     .content_length(48_213)
    ///     .metadata("uploaded-by", "42")
    ///     .if_none_match("*");
    /// ```
    PutObject, Put
}

setters! { PutObject:
    /// The media type of the object.
    header content_type = "content-type";
    /// The MD5 of the body in base64: the store refuses another body.
    header content_md5 = "content-md5";
    /// `Cache-Control` of later answers.
    header cache_control = "cache-control";
    /// `Content-Disposition` of later answers. For a file name beyond ASCII write `filename*=UTF-8''…` (RFC 8187).
    header content_disposition = "content-disposition";
    /// `Content-Encoding` of later answers.
    header content_encoding = "content-encoding";
    /// `Content-Language` of later answers.
    header content_language = "content-language";
    /// `Expires` of later answers.
    header expires = "expires";
    /// A canned ACL, such as `private`.
    header acl = "x-amz-acl";
    /// A storage class, such as `STANDARD_IA`.
    header storage_class = "x-amz-storage-class";
    /// Tags, encoded as a query: `project=blue&stage=draft`.
    header tagging = "x-amz-tagging";
    /// Server-side encryption: `AES256` or `aws:kms`.
    header server_side_encryption = "x-amz-server-side-encryption";
    /// The KMS key for `aws:kms`.
    header ssekms_key_id = "x-amz-server-side-encryption-aws-kms-key-id";
    /// Writes only if the bucket belongs to this account.
    header expected_bucket_owner = "x-amz-expected-bucket-owner";
    /// `*`: writes only if there is no such object yet, else 412.
    header if_none_match = "if-none-match";
    /// Writes only over an object with this entity tag, else 412.
    header if_match = "if-match";
}

impl<'a> PutObject<'a> {
    /// The exact size of the body, in bytes. It is the only way to bound the size of a presigned `PUT`; browsers send
    /// it by themselves.
    #[must_use]
    pub fn content_length(mut self, bytes: u64) -> Self {
        self.request = self.request.set_header("content-length", bytes.to_string().into());
        self
    }

    /// The SHA-256 of the body: the signature is good for this body only. The client has to send it as
    /// `x-amz-content-sha256`.
    #[must_use]
    pub fn payload_sha256(mut self, sha256: [u8; 32]) -> Self {
        self.request = self.request.set_header("x-amz-content-sha256", hex::encode(sha256).into());
        self
    }

    /// A checksum of the body, which the store verifies and keeps.
    #[cfg(feature = "checksum")]
    #[must_use]
    pub fn checksum(mut self, checksum: Checksum) -> Self {
        self.request = self.request.set_header(checksum.header_name(), checksum.to_base64().into());
        self
    }

    /// Adds user metadata: the header `x-amz-meta-name`.
    #[must_use]
    pub fn metadata(mut self, name: &str, value: impl Into<Cow<'a, str>>) -> Self {
        self.request = self.request.header(["x-amz-meta-", name].concat(), value);
        self
    }
}
