//! Ceph RGW 16.2.15: verifies URLs, forms and their policies. Many of its refusals have no words.

use crate::known::Does::{self, Laxer, Same};
use crate::known::Known;

const SIGNATURE: Does = Same("403 SignatureDoesNotMatch");
const DENIED: Does = Same("403 AccessDenied: ");

macro_rules! policy {
    ($message:literal) => {
        Same(concat!("403 AccessDenied: Policy ", $message))
    };
}

pub(super) const CEPH: Known = Known {
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
        ("no signature", DENIED),
        ("another secret", SIGNATURE),
        ("expired", DENIED),
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
        // It does not ask that metadata is signed, and does not look at this checksum.
        ("PUT with more metadata", Laxer("200")),
        ("PUT of another file than that of the checksum", Laxer("200")),
    ],
    keys: &[],
    forms: &[
        ("too large", Same("400 EntityTooLarge")),
        ("too small", Same("400 EntityTooSmall")),
        ("empty", Same("400 EntityTooSmall")),
        ("another prefix", policy!("condition failed: starts-with: $key, users/42/")),
        ("another content type", policy!("condition failed: starts-with: $Content-Type, image/")),
        // It looks at the start of the list only.
        ("two content types", Laxer("201")),
        ("no content type", policy!("condition failed: starts-with: $Content-Type, image/")),
        ("other metadata", policy!("check failed, variable not met condition: x-amz-meta-uploaded-by")),
        ("no metadata", policy!("check failed, variable not found: x-amz-meta-uploaded-by")),
        ("more metadata", policy!("missing condition: x-amz-meta-more")),
        // It takes one of them.
        ("metadata twice", Laxer("201")),
        ("an ACL", policy!("missing condition: acl")),
        ("encryption", policy!("missing condition: x-amz-server-side-encryption")),
        ("another status", policy!("check failed, variable not met condition: success_action_status")),
        // It looks at the bucket of the URL only.
        ("another bucket in a field", Laxer("201")),
        ("another date", policy!("check failed, variable not met condition: X-Amz-Date")),
        ("another region in the scope", DENIED),
        ("no key", Same("400 InvalidArgument: Key not specified")),
        ("no policy", DENIED),
        ("no signature", Same("400 InvalidArgument: Missing aws4 signature")),
        ("expired", policy!("expired")),
        ("another signature", DENIED),
        ("another policy", DENIED),
        ("another secret", DENIED),
        ("another bucket", policy!("check failed, variable not met condition: bucket")),
        // It does not look at this checksum.
        ("another file than that of the checksum", Laxer("201")),
    ],
    form_keys: &[],
};
