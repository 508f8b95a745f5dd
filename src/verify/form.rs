//! Forms: uploads by `POST`, whose signature covers a policy.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use zeroize::Zeroizing;

use crate::s3::{FILENAME, PostForm, PostPolicyDocument, PostPolicyError};
use crate::verify::claim::{SignatureParameters, TOKEN_HEADERS, claim_in_form, mechanism_of};
use crate::verify::host::BucketPlace;
use crate::verify::query::ReceivedQuery;
use crate::verify::signed_headers::{check_host_header, check_unsigned};
use crate::verify::verifier::{ReceivedToken, check_session_token};
use crate::verify::{ReceivedRequest, Verifier, VerifyError};
use crate::{Credentials, Timestamp, encode};

/// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html).
const MAX_FORM_BYTES: usize = 20 * 1024;

/// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html): 5 GB.
const MAX_FILE_BYTES: u64 = 5 << 30;

/// Source: [Naming Amazon S3 objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).
const MAX_KEY_BYTES: usize = 1_024;

/// Fields of which two would let the server choose.
const ONCE: [&str; 9] = [
    "bucket",
    "key",
    "policy",
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-s3session-token",
    "x-amz-security-token",
    "x-amz-signature",
];

/// A form as it arrived: the request, the fields before the file, and the name of the file.
///
/// Parse the `multipart/form-data` body only up to the file, and give the fields as they were sent. The fields after the file are not
/// part of the form, as at S3.
///
/// ```
/// use presign::verify::{ReceivedForm, ReceivedRequest};
///
/// let request = ReceivedRequest::new("POST", "/user-media", "s3.example.com")
///     .header("content-type", "multipart/form-data; boundary=x");
/// let form = ReceivedForm::new(request).field("key", "users/42/${filename}").field("Policy", "eyJl…").file_name("a.png");
/// ```
#[derive(Clone)]
pub struct ReceivedForm<'r> {
    request: ReceivedRequest<'r>,
    fields: Vec<(&'r str, &'r str)>,
    file_name: &'r str,
}

impl<'r> ReceivedForm<'r> {
    /// Creates a form without fields, and with a file without a name.
    #[must_use]
    pub fn new(request: ReceivedRequest<'r>) -> Self {
        Self { request, fields: Vec::new(), file_name: "" }
    }

    /// Adds a field after the others.
    #[must_use]
    pub fn field(mut self, name: &'r str, value: &'r str) -> Self {
        self.fields.push((name, value));
        self
    }

    /// Adds fields after the others.
    #[must_use]
    pub fn fields(mut self, fields: impl IntoIterator<Item = (&'r str, &'r str)>) -> Self {
        self.fields.extend(fields);
        self
    }

    /// Sets the `filename` of the file, which replaces `${filename}` in the fields.
    #[must_use]
    pub fn file_name(self, file_name: &'r str) -> Self {
        Self { file_name, ..self }
    }

    /// Returns the first field of a name in any case.
    fn value(&self, name: &'static str) -> Result<&'r str, VerifyError> {
        let mut fields = self.fields.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name));
        let value = fields.next().map(|(_, value)| *value);
        value.ok_or(VerifyError::Policy(PostPolicyError::MissingField { name }))
    }

    fn check(&self) -> Result<(), VerifyError> {
        // With what the name of the file adds, which could otherwise be a megabyte a thousand times.
        let growth = self.file_name.len().saturating_sub(FILENAME.len());
        let inserted = |value: &str| value.matches(FILENAME).count().saturating_mul(growth);
        let bytes = self.fields.iter().fold(0_usize, |bytes, (name, value)| {
            bytes.saturating_add(name.len() + value.len()).saturating_add(inserted(value))
        });
        if bytes > MAX_FORM_BYTES {
            return Err(VerifyError::FormTooLarge { bytes });
        }
        let count = |name: &str| self.fields.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name)).count();
        if let Some(name) = ONCE.into_iter().find(|name| count(name) > 1) {
            return Err(VerifyError::Repeated { name });
        }
        let content_type = self.request.only_value("content-type")?;
        let media_type = content_type.map(|value| value.split(';').next().unwrap_or_default().trim_ascii());
        let is_form = media_type.is_none_or(|media_type| media_type.eq_ignore_ascii_case("multipart/form-data"));
        if is_form && self.request.method == "POST" { Ok(()) } else { Err(VerifyError::NotAForm) }
    }
}

