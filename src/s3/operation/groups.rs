//! Setters that several operations have.

/// Everybody's: whose bucket it has to be.
macro_rules! owner_setters {
    ($operation:ident) => {
        $crate::s3::operation::macros::setters! { $operation:
            /// Answers 403 if the bucket does not belong to this account. The client has to send the header.
            header expected_bucket_owner = "x-amz-expected-bucket-owner";
        }
    };
}

/// Nearly everybody's: who pays.
macro_rules! payer_setters {
    ($operation:ident) => {
        $crate::s3::operation::groups::owner_setters! { $operation }
        $crate::s3::operation::macros::setters! { $operation:
            /// Who pays, in a bucket where the requester does. The client has to send the header.
            ///
            /// A browser that opens a link cannot: for a link, give AWS the parameter instead, with
            /// `query("x-amz-request-payer", "requester")`. Source: [Downloading objects from Requester Pays
            /// buckets](https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html).
            header request_payer($crate::s3::RequestPayer) = "x-amz-request-payer";
        }
    };
}

/// For what reads an object: `GetObject` and `HeadObject`.
macro_rules! read_setters {
    ($operation:ident) => {
        $crate::s3::operation::macros::setters! { $operation:
            /// This version of the object.
            query version_id = "versionId";
            /// This part of the object, from 1 to 10,000, if it was uploaded in parts.
            query part_number(u32) = "partNumber";
            /// `Cache-Control` of the response.
            query response_cache_control = "response-cache-control";
            /// `Content-Disposition` of the response: `attachment` makes a browser save it.
            /// [`ContentDisposition`](crate::s3::ContentDisposition) is one with any file name.
            query response_content_disposition = "response-content-disposition";
            /// `Content-Encoding` of the response.
            query response_content_encoding = "response-content-encoding";
            /// `Content-Language` of the response.
            query response_content_language = "response-content-language";
            /// `Content-Type` of the response.
            query response_content_type = "response-content-type";
            /// `Expires` of the response.
            query response_expires(http_date) = "response-expires";
            /// Answers 412 if the object has another entity tag. The client has to send the header.
            header if_match = "if-match";
            /// Answers 304 if the object has this entity tag. The client has to send the header.
            header if_none_match = "if-none-match";
            /// Answers 304 if the object has not changed since. The client has to send the header.
            header if_modified_since(http_date) = "if-modified-since";
            /// Answers 412 if the object has changed since. The client has to send the header.
            header if_unmodified_since(http_date) = "if-unmodified-since";
            /// Whether the response has the checksum of the object. The client has to send the header.
            header checksum_mode($crate::s3::ChecksumMode) = "x-amz-checksum-mode";
        }

        impl $operation<'_> {
            /// Only these bytes, counted from 0: `0..1_024`, `..=99`, `500..`. The client has to send the header.
            ///
            /// Signing refuses a range that has no byte.
            #[must_use]
            #[inline]
            pub fn range(mut self, bytes: impl ::core::ops::RangeBounds<u64>) -> Self {
                self.request.set_header("range", $crate::s3::value::byte_range(&bytes));
                self
            }

            /// Only this many bytes at the end. The client has to send the header.
            ///
            /// Signing refuses 0.
            #[must_use]
            #[inline]
            pub fn range_suffix(mut self, bytes: u64) -> Self {
                self.request.set_header("range", $crate::s3::value::suffix_range(bytes));
                self
            }
        }
    };
}

