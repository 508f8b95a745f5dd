//! `ListObjectVersions`.

use crate::s3::OptionalObjectAttributes;
use crate::s3::operation::groups::list_setters;
use crate::s3::operation::macros::{bucket_operation, setters};

bucket_operation! {
    /// Lists the versions of the objects of a bucket, up to 1,000 at a time:
    /// [ListObjectVersions](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::ListObjectVersions;
    ///
    /// let signed = presigner.presign(ListObjectVersions::new().prefix("users/42/"), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    ListObjectVersions, Get, "versions" = ""
}

setters! { ListObjectVersions:
    /// How many versions at most. S3 returns at most 1,000, also for a larger number.
    query max_keys(u32) = "max-keys";
    /// Goes on after this key: `NextKeyMarker` of the last answer.
    query key_marker = "key-marker";
    /// Goes on after this version of the [`key_marker`](Self::key_marker): `NextVersionIdMarker` of the last response.
    query version_id_marker = "version-id-marker";
    /// What else to say about each object. The client has to send the header.
    header optional_object_attributes(OptionalObjectAttributes) = "x-amz-optional-object-attributes";
}

list_setters! { ListObjectVersions }