impl Verifier {
    /// Verifies a form, by the system's clock.
    ///
    /// # Errors
    /// As [`verify_form_at`](Self::verify_form_at), and [`VerifyError::Clock`].
    #[cfg(feature = "std")]
    pub fn verify_form(
        &self,
        form: &ReceivedForm<'_>,
        credentials: impl FnOnce(&str) -> Option<Credentials>,
    ) -> Result<VerifiedForm, VerifyError> {
        self.verify_form_at(form, credentials, Timestamp::now().map_err(VerifyError::Clock)?)
    }

    /// Verifies a form: its signature, and that its policy permits its fields.
    ///
    /// The size of the file is not known yet: [`VerifiedForm::size_check`] is for enforcing it while the file is read.
    /// The time of the signature may be long ago, as the policy has an end of its own, but not in the future.
    ///
    /// # Errors
    /// A variant of [`VerifyError`] for each rule.
    pub fn verify_form_at(
        &self,
        form: &ReceivedForm<'_>,
        credentials: impl FnOnce(&str) -> Option<Credentials>,
        now: Timestamp,
    ) -> Result<VerifiedForm, VerifyError> {
        let request = &form.request;
        request.check_limits()?;
        form.check()?;
        let (path, query) = request.path_and_query()?;
        let mut again = Zeroizing::default();
        let query = ReceivedQuery::new(query, self.policy.plus_is_space, &mut again)?;
        match mechanism_of(request, &query, &SignatureParameters::of(&query)?) {
            Err(VerifyError::NotSigned) => {}
            Err(error) => return Err(error),
            Ok(_) => return Err(VerifyError::SeveralMechanisms),
        }
        let policy = form.value("policy")?;
        // The evaluator also reads JSON, but a form has base64.
        if policy.trim_start().starts_with('{') {
            return Err(PostPolicyError::Malformed("Invalid Base64 Encoding.").into());
        }
        form.value("key")?;
        let claim = claim_in_form([
            form.value("x-amz-algorithm")?,
            form.value("x-amz-credential")?,
            form.value("x-amz-date")?,
            form.value("x-amz-signature")?,
        ])?;
        let service = self.policy.check_scope(&claim.scope, None, claim.mechanism)?;
        check_host_header(request)?;
        let bucket = bucket(path, request.authority, &self.policy.check_host(request.authority)?)?;
        check_unsigned(request, &[], service, &self.policy)?;

        let credentials =
            credentials(&claim.access_key_id).filter(|known| known.access_key_id() == claim.access_key_id);
        let used = credentials.as_ref().unwrap_or(&self.nobody);
        let is_right =
            self.with_key(&claim.access_key_id, used, &claim.scope, |key| key.has_signed(policy, claim.signature));
        let credentials = credentials.ok_or(VerifyError::UnknownAccessKey)?;
        if !is_right {
            return Err(VerifyError::SignatureDoesNotMatch);
        }
        let tokens = TOKEN_HEADERS.map(|name| form.value(name).ok());
        let token = match tokens {
            [Some(_), Some(_)] => return Err(VerifyError::SessionToken),
            [token, other] => token.or(other),
        };
        check_session_token(&credentials, token.map(ReceivedToken::Plain), now)?;
        self.check_not_from_the_future(claim.signed_at, None, now)?;

        let document = PostPolicyDocument::parse(policy)?;
        // The bucket of the URL is what the policy's condition is about, whether there is a field or not.
        if form.value("bucket").is_ok_and(|given| given != bucket) {
            return Err(VerifyError::FormBucket);
        }
        let others = form.fields.iter().copied().filter(|(name, _)| !name.eq_ignore_ascii_case("bucket"));
        let fields = document.check_form(others.chain([("bucket", bucket.as_str())]), form.file_name, now)?;
        let key_bytes = fields.get("key").map_or(0, |key| key.len());
        if !(1..=MAX_KEY_BYTES).contains(&key_bytes) {
            return Err(VerifyError::FormKey);
        }
        Ok(VerifiedForm {
            credentials,
            region: claim.scope.region().unwrap_or_default().into(),
            signed_at: claim.signed_at,
            expires_at: document.expiration(),
            bucket,
            fields,
            file_size: document.content_length_range(),
        })
    }
}

/// Returns the bucket to which a form was sent. The path of a form has no key.
fn bucket(path: &str, authority: &str, place: &BucketPlace) -> Result<String, VerifyError> {
    let path = encode::decode(path).map_err(|_| VerifyError::Encoding)?;
    let path = path.strip_prefix('/').unwrap_or(&path);
    let in_path = path.strip_suffix('/').unwrap_or(path);
    let bucket = match place {
        BucketPlace::Path => in_path,
        _ if !in_path.is_empty() => return Err(VerifyError::NotAForm),
        BucketPlace::Host(end) => authority.get(..*end).unwrap_or_default(),
        BucketPlace::Fixed(bucket) => bucket,
    };
    if bucket.is_empty() || bucket.contains('/') { Err(VerifyError::NotAForm) } else { Ok(bucket.into()) }
}

