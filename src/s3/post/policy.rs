//! What a form may upload.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use crate::error::Field;
use crate::s3::key::check_key;
use crate::s3::limits::{self, S3Fields};
use crate::s3::location::Location;
use crate::s3::operation::put_tag_set;
use crate::s3::post::field::{FILENAME, FormField, IGNORED_PREFIX, Rule};
use crate::s3::request::MetadataFault;
use crate::s3::value::{IntoValue, http_date};
use crate::s3::{ChecksumAlgorithm, ObjectCannedAcl, ServerSideEncryption, StorageClass, SuccessActionStatus, xml};
use crate::sigv4::{METADATA_PREFIX, has_dot_segment};
use crate::{Error, IntoText, Timestamp, text};

/// The fields that a form has at most besides those of its policy: key, bucket, tags, and four of the signer.
const OTHER_FIELDS: usize = 7;

/// Uploads an object from an HTML form:
/// [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html).
///
/// The store checks the form against a policy, which can do what a presigned `PUT` cannot: limit the size of the file,
/// and leave a part of the key or the content type to the client. Each setter adds the field to the form and its
/// condition to the policy, so that the store neither misses a field nor finds one too many.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// use presign::s3::PostPolicy;
///
/// let policy = PostPolicy::new("users/42/avatar.png").content_type("image/png").content_length_range(1..=1_048_576);
/// let post = presigner.presign_post(&policy, Duration::from_secs(900))?;
/// assert_eq!(post.url(), "https://user-media.s3.eu-west-1.amazonaws.com/");
/// assert_eq!(post.fields().next(), Some(("key", "users/42/avatar.png")));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct PostPolicy<'a> {
    /// That of the form, with its condition.
    key: FormField<'a>,
    dot_segments_allowed: bool,
    bucket: Option<Cow<'a, str>>,
    fields: Vec<FormField<'a>>,
    tags: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    content_length_range: Option<RangeInclusive<u64>>,
    /// The first name of user metadata that cannot be meant.
    metadata_fault: Option<MetadataFault>,
    has_empty_content_type: bool,
}

