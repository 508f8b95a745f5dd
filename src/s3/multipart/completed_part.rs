//! What the store answered for a part.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};

use crate::error::Field;
#[cfg(feature = "checksum")]
use crate::s3::Checksum;
use crate::s3::CompleteMultipartUpload;
use crate::s3::limits::MAX_PARTS;
use crate::s3::xml;
use crate::{Error, IntoText};

/// A part that was uploaded: what [`CompleteMultipartUpload::body`] is made of.
///
/// Source: [CompletedPart](https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompletedPart.html).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CompletedPart<'a> {
    part_number: u32,
    e_tag: Cow<'a, str>,
    #[cfg(feature = "checksum")]
    checksum: Option<Checksum>,
}

impl<'a> CompletedPart<'a> {
    /// The part with this number, from 1 to 10,000, and the header `ETag` of the answer, with or without its quotes.
    #[must_use]
    pub fn new(part_number: u32, e_tag: impl IntoText<'a>) -> Self {
        Self {
            part_number,
            e_tag: e_tag.into_text(),
            #[cfg(feature = "checksum")]
            checksum: None,
        }
    }

    /// The checksum of the part. The store wants it if the upload was started with an algorithm.
    #[cfg(feature = "checksum")]
    #[must_use]
    pub fn checksum(self, checksum: Checksum) -> Self {
        Self { checksum: Some(checksum), ..self }
    }

    fn put(&self, body: &mut String) -> Result<(), Error> {
        if self.e_tag.is_empty() {
            return Err(Error::Empty(Field::ETag));
        }
        xml::open(body, "Part");
        xml::put_plain_element(body, "PartNumber", &self.part_number.to_string());
        xml::put_element(body, "ETag", Field::ETag, &self.e_tag)?;
        #[cfg(feature = "checksum")]
        if let Some(checksum) = self.checksum {
            xml::put_plain_element(body, checksum.element_name(), &checksum.to_base64());
        }
        xml::close(body, "Part");
        Ok(())
    }
}

impl CompleteMultipartUpload<'_> {
    /// The XML that the client has to send as the body.
    ///
    /// No entity tag can change the document: clients may have sent them.
    ///
    /// # Errors
    /// - [`Error::Missing`] without any part
    /// - [`Error::PartOrder`] if the numbers do not ascend
    /// - [`Error::OutOfRange`] for a number outside of 1 to 10,000
    /// - [`Error::Empty`], [`Error::InvalidCharacter`] for an entity tag that is empty or has a character that XML
    ///   cannot carry
    ///
    /// ```
    /// use presign::s3::{CompleteMultipartUpload, CompletedPart};
    ///
    /// let parts = [CompletedPart::new(1, "\"a54357aff0632cce\""), CompletedPart::new(2, "\"0c78ae\"")];
    /// let body = CompleteMultipartUpload::body(parts)?;
    /// assert!(body.contains("<Part><PartNumber>2</PartNumber><ETag>&quot;0c78ae&quot;</ETag></Part>"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn body<'p>(parts: impl IntoIterator<Item = CompletedPart<'p>>) -> Result<String, Error> {
        let mut body = xml::document("CompleteMultipartUpload");
        let mut last = 0;
        for part in parts {
            if !(1..=MAX_PARTS).contains(&u64::from(part.part_number)) {
                return Err(Error::OutOfRange { name: "PartNumber", min: 1, max: MAX_PARTS });
            }
            if part.part_number <= last {
                return Err(Error::PartOrder);
            }
            last = part.part_number;
            part.put(&mut body)?;
        }
        if last == 0 {
            return Err(Error::Missing(Field::CompletedParts));
        }
        xml::close(&mut body, "CompleteMultipartUpload");
        Ok(body)
    }
}
