//! How quickly an archived object is restored.

use crate::s3::value::named::named;

named! {
    /// How quickly an archived object is restored. A quicker tier costs more.
    ///
    /// Source: [Archive retrieval options](https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html).
    RestoreTier {
        /// Within hours.
        Standard = "Standard",
        /// Within half a day or two days, depending on the storage class.
        Bulk = "Bulk",
        /// Within minutes. Not for S3 Glacier Deep Archive.
        Expedited = "Expedited",
    }
}
