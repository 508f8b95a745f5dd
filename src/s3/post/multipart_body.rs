//! `multipart/form-data`, as browsers write it.
//!
//! Source: [HTML](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data) and [RFC
//! 7578](https://www.rfc-editor.org/rfc/rfc7578.html).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use sha2::{Digest, Sha256};

use crate::Error;

/// RFC 2046 section 5.1.1.
const LONGEST_BOUNDARY: usize = 70;

/// What is between the boundary and the name of a field.
const NAME_START: &str = "\r\nContent-Disposition: form-data; name=\"";

/// What a field has at most besides its name, if that needs no escapes, and its value.
pub(super) const LONGEST_FRAME: usize = "--".len() + LONGEST_BOUNDARY + NAME_START.len() + "\"\r\n\r\n\r\n".len();

/// Enough bytes for what is around the file besides its name and its type.
const FILE_FRAME: usize = 2 * LONGEST_FRAME;

/// The body of a form with a file, all in memory.
///
/// The body of a form contains the session token of temporary credentials. It is yours, and is not wiped from memory:
/// [`into_bytes`](Self::into_bytes) returns the only copy.
///
/// ```
/// use presign::s3::MultipartBody;
///
/// let body = MultipartBody::new([("key", "a.txt")], "a.txt", "text/plain", b"Hello")?;
/// assert!(body.content_type().starts_with("multipart/form-data; boundary="));
/// assert!(body.as_bytes().starts_with(b"--"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone)]
pub struct MultipartBody {
    boundary: String,
    bytes: Vec<u8>,
}

impl MultipartBody {
    /// The fields in their order, and behind them the file in the field `file`.
    ///
    /// The same input gives the same bytes. The boundary is in none of them, and quotes and line breaks in names are
    /// written as browsers write them, so that nothing can end a part or add a header to it.
    ///
    /// # Errors
    /// [`Error::HeaderValue`] if the content type has anything but printable ASCII, spaces and tabs.
    pub fn new<'f>(
        fields: impl IntoIterator<Item = (&'f str, &'f str)>,
        file_name: &str,
        content_type: &str,
        file: &[u8],
    ) -> Result<Self, Error> {
        if let Some(position) = content_type.find(|c: char| !(c.is_ascii_graphic() || matches!(c, ' ' | '\t'))) {
            return Err(Error::HeaderValue { name: String::from("content-type"), position });
        }
        let fields: Vec<_> = fields.into_iter().collect();
        let texts: Vec<_> = fields.iter().copied().chain([(file_name, content_type)]).collect();
        let boundary = boundary(&texts, file);
        // Growing would leave copies of the fields behind, one of which may be a session token.
        let room = texts.iter().map(|(left, right)| LONGEST_FRAME + 3 * left.len() + right.len()).sum::<usize>();
        let mut bytes = Vec::with_capacity(room + FILE_FRAME + file.len());
        for (name, value) in fields {
            put_start_of_part(&mut bytes, &boundary, name);
            put(&mut bytes, &["\r\n\r\n", value, "\r\n"]);
        }
        put_start_of_part(&mut bytes, &boundary, "file");
        put(&mut bytes, &["; filename=\"", &escape(file_name), "\"\r\nContent-Type: ", content_type, "\r\n\r\n"]);
        bytes.extend_from_slice(file);
        put(&mut bytes, &["\r\n--", &boundary, "--\r\n"]);
        Ok(Self { boundary, bytes })
    }

    /// The value of the header `content-type`, which has to be sent with the body.
    #[must_use]
    pub fn content_type(&self) -> String {
        ["multipart/form-data; boundary=", &self.boundary].concat()
    }

    /// The body.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The body, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// The length only: the body has the signature.
impl fmt::Debug for MultipartBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MultipartBody").field("length", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// The start of a part, up to the end of its name.
fn put_start_of_part(bytes: &mut Vec<u8>, boundary: &str, name: &str) {
    put(bytes, &["--", boundary, NAME_START, &escape(name), "\""]);
}

fn put(bytes: &mut Vec<u8>, texts: &[&str]) {
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
    }
}

/// As HTML has it: three characters are percent-encoded, and the percent sign is not.
fn escape(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

/// Depends on everything, so nothing that is chosen before it has it inside; looking for it makes sure.
fn boundary(texts: &[(&str, &str)], file: &[u8]) -> String {
    let mut hash = Sha256::new();
    for (left, right) in texts {
        hash.update(left);
        hash.update(right);
    }
    let hash = hash.chain_update(file);
    let mut attempt = 0_u64;
    loop {
        let digest = hash.clone().chain_update(attempt.to_be_bytes()).finalize();
        let digits = hex::encode(digest);
        let boundary = ["presign-", digits.get(..32).unwrap_or_default()].concat();
        let is_in = |text: &[u8]| text.windows(boundary.len()).any(|window| window == boundary.as_bytes());
        if !is_in(file) && !texts.iter().any(|(left, right)| is_in(left.as_bytes()) || is_in(right.as_bytes())) {
            return boundary;
        }
        attempt = attempt.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_frame_is_what_is_written_around_a_field() {
        let mut bytes = Vec::new();
        put_start_of_part(&mut bytes, &"b".repeat(LONGEST_BOUNDARY), "key");
        put(&mut bytes, &["\r\n\r\n", "a\"b", "\r\n"]);
        assert_eq!(LONGEST_FRAME + "key".len() + "a\"b".len(), bytes.len());
    }

    #[test]
    fn the_body_does_not_grow() {
        for count in [0, 1, 50] {
            let hostile = "\"".repeat(100);
            let fields = (0..count).map(|_| (hostile.as_str(), "value"));
            let body = MultipartBody::new(fields.clone(), &hostile, &hostile, b"file").unwrap();
            let room = (count + 1) * (LONGEST_FRAME + 300) + count * 5 + 100 + FILE_FRAME + 4;
            assert_eq!(body.bytes.capacity(), room);
        }
    }
}
