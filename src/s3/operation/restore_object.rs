//! `RestoreObject`.

use crate::s3::ChecksumAlgorithm;
use crate::s3::operation::groups::{body_setters, payer_setters};
use crate::s3::operation::macros::{object_operation, setters};

object_operation! {
    /// Makes an archived object readable for a while:
    /// [RestoreObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html).
    ///
    /// The body is a [`RestoreRequest`](https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreRequest.html):
    /// `<RestoreRequest><Days>1</Days></RestoreRequest>`.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::RestoreObject;
    ///
    /// let signed = presigner.presign(RestoreObject::new("reports/2004.pdf"), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    RestoreObject, Post, "restore" = ""
}

setters! { RestoreObject:
    /// This version.
    query version_id = "versionId";
    /// The algorithm of the checksum that comes with the body.
    header checksum_algorithm(ChecksumAlgorithm) = "x-amz-sdk-checksum-algorithm";
}

body_setters! { RestoreObject }

payer_setters! { RestoreObject }