/// For what makes an object: `PutObject`, `CopyObject` and `CreateMultipartUpload`.
macro_rules! write_setters {
    ($operation:ident) => {
        $crate::s3::operation::macros::setters! { $operation:
            /// The media type of the object. Without one, leave the setter out: signing refuses an empty type.
            header content_type = "content-type";
            /// `Cache-Control` of later responses.
            header cache_control = "cache-control";
            /// `Content-Disposition` of later responses. [`ContentDisposition`](crate::s3::ContentDisposition) is one
            /// with any file name.
            header content_disposition = "content-disposition";
            /// `Content-Encoding` of later responses.
            header content_encoding = "content-encoding";
            /// `Content-Language` of later responses.
            header content_language = "content-language";
            /// `Expires` of later responses.
            header expires(http_date) = "expires";
            /// A canned ACL.
            header acl(into $crate::s3::ObjectCannedAcl<'a>) = "x-amz-acl";
            /// Who gets full control, such as `id="ACCOUNT"`.
            header grant_full_control = "x-amz-grant-full-control";
            /// Who may read the object.
            header grant_read = "x-amz-grant-read";
            /// Who may read the ACL of the object.
            header grant_read_acp = "x-amz-grant-read-acp";
            /// Who may write the ACL of the object.
            header grant_write_acp = "x-amz-grant-write-acp";
            /// A storage class.
            header storage_class(into $crate::s3::StorageClass<'a>) = "x-amz-storage-class";
            /// All tags, encoded as a query: `project=blue&stage=draft`. [`tag`](Self::tag) encodes them.
            header tagging = "x-amz-tagging";
            /// Where a website endpoint redirects requests for this object: to a path that starts with `/`, or to a URL.
            header website_redirect_location = "x-amz-website-redirect-location";
            /// Encryption with keys of the store.
            header server_side_encryption(into $crate::s3::ServerSideEncryption<'a>) = "x-amz-server-side-encryption";
            /// The key for SSE-KMS and DSSE-KMS, if not the one that AWS keeps for S3: its id, ARN or alias. It needs
            /// [`server_side_encryption`](Self::server_side_encryption).
            header ssekms_key_id = "x-amz-server-side-encryption-aws-kms-key-id";
            /// Has SSE-KMS use an S3 bucket key, which makes fewer requests to AWS KMS.
            header bucket_key_enabled(flag) = "x-amz-server-side-encryption-bucket-key-enabled";
            /// Who can end the retention early. It needs
            /// [`object_lock_retain_until_date`](Self::object_lock_retain_until_date). S3 demands a checksum or a
            /// `content-md5` of each upload with Object Lock: of the body of a `PUT`, and of each part of a multipart upload
            /// ([`UploadParts::with`]($crate::s3::UploadParts::with)). The client may add a `content-md5` that is not signed.
            header object_lock_mode($crate::s3::ObjectLockMode) = "x-amz-object-lock-mode";
            /// When the retention ends. It needs [`object_lock_mode`](Self::object_lock_mode).
            header object_lock_retain_until_date(iso_date) = "x-amz-object-lock-retain-until-date";
            /// Whether the object is under a legal hold.
            header object_lock_legal_hold_status($crate::s3::ObjectLockLegalHoldStatus) = "x-amz-object-lock-legal-hold";
        }

        impl<'a> $operation<'a> {
            /// Adds user metadata: the header `x-amz-meta-name`, of a name without this prefix and a value in ASCII. All
            /// names and values together have at most 2,048 bytes.
            ///
            /// For other values there is [`metadata_encoded`](Self::metadata_encoded).
            #[must_use]
            #[inline]
            pub fn metadata(
                mut self,
                name: impl $crate::IntoText<'a>,
                value: impl $crate::IntoText<'a>,
            ) -> Self {
                self.request.add_metadata(name.into_text(), value.into_text());
                self
            }

            /// Adds user metadata of any characters, encoded as [RFC 2047](https://www.rfc-editor.org/rfc/rfc2047.html)
            /// says, unless the value is plain ASCII.
            ///
            /// AWS decodes such a value, stores the text, and encodes it again in responses, not always in the same way
            /// ([source](https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata)). Other
            /// stores return what was sent. Readers decode it with a library for mail, such as Python's
            /// `email.header.decode_header`. If they have none, percent-encode the text and use
            /// [`metadata`](Self::metadata). The limit of 2,048 bytes counts what is sent: four bytes for three.
            ///
            /// ```
            /// use presign::s3::PutObject;
            ///
            /// let put = PutObject::new("a.jpg").metadata_encoded("title", "gro\u{df}");
            /// # use presign::s3::Operation;
            /// assert_eq!(put.request().to_headers(), [("x-amz-meta-title".into(), "=?UTF-8?B?Z3Jvw58=?=".into())]);
            /// ```
            #[must_use]
            pub fn metadata_encoded(
                mut self,
                name: impl $crate::IntoText<'a>,
                value: impl $crate::IntoText<'a>,
            ) -> Self {
                self.request.add_metadata(name.into_text(), $crate::s3::value::encoded_words(value.into_text()));
                self
            }

            /// Adds a tag, given as plain text. There are at most 10, each with a key of its own of 1 to 128 characters
            /// and a value of at most 256.
            #[must_use]
            #[inline]
            pub fn tag(mut self, key: impl $crate::IntoText<'a>, value: impl $crate::IntoText<'a>) -> Self {
                self.request.tag(&key.into_text(), &value.into_text());
                self
            }

            /// What AWS KMS has to be told again to decrypt the object: a JSON object of texts, such as
            /// `{"department":"sales"}`. It is sent in base64.
            #[cfg(feature = "checksum")]
            #[must_use]
            pub fn ssekms_encryption_context(mut self, json: impl $crate::IntoText<'a>) -> Self {
                use ::base64::Engine as _;
                let context = ::base64::engine::general_purpose::STANDARD.encode(&*json.into_text());
                self.request.set_header("x-amz-server-side-encryption-context", context);
                self
            }
        }

        $crate::s3::operation::groups::customer_key_setters! { $operation }
    };
}

/// For everything that touches the content of an object under SSE-C.
macro_rules! customer_key_setters {
    ($operation:ident) => {
        #[cfg(feature = "checksum")]
        impl $operation<'_> {
            /// The key of SSE-C. The client has to send its three headers.
            #[must_use]
            pub fn sse_customer_key(mut self, key: &$crate::s3::SseCustomerKey) -> Self {
                self.request.set_header(
                    "x-amz-server-side-encryption-customer-algorithm",
                    $crate::s3::SseCustomerKey::ALGORITHM,
                );
                self.request.set_header("x-amz-server-side-encryption-customer-key", key.base64());
                self.request.set_header("x-amz-server-side-encryption-customer-key-md5", key.md5_base64());
                self
            }
        }
    };
}

/// For what reads another object: `CopyObject` and `UploadPartCopy`.
macro_rules! copy_source_setters {
    ($operation:ident) => {
        $crate::s3::operation::macros::setters! { $operation:
            /// Answers 412 if the source has another entity tag. The client has to send the header.
            header copy_source_if_match = "x-amz-copy-source-if-match";
            /// Answers 412 if the source has this entity tag. The client has to send the header.
            header copy_source_if_none_match = "x-amz-copy-source-if-none-match";
            /// Answers 412 if the source has not changed since. The client has to send the header.
            header copy_source_if_modified_since(http_date) = "x-amz-copy-source-if-modified-since";
            /// Answers 412 if the source has changed since. The client has to send the header.
            header copy_source_if_unmodified_since(http_date) = "x-amz-copy-source-if-unmodified-since";
            /// Answers 403 if the bucket of the source does not belong to this account. The client has to send the
            /// header.
            header expected_source_bucket_owner = "x-amz-source-expected-bucket-owner";
        }

        #[cfg(feature = "checksum")]
        impl $operation<'_> {
            /// The key of SSE-C that the source is encrypted with. The client has to send its three headers.
            #[must_use]
            pub fn copy_source_sse_customer_key(mut self, key: &$crate::s3::SseCustomerKey) -> Self {
                self.request.set_header(
                    "x-amz-copy-source-server-side-encryption-customer-algorithm",
                    $crate::s3::SseCustomerKey::ALGORITHM,
                );
                self.request.set_header("x-amz-copy-source-server-side-encryption-customer-key", key.base64());
                self.request.set_header("x-amz-copy-source-server-side-encryption-customer-key-md5", key.md5_base64());
                self
            }
        }
    };
}

/// For what has a body that the URL may be bound to.
macro_rules! body_setters {
    ($operation:ident) => {
        $crate::s3::operation::groups::payload_setters! { $operation }
        $crate::s3::operation::groups::checksum_setters! {
            $operation, "A checksum of the body, which the store verifies."
        }
    };
}

/// The setter for the hash of the body, which is part of the signature.
macro_rules! payload_setters {
    ($operation:ident) => {
        impl $operation<'_> {
            /// The SHA-256 of the body: the signature is good for this body only. The client has to send it as
            /// `x-amz-content-sha256`.
            #[must_use]
            #[inline]
            pub fn payload_sha256(mut self, sha256: [u8; 32]) -> Self {
                self.request.set_header("x-amz-content-sha256", ::hex::encode(sha256));
                self
            }
        }
    };
}

