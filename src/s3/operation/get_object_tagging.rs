//! `GetObjectTagging`.

use crate::s3::operation::groups::payer_setters;
use crate::s3::operation::macros::{object_operation, setters};

object_operation! {
    /// Reads the tags of an object:
    /// [GetObjectTagging](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::GetObjectTagging;
    ///
    /// let signed = presigner.presign(GetObjectTagging::new("users/42/avatar.png"), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    GetObjectTagging, Get, "tagging" = ""
}

setters! { GetObjectTagging:
    /// The tags of this version.
    query version_id = "versionId";
}

payer_setters! { GetObjectTagging }
