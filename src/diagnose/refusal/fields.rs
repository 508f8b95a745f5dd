//! What a parser looks for in a response.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use zeroize::Zeroizing;

/// The names that stores use, in lower case and without `-` and `_`.
///
/// Each is taken where it appears first.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) code: Option<String>,
    pub(super) message: Option<Zeroizing<String>>,
    /// Google Cloud Storage: when an expired URL expired.
    pub(super) details: Option<Zeroizing<String>>,
    pub(super) string_to_sign: Option<Zeroizing<String>>,
    pub(super) string_to_sign_bytes: Option<Zeroizing<String>>,
    pub(super) canonical_request: Option<Zeroizing<String>>,
    pub(super) canonical_request_bytes: Option<Zeroizing<String>>,
    pub(super) signature_provided: Option<Zeroizing<String>>,
    pub(super) region: Option<String>,
    pub(super) headers_not_signed: Option<String>,
    pub(super) client_sha256: Option<String>,
    pub(super) store_sha256: Option<String>,
    pub(super) request_time: Option<String>,
    pub(super) server_time: Option<String>,
    /// The session token that expired, of which nothing but its presence is kept.
    pub(super) names_token: bool,
}

impl Fields {
    /// Takes a value if its name is one of those that are looked for.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        // com.amazon.coral.service#InvalidSignatureException:http://…
        if name == "__type" {
            let code = value.rsplit('#').next().unwrap_or_default();
            return self.add("code", code.split(':').next().unwrap_or_default());
        }
        let name: String = name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
        let secret = |value: &str| Zeroizing::new(value.trim().to_owned());
        let public = |value: &str| value.trim().to_owned();
        match name.as_str() {
            "code" if !value.trim().is_empty() => _ = self.code.get_or_insert_with(|| public(value)),
            "message" | "errormessage" => _ = self.message.get_or_insert_with(|| secret(value)),
            "details" => _ = self.details.get_or_insert_with(|| secret(value)),
            "stringtosign" => _ = self.string_to_sign.get_or_insert_with(|| secret(value)),
            "stringtosignbytes" => _ = self.string_to_sign_bytes.get_or_insert_with(|| secret(value)),
            "canonicalrequest" => _ = self.canonical_request.get_or_insert_with(|| secret(value)),
            "canonicalrequestbytes" => _ = self.canonical_request_bytes.get_or_insert_with(|| secret(value)),
            "signatureprovided" => _ = self.signature_provided.get_or_insert_with(|| secret(value)),
            "region" => _ = self.region.get_or_insert_with(|| public(value)),
            "headersnotsigned" => _ = self.headers_not_signed.get_or_insert_with(|| public(value)),
            "clientcomputedcontentsha256" => _ = self.client_sha256.get_or_insert_with(|| public(value)),
            "s3computedcontentsha256" => _ = self.store_sha256.get_or_insert_with(|| public(value)),
            "requesttime" => _ = self.request_time.get_or_insert_with(|| public(value)),
            "servertime" => _ = self.server_time.get_or_insert_with(|| public(value)),
            "token0" => self.names_token = true,
            _ => {}
        }
    }

    /// Whether nothing was found that a response about an error has.
    pub(super) fn is_empty(&self) -> bool {
        self.code.is_none()
            && self.message.is_none()
            && self.string_to_sign.is_none()
            && self.string_to_sign_bytes.is_none()
            && self.canonical_request.is_none()
            && self.canonical_request_bytes.is_none()
    }
}
