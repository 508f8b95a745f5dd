//! `LocalStack` 4.9.2: verifies URLs and the conditions of policies, but neither the signature of a form nor that each
//! of its fields has a condition. It is for tests, so whoever has no signature may do everything.

use crate::known::Does::{self, Fails, Laxer, Same};
use crate::known::Known;

const SIGNATURE: Does = Same("403 SignatureDoesNotMatch: The request signature we calculated does not match");
const TOO_LARGE: Does = Same("400 EntityTooLarge: Your proposed upload exceeds the maximum allowed size");
const TOO_SMALL: Does = Same("400 EntityTooSmall: Your proposed upload is smaller than the minimum allowed size");

macro_rules! failed {
    ($condition:literal) => {
        Same(concat!("403 AccessDenied: Invalid according to Policy: Policy Condition failed: ", $condition))
    };
}

pub(super) const LOCALSTACK: Known = Known {
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
        ("another region", SIGNATURE),
        ("other signed headers", SIGNATURE),
        ("another signature", SIGNATURE),
        ("no signature", Laxer("200")),
        ("another secret", SIGNATURE),
        ("expired", Same("403 AccessDenied: Request has expired")),
        ("GET as HEAD", Same("403")),
        ("GET as DELETE", SIGNATURE),
        ("GET as PUT", SIGNATURE),
        ("DELETE as GET", SIGNATURE),
        ("PUT with another content type", SIGNATURE),
        ("PUT without its content type", SIGNATURE),
        ("PUT of more", SIGNATURE),
        ("PUT of less", SIGNATURE),
        ("PUT with other metadata", SIGNATURE),
        ("PUT without its metadata", SIGNATURE),
        (
            "PUT with more metadata",
            Same("403 AccessDenied: There were headers present in the request which were not signed"),
        ),
        (
            "PUT of another file than that of the checksum",
            Same("400 BadDigest: The SHA256 you specified did not match the calculated checksum."),
        ),
    ],
    // It takes the request for one that creates a bucket.
    keys: &[("//", Fails("500 InternalError: exception while calling s3 with unknown operation"))],
    forms: &[
        ("too large", TOO_LARGE),
        ("too small", TOO_SMALL),
        ("empty", TOO_SMALL),
        ("another prefix", failed!(r#"["starts-with", "$key", "users/42/"]"#)),
        ("another content type", failed!(r#"["starts-with", "$Content-Type", "image/"]"#)),
        // It looks at the start of the list only.
        ("two content types", Laxer("201")),
        ("no content type", failed!(r#"["starts-with", "$Content-Type", "image/"]"#)),
        ("other metadata", failed!(r#"{"x-amz-meta-uploaded-by": "#)),
        ("no metadata", failed!(r#"{"x-amz-meta-uploaded-by": "#)),
        // It does not ask for a condition.
        ("more metadata", Laxer("201")),
        // It takes the first.
        ("metadata twice", Laxer("201")),
        ("an ACL", Laxer("201")),
        ("encryption", Laxer("201")),
        ("another status", failed!(r#"{"success_action_status": "201"}"#)),
        // It looks at the bucket of the URL only.
        ("another bucket in a field", Laxer("201")),
        ("another date", failed!(r#"{"X-Amz-Date": "#)),
        ("another region in the scope", failed!(r#"{"X-Amz-Credential": "#)),
        ("no key", Fails("500 InternalError: exception while calling s3.PostObject")),
        ("no policy", Laxer("201")),
        ("no signature", Same("400 InvalidArgument: Bucket POST must contain a field named 'X-Amz-Signature'.")),
        ("expired", Same("403 AccessDenied: Invalid according to Policy: Policy expired.")),
        // It verifies the signatures of URLs only.
        ("another signature", Laxer("201")),
        ("another policy", Laxer("201")),
        ("another secret", Laxer("201")),
        ("another bucket", failed!(r#"{"bucket": "#)),
        (
            "another file than that of the checksum",
            Same("400 InvalidRequest: Value for x-amz-checksum-sha256 header is invalid."),
        ),
    ],
    form_keys: &[],
};