/// A form whose signature is right and whose policy permits it, and of it only what the policy covers.
///
/// It says who permitted this upload. Whether they may do that is for the caller to decide, and the size of the file has to be
/// checked while it is read.
pub struct VerifiedForm {
    credentials: Credentials,
    region: String,
    signed_at: Timestamp,
    expires_at: Timestamp,
    bucket: String,
    /// Those with a condition.
    fields: PostForm,
    file_size: Option<RangeInclusive<u64>>,
}

impl VerifiedForm {
    /// Returns the access key id whose secret signed the policy.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        self.credentials.access_key_id()
    }

    /// Returns the region of the credential scope.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Returns when the policy was signed.
    #[must_use]
    pub const fn signed_at(&self) -> Timestamp {
        self.signed_at
    }

    /// Returns when the policy ends.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// Returns the bucket to which the form was sent, which is the one of the policy.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// Returns the object key, with the name of the file in place of `${filename}`.
    ///
    /// It may have empty, `.` and `..` segments: whoever makes a file name of it must refuse them.
    #[must_use]
    pub fn key(&self) -> &str {
        self.field("key").unwrap_or_default()
    }

    /// Returns the fields that have a condition in the policy, except those of the signature: names in lower case, sorted, and
    /// values with the name of the file in place of `${filename}`.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        fields.filter(|(name, _)| !is_of_signature(name))
    }

    /// Returns the value of a field that has a condition in the policy. The name is in lower case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields().find(|(given, _)| *given == name).map(|(_, value)| value)
    }

    /// Returns the sizes, in bytes, that the policy permits for the file. Without one, any size up to the 5 GB of S3.
    #[must_use]
    pub fn content_length_range(&self) -> Option<RangeInclusive<u64>> {
        self.file_size.clone()
    }

    /// Returns a check of the size of the file, for counting while it is read.
    pub fn size_check(&self) -> SizeCheck {
        SizeCheck { range: self.file_size.clone().unwrap_or(0..=MAX_FILE_BYTES), read: 0 }
    }
}

/// Without the values of fields, which may be secrets.
impl fmt::Debug for VerifiedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedForm")
            .field("access_key_id", &self.access_key_id())
            .field("bucket", &self.bucket)
            .field("key", &self.key())
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Names only, as values may be secrets.
impl fmt::Debug for ReceivedForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields.iter().map(|(name, _)| name).collect();
        f.debug_struct("ReceivedForm").field("request", &self.request).field("fields", &names).finish_non_exhaustive()
    }
}

/// Counts the bytes of a file against the policy of its form.
///
/// ```
/// # use presign::verify::{VerifiedForm, VerifyError};
/// fn read(form: &VerifiedForm, chunks: &[&[u8]]) -> Result<(), VerifyError> {
///     let mut size = form.size_check();
///     for chunk in chunks {
///         size.add(chunk.len())?; // fails as soon as the file is too large
///     }
///     size.finish() // fails if it is too small
/// }
/// ```
#[derive(Debug)]
#[must_use = "a file has the right size only if `finish` says so"]
pub struct SizeCheck {
    range: RangeInclusive<u64>,
    read: u64,
}

impl SizeCheck {
    /// Counts so many bytes more.
    ///
    /// # Errors
    /// [`VerifyError::Policy`] with [`PostPolicyError::EntityTooLarge`]
    pub fn add(&mut self, bytes: usize) -> Result<(), VerifyError> {
        self.read = self.read.saturating_add(bytes.try_into().unwrap_or(u64::MAX));
        match *self.range.end() {
            max if self.read > max => {
                Err(PostPolicyError::EntityTooLarge { proposed_size: self.read, max_size_allowed: max }.into())
            }
            _ => Ok(()),
        }
    }

    /// Says whether the whole file is large enough.
    ///
    /// # Errors
    /// [`VerifyError::Policy`] with [`PostPolicyError::EntityTooSmall`]
    pub fn finish(self) -> Result<(), VerifyError> {
        match *self.range.start() {
            min if self.read < min => {
                Err(PostPolicyError::EntityTooSmall { proposed_size: self.read, min_size_allowed: min }.into())
            }
            _ => Ok(()),
        }
    }
}

/// Whether a field belongs to the signature.
fn is_of_signature(name: &str) -> bool {
    ONCE.contains(&name) && name != "key"
}