/// Defines setters for one field each, with a condition for its exact value. The last value wins.
macro_rules! field_setters {
    ($($(#[$attribute:meta])* $setter:ident ($value:ident: $type:ty => $wire:expr) = $name:literal;)+) => {
        impl<'a> PostPolicy<'a> {
            $(
                $(#[$attribute])*
                pub fn $setter(self, $value: $type) -> Self {
                    self.set_field($name, $wire, Rule::Exact)
                }
            )+
        }
    };
}

impl<'a> PostPolicy<'a> {
    /// A form for the object with this key, given as plain text. If the store should put the name of the file into it, use
    /// [`with_key_template`](Self::with_key_template).
    pub fn new(key: impl IntoText<'a>) -> Self {
        Self::of(FormField::exact("key", key))
    }

    /// A form for any object whose key starts with this prefix, which may be empty.
    ///
    /// The form asks for the prefix followed by the name of the file: its key is `prefix${filename}`. The client may
    /// send another key with the prefix, also one with `..` segments.
    ///
    /// ```
    /// use presign::s3::PostPolicy;
    ///
    /// let policy = PostPolicy::with_key_prefix("users/42/").content_type_starts_with("image/", "image/png");
    /// ```
    pub fn with_key_prefix(prefix: impl IntoText<'a>) -> Self {
        let prefix = prefix.into_text();
        let key = [&*prefix, FILENAME].concat();
        Self::of(FormField { name: "key".into(), value: key.into_text(), rule: Rule::StartsWith(prefix) })
    }

    /// A form for a key with the name of the file in it, such as `users/42/${filename}.orig`.
    ///
    /// The store replaces `${filename}` by the name of the file before it compares the key with the policy. A policy can
    /// demand only how a key starts, so the condition is what comes before `${filename}`: the client may send any other key
    /// with this prefix, also one with another end. A template without the variable is a key, as in [`new`](Self::new).
    ///
    /// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html), field `key`, and
    /// [POST policy](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::PostPolicy;
    ///
    /// let policy = PostPolicy::with_key_template("users/42/${filename}.orig");
    /// let post = presigner.presign_post(&policy, Duration::from_secs(900))?;
    /// assert_eq!(post.fields().next(), Some(("key", "users/42/${filename}.orig")));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn with_key_template(template: impl IntoText<'a>) -> Self {
        let value = template.into_text();
        let rule = match value.split_once(FILENAME) {
            Some((prefix, _)) => Rule::StartsWith(String::from(prefix).into_text()),
            None => Rule::Exact,
        };
        Self::of(FormField { name: "key".into(), value, rule })
    }

    fn of(key: FormField<'a>) -> Self {
        Self {
            key,
            dot_segments_allowed: false,
            bucket: None,
            fields: Vec::new(),
            tags: Vec::new(),
            content_length_range: None,
            metadata_fault: None,
            has_empty_content_type: false,
        }
    }

    /// Allows `.` and `..` segments in the key, for clients that read the object with a URL that they send as it is;
    /// see [`S3Request::allow_dot_segments`](crate::s3::S3Request::allow_dot_segments).
    pub fn allow_dot_segments(self) -> Self {
        Self { dot_segments_allowed: true, ..self }
    }

    /// The name of the bucket in the policy, if not what the presigner was given, which may be an ARN. There is none for
    /// [`AddressingStyle::BucketEndpoint`](crate::s3::AddressingStyle::BucketEndpoint), so it is required then.
    pub fn bucket(self, bucket: impl IntoText<'a>) -> Self {
        Self { bucket: Some(bucket.into_text()), ..self }
    }

    /// The sizes that the file may have, in bytes, both ends included.
    pub fn content_length_range(self, bytes: RangeInclusive<u64>) -> Self {
        Self { content_length_range: Some(bytes), ..self }
    }

    /// Any media type with this prefix, such as `image/`, and the one that the form sends if the client puts no other
    /// in its place.
    pub fn content_type_starts_with(self, prefix: impl IntoText<'a>, content_type: impl IntoText<'a>) -> Self {
        self.set_field("Content-Type", content_type.into_text(), Rule::StartsWith(prefix.into_text()))
    }

    /// Adds user metadata: the field `x-amz-meta-name`, of a name without this prefix. All names and values together have
    /// at most 2,048 bytes.
    pub fn metadata(mut self, name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        let name = name.into_text();
        self.metadata_fault = self.metadata_fault.or(MetadataFault::of(&name));
        self.eq([METADATA_PREFIX, &*name].concat(), value)
    }

    /// Adds a tag, given as plain text. There are at most 10, with keys of 1 to 128 characters and values of at most
    /// 256.
    pub fn tag(mut self, key: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        self.tags.push((key.into_text(), value.into_text()));
        self
    }

    /// A checksum of the file, which the store verifies, and its algorithm: there are stores that look for no checksum
    /// in a form without [`checksum_algorithm`](Self::checksum_algorithm).
    #[cfg(feature = "checksum")]
    pub fn checksum(self, checksum: crate::s3::Checksum) -> Self {
        let value = checksum.to_base64().into();
        self.checksum_algorithm(checksum.algorithm()).set_field(checksum.header_name(), value, Rule::Exact)
    }

    /// Adds a field `x-ignore-name`, which needs no condition and which the store does not look at.
    pub fn ignore(mut self, name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        let name = [IGNORED_PREFIX, &*name.into_text()].concat();
        self.fields.push(FormField { name: name.into(), value: value.into_text(), rule: Rule::Ignored });
        self
    }

    /// Adds a field that has no setter here, with the condition that it has this value.
    pub fn eq(mut self, name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        self.fields.push(FormField::exact(name, value));
        self
    }

    /// Adds a field with the condition that its value starts with a prefix, and the value that the form sends if the
    /// client puts no other in its place. With an empty prefix it may have any value.
    pub fn starts_with(mut self, name: impl IntoText<'a>, prefix: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        self.fields.push(FormField {
            name: name.into_text(),
            value: value.into_text(),
            rule: Rule::StartsWith(prefix.into_text()),
        });
        self
    }

    /// Adds a condition on a field that the client itself adds to the form: its value starts with a prefix, which may be
    /// empty. The form has no such field, and a store refuses a form to which the client has not added it.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use presign::{Credentials, Presigner};
    /// # let presigner = Presigner::builder()
    /// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
    /// #     .region("eu-west-1")
    /// #     .bucket("user-media")
    /// #     .build()?;
    /// use presign::s3::PostPolicy;
    ///
    /// // The script appends `Content-Type` with the type of the file that was chosen.
    /// let policy = PostPolicy::with_key_prefix("users/42/").added_by_client("Content-Type", "image/");
    /// let post = presigner.presign_post(&policy, Duration::from_secs(900))?;
    /// assert!(!post.fields().any(|(name, _)| name == "Content-Type"));
    /// # Ok::<(), presign::Error>(())
    /// ```
    pub fn added_by_client(mut self, name: impl IntoText<'a>, prefix: impl IntoText<'a>) -> Self {
        self.fields.push(FormField {
            name: name.into_text(),
            value: "".into_text(),
            rule: Rule::AddedByClient(prefix.into_text()),
        });
        self
    }

    fn set_field(mut self, name: &'static str, value: Cow<'a, str>, rule: Rule<'a>) -> Self {
        if name == "Content-Type" {
            self.has_empty_content_type = value.is_empty() && matches!(rule, Rule::Exact);
        }
        self.fields.retain(|field| field.name != name);
        self.fields.push(FormField { name: name.into_text(), value, rule });
        self
    }

    /// Everything that the policy says about fields, if the store would take it.
    pub(super) fn checked_fields<'p>(&'p self, location: &'p Location) -> Result<Vec<FormField<'p>>, Error> {
        let bucket = location.bucket_in_policy();
        self.check_key()?;
        if let Some(fault) = self.metadata_fault {
            return Err(fault.into());
        }
        if self.has_empty_content_type {
            return Err(Error::Empty(Field::ContentType));
        }
        if let Some(bucket) = &self.bucket {
            text::check_name(Field::Bucket, bucket)?;
        }
        let bucket = self.bucket.as_deref().or(bucket).ok_or(Error::Missing(Field::Bucket))?;
        let bucket = FormField::exact("bucket", bucket);
        bucket.check_value()?;
        let tagging = self.tagging()?;
        let own = || self.fields.iter().chain(&tagging);
        own().try_for_each(FormField::check_name_and_value)?;
        check_names(own())?;
        if location.rules.are_those_of_s3() {
            self.check_s3_rules(location)?;
        }
        let mut fields = Vec::with_capacity(self.fields.len() + OTHER_FIELDS);
        fields.extend([self.key.reborrow(), bucket]);
        fields.extend(self.fields.iter().map(FormField::reborrow));
        fields.extend(tagging);
        Ok(fields)
    }

    pub(super) fn checked_content_length_range(&self) -> Result<Option<&RangeInclusive<u64>>, Error> {
        match &self.content_length_range {
            Some(range) if range.is_empty() => {
                Err(Error::ContentLengthRange { min: *range.start(), max: *range.end() })
            }
            range => Ok(range.as_ref()),
        }
    }

    /// Checks the fields as headers: "Parameters that are passed to PUT through HTTP headers are instead passed as form
    /// fields to POST".
    ///
    /// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html).
    fn check_s3_rules(&self, location: &Location) -> Result<(), Error> {
        limits::check_metadata_bytes(
            self.fields.iter().map(|field| limits::metadata_bytes(&field.name, &field.value)).sum(),
        )?;
        let mut known = S3Fields::default();
        for field in &self.fields {
            let value = match field.rule {
                Rule::Exact => Some(&*field.value),
                // The client may fill in another one.
                Rule::StartsWith(_) | Rule::AddedByClient(_) => None,
                Rule::Ignored => continue,
            };
            if let Some(value) = value
                && field.name.eq_ignore_ascii_case("content-md5")
            {
                limits::check_content_md5(value)?;
            } else if limits::has_amz_prefix(&field.name) {
                known.add(&field.lower_name(), value)?;
            }
        }
        known.check_together(location.service == "s3express")?;
        limits::check_tag_keys(self.tags.iter().map(|(key, _)| key.as_bytes()))?;
        match &self.content_length_range {
            Some(range) if *range.start() > limits::MAX_BODY_BYTES => {
                Err(Error::OutOfRange { name: "content-length-range", min: 0, max: limits::MAX_BODY_BYTES })
            }
            _ => Ok(()),
        }
    }

    fn check_key(&self) -> Result<(), Error> {
        match &self.key.rule {
            Rule::StartsWith(_) => {
                // The name of the file may be empty, and without it there may be nothing: that is not an empty key.
                let fixed = self.key.value.replace(FILENAME, "");
                if !fixed.is_empty() {
                    check_key(&fixed, true)?;
                }
                // The segments with the variable are not known.
                if !self.dot_segments_allowed && has_dot_segment(&self.key.value) {
                    return Err(Error::DotSegment);
                }
            }
            _ => check_key(&self.key.value, self.dot_segments_allowed)?,
        }
        self.key.check_value()
    }

    /// The XML that a form has where a `PUT` has a header.
    fn tagging(&self) -> Result<Option<FormField<'_>>, Error> {
        if self.tags.is_empty() {
            return Ok(None);
        }
        let mut tagging = String::new();
        xml::open(&mut tagging, "Tagging");
        put_tag_set(&mut tagging, self.tags.iter().map(|(key, value)| (&**key, &**value)))?;
        xml::close(&mut tagging, "Tagging");
        Ok(Some(FormField::exact("tagging", tagging)))
    }
}

