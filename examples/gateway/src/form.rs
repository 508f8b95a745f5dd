//! A form, `multipart/form-data`, up to its file: [RFC 7578](https://www.rfc-editor.org/rfc/rfc7578.html).

use std::mem;

use axum::BoxError;
use axum::body::{BodyDataStream, Bytes};
use axum::http::Method;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use futures_util::TryStreamExt as _;
use futures_util::stream::{Stream, try_unfold};
use presign::verify::VerifyError;

use crate::refusal::Refusal;

/// The most bytes before the file. S3 accepts 20 KB of fields, and each has some bytes around it.
const MAX_HEAD: usize = 64 * 1024;

/// The end of a form after the last boundary, as browsers write it.
const END: &[u8] = b"--\r\n";

/// The fields before the file, and the file, which is not read yet.
pub(crate) struct Form {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) file_name: String,
    /// The bytes of the body that come after the head.
    file: Vec<u8>,
    delimiter: Vec<u8>,
    /// The size of the file, if the form ends after it.
    pub(crate) file_length: u64,
}

/// Returns the boundary, if the request is a form: a `POST` of one, or one that has no other place for a signature.
pub(crate) fn boundary(parts: &Parts) -> Option<Result<&str, Refusal>> {
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (media_type, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    let is_multipart = media_type.trim().eq_ignore_ascii_case("multipart/form-data");
    let is_unsigned = parts.uri.query().is_none() && !parts.headers.contains_key(AUTHORIZATION);
    if parts.method != Method::POST || !(is_multipart || is_unsigned) {
        return None;
    }
    let mut parameters = parameters.split(';').filter_map(|parameter| parameter.trim().split_once('='));
    let boundary = parameters.find(|(name, _)| name.eq_ignore_ascii_case("boundary"));
    let boundary = boundary.map(|(_, value)| value.trim_matches('"')).filter(|value| (1..=70).contains(&value.len()));
    Some(boundary.ok_or_else(|| if is_multipart { malformed() } else { VerifyError::NotAForm.into() }))
}

impl Form {
    /// Reads a form of so many bytes up to its file.
    pub(crate) async fn read(pieces: &mut BodyDataStream, boundary: &str, length: u64) -> Result<Self, Refusal> {
        let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
        let mut head = Vec::new();
        // Twice as far each time, so that a form in small pieces takes no longer than one in large pieces.
        let mut parse_at = 1_024;
        loop {
            let piece = pieces.try_next().await.map_err(|_| incomplete())?;
            let is_end = piece.is_none();
            head.extend_from_slice(&piece.unwrap_or_default());
            if head.len() < parse_at && !is_end {
                continue;
            }
            if let Some((fields, file_name, file_at)) = parse(&head, &delimiter)? {
                let around = u64::try_from(file_at + delimiter.len() + END.len()).unwrap_or(u64::MAX);
                let file_length = length.checked_sub(around).ok_or_else(incomplete)?;
                return Ok(Self { fields, file_name, file: head.split_off(file_at), delimiter, file_length });
            }
            if is_end {
                return Err(incomplete());
            }
            if head.len() > MAX_HEAD {
                return Err(Refusal::malformed_form("The fields before the file are too large."));
            }
            parse_at = (2 * head.len()).min(MAX_HEAD + 1);
        }
    }

    /// Returns the file, which fails unless it is the end of the form.
    pub(crate) fn into_file(self, pieces: BodyDataStream) -> impl Stream<Item = Result<Bytes, BoxError>> + Send {
        try_unfold(Some((self, pieces)), next_piece)
    }
}

type Rest = Option<(Form, BodyDataStream)>;

async fn next_piece(rest: Rest) -> Result<Option<(Bytes, Rest)>, BoxError> {
    let Some((mut form, mut pieces)) = rest else { return Ok(None) };
    loop {
        if let Some(file_end) = find(&form.file, &form.delimiter) {
            let mut end = form.file.split_off(file_end).split_off(form.delimiter.len());
            while end.len() <= END.len()
                && let Some(piece) = pieces.try_next().await?
            {
                end.extend_from_slice(&piece);
            }
            if end != END {
                return Err(Refusal::new(400, "MalformedPOSTRequest", "The file must be the last field.").into());
            }
            return Ok(Some((form.file.into(), None)));
        }
        // The rest may be the start of the delimiter.
        let certain = form.file.len().saturating_sub(form.delimiter.len() - 1);
        if certain > 0 {
            let rest = form.file.split_off(certain);
            return Ok(Some((mem::replace(&mut form.file, rest).into(), Some((form, pieces)))));
        }
        form.file.extend_from_slice(&pieces.try_next().await?.ok_or_else(incomplete)?);
    }
}

/// The fields, the name of the file, and where it starts.
type Head = (Vec<(String, String)>, String, usize);

/// Reads the fields before the file, if there are enough bytes.
fn parse(head: &[u8], delimiter: &[u8]) -> Result<Option<Head>, Refusal> {
    let mut fields = Vec::new();
    // The first boundary has no line break before it.
    let mut at = delimiter.len() - 2;
    if head.len() < at {
        return Ok(None);
    }
    if !head.starts_with(&delimiter[2..]) {
        return Err(malformed());
    }
    loop {
        let rest = &head[at..];
        if rest.starts_with(b"--") {
            return Err(Refusal::new(400, "InvalidArgument", "The form has no file.").of_stranger());
        }
        let Some(end) = find(rest, b"\r\n\r\n") else { return Ok(None) };
        let headers = rest[..end].strip_prefix(b"\r\n").and_then(|headers| str::from_utf8(headers).ok());
        let disposition = headers.and_then(content_disposition).ok_or_else(malformed)?;
        let name = parameter(disposition, "name").ok_or_else(malformed)?;
        let start = at + end + "\r\n\r\n".len();
        if name.eq_ignore_ascii_case("file") {
            return Ok(Some((fields, parameter(disposition, "filename").unwrap_or_default().into(), start)));
        }
        let Some(length) = find(&head[start..], delimiter) else { return Ok(None) };
        let value = str::from_utf8(&head[start..start + length]).map_err(|_| malformed())?;
        fields.push((name.to_owned(), value.to_owned()));
        at = start + length + delimiter.len();
    }
}

fn content_disposition(headers: &str) -> Option<&str> {
    let mut lines = headers.split("\r\n").filter_map(|line| line.split_once(':'));
    lines.find(|(name, _)| name.eq_ignore_ascii_case("content-disposition")).map(|(_, value)| value)
}

/// Returns a parameter such as `name="key"`. Browsers write a quote in it as `%22`.
fn parameter<'d>(disposition: &'d str, wanted: &str) -> Option<&'d str> {
    let mut rest = disposition;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, next) = after.split_once('"')?;
        let name = before.rsplit([';', ' ']).next()?;
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = next;
    }
    None
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn malformed() -> Refusal {
    Refusal::malformed_form("The body is not well-formed multipart/form-data.")
}

