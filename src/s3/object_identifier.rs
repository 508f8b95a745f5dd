//! What `DeleteObjects` deletes.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::error::Field;
use crate::s3::DeleteObjects;
use crate::s3::key::check_key;
use crate::s3::limits::MAX_OBJECTS;
use crate::s3::xml;
use crate::{Error, IntoText};

/// An object to delete: what [`DeleteObjects::body`] is made of.
///
/// Source: [ObjectIdentifier](https://docs.aws.amazon.com/AmazonS3/latest/API/API_ObjectIdentifier.html).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectIdentifier<'a> {
    key: Cow<'a, str>,
    version_id: Option<Cow<'a, str>>,
}

impl<'a> ObjectIdentifier<'a> {
    /// The object with this key, given as plain text.
    #[must_use]
    pub fn new(key: impl IntoText<'a>) -> Self {
        Self { key: key.into_text(), version_id: None }
    }

    /// Deletes this version for good, instead of hiding the object behind a delete marker.
    #[must_use]
    pub fn version_id(self, version_id: impl IntoText<'a>) -> Self {
        Self { version_id: Some(version_id.into_text()), ..self }
    }

    fn put(&self, body: &mut String) -> Result<(), Error> {
        check_key(&self.key, true)?;
        xml::open(body, "Object");
        xml::put_element(body, "Key", Field::Key, &self.key)?;
        if self.version_id.as_deref() == Some("") {
            return Err(Error::Empty(Field::VersionId));
        }
        if let Some(version_id) = &self.version_id {
            xml::put_element(body, "VersionId", Field::VersionId, version_id)?;
        }
        xml::close(body, "Object");
        Ok(())
    }
}

impl DeleteObjects<'_> {
    /// The XML that the client has to send as the body.
    ///
    /// # Errors
    /// - [`Error::OutOfRange`] for no object, and for more than 1,000
    /// - [`Error::Empty`], [`Error::KeyTooLong`] for a key
    /// - [`Error::InvalidCharacter`] for a control character, which XML cannot carry, but for tabs and line breaks:
    ///   delete such an object with [`DeleteObject`](crate::s3::DeleteObject)
    ///
    /// ```
    /// use presign::s3::{DeleteObjects, ObjectIdentifier};
    ///
    /// let body = DeleteObjects::body([ObjectIdentifier::new("a&b").version_id("1"), ObjectIdentifier::new("c")])?;
    /// assert!(body.contains("<Object><Key>a&amp;b</Key><VersionId>1</VersionId></Object>"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn body<'o>(objects: impl IntoIterator<Item = ObjectIdentifier<'o>>) -> Result<String, Error> {
        let mut body = xml::document("Delete");
        let mut count = 0;
        for object in objects {
            count += 1;
            if count > MAX_OBJECTS {
                break;
            }
            object.put(&mut body)?;
        }
        if !(1..=MAX_OBJECTS).contains(&count) {
            return Err(Error::OutOfRange { name: "the number of objects", min: 1, max: MAX_OBJECTS });
        }
        xml::close(&mut body, "Delete");
        Ok(body)
    }
}
