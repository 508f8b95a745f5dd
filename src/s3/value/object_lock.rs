//! Object Lock.

use crate::s3::value::named::named;

named! {
    /// Who can end the retention of an object early.
    ///
    /// Source: [Locking objects with Object Lock](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html).
    ObjectLockMode {
        /// Those who have a permission for it.
        Governance = "GOVERNANCE",
        /// Nobody.
        Compliance = "COMPLIANCE",
    }
}

named! {
    /// Whether an object is under a legal hold, which has no end of its own.
    ///
    /// Source: [Locking objects with Object Lock](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html).
    ObjectLockLegalHoldStatus {
        /// It cannot be deleted.
        On = "ON",
        /// There is no hold.
        Off = "OFF",
    }
}
