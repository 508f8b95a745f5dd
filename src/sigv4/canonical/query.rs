//! `CanonicalQueryString`: the parameters, which are also the query of the URL.

use alloc::string::String;
use core::cmp::Ordering;

use crate::decimal::Decimal;
use crate::encode;
use crate::sigv4::canonical::headers::CanonicalHeaders;
use crate::sigv4::request::QueryParameter;
use crate::sigv4::{CredentialScope, Expires};

/// The parameters of a query in canonical order: by encoded name, and if names are equal by encoded value, as AWS's test suite
/// has them.
pub(in crate::sigv4) enum CanonicalQuery<'r> {
    /// Of a request that is being signed. Each parameter is percent-encoded when it is written.
    Outgoing {
        /// Those of a signature in the query.
        signer: Option<SignerParameters<'r>>,
        /// All others, in canonical order.
        others: &'r [QueryParameter<'r>],
    },
    /// Of a request that was received, in pieces between which an ampersand is missing.
    #[cfg(feature = "verify")]
    Received(&'r [&'r str]),
}

/// `X-Amz-Algorithm` to `X-Amz-SignedHeaders`.
pub(in crate::sigv4) struct SignerParameters<'r> {
    pub(super) start: &'r QueryStart,
    pub(super) expires: Expires,
    /// `X-Amz-Region-Set`, of SigV4A.
    pub(super) region_set: Option<&'r str>,
    /// Its name, and its value percent-encoded, if it is signed.
    pub(super) session_token: Option<(&'static str, &'r str)>,
    pub(super) signed_headers: &'r CanonicalHeaders<'r>,
}

impl CanonicalQuery<'_> {
    #[inline]
    pub(super) fn write(&self, out: &mut String) {
        let (signer, others) = match self {
            Self::Outgoing { signer, others } => (signer, others),
            #[cfg(feature = "verify")]
            Self::Received(pieces) => return write_received(pieces, out),
        };
        let mut others = Others(others);
        if let Some(signer) = signer {
            signer.start.write(&mut others, out);
            others.write_before("X-Amz-Expires", out);
            out.push_str("&X-Amz-Expires=");
            Decimal::new(signer.expires.seconds()).write(out);
            if let Some(region_set) = signer.region_set {
                others.write_before("X-Amz-Region-Set", out);
                out.push_str("&X-Amz-Region-Set=");
                encode::query(region_set, out);
            }
            if let Some((name, encoded_token)) = signer.session_token {
                others.write_before(name, out);
                out.push('&');
                out.push_str(name);
                out.push('=');
                out.push_str(encoded_token);
            }
            others.write_before("X-Amz-SignedHeaders", out);
            out.push_str("&X-Amz-SignedHeaders=");
            signer.signed_headers.write_encoded_names(out);
        } else if let Some(first) = others.next() {
            write_parameter(first, out);
        }
        for parameter in others {
            out.push('&');
            write_parameter(parameter, out);
        }
    }
}

/// Parameters that are not written yet.
struct Others<'r>(&'r [QueryParameter<'r>]);

impl Others<'_> {
    /// Writes those that come before a parameter of the signer.
    #[inline]
    fn write_before(&mut self, name: &str, out: &mut String) {
        while let Some(parameter) = self.next_before(name) {
            out.push('&');
            write_parameter(parameter, out);
        }
    }

    #[inline]
    fn next_before(&mut self, name: &str) -> Option<&QueryParameter<'_>> {
        let first = self.0.first()?;
        if encode::compare_encoded(&first.name, name) == Ordering::Less { self.next() } else { None }
    }
}

impl<'r> Iterator for Others<'r> {
    type Item = &'r QueryParameter<'r>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }
}

#[cfg(feature = "verify")]
fn write_received(pieces: &[&str], out: &mut String) {
    let Some((first, others)) = pieces.split_first() else { return };
    out.push_str(first);
    for piece in others {
        out.push('&');
        out.push_str(piece);
    }
}

fn write_parameter(parameter: &QueryParameter<'_>, out: &mut String) {
    encode::query(&parameter.name, out);
    out.push('=');
    encode::query(&parameter.value, out);
}

/// The signer's first three parameters, which are the same for all requests of one context.
pub(in crate::sigv4) struct QueryStart {
    text: String,
    /// Where the first and the second end.
    ends: [usize; 2],
}

impl QueryStart {
    pub(in crate::sigv4) fn new(access_key_id: &str, scope: &CredentialScope<'_>) -> Self {
        let credential = scope.credential(access_key_id);
        let mut text = String::with_capacity(2 * credential.len() + 100);
        text.push_str("X-Amz-Algorithm=");
        text.push_str(scope.algorithm());
        let algorithm_end = text.len();
        text.push_str("&X-Amz-Credential=");
        encode::query(&credential, &mut text);
        let credential_end = text.len();
        text.push_str("&X-Amz-Date=");
        text.push_str(scope.amz_date().as_str());
        Self { text, ends: [algorithm_end, credential_end] }
    }

    /// Goes over to another time of the same day.
    #[cfg(feature = "std")]
    pub(in crate::sigv4) fn set_time(&mut self, time: &str) {
        self.text.truncate(self.text.len() - time.len());
        self.text.push_str(time);
    }

    #[inline]
    pub(in crate::sigv4) fn as_str(&self) -> &str {
        &self.text
    }

    #[inline]
    fn write(&self, others: &mut Others<'_>, out: &mut String) {
        if others.0.is_empty() {
            return out.push_str(&self.text);
        }
        let [algorithm_end, credential_end] = self.ends;
        let (start, date) = self.text.split_at_checked(credential_end).unwrap_or_default();
        let (algorithm, credential) = start.split_at_checked(algorithm_end).unwrap_or_default();
        while let Some(parameter) = others.next_before("X-Amz-Algorithm") {
            write_parameter(parameter, out);
            out.push('&');
        }
        out.push_str(algorithm);
        others.write_before("X-Amz-Credential", out);
        out.push_str(credential);
        others.write_before("X-Amz-Date", out);
        out.push_str(date);
    }
}