field_setters! {
    /// The media type of the object, which the form has to send.
    content_type(value: impl IntoText<'a> => value.into_text()) = "Content-Type";
    /// `Cache-Control` of later responses.
    cache_control(value: impl IntoText<'a> => value.into_text()) = "Cache-Control";
    /// `Content-Disposition` of later responses. [`ContentDisposition`](crate::s3::ContentDisposition) is one with any
    /// file name.
    content_disposition(value: impl IntoText<'a> => value.into_text()) = "Content-Disposition";
    /// `Content-Encoding` of later responses.
    content_encoding(value: impl IntoText<'a> => value.into_text()) = "Content-Encoding";
    /// `Expires` of later responses.
    expires(value: Timestamp => http_date(value).into()) = "Expires";
    /// A canned ACL.
    acl(value: impl Into<ObjectCannedAcl<'a>> => value.into().into_value()) = "acl";
    /// A storage class.
    storage_class(value: impl Into<StorageClass<'a>> => value.into().into_value()) = "x-amz-storage-class";
    /// Where a website endpoint redirects requests for this object.
    website_redirect_location(value: impl IntoText<'a> => value.into_text()) = "x-amz-website-redirect-location";
    /// Encryption with keys of the store.
    server_side_encryption(value: impl Into<ServerSideEncryption<'a>> => value.into().into_value()) =
        "x-amz-server-side-encryption";
    /// The key for SSE-KMS and DSSE-KMS, if not the one that AWS keeps for S3: its id, ARN or alias.
    ssekms_key_id(value: impl IntoText<'a> => value.into_text()) = "x-amz-server-side-encryption-aws-kms-key-id";
    /// The algorithm of the checksum that comes with the file.
    checksum_algorithm(value: ChecksumAlgorithm => value.into_value()) = "x-amz-checksum-algorithm";
    /// The MD5 of the file in base64: the store refuses another file.
    content_md5(value: impl IntoText<'a> => value.into_text()) = "Content-MD5";
    /// Where the browser goes after the upload; the store adds `bucket`, `key` and `etag` to the query.
    success_action_redirect(url: impl IntoText<'a> => url.into_text()) = "success_action_redirect";
    /// The status of the response to an upload that is not redirected.
    success_action_status(status: SuccessActionStatus => status.into_value()) = "success_action_status";
}

/// Names only: values may be secrets.
impl fmt::Debug for PostPolicy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields.iter().map(|field| &field.name).collect();
        f.debug_struct("PostPolicy")
            .field("key", &self.key.value)
            .field("fields", &names)
            .field("content_length_range", &self.content_length_range)
            .finish_non_exhaustive()
    }
}

pub(super) fn check_names<'f, 'a: 'f>(fields: impl Iterator<Item = &'f FormField<'a>>) -> Result<(), Error> {
    let mut fields: Vec<_> = fields.collect();
    fields.sort_unstable_by(|left, right| left.cmp_name(right));
    match fields.windows(2).find(|pair| matches!(pair, [left, right] if left.cmp_name(right).is_eq())) {
        Some([field, ..]) => Err(Error::RepeatedFormField { name: field.lower_name() }),
        _ => Ok(()),
    }
}
