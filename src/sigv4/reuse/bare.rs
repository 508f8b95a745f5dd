//! Requests with nothing but a method and a path: the most frequent ones.

use alloc::string::String;
use core::mem;
use core::ops::Range;

use crate::Error;
use crate::sigv4::canonical::QueryStart;
use crate::sigv4::reuse::template::Template;
use crate::sigv4::{CanonicalRequest, Expires, Payload, SigningContext, Target};

/// The end of the canonical request of a request that has no parameters and no headers of its own, from the time in its query
/// on. It is the same for all such requests with one expiry and one payload line, whoever signs them, but for the host, which
/// needs no encoding and changes no order.
pub(in crate::sigv4) struct BareRequest {
    template: Template,
    expires: Expires,
    payload: Payload,
    host: Range<usize>,
    /// How much of it is in the query.
    query_end: usize,
}

impl BareRequest {
    /// Writes the canonical request with what is kept, which is made first if it does not fit. None if the request is not one
    /// of these.
    #[inline]
    pub(in crate::sigv4) fn canonical_request(
        kept: &mut Option<Self>,
        target: &Target<'_>,
        context: &SigningContext<'_>,
        (query_start, expires): (&QueryStart, Expires),
        buffer: &mut String,
    ) -> Result<Option<CanonicalRequest>, Error> {
        let service = context.service();
        if !service.signs_path_of_url() || service.requires_unsigned_payload()
            // It must not stay in what a thread keeps.
            || context.credentials().session_token().is_some()
        {
            return Ok(None);
        }
        let payload = service.default_presigned_payload();
        let bare = match kept {
            Some(bare) if bare.expires == expires && bare.payload == payload => bare,
            other => other.insert(Self::new(target, context, query_start, expires)?),
        };
        bare.template.replace(&mut bare.host, target.endpoint.authority());
        Ok(Some(bare.write(target, query_start, buffer)))
    }

    fn new(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        query_start: &QueryStart,
        expires: Expires,
    ) -> Result<Self, Error> {
        let canonical_request = CanonicalRequest::for_query(target, context, query_start, expires, &mut String::new())?;
        let query = canonical_request.query();
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

    #[inline]
    fn write(&self, target: &Target<'_>, query_start: &QueryStart, buffer: &mut String) -> CanonicalRequest {
        let (end, query_start) = (self.template.as_str(), query_start.as_str());
        // With room for a signature.
        buffer.reserve(target.endpoint.url_base().len() + target.path.len() + query_start.len() + end.len() + 128);
        CanonicalRequest::with_query_and_rest(target, mem::take(buffer), |buffer| {
            buffer.push_str(query_start);
            buffer.push_str(end);
            query_start.len() + self.query_end
        })
    }
}
