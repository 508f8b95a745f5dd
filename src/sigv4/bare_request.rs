//! Requests with nothing but a method and a path: the most frequent ones.

use alloc::string::String;
use core::ops::Range;

use zeroize::Zeroizing;

use crate::sigv4::canonical_text::{CanonicalText, write_method};
use crate::sigv4::hash::sha256;
use crate::sigv4::{Expires, SigningContext, Target};
#[cfg(feature = "std")]
use crate::timestamp::AmzDate;

/// The lines after the canonical URI, for requests of one day and one expiry that have no parameters and no headers of
/// their own.
///
/// They are the same for all of these requests, except the time of day and the host, which need no encoding and change no
/// order. They are taken from a request that was written line by line.
#[derive(Default)]
pub(super) struct BareRequest {
    expires: Option<Expires>,
    /// From the line feed after the canonical URI on. There may be a session token in it.
    rest: Zeroizing<String>,
    /// In `rest`, in this order.
    query: Range<usize>,
    host: Range<usize>,
    /// In the query.
    time: Range<usize>,
    /// The lines after the host, which `rest` ends with.
    #[cfg(feature = "std")]
    after_host: String,
}

impl BareRequest {
    /// Takes the lines from a canonical request, if it is that of such a request.
    pub(super) fn learn(
        &mut self,
        canonical: &CanonicalText,
        text: &str,
        target: &Target<'_>,
        context: &SigningContext<'_>,
        expires: Expires,
    ) {
        if !target.is_bare() || canonical.has_own_uri {
            return;
        }
        let start = canonical.uri.end;
        self.expires = Some(expires);
        self.rest.clear();
        self.rest.push_str(text.get(start..).unwrap_or_default());
        self.query = canonical.query.start - start..canonical.query.end - start;
        // It is the only header.
        let host = self.query.end + "\nhost:".len();
        self.host = host..host + target.endpoint.authority().len();
        #[cfg(feature = "std")]
        {
            self.after_host.clear();
            self.after_host.push_str(self.rest.get(self.host.end..).unwrap_or_default());
        }
        let time = self.query.start + context.day().query.len();
        self.time = time..time + context.amz_date().time().len();
    }

    /// Changes the time to another instant of the same day.
    #[cfg(feature = "std")]
    pub(super) fn set_time(&mut self, amz_date: &AmzDate) {
        if self.expires.is_some() {
            self.rest.replace_range(self.time.clone(), amz_date.time());
        }
    }

    /// Changes the host to that of a target.
    #[cfg(feature = "std")]
    #[inline]
    pub(super) fn set_host(&mut self, target: &Target<'_>) {
        let host = target.endpoint.authority();
        if self.host() != host {
            self.rest.truncate(self.host.start);
            self.rest.push_str(host);
            self.host.end = self.rest.len();
            self.rest.push_str(&self.after_host);
        }
    }

    fn host(&self) -> &str {
        self.rest.get(self.host.clone()).unwrap_or_default()
    }

    /// Fits nothing any more.
    #[cfg(feature = "std")]
    pub(super) fn forget(&mut self) {
        self.expires = None;
    }

    /// Whether these are the lines after the canonical URI.
    #[inline]
    pub(super) fn fits(&self, target: &Target<'_>, expires: Expires) -> bool {
        self.fits_except_host(target, expires) && self.host() == target.endpoint.authority()
    }

    /// Whether they are once the host is changed.
    #[inline]
    pub(super) fn fits_except_host(&self, target: &Target<'_>, expires: Expires) -> bool {
        target.is_bare() && self.expires == Some(expires)
    }

    /// Writes the canonical request of a target that it fits. `text` must be empty.
    #[inline]
    pub(super) fn write(&self, target: &Target<'_>, text: &mut String) -> CanonicalText {
        write_method(target.method, text);
        let uri_start = text.len();
        target.path.write(text);
        let start = text.len();
        text.push_str(&self.rest);
        CanonicalText {
            uri: uri_start..start,
            has_own_uri: false,
            query: start + self.query.start..start + self.query.end,
            sha256: sha256(text),
        }
    }
}
