//! The canonical request of a request that was received.

use alloc::string::String;

use crate::sigv4::canonical::CanonicalParts;
use crate::sigv4::canonical::headers::CanonicalHeaders;
use crate::sigv4::canonical::query::CanonicalQuery;
use crate::sigv4::canonical::uri::CanonicalUri;
use crate::sigv4::hash::sha256;
use crate::sigv4::{Header, Path, Service};

/// What a server knows of a request whose signature it verifies.
#[derive(Clone, Copy)]
pub(crate) struct ReceivedParts<'r> {
    pub(crate) method: &'r str,
    /// Percent-encoded once.
    pub(crate) path: &'r str,
    pub(crate) service: &'r Service,
    /// The canonical query, in pieces between which an ampersand is missing.
    pub(crate) query: &'r [&'r str],
    /// The value of the header `host`.
    pub(crate) host: &'r str,
    /// The other signed headers, sorted by name. The values of one name are in the order in which they came.
    pub(crate) headers: &'r [Header<'r>],
    pub(crate) payload: &'r str,
}

impl ReceivedParts<'_> {
    /// Returns how many bytes the canonical request has at most, with a port after the host.
    pub(crate) fn room(&self) -> usize {
        let path = if self.service.signs_path_of_url() { self.path.len() } else { 3 * self.path.len() };
        let query = self.query.iter().map(|piece| piece.len() + 1);
        let headers = self.headers.iter().map(|header| 2 * header.name.len() + header.value.len() + 4);
        self.method.len()
            + path
            + query.chain(headers).sum::<usize>()
            + self.host.len()
            + self.payload.len()
            + "\n\n\nhost::443\n\nhost\n".len()
    }

    /// Appends the canonical request, and returns its hash.
    pub(crate) fn write(&self, out: &mut String) -> [u8; 32] {
        let host = [Header::of_signer("host", self.host)];
        let path = Path { base: "", encoded: self.path, raw: "" };
        let start = out.len();
        CanonicalParts {
            method: self.method,
            uri: CanonicalUri::new(path, self.service),
            query: CanonicalQuery::Received(self.query),
            headers: &CanonicalHeaders::new(&host, self.headers),
            payload: self.payload,
        }
        .write(out);
        sha256(out.get(start..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::Cow;

    use super::*;
    use crate::sigv4::hash::Hex;

    /// The example of the S3 documentation, from what a server gets.
    ///
    /// Source: [Example: GET Object](https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html#example-signature-calculations).
    #[test]
    fn a_received_request_is_written_from_its_parts() {
        let empty_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let header = |name, value| Header::received(name, Cow::Borrowed(value), false);
        let headers = [
            header("range", " bytes=0-9 "),
            header("x-amz-content-sha256", empty_sha256),
            header("x-amz-date", "20130524T000000Z"),
        ];
        let mut text = String::new();
        let service = Service::s3();
        let parts = ReceivedParts {
            method: "GET",
            path: "/test.txt",
            service: &service,
            query: &[],
            host: "examplebucket.s3.amazonaws.com",
            headers: &headers,
            payload: empty_sha256,
        };
        let expected = "7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972";
        assert_eq!(Hex::new(&parts.write(&mut text)).as_str(), expected, "{text}");
    }
}
