//! The headers that a script in a browser cannot set.

/// Whether the Fetch standard reserves a header, given in lower case, for the browser.
///
/// Source: [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header). The headers that override
/// a method (`x-http-method`) are left out: they are forbidden with some values only, and no store reads them.
pub(crate) fn is_forbidden(name: &str) -> bool {
    name.starts_with("proxy-") || name.starts_with("sec-") || FORBIDDEN.contains(&name)
}

const FORBIDDEN: &[&str] = &[
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];
