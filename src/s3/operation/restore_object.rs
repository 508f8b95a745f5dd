//! `RestoreObject`.

use alloc::string::{String, ToString as _};

use crate::Error;
use crate::s3::operation::groups::{body_setters, payer_setters};
use crate::s3::operation::macros::{object_operation, setters};
use crate::s3::{ChecksumAlgorithm, RestoreTier, xml};

object_operation! {
    /// Makes an archived object readable for a while:
    /// [RestoreObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::{RestoreObject, RestoreTier};
    ///
    /// let signed = presigner.presign(RestoreObject::new("reports/2004.pdf"), Duration::from_secs(60))?;
    /// let body = RestoreObject::body(7, RestoreTier::Bulk)?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    RestoreObject, Post, "restore" = ""
}

setters! { RestoreObject:
    /// This version.
    query version_id = "versionId";
    /// The algorithm of the checksum that comes with the body. AWS refuses it without a checksum or the header
    /// `x-amz-trailer`.
    header checksum_algorithm(ChecksumAlgorithm) = "x-amz-sdk-checksum-algorithm";
}

body_setters! { RestoreObject }

payer_setters! { RestoreObject }

impl RestoreObject<'_> {
    /// Returns the XML that the client must send as the body: for how many days, from 1, the restored copy is kept, and
    /// how quickly it is restored. Without a tier, it is [`RestoreTier::Standard`].
    ///
    /// Source: [RestoreRequest](https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreRequest.html).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for 0 days, and for more than S3's integer can hold (2,147,483,647).
    ///
    /// ```
    /// use presign::s3::{RestoreObject, RestoreTier};
    ///
    /// let body = RestoreObject::body(7, RestoreTier::Bulk)?;
    /// assert!(body.contains("<Days>7</Days><GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters>"));
    /// assert!(RestoreObject::body(0, None).is_err());
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn body(days: u32, tier: impl Into<Option<RestoreTier>>) -> Result<String, Error> {
        const MAX_DAYS: u32 = i32::MAX as u32;
        if !(1..=MAX_DAYS).contains(&days) {
            return Err(Error::OutOfRange { name: "Days", min: 1, max: u64::from(MAX_DAYS) });
        }
        let mut body = xml::document("RestoreRequest");
        xml::put_plain_element(&mut body, "Days", &days.to_string());
        if let Some(tier) = tier.into() {
            xml::open(&mut body, "GlacierJobParameters");
            xml::put_plain_element(&mut body, "Tier", tier.as_str());
            xml::close(&mut body, "GlacierJobParameters");
        }
        xml::close(&mut body, "RestoreRequest");
        Ok(body)
    }
}
