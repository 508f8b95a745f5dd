//! Storage classes.

use crate::s3::value::named::named;

named! {
    /// A storage class. A text becomes one too, because other stores have classes of their own: `"COLD".into()`.
    ///
    /// Source: [Understanding storage classes](https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html).
    StorageClass {
        /// For frequent access. This is what S3 takes if nothing is said.
        Standard = "STANDARD",
        /// For frequent access to what can be made again. AWS advises against it.
        ReducedRedundancy = "REDUCED_REDUNDANCY",
        /// For infrequent access.
        StandardIa = "STANDARD_IA",
        /// For infrequent access, in one zone.
        OnezoneIa = "ONEZONE_IA",
        /// For access that changes.
        IntelligentTiering = "INTELLIGENT_TIERING",
        /// S3 Glacier Flexible Retrieval: has to be restored before it can be read.
        Glacier = "GLACIER",
        /// S3 Glacier Deep Archive: has to be restored before it can be read.
        DeepArchive = "DEEP_ARCHIVE",
        /// S3 on Outposts.
        Outposts = "OUTPOSTS",
        /// S3 Glacier Instant Retrieval.
        GlacierIr = "GLACIER_IR",
        /// AWS Snow devices.
        Snow = "SNOW",
        /// S3 Express One Zone, for directory buckets.
        ExpressOnezone = "EXPRESS_ONEZONE",
        /// Amazon FSx for OpenZFS.
        FsxOpenzfs = "FSX_OPENZFS",
        /// Amazon FSx for NetApp ONTAP.
        FsxOntap = "FSX_ONTAP",
    } or other
}
