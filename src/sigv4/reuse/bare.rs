//! Requests with nothing but a method and a path: the most frequent ones.

use alloc::string::String;
use core::ops::Range;

use crate::Error;
use crate::sigv4::canonical::QueryStart;
use crate::sigv4::reuse::template::Template;
use crate::sigv4::{CanonicalRequest, Expires, Payload, SigningContext, Target};

/// The end of the canonical request of a request that has no parameters and no headers of its own, from the time in its query
/// on. It is the same for all such requests with one expiry and one payload line, whoever signs them, except for the host, which
/// needs no encoding and changes no order.
pub(super) struct BareRequest {
    template: Template,
    expires: Expires,
    payload: Payload,
    host: Range<usize>,
    /// Where the query ends in it.
    query_end: usize,
}

impl BareRequest {
    /// Whether a request is one of these.
    #[inline]
    pub(super) fn is_one(target: &Target<'_>, context: &SigningContext<'_>) -> bool {
        let service = context.service();
        target.is_bare() && service.signs_path_of_url() && !service.requires_unsigned_payload()
            // A session token must not stay in what a thread keeps.
            && context.credentials().session_token().is_none()
    }

    /// Whether it is the same for a request with this expiry, except for the host.
    #[inline]
    pub(super) fn fits(&self, context: &SigningContext<'_>, expires: Expires) -> bool {
        self.expires == expires && self.payload == context.service().default_presigned_payload()
    }

    /// Returns the text for a host, and where the query ends in it.
    #[inline]
    pub(super) fn end_for(&mut self, host: &str) -> (&str, usize) {
        self.template.replace(&mut self.host, host);
        (self.template.as_str(), self.query_end)
    }

    pub(super) fn new(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        query_start: &QueryStart,
        expires: Expires,
    ) -> Result<Self, Error> {
        let canonical_request = CanonicalRequest::for_query(target, context, query_start, expires, &mut String::new())?;
        let query = canonical_request.query_in_text();
        let start = query.start + query_start.as_str().len();
        let query_end = query.end - start;
        let host_start = query_end + "\nhost:".len();
        Ok(Self {
            template: Template::new(canonical_request.as_str().get(start..).unwrap_or_default()),
            expires,
            payload: context.service().default_presigned_payload(),
            host: host_start..host_start + target.endpoint.authority().len(),
            query_end,
        })
    }
}
