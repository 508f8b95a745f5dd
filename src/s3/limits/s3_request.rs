//! Requests that Amazon S3 refuses, whatever the object is.
//!
//! `docs/limits.md` has the source of each rule.

use crate::error::S3Rule;
use crate::s3::endpoint_config::StoreRules;
use crate::s3::limits::s3_fields::{S3Fields, check_content_md5, has_amz_prefix, refuse};
use crate::s3::location::Location;
use crate::sigv4::{CONTENT_SHA256, Header, HeaderName, Parameters, trim};
use crate::{Error, Method};

/// The greatest body of one request, in bytes.
///
/// Source: [PutObject](https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html), and
/// [Multipart upload limits](https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html) for a part.
pub(in crate::s3) const MAX_BODY_BYTES: u64 = 5 * 1_024 * 1_024 * 1_024;

/// The parameters that become headers of the response.
///
/// Source: [GetObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
pub(super) const RESPONSE_OVERRIDES: [&str; 6] = [
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
];

/// What is asked for, and by which parameters.
struct Request<'p> {
    parameters: &'p Parameters<'p>,
    method: Method,
    has_key: bool,
}

/// Whether a setter of an operation added the header, not `header`.
pub(super) fn is_typed(header: &Header<'_>) -> bool {
    matches!(header.name, HeaderName::Known(_))
}

/// Whether a rule may be about a header with this name, in lower case: most requests have none, and few bytes tell.
#[inline]
pub(super) fn may_concern_header(name: &str, header: &Header<'_>) -> bool {
    match name.as_bytes() {
        // Among them `range`, `if-none-match` and `content-md5`.
        [b'x' | b'r' | b'i', ..] | [b'c', .., b'5'] => true,
        // A length of few digits is not too large.
        [b'c', .., b'h'] => header.value.len() > 9,
        _ => false,
    }
}

/// The same of a query parameter. Those of multipart uploads are only refused with certain headers.
#[inline]
pub(super) fn may_concern_parameter(name: &str) -> bool {
    // `attributes`, `version-id-marker`, `response-…`.
    matches!(
        name.as_bytes(),
        [b'x' | b'X', b'-', ..] | [b'a', b't', ..] | [b'v', .., b'r'] | [b'r', b'e', b's', b'p', ..]
    )
}

pub(super) fn check_request(
    parameters: &Parameters<'_>,
    method: Method,
    has_key: bool,
    location: &Location,
) -> Result<(), Error> {
    let request = Request { parameters, method, has_key };
    let mut fields = S3Fields::default();
    for header in parameters.headers() {
        // Those of user metadata are free.
        let Some(name) = header.name.plain() else { continue };
        let value = trim(&header.value);
        match name {
            // Not checked in a header at a given endpoint: public test vectors have random values there.
            "content-md5" if location.rules == StoreRules::S3 || is_typed(header) => check_content_md5(value)?,
            "content-length" if request.has_object_as_body() => check_length(value)?,
            "if-none-match" => refuse(request.is_write_of_object() && value != "*", S3Rule::IfNoneMatchOnWrite)?,
            _ => fields.add(name, Some(value))?,
        }
    }
    for parameter in parameters.query() {
        let (name, value) = (&*parameter.name, &*parameter.value);
        if has_amz_prefix(name) {
            // S3 reads such a parameter of a signed URL as the header.
            let name = name.to_ascii_lowercase();
            refuse(request.header_value(&name).is_some_and(|header| header != value), S3Rule::QueryDiffersFromHeader)?;
            fields.add(&name, Some(value))?;
        } else if let Some(name) = RESPONSE_OVERRIDES.into_iter().find(|known| *known == name)
            && let Some(position) = value.find(|character| u32::from(character) > 0xff)
        {
            return Err(S3Rule::ResponseOverride { name, position }.into());
        }
    }
    fields.check_together(location.service == "s3express")?;
    match method {
        Method::Get | Method::Head => request.check_read(&fields),
        Method::Put | Method::Post => request.check_write(&fields),
        _ => Ok(()),
    }
}

impl<'p> Request<'p> {
    fn check_read(&self, fields: &S3Fields<'_>) -> Result<(), Error> {
        if !self.has_key {
            let is_alone =
                self.has_query("version-id-marker") && self.query_value("key-marker").unwrap_or_default().is_empty();
            return refuse(self.has_query("versions") && is_alone, S3Rule::VersionIdMarkerWithoutKeyMarker);
        }
        let asks_for_attributes = self.has_query("attributes");
        let attributes = || self.header_or_query("x-amz-object-attributes").unwrap_or_default();
        refuse(asks_for_attributes && attributes().is_empty(), S3Rule::NoObjectAttributes)?;
        let is_of_object = asks_for_attributes || !self.has_subresource();
        refuse(is_of_object && fields.is_encrypted(), S3Rule::EncryptionOnRead)?;
        let has_both = self.has_query("partNumber") && self.header_value("range").is_some();
        refuse(is_of_object && has_both, S3Rule::RangeWithPartNumber)
    }

