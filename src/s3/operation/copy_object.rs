//! `CopyObject`.

use crate::s3::operation::groups::{copy_source_setters, payer_setters, write_setters};
use crate::s3::operation::macros::{dot_segments, operation, setters};
use crate::s3::{ChecksumAlgorithm, CopySource, MetadataDirective, S3Request, TaggingDirective};
use crate::{IntoText, Method};

operation! {
    /// Makes an object from another one, up to 5 GiB:
    /// [CopyObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html).
    ///
    /// The client sends no body. An answer of 200 can hold an error: read its body.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::{CopyObject, CopySource, MetadataDirective};
    ///
    /// let source = CopySource::new("user-media", "users/42/avatar.png")?;
    /// let copy = CopyObject::new("archive/42.png", source)
    ///     .metadata_directive(MetadataDirective::Replace)
    ///     .content_type("image/png");
    /// let signed = presigner.presign(copy, Duration::from_secs(900))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    CopyObject
}

impl<'a> CopyObject<'a> {
    /// Makes the object with this key, given as plain text, from the source.
    #[must_use]
    pub fn new(key: impl IntoText<'a>, copy_source: CopySource) -> Self {
        let mut request = S3Request::new(Method::Put).key(key);
        request.set_header("x-amz-copy-source", copy_source);
        Self { request }
    }
}

dot_segments! { CopyObject }

setters! { CopyObject:
    /// Whether the copy has the metadata of the source or of this request.
    header metadata_directive(MetadataDirective) = "x-amz-metadata-directive";
    /// Whether the copy has the tags of the source or of this request.
    header tagging_directive(TaggingDirective) = "x-amz-tagging-directive";
    /// The algorithm of the checksum that the store computes for the copy.
    header checksum_algorithm(ChecksumAlgorithm) = "x-amz-checksum-algorithm";
    /// Writes only over an object with this entity tag, else 412.
    header if_match = "if-match";
    /// `*`: writes only if there is no such object yet, else 412.
    header if_none_match = "if-none-match";
}

copy_source_setters! { CopyObject }

write_setters! { CopyObject }

payer_setters! { CopyObject }
