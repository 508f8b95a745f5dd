//! Requests with nothing but a method and a path: the most frequent ones.

use alloc::string::String;
use core::ops::Range;

use zeroize::Zeroizing;

use crate::sigv4::canonical_text::{CanonicalText, write_method};
use crate::sigv4::hash::sha256;
use crate::sigv4::{Expires, SigningContext, Target};
#[cfg(feature = "std")]
use crate::timestamp::AmzDate;

/// What follows the canonical URI, for requests to one host on one day and for one expiry, that have no parameters and no
/// headers of their own: it is the same for all of them but for the time of day, which needs no encoding and changes no
/// order. It is learnt from one that was written line by line.
#[derive(Default)]
pub(super) struct BareRequest {
    host: String,
    expires: Option<Expires>,
    /// From the line feed behind the canonical URI on. There may be a session token in it.
    rest: Zeroizing<String>,
    /// In `rest`.
    query: Range<usize>,
    time: Range<usize>,
}

impl BareRequest {
    /// Learns from a text. Nothing is learnt if that is no such request.
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
        self.host.clear();
        self.host.push_str(target.endpoint.authority());
        self.expires = Some(expires);
        self.rest.clear();
        self.rest.push_str(text.get(start..).unwrap_or_default());
        self.query = canonical.query.start - start..canonical.query.end - start;
        let time = self.query.start + context.day().query.len();
        self.time = time..time + context.amz_date().time().len();
    }

    /// Goes over to another instant of the same day.
    #[cfg(feature = "std")]
    pub(super) fn set_time(&mut self, amz_date: &AmzDate) {
        if self.expires.is_some() {
            self.rest.replace_range(self.time.clone(), amz_date.time());
        }
    }

    /// Fits nothing any more.
    #[cfg(feature = "std")]
    pub(super) fn forget(&mut self) {
        self.expires = None;
    }

    /// Whether this is what follows the canonical URI.
    #[inline]
    pub(super) fn fits(&self, target: &Target<'_>, expires: Expires) -> bool {
        target.is_bare() && self.expires == Some(expires) && self.host == target.endpoint.authority()
    }

    /// Writes the canonical request of a target that it fits. `text` has to be empty.
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
