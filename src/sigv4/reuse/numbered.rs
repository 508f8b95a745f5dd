//! The parts of an upload: one request with many numbers.

use alloc::string::String;
use core::ops::Range;

use zeroize::Zeroizing;

use crate::Error;
use crate::decimal::Decimal;
use crate::sigv4::hash::{StartedHmac, StartedSha256};
use crate::sigv4::reuse::template::Template;
use crate::sigv4::reuse::thread::Second;
use crate::sigv4::{CanonicalRequest, Expires, SigningContext, Target};

/// A request with a number in its query and a number in one of its headers, to be signed again with others. Digits need no
/// encoding and a number changes no order.
pub(crate) struct NumberedRequest {
    /// The URL up to the first number.
    url: Zeroizing<String>,
    /// The hash of all whole blocks of the canonical request up to there.
    hash: StartedSha256,
    /// How many bytes at the end of `url` are not in `hash`.
    unhashed: usize,
    /// What follows the first number in the canonical request.
    rest: Template,
    /// How many bytes of it belong to the URL, too.
    query_end: usize,
    /// The second number, and where it is in `rest`.
    header: u64,
    digits: Range<usize>,
    hmac: StartedHmac,
}

impl NumberedRequest {
    /// Signs nothing yet. None if the request has no such parameter or no such header, if it has a secret header, which would
    /// stay behind the URL, or if it is signed with SigV4A.
    pub(crate) fn prepare(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        expires: Expires,
        [parameter, header]: [&str; 2],
    ) -> Result<Option<Self>, Error> {
        if target.parameters.has_secret() || context.region_set().is_some() {
            return Ok(None);
        }
        let second = Second::new(context);
        let canonical_request =
            CanonicalRequest::for_query(target, context, &second.query_start, expires, &mut String::new())?;
        Ok(Self::from_canonical(canonical_request, second.into_hmac(), parameter, header))
    }

    fn from_canonical(
        canonical_request: CanonicalRequest,
        hmac: StartedHmac,
        parameter: &str,
        header: &str,
    ) -> Option<Self> {
        let (text, query) = (canonical_request.as_str(), canonical_request.query_in_text());
        let number = number_after(text.get(query.clone())?, &["&", parameter, "="].concat())?;
        let (hash, unhashed) = StartedSha256::new(text.get(..query.start + number.start)?);
        // The query up to the number ends as the URL does, so what is not in a whole block is taken from there.
        if unhashed > number.start {
            return None;
        }
        let rest = Template::new(text.get(query.start + number.end..)?);
        let digits = number_after(rest.as_str(), &["\n", header, ":"].concat())?;
        let header = rest.as_str().get(digits.clone())?.parse().ok()?;
        let query_end = query.len() - number.end;
        let mut url = Zeroizing::new(canonical_request.into_url());
        let url_end = url.len() - query_end - number.len();
        url.truncate(url_end);
        Some(Self { url, hash, unhashed, rest, query_end, header, digits, hmac })
    }

    /// Appends the signed URL with these numbers.
    #[inline]
    pub(crate) fn presign(&mut self, context: &SigningContext<'_>, [parameter, header]: [u64; 2], url: &mut String) {
        if header != self.header {
            self.rest.replace(&mut self.digits, &Decimal::new(header));
            self.header = header;
        }
        let rest = self.rest.as_str();
        // At once, with room for the number and the signature, so that growing leaves no copies behind.
        url.reserve(self.url.len() + rest.len() + 128);
        url.push_str(&self.url);
        let unhashed = url.len() - self.unhashed;
        Decimal::new(parameter).write(url);
        let url_end = url.len() + self.query_end;
        url.push_str(rest);
        let sha256 = self.hash.finish(url.get(unhashed..).unwrap_or_default());
        url.truncate(url_end);
        self.hmac.sign(&sha256).append_to_url(context, url);
    }
}

/// Finds the digits behind a text.
fn number_after(text: &str, before: &str) -> Option<Range<usize>> {
    let start = text.find(before)? + before.len();
    let length = text.get(start..)?.find(|c: char| !c.is_ascii_digit());
    Some(start..start + length.unwrap_or(text.len() - start))
}