    fn check_write(&self, fields: &S3Fields<'_>) -> Result<(), Error> {
        if self.has_query("uploads") {
            self.check_checksum_type()?;
        }
        if self.has_query("uploadId")
            && let Some(range) = self.header_or_query("x-amz-copy-source-range")
        {
            refuse(!is_closed_range(range), S3Rule::CopySourceRange)?;
        }
        if self.is_create_bucket() && fields.shares_bucket() {
            let ownership = self.header_value("x-amz-object-ownership").unwrap_or("BucketOwnerEnforced");
            refuse(ownership == "BucketOwnerEnforced", S3Rule::AclWithBucketOwnerEnforced)?;
        }
        if let Some(algorithm) = self.header_or_query("x-amz-sdk-checksum-algorithm")
            && self.is_checksum_of_body()
        {
            return match fields.checksum() {
                None => refuse(self.header_or_query("x-amz-trailer").is_none(), S3Rule::ChecksumMissing),
                Some(checksum) => refuse(!checksum.eq_ignore_ascii_case(algorithm), S3Rule::ChecksumAlgorithmDiffers),
            };
        }
        Ok(())
    }

    /// Of the algorithms that have only one type.
    fn check_checksum_type(&self) -> Result<(), Error> {
        let Some(kind) = self.header_or_query("x-amz-checksum-type") else {
            return Ok(());
        };
        let Some(algorithm) = self.header_or_query("x-amz-checksum-algorithm") else {
            return Err(S3Rule::ChecksumTypeWithoutAlgorithm.into());
        };
        let is = |text: &str, known: &str| text.eq_ignore_ascii_case(known);
        let is_sha = is(algorithm, "SHA1") || is(algorithm, "SHA256");
        let is_refused = is(kind, "FULL_OBJECT") && is_sha || is(kind, "COMPOSITE") && is(algorithm, "CRC64NVME");
        refuse(is_refused, S3Rule::ChecksumTypeMismatch)
    }

    /// `PutObject`, `UploadPart`, and requests whose body is a document about a bucket or an object.
    fn is_checksum_of_body(&self) -> bool {
        match self.method {
            Method::Put => self.header_or_query("x-amz-copy-source").is_none(),
            _ => self.has_query("delete") || self.has_query("restore"),
        }
    }

    fn has_object_as_body(&self) -> bool {
        self.method == Method::Put && self.has_key
    }

    /// `PutObject`, `CopyObject` and `CompleteMultipartUpload`.
    fn is_write_of_object(&self) -> bool {
        match self.method {
            Method::Put => self.has_key && !self.has_query("uploadId") && !self.has_subresource(),
            Method::Post => self.has_key && self.has_query("uploadId"),
            _ => false,
        }
    }

    fn is_create_bucket(&self) -> bool {
        self.method == Method::Put && !self.has_key && self.parameters.query().iter().all(|query| query.name == "x-id")
    }

    /// Whether the query names a part of what is known about an object: `?acl`, `?tagging`, the parts of an upload.
    fn has_subresource(&self) -> bool {
        let is_subresource = |name: &str, value: &str| match name.split_once('-') {
            // An empty value says nothing there.
            Some(("x" | "response", _)) => false,
            _ => value.is_empty() || name == "uploadId",
        };
        self.parameters.query().iter().any(|query| is_subresource(&query.name, &query.value))
    }

    fn query_value(&self, name: &str) -> Option<&'p str> {
        self.parameters.query().iter().find(|query| query.name == name).map(|query| &*query.value)
    }

    fn has_query(&self, name: &str) -> bool {
        self.query_value(name).is_some()
    }

    /// The value of a header that has one; that of the payload is checked elsewhere.
    fn header_value(&self, name: &str) -> Option<&'p str> {
        let is_it = |own: Option<&str>| own == Some(name) && name != CONTENT_SHA256;
        let header = self.parameters.headers().iter().find(|header| is_it(header.name.plain()))?;
        Some(trim(&header.value))
    }

    fn header_or_query(&self, name: &str) -> Option<&'p str> {
        let query = || self.parameters.query().iter().find(|query| query.name.eq_ignore_ascii_case(name));
        self.header_value(name).or_else(|| Some(&*query()?.value))
    }
}

/// One that is not a number is found elsewhere.
fn check_length(value: &str) -> Result<(), Error> {
    match value.parse::<u64>() {
        Ok(length) if length > MAX_BODY_BYTES => {
            Err(Error::OutOfRange { name: "content-length", min: 0, max: MAX_BODY_BYTES })
        }
        _ => Ok(()),
    }
}

fn is_closed_range(value: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let ends = value.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    ends.is_some_and(|(first, last)| is_number(first) && is_number(last))
}
