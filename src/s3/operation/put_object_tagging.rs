//! `PutObjectTagging`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Error;
use crate::error::Field;
use crate::s3::ChecksumAlgorithm;
use crate::s3::limits::{check_tag_keys, check_tags, length};
use crate::s3::operation::groups::{body_setters, payer_setters};
use crate::s3::operation::macros::{object_operation, setters};
use crate::s3::xml;

object_operation! {
    /// Replaces the tags of an object:
    /// [PutObjectTagging](https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html).
    ///
    /// AWS wants the checksum or the MD5 of the body in a header.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::PutObjectTagging;
    ///
    /// let body = PutObjectTagging::body([("project", "blue"), ("stage", "draft")])?;
    /// let signed = presigner.presign(PutObjectTagging::new("users/42/avatar.png"), Duration::from_secs(60))?;
    /// # Ok::<(), presign::Error>(())
    /// ```
    PutObjectTagging, Put, "tagging" = ""
}

setters! { PutObjectTagging:
    /// The tags of this version.
    query version_id = "versionId";
    /// The MD5 of the body in base64.
    header content_md5 = "content-md5";
    /// The algorithm of the checksum that comes with the body. AWS refuses it without a checksum or the header
    /// `x-amz-trailer`.
    header checksum_algorithm(ChecksumAlgorithm) = "x-amz-sdk-checksum-algorithm";
}

body_setters! { PutObjectTagging }

payer_setters! { PutObjectTagging }

impl PutObjectTagging<'_> {
    /// The XML that the client has to send as the body. Without any tag, it deletes all tags.
    ///
    /// # Errors
    /// - [`Error::TooManyTags`] above 10
    /// - [`Error::TagKeyLength`] for a key that is empty or has more than 128 characters, [`Error::TagValueLength`] for
    ///   a value with more than 256
    /// - [`S3Rule::RepeatedTagKey`](crate::S3Rule::RepeatedTagKey) for two tags with one key,
    ///   [`S3Rule::SystemTag`](crate::S3Rule::SystemTag) for a key that starts with `aws:`
    /// - [`Error::InvalidCharacter`] for a character that XML cannot carry
    ///
    /// ```
    /// use presign::s3::PutObjectTagging;
    ///
    /// let body = PutObjectTagging::body([("project", "R&D")])?;
    /// assert!(body.contains("<TagSet><Tag><Key>project</Key><Value>R&amp;D</Value></Tag></TagSet>"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn body<'t>(tags: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<String, Error> {
        let tags: Vec<_> = tags.into_iter().collect();
        let mut body = xml::document("Tagging");
        put_tag_set(&mut body, tags.iter().copied())?;
        check_tag_keys(tags.iter().map(|(key, _)| key))?;
        xml::close(&mut body, "Tagging");
        Ok(body)
    }
}

/// Appends the element `TagSet`.
pub(in crate::s3) fn put_tag_set<'t>(
    xml: &mut String,
    tags: impl IntoIterator<Item = (&'t str, &'t str)>,
) -> Result<(), Error> {
    xml::open(xml, "TagSet");
    let mut lengths = Vec::new();
    for (key, value) in tags {
        lengths.push((length(key), length(value)));
        xml::open(xml, "Tag");
        xml::put_element(xml, "Key", Field::Tag, key)?;
        xml::put_element(xml, "Value", Field::Tag, value)?;
        xml::close(xml, "Tag");
    }
    check_tags(lengths.into_iter())?;
    xml::close(xml, "TagSet");
    Ok(())
}
