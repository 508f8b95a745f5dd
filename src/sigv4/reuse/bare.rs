//! Requests with nothing but a method and a path: the most frequent ones.

use alloc::string::String;
use core::ops::Range;

use crate::Error;
use crate::sigv4::canonical::{QueryStart, turn_into_url};
use crate::sigv4::reuse::template::Template;
use crate::sigv4::{CanonicalRequest, Expires, Payload, SigningContext, Target};

/// A request that has no parameters and no headers of its own. Of all such requests with one expiry and one payload line,
/// only the method, the path, the start of the query and the host differ, whoever signs them. A host needs no encoding and
/// changes no order.
pub(super) struct BareRequest {
    /// With a hole for everything up to the time of the signature.
    template: Template,
    expires: Expires,
    payload: Payload,
    host: Range<usize>,
}

impl BareRequest {
    /// Whether a request is one.
    #[inline]
    pub(super) fn is_one(target: &Target<'_>, context: &SigningContext<'_>) -> bool {
        let service = context.service();
        target.is_bare() && service.signs_path_of_url() && !service.requires_unsigned_payload()
            // It must not stay in what a thread keeps.
            && context.credentials().session_token().is_none()
    }

    pub(super) fn new(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        query_start: &QueryStart,
        expires: Expires,
    ) -> Result<Option<Self>, Error> {
        let canonical_request = CanonicalRequest::for_query(target, context, query_start, expires, &mut String::new())?;
        let query = canonical_request.query();
        let hole = 0..query.start + query_start.as_str().len();
        let host_start = query.end + "\nhost:".len() - hole.end;
        Ok(Template::new(canonical_request, hole).map(|template| Self {
            template,
            expires,
            payload: context.service().default_presigned_payload(),
            host: host_start..host_start + target.endpoint.authority().len(),
        }))
    }

    /// Whether it is the same except for what differs.
    #[inline]
    pub(super) fn fits(&self, context: &SigningContext<'_>, expires: Expires) -> bool {
        self.expires == expires && self.payload == context.service().default_presigned_payload()
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request.
    #[inline]
    pub(super) fn write(&mut self, target: &Target<'_>, query_start: &QueryStart, url: &mut String) -> [u8; 32] {
        let (url_base, query_start) = (target.endpoint.url_base(), query_start.as_str());
        self.template.replace(&mut self.host, target.endpoint.authority());
        let hole_bytes = url_base.len() + target.path.len() + query_start.len();
        let (mut start, mut uri_start, mut path_end) = (0, 0, 0);
        let sha256 = self.template.write(url, hole_bytes, |url, _| {
            url.push_str(url_base);
            start = url.len();
            url.push_str(target.method.as_str());
            url.push('\n');
            uri_start = url.len();
            target.path.write(url);
            path_end = url.len();
            url.push('\n');
            url.push_str(query_start);
            start
        });
        turn_into_url(url, start, uri_start, path_end);
        sha256
    }
}
