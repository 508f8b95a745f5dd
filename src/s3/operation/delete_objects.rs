//! `DeleteObjects`.

use crate::s3::ChecksumAlgorithm;
use crate::s3::operation::groups::{body_setters, payer_setters};
use crate::s3::operation::macros::{bucket_operation, setters};

bucket_operation! {
    /// Deletes up to 1,000 objects:
    /// [DeleteObjects](https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html).
    ///
    /// The body says which, so a URL that is not bound to one body deletes whatever its holder wants: set
    /// [`payload_sha256`](Self::payload_sha256). AWS wants the checksum or the MD5 of the body in a header.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::{DeleteObjects, ObjectIdentifier};
    ///
    /// let body = DeleteObjects::body(["users/42/a.png", "users/42/b.png"].map(ObjectIdentifier::new))?;
    /// # let sha256_of_body = [0; 32];
    /// let signed = presigner.presign(DeleteObjects::new().payload_sha256(sha256_of_body), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    DeleteObjects, Post, "delete" = ""
}

setters! { DeleteObjects:
    /// The MD5 of the body in base64.
    header content_md5 = "content-md5";
    /// The algorithm of the checksum that comes with the body. AWS refuses it without a checksum or the header
    /// `x-amz-trailer`.
    header checksum_algorithm(ChecksumAlgorithm) = "x-amz-sdk-checksum-algorithm";
    /// The serial number and the code of a device, if the bucket asks for one. The client has to send the header.
    header mfa = "x-amz-mfa";
    /// Deletes objects although their retention has not ended. The client has to send the header.
    header bypass_governance_retention(flag) = "x-amz-bypass-governance-retention";
}

body_setters! { DeleteObjects }

payer_setters! { DeleteObjects }