/// The setter for a checksum, whatever it is of.
macro_rules! checksum_setters {
    ($operation:ident, $summary:literal) => {
        #[cfg(feature = "checksum")]
        impl $operation<'_> {
            #[doc = $summary]
            /// The client has to send the header.
            #[must_use]
            #[inline]
            pub fn checksum(mut self, checksum: $crate::s3::Checksum) -> Self {
                self.request.set_header(checksum.header_name(), checksum.to_base64());
                self
            }
        }
    };
}

/// For a body that is content: `PutObject` and `UploadPart`.
macro_rules! content_setters {
    ($operation:ident) => {
        $crate::s3::operation::macros::setters! { $operation:
            /// The exact size of the body, in bytes. It is the only way to bound the size of a presigned `PUT`;
            /// browsers send it by themselves.
            header content_length(u64) = "content-length";
            /// The MD5 of the body, its 16 bytes in base64: the store refuses another body.
            header content_md5 = "content-md5";
            /// The algorithm of the checksum that comes with the body. AWS refuses it without a checksum or the header
            /// `x-amz-trailer`.
            header checksum_algorithm($crate::s3::ChecksumAlgorithm) = "x-amz-sdk-checksum-algorithm";
        }
        $crate::s3::operation::groups::body_setters! { $operation }
    };
}

/// For a listing of a bucket, page by page.
macro_rules! list_setters {
    ($operation:ident) => {
        $crate::s3::operation::macros::setters! { $operation:
            /// Only keys that start with this.
            query prefix = "prefix";
            /// Keys that are the same up to this text are listed as one common prefix: `/` lists a folder.
            query delimiter = "delimiter";
            /// How the keys in the response are encoded.
            query encoding_type($crate::s3::EncodingType) = "encoding-type";
        }
        $crate::s3::operation::groups::payer_setters! { $operation }
    };
}

pub(super) use {
    body_setters, checksum_setters, content_setters, copy_source_setters, customer_key_setters, list_setters,
    owner_setters, payer_setters, payload_setters, read_setters, write_setters,
};
