//! The parts of an upload: one request with many numbers.

use alloc::string::String;
use core::ops::Range;

use crate::Error;
use crate::decimal::Decimal;
use crate::sigv4::reuse::template::Template;
use crate::sigv4::signer::put_signature;
use crate::sigv4::signing_key::StartedKey;
use crate::sigv4::signing_second::SigningSecond;
use crate::sigv4::{CanonicalRequest, Expires, SigningContext, StringToSign, Target};

/// A request with a number in its query and a number in one of its headers, to be signed again with others. Digits need no
/// encoding and a number changes no order.
pub(crate) struct NumberedRequest {
    /// With a hole in the place of the first number.
    template: Template,
    /// The second number, and where it is.
    header: u64,
    digits: Range<usize>,
    signing_key: StartedKey,
}

impl NumberedRequest {
    /// Signs nothing yet. None if the request has no such parameter or no such header.
    pub(crate) fn new(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        expires: Expires,
        [parameter, header]: [&str; 2],
    ) -> Result<Option<Self>, Error> {
        let SigningSecond { query_start, signing_key, .. } = SigningSecond::new(context);
        let canonical_request =
            CanonicalRequest::for_query(target, context, &query_start, expires, &mut String::new())?;
        Ok(Self::from_canonical(canonical_request, signing_key, parameter, header))
    }

    fn from_canonical(
        canonical_request: CanonicalRequest,
        signing_key: StartedKey,
        parameter: &str,
        header: &str,
    ) -> Option<Self> {
        let query = canonical_request.query();
        let number = number_after(canonical_request.as_str().get(query.clone())?, &["&", parameter, "="].concat())?;
        let hole = query.start + number.start..query.start + number.end;
        let template = Template::new(canonical_request, hole)?;
        let digits = number_after(template.rest(), &["\n", header, ":"].concat())?;
        let header = template.rest().get(digits.clone())?.parse().ok()?;
        Some(Self { template, header, digits, signing_key })
    }

    /// Appends the signed URL with these numbers.
    #[inline]
    pub(crate) fn presign(&mut self, context: &SigningContext<'_>, [parameter, header]: [u64; 2], url: &mut String) {
        if header != self.header {
            self.template.replace(&mut self.digits, &Decimal::new(header));
            self.header = header;
        }
        let sha256 = self.template.write(url, Decimal::LONGEST.into(), |url, unhashed| {
            let unhashed_start = url.len() - unhashed;
            Decimal::new(parameter).write(url);
            unhashed_start
        });
        let signature = self.signing_key.sign(&StringToSign::new(context, sha256));
        put_signature(context, &signature, url);
    }
}

/// Finds the digits behind a text.
fn number_after(text: &str, before: &str) -> Option<Range<usize>> {
    let start = text.find(before)? + before.len();
    let length = text.get(start..)?.find(|c: char| !c.is_ascii_digit());
    Some(start..start + length.unwrap_or(text.len() - start))
}
