//! Names that a caller may not use.

/// What the signer adds, as query parameters or headers, in lower case. A second one would let the server choose which
/// it believes.
pub(crate) fn is_signer_parameter(name: &str) -> bool {
    matches!(
        name,
        "x-amz-algorithm"
            | "x-amz-credential"
            | "x-amz-date"
            | "x-amz-expires"
            | "x-amz-region-set"
            | "x-amz-s3session-token"
            | "x-amz-security-token"
            | "x-amz-signature"
            | "x-amz-signedheaders"
    )
}

/// What it adds as headers only.
pub(crate) fn is_signer_header(name: &str) -> bool {
    matches!(name, "authorization" | "host")
}

/// Headers that end at the next proxy: RFC 9110 sections 7.6.1 and 11.7, and `Expect`, which a proxy may answer itself.
pub(crate) fn is_hop_by_hop_header(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "expect"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}
