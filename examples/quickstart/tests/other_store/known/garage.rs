//! Garage 2.5.0: verifies URLs, forms and their policies.

use crate::known::Does::{self, Laxer, Same, Stricter};
use crate::known::Known;

const SIGNATURE: Does = Same("403 AccessDenied: Forbidden: Invalid signature");
const SIZE: Does = Same("400 InvalidRequest: Bad request: File size does not match policy");
const CHECKSUM: Does = Same("400 InvalidDigest: Invalid digest: Failed to validate checksum for algorithm Sha256");

macro_rules! bad_request {
    ($message:literal) => {
        Same(concat!("400 InvalidRequest: Bad request: ", $message))
    };
}

pub(super) const GARAGE: Known = Known {
    urls: &[
        ("another key", SIGNATURE),
        ("another space", SIGNATURE),
        ("two slashes", SIGNATURE),
        ("another bucket", SIGNATURE),
        ("another parameter", SIGNATURE),
        ("one parameter less", SIGNATURE),
        ("one parameter more", SIGNATURE),
        ("another expiry", SIGNATURE),
        ("another date", SIGNATURE),
        ("another region", Same("400 AuthorizationHeaderMalformed: Authorization header malformed, unexpected scope")),
        ("other signed headers", SIGNATURE),
        ("another signature", SIGNATURE),
        ("no signature", Same("403 AccessDenied: Forbidden: Garage does not support anonymous access yet")),
        ("another secret", SIGNATURE),
        ("expired", bad_request!("Date is too old")),
        ("GET as HEAD", Same("403")),
        ("GET as DELETE", SIGNATURE),
        ("GET as PUT", SIGNATURE),
        ("DELETE as GET", SIGNATURE),
        ("PUT with another content type", SIGNATURE),
        ("PUT without its content type", bad_request!("signed header `content-type` is not present")),
        ("PUT of more", SIGNATURE),
        ("PUT of less", SIGNATURE),
        ("PUT with other metadata", SIGNATURE),
        ("PUT without its metadata", bad_request!("signed header `x-amz-meta-uploaded-by` is not present")),
        ("PUT with more metadata", bad_request!("Header `x-amz-meta-more` should be signed")),
        ("PUT of another file than that of the checksum", CHECKSUM),
    ],
    // It looks for the key behind all of the slashes.
    keys: &[("//", Stricter("400 InvalidRequest: Bad request: Invalid create bucket XML query"))],
    forms: &[
        ("too large", SIZE),
        ("too small", SIZE),
        ("empty", SIZE),
        ("another prefix", bad_request!("Key 'key' has value not allowed in policy")),
        ("another content type", bad_request!("Key 'content-type' has value not allowed in policy")),
        ("two content types", bad_request!("Key 'content-type' has value not allowed in policy")),
        ("no content type", bad_request!("Key 'content-type' is required in policy, but no value was provided")),
        ("other metadata", bad_request!("Key 'x-amz-meta-uploaded-by' has value not allowed in policy")),
        ("no metadata", bad_request!("Key 'x-amz-meta-uploaded-by' is required in policy, but no value was provided")),
        ("more metadata", bad_request!("Key 'x-amz-meta-more' is not allowed in policy")),
        ("metadata twice", bad_request!("Field 'x-amz-meta-uploaded-by' provided more than once")),
        ("an ACL", bad_request!("Key 'acl' is not allowed in policy")),
        ("encryption", bad_request!("Key 'x-amz-server-side-encryption' is not allowed in policy")),
        ("another status", bad_request!("Key 'success_action_status' has value not allowed in policy")),
        // It looks at the bucket of the URL only.
        ("another bucket in a field", Laxer("201")),
        ("another date", bad_request!("Key 'x-amz-date' has value not allowed in policy")),
        (
            "another region in the scope",
            Same("400 AuthorizationHeaderMalformed: Authorization header malformed, unexpected scope"),
        ),
        ("no key", bad_request!("No key was provided")),
        ("no policy", bad_request!("No policy was provided")),
        ("no signature", bad_request!("No signature was provided")),
        ("expired", bad_request!("Expiration date is in the past")),
        ("another signature", SIGNATURE),
        ("another policy", SIGNATURE),
        ("another secret", SIGNATURE),
        ("another bucket", bad_request!("Key 'bucket' has value not allowed in policy")),
        ("another file than that of the checksum", CHECKSUM),
    ],
    form_keys: &[],
};
