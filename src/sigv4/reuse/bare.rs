//! Requests with nothing but a method and a path: the most frequent ones.

use alloc::string::String;
use core::ops::Range;

use sha2::Digest as _;

use crate::Error;
use crate::sigv4::canonical::QueryStart;
use crate::sigv4::reuse::template::Template;
use crate::sigv4::{CanonicalRequest, Expires, SigningContext, Target};
use crate::timestamp::AmzDate;

/// A request that has no parameters and no headers of its own. Of all such requests of one day and one expiry, only the
/// method, the path, the time and the host differ. None of the last two needs encoding or changes an order.
pub(super) struct BareRequest {
    /// With a hole in the place of the method and the path.
    template: Template,
    expires: Expires,
    time: Range<usize>,
    host: Range<usize>,
}

impl BareRequest {
    /// Whether a request is one.
    #[inline]
    pub(super) fn is_one(target: &Target<'_>, context: &SigningContext<'_>) -> bool {
        target.is_bare() && context.service().signs_path_of_url()
            // It must not stay in what a thread keeps.
            && context.credentials().session_token().is_none()
    }

    pub(super) fn new(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        query_start: &QueryStart,
        expires: Expires,
    ) -> Result<Self, Error> {
        let canonical_request = CanonicalRequest::for_query(target, context, query_start, expires, &mut String::new())?;
        let host_start = canonical_request.query().len() + "\nhost:".len();
        Ok(Self {
            template: Template::with_hole_before_query(&canonical_request),
            expires,
            time: query_start.time(),
            host: host_start..host_start + target.endpoint.authority().len(),
        })
    }

    #[inline]
    pub(super) fn has_expiry(&self, expires: Expires) -> bool {
        self.expires == expires
    }

    /// Goes over to another time of the same day.
    pub(super) fn set_time(&mut self, amz_date: &AmzDate) {
        self.template.replace(&mut self.time, amz_date.as_str());
    }

    /// Appends the URL without the signature, and returns the hash of the canonical request.
    #[inline]
    pub(super) fn write(&mut self, target: &Target<'_>, url: &mut String) -> [u8; 32] {
        self.template.replace(&mut self.host, target.endpoint.authority());
        url.reserve(target.endpoint.url_base().len() + target.path.len());
        self.template.write(url, |url, hash| {
            url.push_str(target.endpoint.url_base());
            let path_start = url.len();
            target.path.write(url);
            hash.update(target.method.as_str());
            hash.update("\n");
            hash.update(url.get(path_start..).unwrap_or_default());
            hash.update("\n");
            url.push('?');
        })
    }
}
