//! What came back.

mod fields;
mod json;
mod text;
mod xml;

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::Timestamp;
use crate::diagnose::request::RequestParts;
use fields::Fields;

/// A response that refused a request, or what is known of it.
///
/// [`parse`](Self::parse) takes the body as it is: XML, JSON or prose, with or without the lines that `curl -i` prints before
/// it, or only a string to sign or a canonical request that was copied by hand. `Debug` shows no part of the body except the
/// code of the error.
#[derive(Clone, Default)]
pub struct Refusal {
    pub(super) status: Option<u16>,
    pub(super) code: Option<String>,
    /// Without the two strings.
    pub(super) message: Zeroizing<String>,
    pub(super) canonical_request: Option<Zeroizing<String>>,
    pub(super) string_to_sign: Option<Zeroizing<String>>,
    pub(super) signature_provided: Option<Zeroizing<String>>,
    pub(super) region: Option<String>,
    pub(super) headers_not_signed: Option<String>,
    /// The hash that the client sent, and that of the body that arrived.
    pub(super) content_sha256: [Option<String>; 2],
    pub(super) request_time: Option<String>,
    pub(super) server_time: Option<String>,
    pub(super) names_token: bool,
    pub(super) has_body: bool,
    pub(super) received_request: Option<RequestParts>,
    pub(super) received_at: Option<Timestamp>,
}

impl Refusal {
    /// How much of a body is read, in bytes: 256 KiB. The rest is ignored.
    ///
    /// That is more than any response about a signature: requests have at most some 16 KiB of URL and headers, which such a
    /// response repeats four times.
    pub const MAX_BODY: usize = 256 * 1024;

    /// Reads a response, in time proportional to its length.
    ///
    /// Any string is accepted: what is not found in it stays unknown. The status is that of the response, if it is known.
    ///
    /// ```
    /// use presign::diagnose::Refusal;
    ///
    /// let refusal = Refusal::parse(Some(403), "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
    /// assert_eq!(refusal.code(), Some("AccessDenied"));
    /// ```
    #[must_use]
    pub fn parse(status: Option<u16>, body: &str) -> Self {
        let body = limited(body).trim_start_matches('\u{feff}').trim();
        let mut fields = Fields::default();
        // Other software may have added something before the document, and JSON may have XML in a string.
        let from = |start: Option<usize>| start.and_then(|start| body.get(start..)).unwrap_or_default();
        if !body.starts_with(['{', '[']) {
            xml::read(from(body.find("<?xml").or_else(|| body.find("<Error")).or_else(|| body.find('<'))), &mut fields);
        }
        if fields.is_empty() {
            json::read(from(body.find(['{', '['])), &mut fields);
        }
        if fields.is_empty() {
            fields.code = text::code(body);
            fields.message = Some(Zeroizing::new(body.to_owned()));
        }
        Self::from_fields(status.or_else(|| status_line(body)), !body.is_empty(), fields)
    }

    fn from_fields(status: Option<u16>, has_body: bool, fields: Fields) -> Self {
        // Bytes come through chats and forms as they were sent, line feeds do not.
        let either = |dump: Option<Zeroizing<String>>, text: Option<Zeroizing<String>>| {
            let text = dump.and_then(|dump| text::from_hex(&dump)).or(text)?;
            Some(if text.contains('\r') { Zeroizing::new(text.replace("\r\n", "\n")) } else { text })
        };
        let mut canonical_request = either(fields.canonical_request_bytes, fields.canonical_request);
        let mut string_to_sign = either(fields.string_to_sign_bytes, fields.string_to_sign);
        let mut message = fields.message.unwrap_or_default();
        if canonical_request.is_none() && string_to_sign.is_none() {
            let strings = text::strings(&message);
            (canonical_request, string_to_sign) = (strings.canonical_request, strings.string_to_sign);
            message = Zeroizing::new(message.get(..strings.prose_end).unwrap_or_default().to_owned());
        }
        if let Some(details) = fields.details {
            message.push(' ');
            message.push_str(&details);
        }
        Self {
            status,
            code: fields.code,
            message,
            canonical_request,
            string_to_sign,
            signature_provided: fields.signature_provided,
            region: fields.region,
            headers_not_signed: fields.headers_not_signed,
            content_sha256: [fields.client_sha256, fields.store_sha256],
            request_time: fields.request_time,
            server_time: fields.server_time,
            names_token: fields.names_token,
            has_body,
            received_request: None,
            received_at: None,
        }
    }

    /// Adds the request that really arrived, as the log of a server, a proxy or a HAR file has it.
    ///
    /// The URL is what was requested, not decoded; a request target such as `/key?X-Amz-Algorithm=…` is enough if there is a
    /// header `host`. Give all headers. It is used if the store does not return what it signed, which is more certain.
    ///
    /// ```
    /// # use presign::diagnose::{Cause, Refusal, Signed, diagnose};
    /// # let url = "https://user-media.s3.eu-west-1.amazonaws.com/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=\
    /// #     AKIAIOSFODNN7EXAMPLE%2F20240315%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20240315T081530Z&X-Amz-Expires=60&\
    /// #     X-Amz-SignedHeaders=host&X-Amz-Signature=00";
    /// let signed = Signed::from_url("GET", url, []).expect("a signature");
    /// let headers = [("host", "user-media.s3.eu-west-1.amazonaws.com"), ("accept", "*/*")];
    /// let refusal = Refusal::parse(Some(403), "").received_request("HEAD", url, headers);
    /// assert_eq!(diagnose(&signed, &refusal).cause(), Some(Cause::Method));
    /// ```
    #[must_use]
    pub fn received_request<'h>(
        mut self,
        method: &str,
        url: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h str)>,
    ) -> Self {
        self.received_request = Some(RequestParts::new(method, url, headers));
        self
    }

    /// Adds the time on the clock of the machine that signed, when the response came.
    ///
    /// It tells a URL that has expired from a clock that is wrong.
    #[must_use]
    pub fn received_at(self, local_time: Timestamp) -> Self {
        Self { received_at: Some(local_time), ..self }
    }

    /// Returns the code of the error, such as `SignatureDoesNotMatch`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the canonical request of the store. It may hold a session token: do not log it.
    #[must_use]
    pub fn canonical_request(&self) -> Option<&str> {
        self.canonical_request.as_ref().map(|text| text.as_str())
    }

    /// Returns the string to sign of the store. For a form, that is its policy.
    #[must_use]
    pub fn string_to_sign(&self) -> Option<&str> {
        self.string_to_sign.as_ref().map(|text| text.as_str())
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal").field("status", &self.status).field("code", &self.code).finish_non_exhaustive()
    }
}

/// The start of a text that is read, which ends between two characters.
fn limited(body: &str) -> &str {
    if body.len() <= Refusal::MAX_BODY {
        return body;
    }
    let end = (0..=Refusal::MAX_BODY).rev().find(|end| body.is_char_boundary(*end));
    body.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// `HTTP/1.1 403 Forbidden`
fn status_line(body: &str) -> Option<u16> {
    body.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?.parse().ok()
}
