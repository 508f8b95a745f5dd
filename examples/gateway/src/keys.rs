//! Who may do what.
//!
//! A verified signature says who asks. What they may do is decided here, and only from what the signature covers.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;
use presign::Credentials;
use presign::verify::{VerifiedForm, VerifiedRequest};

use crate::refusal::Refusal;

/// The parameters of a request for an object. Others, such as `acl` or `tagging`, are other operations.
const OF_OBJECTS: [&str; 8] =
    ["encoding-type", "max-parts", "part-number-marker", "partNumber", "uploadId", "uploads", "versionId", "x-id"];

/// The parameters of a listing of objects, in both of its versions.
const OF_LISTINGS: [&str; 10] = [
    "continuation-token",
    "delimiter",
    "encoding-type",
    "fetch-owner",
    "list-type",
    "marker",
    "max-keys",
    "prefix",
    "start-after",
    "x-id",
];

/// The keys of the clients, each with the objects that it may use.
#[derive(Debug, Default)]
pub struct Keys(HashMap<String, (Credentials, String)>);

impl Keys {
    /// Adds a key for all objects whose bucket and key, with a slash between them, start with a prefix, such as
    /// `user-media/users/42/`.
    #[must_use]
    pub fn with(mut self, credentials: Credentials, prefix: impl Into<String>) -> Self {
        self.0.insert(credentials.access_key_id().to_owned(), (credentials, prefix.into()));
        self
    }

    pub(crate) fn credentials(&self, access_key_id: &str) -> Option<Credentials> {
        self.0.get(access_key_id).map(|(credentials, _)| credentials.clone())
    }

    /// Refuses a request that its key may not make.
    pub(crate) fn check(&self, request: &VerifiedRequest) -> Result<(), Refusal> {
        let mut names = HashSet::new();
        if !request.parameters().all(|(name, _)| names.insert(name.to_ascii_lowercase())) {
            return Err(Refusal::denied("two parameters have the same name: the store could act on either"));
        }
        let bucket = request.bucket().ok_or_else(|| Refusal::denied("the request is not for a bucket"))?;
        let is_permitted = |name: &str| match request.key() {
            Some(_) => OF_OBJECTS.contains(&name) || name.starts_with("response-") || is_header_in_query(name),
            None => OF_LISTINGS.contains(&name),
        };
        if !request.parameters().all(|(name, _)| is_permitted(&name)) {
            return Err(Refusal::denied("the operation is not one that this gateway forwards"));
        }
        let id = request.access_key_id();
        match (request.method(), request.key()) {
            ("GET" | "HEAD" | "PUT" | "POST" | "DELETE", Some(key)) => self.check_object(id, &bucket, &key)?,
            ("GET", None) => self.check_object(id, &bucket, &request.parameter("prefix").unwrap_or_default())?,
            // Among them `DELETE` of a bucket, and the bulk deletion, whose body has the keys.
            _ => return Err(Refusal::denied("the operation is not one that this gateway forwards")),
        }
        request.header("x-amz-copy-source").map_or(Ok(()), |source| self.check_copy_source(id, source))
    }

    /// Refuses a form whose object its key may not write.
    pub(crate) fn check_form(&self, form: &VerifiedForm) -> Result<(), Refusal> {
        self.check_object(form.access_key_id(), form.bucket(), form.key())
    }

    /// Checks an object, or the prefix of a listing.
    fn check_object(&self, access_key_id: &str, bucket: &str, key: &str) -> Result<(), Refusal> {
        let prefix = self.0.get(access_key_id).map(|(_, prefix)| prefix);
        let is_permitted = prefix.is_some_and(|prefix| format!("{bucket}/{key}").starts_with(prefix));
        // What comes after a dot segment may be outside of the prefix, for whoever resolves it.
        let has_dot_segment = key.split('/').any(|segment| matches!(segment, "." | ".."));
        if is_permitted && !has_dot_segment { Ok(()) } else { Err(Refusal::denied("the key may not use this object")) }
    }

    /// The source is `bucket/key` or `/bucket/key`, percent-encoded, and may end with `?versionId=`. An ARN has no permitted
    /// prefix.
    fn check_copy_source(&self, access_key_id: &str, source: &str) -> Result<(), Refusal> {
        let path = source.split('?').next().unwrap_or_default();
        let path = percent_decode_str(path.strip_prefix('/').unwrap_or(path)).decode_utf8_lossy();
        let (bucket, key) = path.split_once('/').ok_or_else(|| Refusal::denied("the copy has no source"))?;
        self.check_object(access_key_id, bucket, key)
    }
}

/// Whether a parameter is one that a store reads as a header. A copy must name its source in the header, where it is
/// checked.
fn is_header_in_query(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("x-amz-") && !name.starts_with("x-amz-copy-source")
}
