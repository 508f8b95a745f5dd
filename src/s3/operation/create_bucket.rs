//! `CreateBucket`.

use alloc::string::String;

use crate::Region;
use crate::s3::operation::groups::payload_setters;
use crate::s3::operation::macros::{bucket_operation, setters};
use crate::s3::{ObjectCannedAcl, ObjectOwnership, xml};

bucket_operation! {
    /// Makes a bucket, that of the presigner:
    /// [CreateBucket](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html).
    ///
    /// Not for directory buckets, which have another endpoint for it: signing is an error.
    ///
    /// Outside of us-east-1, AWS requires the region in the body: see [`body`](Self::body).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::CreateBucket;
    ///
    /// let signed = presigner.presign(CreateBucket::new(), Duration::from_secs(60))?;
    /// let body = CreateBucket::body(presigner.region());
    /// # Ok::<(), presign::Error>(())
    /// ```
    CreateBucket, Put
}

setters! { CreateBucket:
    /// A canned ACL. AWS has the first four of them for buckets, and all except `private` need another
    /// [`object_ownership`](Self::object_ownership) than the default.
    header acl(into ObjectCannedAcl<'a>) = "x-amz-acl";
    /// Who gets full control, such as `id="ACCOUNT"`.
    header grant_full_control = "x-amz-grant-full-control";
    /// Who may list the bucket.
    header grant_read = "x-amz-grant-read";
    /// Who may read the ACL of the bucket.
    header grant_read_acp = "x-amz-grant-read-acp";
    /// Who may make new objects.
    header grant_write = "x-amz-grant-write";
    /// Who may write the ACL of the bucket.
    header grant_write_acp = "x-amz-grant-write-acp";
    /// Makes a bucket with Object Lock.
    header object_lock_enabled_for_bucket(flag) = "x-amz-bucket-object-lock-enabled";
    /// Who owns the objects that others write.
    header object_ownership(ObjectOwnership) = "x-amz-object-ownership";
}

payload_setters! { CreateBucket }

impl CreateBucket<'_> {
    /// Returns the XML that the client must send as the body, for a bucket in this region. It is empty for `us-east-1`,
    /// which AWS does not accept in a body.
    ///
    /// Source: [CreateBucketConfiguration](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucketConfiguration.html).
    ///
    /// ```
    /// use presign::Region;
    /// use presign::s3::CreateBucket;
    ///
    /// let body = CreateBucket::body(&Region::new("eu-west-1")?);
    /// assert!(body.ends_with("<LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"));
    /// assert_eq!(CreateBucket::body(&Region::new("us-east-1")?), "");
    /// # Ok::<(), presign::Error>(())
    /// ```
    #[must_use]
    pub fn body(region: &Region) -> String {
        if region.as_str() == "us-east-1" {
            return String::new();
        }
        let mut body = xml::document("CreateBucketConfiguration");
        xml::put_plain_element(&mut body, "LocationConstraint", region.as_str());
        xml::close(&mut body, "CreateBucketConfiguration");
        body
    }
}