fn incomplete() -> Refusal {
    Refusal::malformed_form("The form ends too early.")
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use futures_util::stream::iter;

    use super::*;

    const HEAD: &str = "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na;=\"\r\n--c\r\n--b\r\n\
                        content-type: text/plain\r\ncontent-disposition: form-data; filename=\"a; name=b\"; name=\"File\"\r\n\r\n";

    /// Reads a body that comes in these pieces. Returns the size that was promised, and the file, if it is one.
    async fn read(pieces: &[&[u8]]) -> (u64, Option<Vec<u8>>) {
        let length = pieces.iter().map(|piece| piece.len()).sum::<usize>();
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, BoxError>(Bytes::copy_from_slice(piece))).collect();
        let mut pieces = Body::from_stream(iter(pieces)).into_data_stream();
        let form = Form::read(&mut pieces, "b", length.try_into().unwrap()).await.unwrap();
        assert_eq!(form.fields, [("key".to_owned(), "a;=\"\r\n--c".to_owned())]);
        assert_eq!(form.file_name, "a; name=b");
        let promised = form.file_length;
        let file: Result<Vec<_>, _> = form.into_file(pieces).try_collect().await;
        (promised, file.ok().map(|pieces| pieces.concat()))
    }

    #[tokio::test]
    async fn a_form_is_the_same_in_any_pieces() {
        for file in ["", "a", "\r\n--", "\r\n-\r\n--\r\n--a", "\r\r\n--\r"] {
            let body = [HEAD, file, "\r\n--b--\r\n"].concat();
            let body = body.as_bytes();
            let expected = (file.len().try_into().unwrap(), Some(file.as_bytes().to_vec()));
            for at in 0..=body.len() {
                let (start, end) = body.split_at(at);
                assert_eq!(read(&[start, end]).await, expected, "{file:?} {at}");
            }
            let bytes: Vec<_> = body.chunks(1).collect();
            assert_eq!(read(&bytes).await, expected, "{file:?}");
        }
    }

    #[tokio::test]
    async fn what_comes_after_the_file_is_no_part_of_it() {
        for end in ["", "\r\n--b", "\r\n--b--", "\r\n--b--\r\n\r\n", "\r\n--b\r\nx", "\r\n--bc--\r\n", "\r\n--b--\n\n"]
        {
            let body = [HEAD, "file", end, "12345678"].concat();
            for at in 0..=body.len() - 8 {
                let (start, rest) = body.as_bytes().split_at(at);
                assert_eq!(read(&[start, rest]).await.1, None, "{end:?} {at}");
            }
        }
    }
}
