//! The text of the canonical request: the seven lines, or more, in the order in which the specification has them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::decimal::Decimal;
use crate::header::Header;
use crate::parameters::CONTENT_SHA256;
use crate::sigv4::canonical_headers::CanonicalHeaders;
use crate::sigv4::canonical_query::{CanonicalQuery, signer_parameter, write_caller_query};
use crate::sigv4::canonical_uri::write_canonical_uri;
use crate::sigv4::hashed_text::HashedText;
use crate::sigv4::payload::{SignatureIn, authorized_content_sha256, payload_line, presigned_content_sha256};
use crate::sigv4::{Expires, SigningContext, Target};
use crate::{Error, Method};

/// What there is to know of a text that has been written.
pub(super) struct CanonicalText {
    /// The second line.
    pub(super) uri: Range<usize>,
    /// Whether that is not the path of the URL.
    pub(super) has_own_uri: bool,
    /// The third line.
    pub(super) query: Range<usize>,
    pub(super) sha256: [u8; 32],
}

impl CanonicalText {
    /// For a signature in the query. `text` has to be empty, and is so after an error.
    #[inline]
    pub(super) fn write_for_query(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        expires: Expires,
        text: &mut String,
    ) -> Result<Self, Error> {
        let service = context.service();
        let payload = check(target, context, SignatureIn::Query)?;
        let content_sha256 = presigned_content_sha256(target, service);
        let host = || Header::of_signer("host", target.endpoint.authority());
        let signer = match &content_sha256 {
            None => &[host()][..],
            Some(value) => &[host(), Header::of_signer(CONTENT_SHA256, value)],
        };
        let headers = CanonicalHeaders::new(signer, target.parameters.headers());
        if text.capacity() == 0 || has_secret(target, context) {
            text.reserve(room(target, context));
        }

        let mut text = HashedText::new(text);
        write_method(target.method, &mut text);
        let (uri, has_own_uri) = text.range_of(|text| write_canonical_uri(&target.path, service, text));
        text.push('\n');
        let (query, ()) = text.range_of(|text| {
            let time = context.amz_date().time();
            let mut query = CanonicalQuery::new(text, &context.day().query, time, target.parameters.query());
            Decimal::new(expires.seconds()).write(query.signer(signer_parameter!("X-Amz-Expires")));
            if let Some(token) = context.signed_encoded_session_token() {
                query.signer(service.session_token_query()).push_str(token);
            }
            headers.write_encoded_names(query.signer(signer_parameter!("X-Amz-SignedHeaders")));
            query.finish();
        });
        Ok(Self::finish(text, uri, has_own_uri, query, &headers, &payload))
    }

    /// For a signature in the `Authorization` header. `text` has to be empty, and is so after an error.
    pub(super) fn write_for_header(
        target: &Target<'_>,
        context: &SigningContext<'_>,
        text: &mut String,
    ) -> Result<Self, Error> {
        let service = context.service();
        let payload = check(target, context, SignatureIn::Header)?;
        let signer = authorization_headers(target, context, &payload);
        let headers = CanonicalHeaders::new(&signer, target.parameters.headers());
        text.reserve(room(target, context));

        let mut text = HashedText::new(text);
        write_method(target.method, &mut text);
        let (uri, has_own_uri) = text.range_of(|text| write_canonical_uri(&target.path, service, text));
        text.push('\n');
        let (query, ()) = text.range_of(|text| write_caller_query(target.parameters.query(), text));
        Ok(Self::finish(text, uri, has_own_uri, query, &headers, &payload))
    }

    /// Writes what follows the query.
    #[inline]
    fn finish(
        mut text: HashedText<'_>,
        uri: Range<usize>,
        has_own_uri: bool,
        query: Range<usize>,
        headers: &CanonicalHeaders<'_>,
        payload: &str,
    ) -> Self {
        text.push('\n');
        headers.write_lines(&mut text);
        text.push('\n');
        headers.write_names(&mut text);
        text.push('\n');
        text.push_str(payload);
        Self { uri, has_own_uri, query, sha256: text.finish() }
    }

    /// Appends the URL that belongs to this text, without a signature.
    #[inline]
    pub(super) fn write_url(&self, target: &Target<'_>, text: &str, url: &mut String) {
        let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        url.push_str(target.endpoint.url_base());
        if self.has_own_uri {
            target.path.write(url);
        } else {
            url.push_str(part(&self.uri));
        }
        if !self.query.is_empty() {
            url.push('?');
            url.push_str(part(&self.query));
        }
    }
}

/// The headers that the signer adds for a signature in the `Authorization` header.
pub(super) fn authorization_headers<'r>(
    target: &Target<'r>,
    context: &'r SigningContext<'_>,
    payload: &'r str,
) -> Vec<Header<'r>> {
    let service = context.service();
    let content_sha256 = authorized_content_sha256(target, service, payload);
    let headers = [
        Some(("host", target.endpoint.authority())),
        content_sha256.map(|value| (CONTENT_SHA256, value)),
        Some(("x-amz-date", context.amz_date().as_str())),
        context.signed_session_token().map(|token| (service.session_token_header(), token)),
    ];
    headers.into_iter().flatten().map(|(name, value)| Header::of_signer(name, value)).collect()
}

/// Everything that can be wrong with a request; after it, writing cannot fail.
#[inline]
fn check<'r>(target: &Target<'r>, context: &SigningContext<'_>, signature: SignatureIn) -> Result<Cow<'r, str>, Error> {
    context.check_credentials()?;
    target.parameters.check()?;
    if !context.service().encodes_path_twice() {
        // The path is signed as it is sent, so it has to be in the form that the server will compute.
        target.path.check_canonical()?;
    }
    payload_line(target, context.service(), signature)
}

/// Whether anything in the text must not stay in memory.
#[inline]
fn has_secret(target: &Target<'_>, context: &SigningContext<'_>) -> bool {
    context.has_session_token() || target.parameters.has_secret()
}

/// Enough bytes for the text, whatever has to be encoded: growing would leave a copy of a secret behind.
fn room(target: &Target<'_>, context: &SigningContext<'_>) -> usize {
    let path = target.path.base.len() + target.path.encoded.len() + target.path.raw.len();
    let query = target.parameters.query().iter().map(|parameter| parameter.name.len() + parameter.value.len() + 2);
    let header =
        |header: &Header<'_>| header.name.pieces().map(str::len).iter().sum::<usize>() + header.value.len() + 8;
    let headers = target.parameters.headers().iter().map(header);
    let token = context.day().encoded_session_token.as_ref().map_or(0, |token| token.len());
    let signer = context.day().query.len() + target.endpoint.authority().len() + token + 400;
    // A path that is encoded twice, and a name of a header with its three places, take five bytes for one, at most.
    5 * (path + query.sum::<usize>() + headers.sum::<usize>()) + signer
}

/// Writes the first line.
#[inline]
pub(super) fn write_method(method: Method, text: &mut String) {
    text.push_str(method.as_str());
    text.push('\n');
}
